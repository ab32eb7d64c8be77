"""The signed minutes reach all members, each by its way; objections come within the period of the bylaws."""

from datetime import date

import pytest

from mailing.tables import Letter, LetterState
from network import clock
from network.assembly import delivery, dispatch, handed, kept_about, minutes, objection, proof
from network.assembly.tables.convocation import Dispatch
from network.errors import Refused
from network.members import organisation
from network.members.tables import Organisation
from network.people.tables import RoleKind
from network.people.viewer import Viewer
from network.web.handed import Subject
from tests.assembly.after import SENT_ON, closed, signed
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.make import at
from tests.assembly.test_day_views import here, press, words
from tests.browser import submit

OFFICE = Viewer(1, "mira", roles=frozenset({(RoleKind.OFFICE, "")}))
LAST = date(2027, 7, 19)  # thirty days after 18 June end on a Sunday: the Monday after it (§ 193 BGB)


@pytest.fixture
async def row(ten):
    async with closed(ten, objection_days=30) as one:
        yield one


@pytest.fixture
async def sent(row):
    await signed(row)
    await delivery.send(row, actor="")
    return row


async def due(day: date) -> list[tuple[str, str]]:
    return [(one.title.partition(":")[0], one.kind) for one in await handed.due(OFFICE, day)]


async def test_each_member_gets_the_signed_minutes_with_the_last_day_for_objections(sent):
    letters = await Letter.objects().where(Letter.template == "assembly/minutes")

    assert len({one.to_email for one in letters}) == len(letters) == 10
    assert {one.attachment_name for one in letters} == {"Niederschrift Mitgliederversammlung 2027.pdf"}
    assert all("Montag, 19. Juli 2027" in one.text for one in letters)
    assert (await delivery.sent_version(sent)).objections_until == LAST


async def test_whoever_wants_letters_has_longer_and_so_has_everybody(row, ten):
    await Organisation.update({Organisation.by_post_since: date(2026, 1, 1)}).where(Organisation.id == ten["M09"].id)
    await signed(row)

    await delivery.send(row, actor="")

    assert (await delivery.sent_version(row)).objections_until == date(2027, 7, 23)  # three working days in the post
    with clock.set_to(at(9, day=date(2027, 6, 23))):
        assert await delivery.posted(row, on=date(2027, 6, 22), actor="") == 1
    assert (await delivery.sent_version(row)).objections_until == date(2027, 7, 26)


async def test_without_a_period_in_the_bylaws_no_day_is_named(ten):
    async with closed(ten) as row:
        await signed(row)
        await delivery.send(row, actor="")

        assert (await delivery.sent_version(row)).objections_until is None
        with clock.set_to(at(9, day=date(2028, 5, 1))):
            await objection.raise_(row, ten["M05"], "Wir waren da.", actor="")


async def test_only_signed_minutes_are_sent_and_only_once(row):
    await minutes.draft(row, actor="")
    with pytest.raises(Refused, match="§ 58"):
        await delivery.send(row, actor="")
    await signed(row)
    await delivery.send(row, actor="")

    with pytest.raises(Refused):
        await delivery.send(row, actor="")


async def test_the_proof_of_the_invitation_does_not_change_by_the_minutes(sent):
    assert [line for one in (await proof.proof_of(sent)).members for line in one.lines] == []
    assert len(await dispatch.lines_of(sent, stack="minutes")) == 10


async def test_whom_the_e_mail_did_not_reach_gets_a_letter(sent, ten):
    lost = await Dispatch.objects().get(Dispatch.organisation == ten["M09"].id)
    await Letter.update({Letter.state: LetterState.FAILED, Letter.answer: "550"}).where(Letter.reference == lost.letter)

    before = [to.name for to, _line in (await delivery.delivery_of(sent)).lost]
    await delivery.again(sent, ten["M09"].id, actor="")
    after = await delivery.delivery_of(sent)

    assert before == [ten["M09"].name]
    assert (after.lost, len(after.to_post), len(await dispatch.to_print(sent, "minutes"))) == ([], 1, 1)


async def test_an_objection_on_the_last_day_is_in_time_and_on_the_next_one_refused(sent, ten):
    with clock.set_to(at(23, 59, day=LAST)):
        made = await objection.raise_(sent, ten["M05"], "Wir hatten mit Nein gestimmt.", actor="")
    with clock.set_to(at(0, 1, day=date(2027, 7, 20))), pytest.raises(Refused, match=r"19\. Juli 2027"):
        await objection.raise_(sent, ten["M06"], "Auch wir.", actor="")

    assert objection.state_of(made) == "open"


async def test_nobody_objects_to_what_was_not_sent_or_as_no_member(row, ten):
    await signed(row)
    with pytest.raises(Refused):
        await objection.raise_(row, ten["M05"], "Zu früh.", actor="")
    await delivery.send(row, actor="")
    stranger = await organisation.enter("Fremd gGmbH", actor="")

    with pytest.raises(Refused):
        await objection.raise_(row, stranger, "Fremd.", actor="")


async def test_an_objection_is_decided_once_and_the_member_reads_why(sent, ten):
    made = await objection.raise_(sent, ten["M05"], "M05 war ab 10 Uhr da.", actor="")
    await objection.decide(sent, made, upheld=True, answer="Das stimmt; die Fassung 2 sagt es.", actor="")

    with pytest.raises(Refused):
        await objection.decide(sent, made, upheld=False, answer="Doch nicht.", actor="")
    letter = await Letter.objects().get(Letter.template == "assembly/objection")
    assert (letter.to_email, "stattgegeben" in letter.text) == (ten["M05"].email, True)
    assert [objection.state_of(one) for one in await objection.objections_of(sent)] == ["upheld"]


async def test_a_decision_says_why(sent, ten):
    made = await objection.raise_(sent, ten["M05"], "M05 war da.", actor="")

    with pytest.raises(Refused):
        await objection.decide(sent, made, upheld=False, answer=" ", actor="")


async def test_today_leads_from_the_minutes_to_the_end_of_the_period(row, ten):
    told = [await due(date(2027, 6, 18)), await due(date(2027, 6, 26))]
    await signed(row)
    told.append(await due(date(2027, 6, 18)))
    await delivery.send(row, actor="")
    told.append(await due(LAST))
    await objection.raise_(row, ten["M05"], "M05 war da.", actor="", said_by="Ines Falk")
    told.append(await due(LAST))
    told += [await due(date(2027, 7, 20)), await due(date(2027, 8, 3))]

    write, decide = (
        "Die Niederschrift schreiben und unterschreiben lassen",
        "Über den Einspruch von Ines Falk gegen die",
    )
    running, over = "Einsprüche gegen die Niederschrift", "Die Niederschrift steht fest"
    decide = next(title for title, _kind in told[4] if title.startswith(decide))
    assert told == [
        [(write, "info")],
        [(write, "warn")],
        [("Die Niederschrift an die Mitglieder schicken", "info")],
        [(running, "info")],
        [(decide, "warn"), (running, "info")],
        [(decide, "warn"), (over, "ok")],
        [(decide, "warn")],
    ]


async def test_the_office_sends_and_enters_what_came_by_post_on_the_pages(row, ten):
    await signed(row)
    page = f"{here(row)}/minutes"
    async with browser() as one:
        await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
        asked = words(await one.get(f"{page}/sending"))
        went = await press(one, f"{page}/sending", "/sending")
        entered = await submit(one, f"{here(row)}/objections/new", member=ten["M05"].reference,
                               text="TOP 3: wir stimmten dagegen.")  # fmt: skip
        told = words(await one.get(page))
        (made,) = await objection.objections_of(row)
        decided = await submit(
            one, f"{here(row)}/objections/{made.reference}", upheld="no", answer="Die Liste zeigt es."
        )
        proof_page = words(await one.get(f"{page}/sending"))

    assert "19. Juli 2027" in asked
    assert (went.status_code, entered.status_code, decided.status_code) == (303, 303, 303)
    assert f"{ten['M05'].name} " in told
    assert "0 von 10 Mitgliedern erreicht" in proof_page


async def test_a_member_reads_the_minutes_and_objects_in_its_own_room(sent, ten):
    mine = f"/mine/{ten['M05'].reference}/assemblies/{sent.reference}"
    async with browser() as one:
        await come_in(one, await somebody("Ines Falk", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M05"].reference))
        before = words(await one.get(mine))
        pdf = await one.get(f"{mine}/minutes")
        raised = await submit(one, f"{mine}/objection", text="Wir waren früher da.")
        after = words(await one.get(mine))
        with clock.set_to(at(9, day=date(2027, 7, 20))):
            await come_in(one, await somebody("Ben Falk", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M05"].reference))
            late = await submit(one, f"{mine}/objection", text="Noch etwas.")

    assert "Montag, 19. Juli 2027" in before
    assert pdf.content.startswith(b"%PDF-")
    assert (raised.status_code, late.status_code) == (303, 422)
    assert "Wir waren früher da." in after


async def test_the_link_in_the_letter_opens_the_minutes_and_a_stranger_sees_nothing(sent, ten):
    letter = await Letter.objects().get((Letter.template == "assembly/minutes") & (Letter.to_email == ten["M05"].email))
    token = next(line for line in letter.text.splitlines() if "/assembly/" in line).rpartition("/")[2].strip()
    async with browser() as one:
        told = await one.get(f"/assembly/{token}")
        pdf = await one.get(f"/assembly/{token}/minutes")
        wrong = await one.get("/assembly/nothing/minutes")
        await come_in(one, await somebody("Ada Fremd", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference))
        others = await one.get(f"/mine/{ten['M05'].reference}/assemblies/{sent.reference}/minutes")
        office = await one.get(f"{here(sent)}/minutes/sending")

    assert (told.status_code, pdf.content[:5]) == (200, b"%PDF-")
    assert (wrong.status_code, others.status_code, office.status_code) == (404, 404, 404)


def test_the_day_of_sending_is_the_one_the_numbers_are_reckoned_from():
    assert SENT_ON.isoweekday() == 5


async def test_whoever_objected_reads_so_in_the_file_about_them(sent, ten):
    ines = await somebody("Ines Falk", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M05"].reference)
    await objection.raise_(
        sent, ten["M05"], "Wir waren da.", actor=ines.reference, said_by=f"{ines.name}, {ten['M05'].name}"
    )

    subject = Subject(name=ines.name, people=((ines.id, ines.reference),))
    told = [value for one in await kept_about.held_about(None, subject) for _name, value in one.facts]

    assert "Wir waren da." in told
