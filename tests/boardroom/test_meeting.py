"""On the day: who is there, whether that is enough, what is decided with which votes, who sees to what, the minutes."""

import asyncio
from datetime import date, timedelta

import pytest

from mailing.tables import Letter
from network.boardroom import agenda, attendance, conflict, decision, invitation, meeting, minutes, task
from network.boardroom.tables import BoardDecision, BoardMeeting, BoardTask, ItemKind
from network.errors import Refused
from network.people.tables import Person
from network.resolutions import book
from network.resolutions.arithmetic import reckoned
from network.resolutions.tables import Resolution
from tests.boardroom.make import DAY, TODAY, again, board, item, on, planned, who

BOARD = ("Vossberg", "Linnemann", "Kaspereit")


async def opened(*names: str, **said) -> BoardMeeting:
    """Invited in time, opened on its day, with these people there."""
    await board(**said)
    with on(TODAY):
        row = await planned(chair="Henrike Vossberg", minute_taker="Mira Quandt")
        await invitation.invite(row, actor="")
    with on(DAY):
        await attendance.begin(row, actor="")
        for name in names:
            await attendance.come(row, await who(row, name), actor="")
    return await again(row)


async def decided(row: BoardMeeting, yes: int, no: int = 0, abstain: int = 0, *, about: str = "Haushalt", **facts):
    with on(DAY):
        return await decision.decide(
            row, await item(row, about), title=about, wording="So sei es.", yes=yes, no=no, abstain=abstain, actor="",
            **facts,
        )  # fmt: skip


async def test_a_decision_stands_in_the_book_with_counts_and_arithmetic(association):
    row = await opened(*BOARD)
    await decided(row, 2, 1)

    [entry] = await Resolution.objects()
    told = await reckoned(entry)
    assert (book.number_of(entry), entry.outcome, entry.represented, entry.yes, entry.no) == (
        "VS 2027-1", "adopted", 3, 2, 1
    )  # fmt: skip
    assert told.words == "2 Ja, 1 Nein: mehr Ja als Nein. Angenommen."
    found, under = await decision.meeting_of(entry.reference)
    assert (found.id, under.title) == (row.id, "Haushalt")


@pytest.mark.parametrize(("yes", "no", "abstain", "outcome"), [
    (1, 1, 1, "rejected"), (1, 0, 2, "adopted"), (0, 3, 0, "rejected"), (0, 0, 3, "rejected"),
])  # fmt: skip
async def test_a_tie_is_no_majority_and_abstentions_do_not_count(association, yes, no, abstain, outcome):
    row = await opened(*BOARD)

    assert (await decided(row, yes, no, abstain)).outcome == outcome


@pytest.mark.parametrize("counts", [(2, 0, 0), (3, 1, 0), (4, 0, 0)])
async def test_votes_that_do_not_add_up_are_refused(association, counts):
    row = await opened(*BOARD)
    with pytest.raises(Refused, match=r"fehlt|zu viel"):
        await decided(row, *counts)

    assert (await BoardDecision.count(), await Resolution.count()) == (0, 0)


async def test_the_guest_has_no_vote(association):
    row = await opened(*BOARD, "Hillebrecht")
    with pytest.raises(Refused, match="zu viel"):
        await decided(row, 4)
    with on(DAY), pytest.raises(Refused, match="keine Stimme"):
        await conflict.note(row, await item(row, "Haushalt"), await who(row, "Hillebrecht"), why="contract", actor="")

    assert (await decided(row, 3)).represented == 3


async def test_who_is_concerned_leaves_the_base(association):
    row = await opened(*BOARD)
    with on(DAY):
        lease = await item(row, "Mietvertrag")
        await conflict.note(row, lease, await who(row, "Linnemann"), why="contract", actor="")
        with pytest.raises(Refused, match="schon keine Stimme"):
            await conflict.note(row, lease, await who(row, "Linnemann"), why="declared", actor="")
    with pytest.raises(Refused, match="zu viel"):
        await decided(row, 3, about="Mietvertrag")
    made = await decided(row, 1, 1, about="Mietvertrag")
    other = await decided(row, 3)

    assert (made.represented, made.banned, made.outcome) == (3, 1, "rejected")
    assert "§ 34 BGB" in await decision.words_of(row, made)
    assert (other.represented, other.banned) == (3, 0)


async def test_where_nobody_is_left_to_vote_nothing_is_decided(association):
    row = await opened("Vossberg")
    with on(DAY):
        budget = await item(row, "Haushalt")
        await conflict.note(row, budget, await who(row, "Vossberg"), why="declared", actor="")
        with pytest.raises(Refused, match="niemand"):
            await decision.decide(row, budget, title="A", wording="A", yes=0, no=0, actor="")
        await conflict.lift(row, budget, await who(row, "Vossberg"), actor="")

    assert (await decided(row, 1)).outcome == "adopted"


async def test_without_a_quorum_of_the_bylaws_nothing_is_decided_and_the_law_asks_for_none(association):
    row = await opened("Vossberg", board_quorum="1/2")
    with pytest.raises(Refused, match=r"1 von 3 = 33,3 %, nötig 50 % \(2\)"):
        await decided(row, 1)
    with on(DAY):
        await attendance.come(row, await who(row, "Kaspereit"), online=True, actor="")
    made = await decided(row, 2)
    with on(DAY):
        await attendance.go(row, await who(row, "Kaspereit"), actor="")
    with pytest.raises(Refused, match="1 von 3"):
        await decided(row, 1)

    assert made.represented == 2


@pytest.mark.parametrize("later", [False, True])
async def test_what_the_invitation_did_not_name_needs_all_and_their_word(association, later):
    row = await opened("Vossberg", "Linnemann")
    with on(DAY):
        surprise = await agenda.add(row, "Überraschung", kind=ItemKind.TOPIC if later else ItemKind.ANY_OTHER, actor="")
    with pytest.raises(Refused, match="Ruta Kaspereit fehlt"):
        await decided(row, 2, about="Überraschung", agreed=True)
    with on(DAY):
        await attendance.come(row, await who(row, "Kaspereit"), actor="")
    with pytest.raises(Refused) as no:
        await decided(row, 3, about="Überraschung")
    made = await decided(row, 3, about="Überraschung", agreed=True)

    assert (no.value.field, made.unannounced, made.item) == ("agreed", True, surprise.id)


async def test_before_its_day_and_uninvited_a_meeting_is_not_opened(association):
    await board()
    with on(TODAY):
        row = await planned()
        with pytest.raises(Refused, match="noch niemand eingeladen"):
            await attendance.begin(row, actor="")
        await invitation.invite(row, actor="")
        with pytest.raises(Refused, match=r"21\. September 2027"):
            await attendance.begin(row, actor="")
        with pytest.raises(Refused, match="noch nicht eröffnet"):
            await attendance.come(row, await who(row, "Vossberg"), actor="")


async def test_after_it_is_closed_nothing_more_is_decided(association):
    row = await opened(*BOARD)
    with on(DAY):
        await attendance.close(row, actor="")
    with pytest.raises(Refused, match="geschlossen"):
        await decided(row, 3)

    assert meeting.state_of(await again(row)) == "over"


async def test_a_task_waits_for_its_person_until_it_is_done(association):
    row = await opened(*BOARD)
    tarek = await Person.objects().get(Person.name == "Tarek Linnemann")
    with on(DAY):
        with pytest.raises(Refused, match="vorbei"):
            await task.give("Angebote einholen", tarek, DAY - timedelta(days=1), actor="")
        given = await task.give(
            "Angebote einholen", tarek, date(2027, 10, 1), item=await item(row, "Haushalt"), actor=""
        )
        waiting = [one.title for one in await task.open_ones()]
        await task.tick(given, done=True, note="Drei liegen vor.", actor="x")

    [row_of] = await BoardTask.objects()
    assert (waiting, await task.open_ones()) == (["Angebote einholen"], [])
    assert (row_of.done_on, row_of.note) == (DAY, "Drei liegen vor.")


async def whole() -> BoardMeeting:
    """A meeting with everything in it, closed."""
    row = await opened("Vossberg", "Kaspereit", board_quorum="1/2")
    with on(DAY):
        lease, budget = await item(row, "Mietvertrag"), await item(row, "Haushalt")
        await conflict.note(row, lease, await who(row, "Kaspereit"), why="contract", actor="")
        ruta = await Person.objects().get(Person.name == "Ruta Kaspereit")
        await task.give("Angebote einholen", ruta, date(2027, 10, 1), item=budget, actor="")
        await agenda.note(row, budget, "Es wurde lange beraten.", actor="")
    await decided(row, 1, about="Mietvertrag")
    with on(DAY):
        await attendance.close(row, actor="")
        await minutes.draft(row, actor="")
    return await again(row)


async def test_the_minutes_write_themselves_from_what_happened(association):
    mine = await minutes.of(await whole())

    for words in (
        "Henrike Vossberg eröffnete die Sitzung um 09:00 Uhr",
        "Der Vorstand wurde am 6. September 2027 unter Mitteilung der Tagesordnung eingeladen.",
        "| Tarek Linnemann | Stellvertretender Vorsitz | abwesend |",
        "| Jonas Hillebrecht | Geschäftsführung, Gast | abwesend |",
        "2 von 3 = 66,7 %, nötig 50 % (2). Beschlussfähig.",
        "## TOP 1: Haushalt",
        "Es wurde lange beraten.",
        "- Dr. Ruta Kaspereit: Angebote einholen, bis 1. Oktober 2027",
        "Dr. Ruta Kaspereit stimmte hierüber nicht mit ab: Es ging um einen Vertrag mit dieser Person (§ 34 BGB).",
        "**Mietvertrag** (VS 2027-1)",
        "09:00: 1 Ja, 0 Nein, 0 Enthaltungen, von 2 Anwesenden.",
        "Die Sitzung wurde um 09:00 Uhr geschlossen.",
    ):
        assert words in mine.text


async def test_minutes_go_to_everybody_with_their_own_tasks(association):
    row = await whole()
    with on(DAY):
        number = await minutes.send(row, actor="")

    sent = await Letter.objects().where(Letter.template == "boardroom/minutes").order_by(Letter.id)
    assert (number, len(sent)) == (4, 4)
    assert [one.to_name for one in sent if "Angebote einholen, bis 1. Oktober 2027" in one.text] == [
        "Dr. Ruta Kaspereit"
    ]


async def test_the_next_meeting_approves_them_and_then_they_stay(association):
    row = await whole()
    with on(DAY):
        await minutes.edit(row, "Geändert.", actor="")
        following = await planned(date(2027, 10, 12), "Anderes")
        await agenda.add_minutes(following, row, actor="")
        await agenda.add_minutes(following, row, actor="")
        await invitation.invite(following, actor="")
        waiting = await agenda.unapproved()
    about = [one for one in await agenda.items_of(following) if one.about]
    with on(date(2027, 10, 12)):
        with pytest.raises(Refused, match="noch nicht eröffnet"):
            await minutes.approve(following, about[0], actor="")
        await attendance.begin(following, actor="")
        await minutes.approve(following, about[0], actor="")
        await minutes.approve(following, about[0], actor="")
        with pytest.raises(Refused, match="genehmigt"):
            await minutes.edit(row, "Noch einmal.", actor="")
        with pytest.raises(Refused, match="genehmigt"):
            await minutes.draft(row, actor="")
        await attendance.close(following, actor="")
        await minutes.draft(following, actor="")

    mine, later = await minutes.of(row), await minutes.of(following)
    assert (len(about), waiting, mine.approved_on, mine.approved_in) == (1, [], date(2027, 10, 12), following.reference)
    assert (await minutes.as_file(row, mine)).startswith(b"%PDF-")
    assert "Die Niederschrift der Sitzung vom 21. September 2027 ist genehmigt." in later.text


async def test_decisions_at_the_same_moment_get_numbers_without_a_gap_and_none_after_the_end(association):
    row = await opened(*BOARD)
    budget = await item(row, "Haushalt")

    async def one(number: int) -> None:
        await decision.decide(row, budget, title=f"Nr. {number}", wording="…", yes=3, no=0, actor="")

    with on(DAY):
        done = await asyncio.gather(
            *(one(number) for number in range(4)), attendance.close(row, actor=""), return_exceptions=True
        )
    refused = [each for each in done if each is not None]

    entries = await Resolution.objects().order_by(Resolution.number)
    assert all(isinstance(each, Refused) for each in refused)
    assert [entry.number for entry in entries] == [*range(1, 5 - len(refused))]
    assert await BoardDecision.count() == len(entries)


# --- the casting vote ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("casting", "outcome", "told"), [("yes", "adopted", "ein Ja"), ("no", "rejected", "ein Nein")])
async def test_when_the_votes_are_equal_that_of_the_chair_decides_where_the_bylaws_say_so(
    association, casting, outcome, told
):
    row = await opened("Vossberg", "Kaspereit", casting_vote=True)
    with pytest.raises(Refused, match="Henrike Vossberg"):
        await decided(row, 1, 1)
    made = await decided(row, 1, 1, casting=casting)
    [entry] = await Resolution.objects()

    assert (made.outcome, made.casting, entry.casting) == (outcome, casting, casting)
    assert told in await decision.words_of(row, made)
    assert told in (await reckoned(entry)).words
    assert not (await reckoned(entry)).differs


async def test_a_tie_stays_a_no_without_the_rule_and_without_the_chair(association):
    silent = await opened("Vossberg", "Kaspereit")
    plain = await decided(silent, 1, 1, casting="yes")

    assert (plain.outcome, plain.casting) == ("rejected", "")


async def test_a_chair_who_is_away_or_banned_or_abstains_decides_no_tie(association):
    row = await opened("Linnemann", "Kaspereit", casting_vote=True)
    away = await decided(row, 1, 1)
    with on(DAY):
        await attendance.come(row, await who(row, "Vossberg"), actor="")
    abstained = await decided(row, 1, 1, 1, casting="abstain")
    with on(DAY):
        await conflict.note(row, await item(row, "Haushalt"), await who(row, "Vossberg"), why="declared", actor="")
    banned = await decided(row, 1, 1)

    assert [one.outcome for one in (away, abstained, banned)] == ["rejected"] * 3


async def test_a_tie_in_which_the_chair_abstained_is_told_and_stays_a_no(association):
    row = await opened("Vossberg", "Kaspereit", casting_vote=True)

    made = await decided(row, 1, 1, casting="abstain")

    assert made.outcome == "rejected"
    assert "Gleichstand ist keine Mehrheit" in await decision.words_of(row, made)
