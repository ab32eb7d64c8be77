"""Decisions in writing: everybody is asked, all have to agree unless the bylaws say otherwise, the book has the result."""

import asyncio
from datetime import date, timedelta

import pytest

from mailing.tables import Letter
from network import clock
from network.association import bylaws
from network.board import leaving
from network.circulars import circular
from network.circulars.tables import Choice, Circular, Voter
from network.errors import Refused
from network.people.tables import Person
from network.resolutions import book
from network.resolutions.arithmetic import reckoned
from network.resolutions.tables import Body, Kind, Resolution
from tests.board.make import on, rules, three
from tests.members.make import member

TODAY, LAST = date(2027, 9, 6), date(2027, 9, 13)


@pytest.fixture
async def board(association):
    await rules()
    return await three()


async def sent(body: Body = Body.BOARD, **facts) -> tuple[Circular, list[Voter]]:
    known = {"title": "Beitritt", "wording": "Der Verein tritt bei.", "until": LAST, "actor": ""} | facts
    row = await circular.send(body, **known)
    return row, await circular.voters_of(row)


async def said(voters: list[Voter], *choices: str) -> None:
    for voter, choice in zip(voters, choices, strict=False):
        await circular.answer(voter, Choice(choice), by=voter.name)


async def in_the_book() -> list[tuple[str, str]]:
    return [(book.number_of(row), row.outcome) for row in await Resolution.objects().order_by(Resolution.id)]


async def letters_of(template: str) -> list[str]:
    return sorted(one.to_email for one in await Letter.objects().where(Letter.template == f"circulars/{template}"))


async def test_who_leaves_the_board_meanwhile_counts_no_more_and_answers_no_more(board):
    with on(TODAY):
        _row, voters = await sent()
        await said(voters[:1], "no")
        await leaving.resign(board["Henrike"].reference, received_on=TODAY, effective_on=TODAY)
    with on(TODAY + timedelta(days=1)):
        with pytest.raises(Refused) as no:
            await circular.answer(voters[0], Choice.YES, by="Henrike")
        await said(voters[1:], "yes", "yes")

    [entry] = await Resolution.objects()
    assert "nicht mehr im Vorstand" in no.value.words
    assert (entry.outcome, entry.yes, entry.no, entry.represented) == ("adopted", 2, 0, 2)


async def test_the_last_of_three_to_agree_makes_the_resolution(board):
    with on(TODAY):
        row, voters = await sent()
        await said(voters[:2], "yes", "yes")
        before = await in_the_book()
        await said(voters[2:], "yes")

    [entry] = await Resolution.objects()
    told = await reckoned(entry)
    assert before == []
    assert await in_the_book() == [("VS 2027-1", "adopted")]
    assert (entry.source, told.words) == (
        f"circular:{row.reference}", "Alle Mitglieder müssen zustimmen: Zugestimmt haben 3 von 3. Angenommen."
    )  # fmt: skip
    assert len(await letters_of("asked")) == len(await letters_of("decided")) == 3


@pytest.mark.parametrize("third", ["no", "objection"])
async def test_one_no_or_objection_is_enough_where_all_have_to_agree(board, third):
    with on(TODAY):
        _row, voters = await sent()
        await said(voters, "yes", "yes", third)

    assert await in_the_book() == [("VS 2027-1", "rejected")]


async def test_a_majority_is_enough_where_the_bylaws_say_so(association):
    await rules(written_resolution="majority")
    await three()
    with on(TODAY):
        _row, voters = await sent()
        await said(voters, "yes", "yes", "no")

    assert await in_the_book() == [("VS 2027-1", "adopted")]


async def test_silence_is_no_agreement_once_the_last_day_is_over(board):
    with on(TODAY):
        row, voters = await sent()
        await said(voters, "yes", "yes")
    with on(LAST):
        await circular.keep_time()
        before = await in_the_book()
    with on(LAST + timedelta(days=1)):
        with pytest.raises(Refused, match=r"13\. September 2027"):
            await circular.answer(voters[2], Choice.YES, by="Ruta Kaspereit")
        await circular.keep_time()
        await circular.keep_time()

    still = await circular.by_reference(row.reference)
    assert (before, await in_the_book()) == ([], [("VS 2027-1", "rejected")])
    assert (still.outcome, len(await letters_of("decided"))) == ("rejected", 3)


async def test_who_is_concerned_leaves_the_base_and_may_not_answer(board):
    henrike = await Person.objects().get(Person.name == "Henrike Vossberg")
    with on(TODAY):
        _row, voters = await sent(banned=[f"person:{henrike.reference}"])
        banned = next(one for one in voters if one.banned)
        with pytest.raises(Refused, match="§ 34 BGB"):
            await circular.answer(banned, Choice.YES, by="Henrike Vossberg")
        await said([one for one in voters if not one.banned], "yes", "yes")

    [entry] = await Resolution.objects()
    assert (entry.outcome, entry.represented, entry.banned, entry.yes) == ("adopted", 3, 1, 2)


async def test_until_it_is_closed_the_last_word_counts(board):
    with on(TODAY):
        _row, voters = await sent()
        await said(voters, "no")
        await said(voters, "yes", "yes", "yes")
        with pytest.raises(Refused, match="Beschlussbuch"):
            await circular.answer(voters[0], Choice.NO, by="Henrike Vossberg")

    assert await in_the_book() == [("VS 2027-1", "adopted")]


async def test_all_answers_at_the_same_moment_make_one_resolution(board):
    with on(TODAY):
        row, voters = await sent()
        await asyncio.gather(*(circular.answer(one, Choice.YES, by=one.name) for one in voters))

    still = await circular.by_reference(row.reference)
    assert await in_the_book() == [("VS 2027-1", "adopted")]
    assert (bool(still.decided_at), len(await letters_of("decided"))) == (True, 3)


async def test_killed_while_it_is_closed_nothing_is_half_done(board, monkeypatch):
    with on(TODAY):
        row, voters = await sent()
        await said(voters, "yes", "yes")
        with monkeypatch.context() as broken, pytest.raises(RuntimeError):
            broken.setattr(circular.letters, "decided", killed)
            await circular.answer(voters[2], Choice.YES, by="Ruta Kaspereit")
        half = (await in_the_book(), (await circular.voters_of(row))[2].choice)
        await circular.answer(voters[2], Choice.YES, by="Ruta Kaspereit")

    assert half == ([], "")
    assert await in_the_book() == [("VS 2027-1", "adopted")]


async def killed(*_args, **_options) -> None:
    raise RuntimeError("killed")


async def test_the_silent_are_reminded_once_two_days_before(board):
    with on(TODAY):
        _row, voters = await sent()
        await said(voters, "yes")
    for days in (3, 2, 2, 1):
        with on(LAST - timedelta(days=days)):
            await circular.keep_time()

    reminded = await Letter.objects().where(Letter.subject.like("Erinnerung%"))
    assert sorted(one.to_email for one in reminded) == sorted(one.email for one in voters[1:])


async def test_withdrawn_it_takes_no_answer_and_everybody_is_told(board):
    with on(TODAY):
        row, voters = await sent()
        await circular.withdraw(row, "Wir beraten das in der Sitzung.", actor="")
        with pytest.raises(Refused, match="zurückgezogen"):
            await circular.answer(voters[0], Choice.YES, by="Henrike Vossberg")
        await circular.keep_time()

    assert (await in_the_book(), len(await letters_of("withdrawn"))) == ([], 3)


async def test_members_have_their_votes_where_a_majority_decides_and_are_one_each_where_all_must(association):
    await bylaws.enact("", valid_from=date(1995, 5, 12), written_resolution="majority", votes_by="classes",
                       vote_classes="0=3")  # fmt: skip
    for name in ("Elbufer e. V.", "Leineaue e. V."):
        await member(name, email=f"{name[:6].lower()}@example.org")
    with on(TODAY):
        _row, ordinary = await sent(Body.MEMBERS)
        _row, purpose = await sent(Body.MEMBERS, kind=Kind.PURPOSE)

    assert [one.votes for one in purpose] == [1, 1]
    assert len({one.votes for one in ordinary}) == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"until": TODAY}, "until"), ({"kind": Kind.BYLAWS}, "kind"), ({"kind": Kind.ELECTION}, "kind")],
)
async def test_what_cannot_be_is_refused(board, facts, field):
    with on(TODAY), pytest.raises(Refused) as no:
        await sent(**facts)

    assert (no.value.field, await Circular.count()) == (field, 0)


async def test_nobody_is_left_out_for_want_of_an_address(board):
    await Person.update({Person.email: ""}).where(Person.name == "Tarek Linnemann")
    with on(TODAY), pytest.raises(Refused, match="Tarek Linnemann"):
        await sent()

    assert await Letter.count().where(Letter.template == "circulars/asked") == 0


async def test_without_a_board_there_is_nobody_to_ask(association):
    with clock.set_to(clock.now()), pytest.raises(Refused, match="niemanden"):
        await circular.send(Body.BOARD, title="A", wording="A", until=clock.today() + timedelta(days=3), actor="")


async def test_only_the_digest_of_a_link_is_stored(board):
    with on(TODAY):
        _row, voters = await sent()

    [letter] = await Letter.objects().where(
        (Letter.template == "circulars/asked") & (Letter.to_email == voters[0].email)
    )
    token = circular.token_of(voters[0].reference)
    known = await circular.by_token(token)
    assert token in letter.text
    assert token not in str(voters[0].to_dict())
    assert known[1].id == voters[0].id
    assert await circular.by_token(token[:-1]) is None


async def test_a_tie_in_writing_is_decided_by_the_chair_where_the_bylaws_say_so(association):
    await rules(written_resolution="majority", casting_vote=True)
    await three()
    with on(TODAY):
        _row, voters = await sent()
        await said(voters, "yes", "no", "objection")
        [entry] = await Resolution.objects()
        told = await reckoned(entry)

    assert (entry.outcome, entry.casting, told.differs) == ("adopted", "yes", False)
    assert "ein Ja" in told.words
    assert len(told.rules) == 2


async def test_a_tie_in_writing_is_a_no_where_the_bylaws_say_nothing_of_the_chair(association):
    await rules(written_resolution="majority")
    await three()
    with on(TODAY):
        _row, voters = await sent()
        await said(voters, "yes", "no", "objection")

    assert await in_the_book() == [("VS 2027-1", "rejected")]
