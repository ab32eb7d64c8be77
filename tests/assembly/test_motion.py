"""Motions: in time or too late by the bylaws, answered once, and told to all members."""

from datetime import date

import pytest

from mailing.outbox import Address
from mailing.tables import Letter
from network import clock
from network.assembly import agenda, convocation, course, decision, handed, meeting, motion, moving
from network.assembly.tables.meeting import Assembly, ItemKind, Motion
from network.association import bylaws
from network.errors import Refused
from network.people.tables import RoleKind
from network.people.viewer import Viewer
from tests.assembly.conftest import RULES, browser, come_in, somebody
from tests.assembly.day import announced, under_way
from tests.assembly.make import assembly, at, item
from tests.assembly.test_day_views import here, words
from tests.browser import submit

pytestmark = pytest.mark.usefixtures("in_april")
OFFICE = Viewer(1, "mira", roles=frozenset({(RoleKind.OFFICE, "")}))
LAST, AFTER = at(16, day=date(2027, 5, 27)), at(9, day=date(2027, 5, 28))


@pytest.fixture
async def row(ten, in_april):
    one = await assembly(shown_at=clock.now())
    await item(one)
    with clock.set_to(at(10, day=date(2027, 5, 4))):
        await convocation.convene(one, actor="")
    return await meeting.by_reference(one.reference)


async def moved(row, organisation, moment, kind=ItemKind.RESOLUTION, **facts):
    with clock.set_to(moment):
        return await motion.hand_in(row, organisation, kind=kind, title="Neue AG", wording="Wir gründen …", actor="",
                                    **facts)  # fmt: skip


async def test_the_last_day_is_in_time_and_the_day_after_is_for_discussion_only(row, ten):
    assert [(await moved(row, ten["M05"], moment)).late for moment in (LAST, AFTER)] == ["", "discussion"]


async def test_a_motion_between_the_safe_day_and_the_counted_one_is_not_late(ten):
    monday = await assembly(starts_at=at(10, day=date(2027, 6, 14)))  # counted 30 May, a Sunday; safe is 28 May
    gate = await motion.gate_of(monday)

    assert (gate.deadline.day, gate.deadline.counted) == (date(2027, 5, 28), date(2027, 5, 30))
    assert [gate.keeps_out(date(2027, 5, day)) for day in (28, 29, 30, 31)] == [False, False, False, True]


async def test_bylaws_may_let_late_motions_be_decided_but_never_a_change_of_the_bylaws(row, ten):
    await bylaws.enact("", valid_from=date(2027, 1, 1), **RULES | {"late_motions": "majority", "late_majority": "2/3"})

    assert (await moved(row, ten["M05"], AFTER)).late == "majority"
    assert (await moved(row, ten["M05"], AFTER, ItemKind.BYLAWS)).late == "discussion"


async def test_without_a_deadline_in_the_bylaws_no_motion_is_late(row, ten):
    await bylaws.enact("", valid_from=date(2027, 1, 1), **RULES | {"motion_days": 0})

    assert (await moved(row, ten["M05"], AFTER)).late == ""


async def test_a_motion_in_time_is_decided_once_all_members_are_told(row, ten):
    one = await moved(row, ten["M05"], LAST)
    with clock.set_to(AFTER):
        await motion.accept(row, one, actor="")
        before = [agenda.why_undecidable(each) == "" for each in await agenda.items_of(row)]
        await moving.supplement(row, actor="")

    after = [agenda.why_undecidable(each) == "" for each in await agenda.items_of(row)]
    assert (before, after) == ([True, False], [True, True])
    assert await Letter.count().where(Letter.template == "assembly/supplement") == 10


async def test_a_late_motion_becomes_a_discussion(row, ten):
    one = await moved(row, ten["M05"], AFTER)

    with clock.set_to(AFTER):
        made = await motion.accept(row, one, actor="")
        await moving.supplement(row, actor="")

    assert made.kind == ItemKind.DISCUSSION
    assert agenda.why_undecidable(await agenda.fresh(row, made)) != ""
    (letter, *_rest) = await Letter.objects().where(Letter.template == "assembly/supplement")
    assert "besprochen, aber nicht beschlossen" in letter.text


async def test_a_change_of_the_bylaws_moved_after_the_invitation_cannot_be_decided(row, ten):
    one = await moved(row, ten["M05"], LAST, ItemKind.BYLAWS)

    with clock.set_to(AFTER):
        made = await motion.accept(row, one, actor="")
        await moving.supplement(row, actor="")

    assert agenda.why_undecidable(await agenda.fresh(row, made)) != ""


async def test_before_the_invitation_a_motion_goes_out_with_it(ten):
    row = await assembly()
    one = await moved(row, ten["M05"], at(12, day=date(2027, 4, 6)))

    await motion.accept(row, one, actor="")
    with clock.set_to(at(10, day=date(2027, 5, 4))):
        await convocation.convene(row, actor="")

    assert [(each.title_de, agenda.why_undecidable(each)) for each in await agenda.items_of(row)] == [("Neue AG", "")]


async def test_a_motion_is_answered_once_and_never_without_a_reason(row, ten):
    to = Address("Ella", "ella@example.org")
    one = await moved(row, ten["M05"], LAST, reader=to)
    with clock.set_to(AFTER):
        with pytest.raises(Refused) as no:
            await motion.decline(row, one, reason=" ", actor="")
        await motion.decline(row, one, reason="Das liegt beim Vorstand.", actor="", reader=to)
        with pytest.raises(Refused):
            await motion.accept(row, one, actor="")

    letters = await Letter.select(Letter.template, Letter.text).where(Letter.to_email == to.email).order_by(Letter.id)
    assert no.value.field == "reason"
    assert [one["template"] for one in letters] == ["assembly/motion_received", "assembly/motion_declined"]
    assert "Das liegt beim Vorstand." in letters[1]["text"]


async def test_nothing_is_moved_in_an_assembly_that_is_over(row, ten):
    await Assembly.update({Assembly.closed_at: clock.now()}).where(Assembly.id == row.id)

    with pytest.raises(Refused):
        await moved(row, ten["M05"], LAST)


async def test_today_asks_for_an_answer(row, ten):
    await moved(row, ten["M05"], AFTER)

    with clock.set_to(AFTER):
        told = [(one.title, one.state) for one in await handed.due(OFFICE, clock.today()) if "Antrag" in one.title]

    assert told == [("Antrag „Neue AG“ beantworten", "zu spät: nur zur Aussprache")]


async def test_a_representative_moves_reads_and_withdraws_in_the_own_room(row, ten):
    antje = await somebody("Antje Gruenzel", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M05"].reference)
    here = f"/mine/{ten['M05'].reference}/assemblies/{row.reference}"
    async with browser() as theirs:
        with clock.set_to(LAST):
            await come_in(theirs, antje)
            empty = await submit(theirs, f"{here}/motion", title="Neue AG", files={})
            sent = await submit(theirs, f"{here}/motion", title="Neue AG", wording="Wir gründen …", files={})
            page = await theirs.get(here)
            (one,) = await Motion.objects()
            token = page.text.partition('name="_csrf_token" value="')[2].partition('"')[0]
            gone = await theirs.post(f"{here}/motions/{one.reference}/withdrawal", data={"_csrf_token": token})

    (still,) = await Motion.objects()
    assert (empty.status_code, sent.status_code, gone.status_code) == (422, 303, 303)
    assert (one.late, one.mover, motion.state_of(still)) == ("", ten["M05"].name, "withdrawn")
    assert await Letter.count().where(Letter.to_email == antje.email) == 1


async def test_strangers_learn_of_nothing_and_members_not_of_others_motions(row, ten):
    one = await moved(row, ten["M05"], LAST)
    hidden = await assembly(title="Noch geheim")
    ella = await somebody("Ella Brandt", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference)
    mine, theirs = f"/mine/{ten['M01'].reference}/assemblies", f"/mine/{ten['M05'].reference}/assemblies"
    async with browser() as hers:
        await come_in(hers, ella)
        allowed = [await hers.get(path) for path in (mine, f"{mine}/{row.reference}", f"{mine}/{row.reference}/motion")]
        refused = [
            await hers.get(path)
            for path in (theirs, f"{theirs}/{row.reference}", f"{mine}/{hidden.reference}",
                         f"/office/assemblies/{row.reference}/motions",
                         f"/office/assemblies/{row.reference}/motions/{one.reference}")
        ]  # fmt: skip

    assert [answer.status_code for answer in allowed] == [200] * 3
    assert [answer.status_code for answer in refused] == [404] * 5
    assert "Neue AG" not in allowed[1].text


async def test_the_office_enters_what_came_by_post_and_answers_it(desk, row, ten):
    place = f"/office/assemblies/{row.reference}/motions"
    with clock.set_to(AFTER):
        await come_in(desk, await somebody("Mira Quandt"))
        entered = await submit(
            desk, f"{place}/new", member=ten["M05"].reference, received_on="28.5.2027", received_at="8:30",
            title="Neue AG", wording="Wir gründen …", files={},
        )  # fmt: skip
        ahead = await submit(desk, f"{place}/new", member=ten["M05"].reference, received_on="29.5.2027",
                             title="Neue AG", wording="…", files={})  # fmt: skip
        (one,) = await Motion.objects()
        listed = await desk.get(place)
        bare = await submit(desk, f"{place}/{one.reference}")
        declined = await submit(desk, f"{place}/{one.reference}", reason="Kommt in die nächste Versammlung.")

    assert (entered.status_code, ahead.status_code, bare.status_code, declined.status_code) == (303, 422, 422, 303)
    assert "zu spät: nur zur Aussprache" in listed.text
    assert motion.state_of(await motion.by_reference(row, one.reference)) == "declined"


async def test_a_late_motion_is_voted_on_only_when_enough_have_agreed_to_that_first(ten):
    async with under_way(ten, late_motions="majority", late_majority="2/3", motion_days=14) as row:
        late, usual = await announced(row, title="Neue AG"), await announced(row)
        made = await moved(row, ten["M05"], AFTER)
        await Motion.update({Motion.item: late.id}).where(Motion.id == made.id)
        async with browser() as one:
            await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
            pages = [words(await one.get(f"{here(row)}/day/items/{of.reference}/vote")) for of in (late, usual)]
            place = f"{here(row)}/day/items/{late.reference}/vote"
            few = await submit(one, place, wording="Eine AG wird gegründet.", agreed_yes="10", agreed_no="6")
            enough = await submit(one, place, wording="Eine AG wird gegründet.", agreed_yes="11", agreed_no="5")
        with pytest.raises(Refused) as no:
            await decision.put(row, late, title="AG", wording="Eine AG wird gegründet.", actor="")
        told = [one.text for one in await course.remarks_of(row)]

    assert (few.status_code, enough.status_code) == (422, 303)
    assert "62,5" in few.text
    assert "nach der Frist" in no.value.words
    assert len(told) == 1
    assert "68,8" in told[0]
    assert "mindestens zwei Drittel der abgegebenen Stimmen" in pages[0]
    assert ["Dieser Antrag kam nach der Frist." in page for page in pages] == [True, False]
