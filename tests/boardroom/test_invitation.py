"""The board is invited in time, by letters with one calendar entry each, and told of whatever changes."""

import re
from datetime import date, time, timedelta

import pytest

from mailing.tables import Letter
from network import clock
from network.board import leaving, ledger
from network.boardroom import agenda, invitation, invited, meeting
from network.boardroom.meeting import State, state_of
from network.boardroom.notice import notice_of
from network.errors import Refused
from network.people.tables import Person
from tests.board.make import elected, on
from tests.boardroom.make import DAY, TODAY, again, board, item, planned

LATER = clock.berlin(date(2027, 9, 23), time(14))


@pytest.fixture
async def three(association):
    await board(board_notice_days=7)


async def letters(template: str) -> list[Letter]:
    return await Letter.objects().where(Letter.template == f"boardroom/{template}").order_by(Letter.id)


def unfolded(letter: Letter) -> str:
    return letter.calendar.replace("\r\n ", "")


def said(letter: Letter, name: str) -> str:
    return re.search(rf"^{name}[^:\r\n]*:([^\r\n]*)", unfolded(letter), re.MULTILINE)[1]


async def test_everybody_on_the_board_and_the_managing_director_get_agenda_and_entry(three):
    with on(TODAY):
        row = await planned()
        number = await invitation.invite(row, actor="")

    sent = await letters("invitation")
    people = [(one.name, one.office, one.has_vote) for one in await invited.invited_to(row)]
    assert number == 4
    assert people == [
        ("Henrike Vossberg", "Vorsitz", True),
        ("Tarek Linnemann", "Stellvertretender Vorsitz", True),
        ("Dr. Ruta Kaspereit", "Stellvertretender Vorsitz", True),
        ("Jonas Hillebrecht", "Geschäftsführung", False),
    ]
    assert all("1. Haushalt\n2. Mietvertrag" in one.text for one in sent)
    assert (len({said(one, "UID") for one in sent}), {said(one, "SEQUENCE") for one in sent}) == (4, {"0"})
    assert [(said(one, "METHOD"), one.to_email in unfolded(one)) for one in sent] == [("REQUEST", True)] * 4


async def test_a_guest_without_a_role_is_not_sent_to_a_page_that_does_not_open(three):
    with on(TODAY):
        row = await planned()
        await invitation.invite(row, actor="")

    *board_letters, guest = await letters("invitation")
    assert all(f"/office/board/meetings/{row.reference}" in one.text for one in board_letters)
    assert "/office/" not in guest.text
    assert "Gast ohne Stimme" in guest.text


@pytest.mark.parametrize(("days", "last"), [(7, date(2027, 9, 13)), (1, date(2027, 9, 19)), (0, DAY)])
async def test_the_period_of_notice_is_full_days(association, days, last):
    await board(board_notice_days=days)
    with on(TODAY):
        notice = await notice_of(await planned())

    assert notice.last == last
    assert notice.is_kept_by(last)
    assert notice.is_kept_by(last + timedelta(days=1)) == (days == 0)


async def test_too_late_is_refused_with_the_day_unless_there_is_a_reason(three):
    with on(TODAY):
        row = await planned()
    with on(date(2027, 9, 14)):
        with pytest.raises(Refused, match=r"13\. September 2027") as no:
            await invitation.invite(row, actor="")
        await invitation.invite(row, late_because="Alle haben zugestimmt.", actor="")

    assert (no.value.field, (await again(row)).late_because) == ("late_because", "Alle haben zugestimmt.")


async def test_without_an_agenda_or_an_address_nobody_is_invited(three):
    with on(TODAY):
        bare = await meeting.plan(title="A", place="Berlin", starts_at=clock.berlin(DAY, time(10)), actor="")
        with pytest.raises(Refused, match="Tagesordnung"):
            await invitation.invite(bare, actor="")
        row = await planned()
        await Person.update({Person.email: ""}).where(Person.name == "Tarek Linnemann")
        with pytest.raises(Refused, match="Tarek Linnemann"):
            await invitation.invite(row, actor="")

    assert await Letter.count().where(Letter.template == "boardroom/invitation") == 0


async def test_moved_the_entry_keeps_its_identity_and_counts_up(three):
    with on(TODAY):
        row = await planned()
        await invitation.invite(row, actor="")
        tarek = await Person.objects().get(Person.name == "Tarek Linnemann")
        await invited.answer(row, tarek.id, "coming", actor="")
        await invitation.tell(row, starts_at=LATER, place="Kassel", because="Der Zug fährt nicht.", actor="")
        nothing = await invitation.tell(row, starts_at=LATER, place="Kassel", actor="")

    before, after = await letters("invitation"), await letters("change")
    assert nothing == 0
    assert [said(one, "UID") for one in after] == [said(one, "UID") for one in before]
    assert {said(one, "SEQUENCE") for one in after} == {"1"}
    assert all("20270923T140000" in unfolded(one) and "Der Zug fährt nicht." in one.text for one in after)
    assert [one.answer for one in await invited.invited_to(row)] == [""] * 4


async def test_called_off_the_entry_goes_and_everybody_is_told_once(three):
    with on(TODAY):
        row = await planned()
        await invitation.invite(row, actor="")
        told = [await invitation.cancel(row, "Krankheit", actor="") for _twice in range(2)]
        with pytest.raises(Refused, match="abgesagt"):
            await invitation.tell(row, starts_at=LATER, actor="")

    sent = await letters("cancellation")
    assert told == [4, 0]
    assert [(said(one, "METHOD"), said(one, "SEQUENCE")) for one in sent] == [("CANCEL", "1")] * 4
    assert state_of(await again(row)) == State.CANCELLED


async def test_what_was_added_later_is_announced_by_a_letter_of_its_own(three):
    with on(TODAY):
        row = await planned()
        await invitation.invite(row, actor="")
        await agenda.add(row, "Stellenplan", actor="")
        unknown = [one.title for one in await invitation.unannounced(await again(row))]
        await invitation.tell(row, actor="")

    sent = await letters("change")
    assert (unknown, await invitation.unannounced(await again(row))) == (["Stellenplan"], [])
    assert all("3. Stellenplan (neu)" in one.text for one in sent)


async def test_who_joins_the_board_afterwards_gets_the_invitation_and_who_left_has_no_vote(three):
    with on(TODAY):
        row = await planned()
        await invitation.invite(row, actor="")
        ruta = (await ledger.read()).board(TODAY).holders[2]
        await leaving.resign(ruta.reference, received_on=TODAY, effective_on=TODAY)
    with on(TODAY + timedelta(days=1)):
        await elected(("deputy", 2), "Kim Probst", TODAY + timedelta(days=1))
        await invitation.tell(row, actor="")

    newest = (await letters("invitation"))[-1]
    votes = {one.name: one.has_vote for one in await invited.invited_to(row)}
    assert newest.to_name == "Kim Probst"
    assert votes["Kim Probst"]
    assert not votes["Dr. Ruta Kaspereit"]


async def test_what_went_out_keeps_title_and_wording(three):
    with on(TODAY):
        row = await planned()
        budget = await item(row, "Haushalt")
        await agenda.change(row, budget, title="Haushalt 2028", text="Neu", speaker="", actor="")
        await invitation.invite(row, actor="")
        budget = await item(row, "Haushalt 2028")
        with pytest.raises(Refused, match="Wortlaut"):
            await agenda.change(row, budget, title="Etwas anderes", text="Neu", speaker="", actor="")
        with pytest.raises(Refused, match="absetzen"):
            await agenda.remove(row, budget, actor="")
        with pytest.raises(Refused, match="eingeladen"):
            await meeting.edit(row, place="Kassel", actor="")
        await agenda.change(row, budget, title="Haushalt 2028", text="Neu", speaker="Tarek", actor="")

    assert (await item(row, "Haushalt 2028")).speaker == "Tarek"


async def test_a_meeting_is_somewhere_and_lies_ahead(three):
    with on(TODAY):
        with pytest.raises(Refused) as nowhere:
            await planned(place="")
        with pytest.raises(Refused) as over:
            await planned(date(2027, 9, 1))
        online = await planned(place="", online_at="https://konferenz.example.org/a")

    assert (nowhere.value.field, over.value.field, meeting.where(online)) == ("place", "day", "online")


async def test_items_stand_before_any_other_business_and_can_be_put_in_order(three):
    with on(TODAY):
        row = await meeting.plan(title="A", place="Berlin", starts_at=clock.berlin(DAY, time(10)), actor="")
        await agenda.lay_out(row, actor="")
        await agenda.add(row, "Eins", actor="")
        two = await agenda.add(row, "Zwei", actor="")
        await agenda.move(row, two, up=True, actor="")

    assert [(one.number, one.title) for one in await agenda.items_of(row)] == [
        (1, "Zwei"), (2, "Eins"), (3, "Verschiedenes")
    ]  # fmt: skip
