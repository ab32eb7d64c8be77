"""Inviting: to whom by which way, in time or with a reason, and what is fixed by it."""

from datetime import date

import pytest
import vobject

from mailing.tables import Letter
from network import clock
from network.assembly import agenda, convocation, dispatch, meeting, moving, paper, proof
from network.assembly.recipients import recipients
from network.assembly.tables.convocation import Dispatch
from network.assembly.tables.meeting import Assembly, ItemKind
from network.association import bylaws
from network.errors import Refused
from network.files import File
from network.members import function, membership
from network.members.tables import FunctionKind, Organisation
from network.people.tables import RoleKind
from tests.assembly.conftest import RULES, browser, come_in, somebody
from tests.assembly.make import assembly, at, item
from tests.browser import submit

pytestmark = pytest.mark.usefixtures("in_april")
FOURTH, TWELFTH, FOURTEENTH = (at(10, day=date(2027, 5, day)) for day in (4, 12, 14))


@pytest.fixture
async def row(ten, in_april):
    one = await assembly()
    await item(one)
    return one


async def by_post(organisation):
    await Organisation.update({Organisation.by_post_since: date(2020, 1, 1)}).where(Organisation.id == organisation.id)


async def convened(row, moment=FOURTH, **options):
    with clock.set_to(moment):
        await convocation.convene(row, actor="mira", **options)
    return await meeting.by_reference(row.reference)


async def test_each_member_gets_a_letter_and_a_calendar_entry_of_its_own(row, ten):
    await convened(row)

    letters = await Letter.objects().order_by(Letter.id)
    entries = [vobject.readOne(letter.calendar).vevent for letter in letters]
    assert len({letter.to_email for letter in letters}) == len(letters) == 10
    assert {letter.from_name for letter in letters} == {"BAG BW"}
    assert len({entry.uid.value for entry in entries}) == 10
    assert {len(entry.attendee_list) for entry in entries} == {1}
    assert {(letter.calendar_method, letter.attachment_type) for letter in letters} == {("REQUEST", "application/pdf")}
    assert len({letter.text for letter in letters}) == 10  # each has its own link and votes


async def test_convening_fixes_agenda_key_date_and_rules(row, ten):
    still = await convened(row)

    assert meeting.state_of(still) == meeting.State.CONVENED
    assert (still.key_date, still.rules_from) == (date(2027, 6, 11), date(1995, 5, 12))
    assert [agenda.why_undecidable(one) for one in await agenda.items_of(still)] == [""]
    assert (await File.objects().get(File.id == still.invitation)).content.startswith(b"%PDF-")


async def test_members_without_an_address_or_who_want_it_get_a_letter_for_the_post(row, ten):
    await by_post(ten["M10"])
    await Organisation.update({Organisation.email: ""}).where(Organisation.id == ten["M09"].id)

    still = await convened(row)

    found = await Dispatch.objects().where(Dispatch.channel == "post").order_by(Dispatch.id)
    assert [one.address.split("\n")[0] for one in found] == [ten["M10"].name, ten["M09"].name]
    assert "34117 Kassel" in found[0].address
    assert all(one.text and not one.letter for one in found)
    assert (await Letter.count(), len((await proof.proof_of(still)).to_post)) == (8, 2)


async def test_bylaws_that_want_letters_get_envelopes_for_all(row, ten):
    await bylaws.enact("", valid_from=date(2026, 1, 1), **RULES | {"convening_form": "post"})

    await convened(row)

    assert (await Letter.count(), await Dispatch.count()) == (0, 10)


async def test_who_acts_for_a_member_gets_a_copy_at_another_address(row, ten):
    ella = await somebody("Ella Brandt", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference)
    await function.appoint(ten["M01"], ella, FunctionKind.VOTING_DELEGATE)

    still = await convened(row)

    mine = next(one for one in (await proof.proof_of(still)).members if one.id == ten["M01"].id)
    assert [(line.row.address, line.row.copy) for line in mine.lines] == [
        (ten["M01"].email, False), ("ella.brandt@example.org", True),
    ]  # fmt: skip


async def test_without_copies_each_member_has_one_letter(row, ten):
    await somebody("Ella Brandt", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference)

    await convened(row, copies=False)

    assert await Letter.count() == 10


async def test_guests_are_invited_without_a_vote_and_who_leaves_before_is_not(row, ten):
    guest = await membership.admit("Ilmtal Reha gGmbH", kind="guest", since=date(2027, 1, 1), email="ilm@example.org")
    await membership.resign(ten["M08"], until=date(2027, 5, 31))

    found = await recipients(row)

    assert [one.name for one in found if one.guest] == [guest.name]
    assert (len(found), sum(one.votes for one in found)) == (10, 17)
    await convened(row)
    (letter,) = await Letter.objects().where(Letter.to_email == "ilm@example.org")
    assert "Gastmitglieder haben kein Stimmrecht" in letter.text


async def test_too_late_is_refused_with_the_day_and_the_paragraph(row, ten):
    with clock.set_to(FOURTEENTH), pytest.raises(Refused) as no:
        await convocation.convene(row, actor="")

    assert "13. Mai 2027" in no.value.words
    assert "§ 58 Nr. 4 BGB" in no.value.words
    assert (no.value.field, await Dispatch.count(), await Letter.count()) == ("late_because", 0, 0)


async def test_a_letter_is_too_late_before_an_e_mail_is(row, ten):
    await by_post(ten["M10"])

    with clock.set_to(TWELFTH), pytest.raises(Refused) as no:
        await convocation.convene(row, actor="")

    assert "Fuldahöhe" in no.value.words
    assert "10. Mai 2027" in no.value.words


async def test_with_a_reason_it_goes_out_all_the_same_and_the_reason_stays(row, ten):
    still = await convened(row, FOURTEENTH, late_because="Alle Mitglieder haben zugestimmt.")

    (first, *_rest) = (await proof.proof_of(still)).members
    assert still.late_because == "Alle Mitglieder haben zugestimmt."
    assert first.words == "unterwegs"


async def test_an_unneeded_reason_is_not_kept(row, ten):
    assert (await convened(row, late_because="Nur so.")).late_because == ""


async def test_nothing_is_convened_twice_or_without_an_agenda(ten):
    bare = await assembly()
    with pytest.raises(Refused, match="§ 32"):
        await convocation.convene(bare, actor="")

    await item(bare)
    await convened(bare)
    with pytest.raises(Refused):
        await convened(bare)
    assert await Letter.count() == 10


async def test_another_text_of_the_bylaws_goes_out_only_with_the_old_one(row, ten):
    change = await item(row, ItemKind.BYLAWS, "Änderung des § 9")
    with pytest.raises(Refused, match="Änderung des § 9"):
        await convened(row)

    await paper.attach(row, change, title="§ 9", old_text="Alt.", new_text="Neu.", actor="")

    assert (await convened(row)).convened_at == FOURTH


async def test_a_rehearsal_sends_nothing_and_says_so(row, ten):
    real = await assembly(title="Echt")
    await Assembly.update({Assembly.rehearsal_of: real.id}).where(Assembly.id == row.id)
    await by_post(ten["M10"])

    still = await convened(await meeting.by_reference(row.reference))

    lines = await dispatch.lines_of(still)
    assert (await Letter.count(), len(lines)) == (0, 10)
    assert {line.words for line in lines} == {"Probe: nicht gesendet"}


async def test_a_second_address_is_a_row_of_its_own(row, ten):
    still = await convened(row)
    (letter,) = await Letter.objects().where(Letter.to_email == ten["M09"].email)
    await Letter.update({Letter.state: "failed", Letter.answer: "550 5.1.1 User unknown"}).where(Letter.id == letter.id)
    lost = (await proof.proof_of(still)).lost

    with clock.set_to(at(9, day=date(2027, 5, 5))):
        await convocation.again(still, ten["M09"].id, name="", email="post@leineaue.example.org", by_post=False,
                                actor="")  # fmt: skip
    await Letter.update({Letter.state: "sent", Letter.sent_at: at(9, day=date(2027, 5, 5))}).where(
        Letter.to_email == "post@leineaue.example.org"
    )

    mine = next(one for one in (await proof.proof_of(still)).members if one.id == ten["M09"].id)
    assert [one.name for one in lost] == [ten["M09"].name]
    assert [line.state for line in mine.lines] == ["failed", "sent"]
    assert (mine.lost, mine.reached, mine.too_late) == (False, True, False)


async def test_a_second_try_after_the_last_safe_day_is_told_as_too_late(row, ten):
    still = await convened(row)
    await Letter.update({Letter.state: "failed"}).where(Letter.to_email == ten["M09"].email)
    with clock.set_to(FOURTEENTH):
        await convocation.again(still, ten["M09"].id, name="", email="a@example.org", by_post=False, actor="")
    await Letter.update({Letter.state: "sent", Letter.sent_at: FOURTEENTH}).where(Letter.to_email == "a@example.org")

    mine = next(one for one in (await proof.proof_of(still)).members if one.id == ten["M09"].id)

    assert (mine.reached, mine.too_late, mine.words) == (True, True, "zu spät")


async def test_who_becomes_a_member_after_the_invitation_is_named(row, ten):
    still = await convened(row)
    await membership.admit("Neu gGmbH", since=date(2027, 5, 15), email="neu@example.org")

    assert [one.name for one in (await proof.proof_of(still)).uninvited] == ["Neu gGmbH"]


async def test_posted_received_and_came_back_are_noted(row, ten):
    await by_post(ten["M10"])
    still = await convened(row)
    (letter,) = await Dispatch.objects().where(Dispatch.channel == "post")

    with clock.set_to(at(9, day=date(2027, 5, 6))):
        gone = await dispatch.post_all(still, on=date(2027, 5, 5), actor="")
        with pytest.raises(Refused):
            await dispatch.note(still, letter, posted_on=date(2027, 5, 7), actor="")
        with pytest.raises(Refused):
            await dispatch.note(still, letter, posted_on=date(2027, 5, 3), actor="")
    posted = next(line for line in await dispatch.lines_of(still) if line.row.id == letter.id)
    with clock.set_to(at(9, day=date(2027, 5, 12))):
        await dispatch.note(still, letter, posted_on=date(2027, 5, 5), came_back=True, because="Unbekannt", actor="")

    mine = next(one for one in (await proof.proof_of(still)).members if one.id == ten["M10"].id)
    assert (gone, posted.state, mine.lost) == (1, "posted", True)
    assert (mine.lines[0].state, mine.lines[0].answer) == ("returned", "Unbekannt")


async def test_another_day_goes_to_all_with_the_next_number_and_the_clock_runs_anew(row, ten):
    still = await convened(row)

    with clock.set_to(TWELFTH):
        number = await moving.move(still, starts_at=at(10, day=date(2027, 6, 18)), actor="")

    letters = await Letter.objects().where(Letter.template == "assembly/change")
    entries = [vobject.readOne(letter.calendar).vevent for letter in letters]
    moved = await meeting.by_reference(row.reference)
    assert (number, len(letters), {int(entry.sequence.value) for entry in entries}) == (10, 10, {1})
    assert (moved.key_date, {entry.dtstart.value.date() for entry in entries}) == (
        date(2027, 6, 18), {date(2027, 6, 18)},
    )  # fmt: skip


async def test_another_day_too_near_is_refused_unless_with_a_reason(row, ten):
    still = await convened(row)

    with clock.set_to(FOURTEENTH):
        with pytest.raises(Refused) as no:
            await moving.move(still, venue="Anderes Haus", actor="")
        await moving.move(still, venue="Anderes Haus", late_because="Das Haus ist abgebrannt.", actor="")

    assert no.value.field == "late_because"
    assert (await meeting.by_reference(row.reference)).late_because == "Das Haus ist abgebrannt."


async def test_what_does_not_matter_is_told_to_nobody(row, ten):
    still = await convened(row)

    assert await moving.move(still, minute_taker="Stefan Øster", actor="") == 0
    assert await Letter.count() == 10


async def test_calling_off_takes_the_entry_from_every_calendar_once(row, ten):
    still = await convened(row)

    numbers = [await moving.cancel(still, because="Das Haus ist nicht frei.", actor="") for _ in range(2)]

    letters = await Letter.objects().where(Letter.template == "assembly/cancellation")
    assert (numbers, {letter.calendar_method for letter in letters}, len(letters)) == ([10, 0], {"CANCEL"}, 10)
    assert {int(vobject.readOne(letter.calendar).vevent.sequence.value) for letter in letters} == {1}
    assert meeting.state_of(await meeting.by_reference(row.reference)) == meeting.State.CANCELLED


async def test_a_supplement_in_time_can_be_decided(row, ten):
    still = await convened(row)
    await item(still, title="Nachtrag")

    with clock.set_to(TWELFTH):
        await moving.supplement(still, actor="")

    assert [agenda.why_undecidable(one) for one in await agenda.items_of(still)] == ["", ""]
    assert await Letter.count().where(Letter.template == "assembly/supplement") == 10


async def test_a_supplement_that_comes_too_late_is_for_discussion_only(row, ten):
    still = await convened(row)
    late = await item(still, title="Nachtrag")

    with clock.set_to(FOURTEENTH):
        await moving.supplement(still, actor="")

        with pytest.raises(Refused):  # a second time nobody is written to
            await moving.supplement(still, actor="")

    letters = await Letter.objects().where(Letter.template == "assembly/supplement")
    assert len(letters) == 10
    assert "§ 32 Abs. 1 BGB" in letters[0].text
    assert agenda.why_undecidable(await agenda.fresh(still, late)) != ""


async def test_the_page_of_a_supplement_says_what_comes_too_late(row, ten):
    still = await convened(row)
    await item(still, title="Nachtrag")

    with clock.set_to(FOURTEENTH):
        async with browser() as office:
            await come_in(office, await somebody("Mira Quandt", RoleKind.OFFICE))
            shown = await office.get(f"/office/assemblies/{still.reference}/supplement")
            await submit(office, f"/office/assemblies/{still.reference}/supplement")
            after = await office.get(f"/office/assemblies/{still.reference}/supplement")

    assert shown.status_code == 200
    assert "nur zur Aussprache" in shown.text
    assert "Nachtrag" not in after.text


async def test_today_needs_only_those_whom_somebody_has_to_see_to(row, ten):
    await by_post(ten["M10"])
    still = await convened(row)
    await Letter.update({Letter.state: "sent", Letter.sent_at: FOURTH}).where(Letter.to_email != ten["M09"].email)
    await Letter.update({Letter.state: "failed"}).where(Letter.to_email == ten["M09"].email)
    for name in ("Ahorn gGmbH", "Birke gGmbH", "Eiche gGmbH", "Linde gGmbH"):
        await membership.admit(name, since=date(2027, 5, 15))

    whole, (some, uninvited) = await proof.proof_of(still), await proof.wanting(still)

    assert [one.id for one in some.lost] == [one.id for one in whole.lost] == [ten["M09"].id]
    assert [line.row.id for line in some.to_post] == [line.row.id for line in whole.to_post]
    assert (len(some.to_post), len(some.members), uninvited, len(whole.uninvited)) == (1, 5, 4, 4)
    assert proof.some_names(some.uninvited, uninvited) == proof.some_names(whole.uninvited)
    assert [one.clock for one in some.members] == [
        one.clock for one in whole.members if one.id in {of.id for of in some.members}
    ]
