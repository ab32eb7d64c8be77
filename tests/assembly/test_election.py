"""Elections: story 4 with its numbers, and everything that the bylaws do not allow."""

import asyncio
from datetime import date

import pytest

from network import clock
from network.assembly import acceptance, attendance, ballot, candidate, course, election, protocol, ranked_ballot
from network.assembly.counting import lot
from network.assembly.ruling import rules_of
from network.assembly.tables.elections import Acceptance, Candidate, Round
from network.assembly.tables.meeting import AgendaItem, ItemKind
from network.assembly.verdict import Counted
from network.board import seat, term
from network.board.tables import Term
from network.errors import Refused
from network.people import person
from network.people.tables import RoleKind
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.day import announced, under_way
from tests.assembly.make import at
from tests.assembly.test_day_views import here, words
from tests.members.make import the_ten


@pytest.fixture
async def ten(association):
    return await the_ten()


@pytest.fixture
async def opened(ten):
    async with under_way(ten, run_off=True) as row:
        yield row


async def prepared(row, *names: str, agreed: bool = True, **facts):
    """An election of something that is no seat of the board."""
    of = await election.plan(row, await announced(row, ItemKind.ELECTION, "Wahl"), title="Vorsitz", actor="", **facts)
    for name in names:
        one = await candidate.propose(row, of, name=name, actor="")
        if agreed:
            await candidate.consent(row, of, one, how="present", actor="")
    return of


async def stand(of) -> list[Candidate]:
    return await candidate.candidates_of(of)


async def voted(row, of, mode: str, chosen, counted: Counted):
    one = await ballot.begin(row, of, mode, chosen, actor="")
    return await ballot.count(row, one, counted, actor="")


async def test_a_ballot_by_show_of_hands_is_told_as_such_and_refused_where_elections_are_secret(ten):
    async with under_way(ten) as row:
        of = await prepared(row, "A", "B")
        people = await stand(of)
        one = await ballot.begin(row, of, "one_vote", people, way="hands", actor="")
        await ballot.count(row, one, Counted({people[0].reference: 9, people[1].reference: 7}), actor="")
        assert "durch Handzeichen" in await protocol.round_told(one)

    async with under_way(ten, secret="always") as row:
        of = await prepared(row, "A", "B")
        with pytest.raises(Refused) as no:
            await ballot.begin(row, of, "one_vote", await stand(of), way="hands", actor="")
        async with browser() as one:
            await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
            page = words(await one.get(f"{here(row)}/elections/{of.reference}"))
        assert "auf Papier" in page
        assert "durch Handzeichen" not in page
        assert "bei Wahlen immer" in no.value.words
        assert "§ 32" in no.value.words


async def test_story_four_the_chair_is_elected_in_the_third_ballot(opened):
    of = await prepared(opened, "A", "B", "C")
    a, b, c = await stand(of)

    first = await voted(opened, of, "one_vote", [a, b, c],
                        Counted({a.reference: 6, b.reference: 5, c.reference: 2}, abstain=2, invalid=1))  # fmt: skip
    tie = await voted(opened, of, "run_off", [a, b], Counted({a.reference: 7, b.reference: 7}, abstain=2))
    again = await voted(opened, of, "run_off", [a, b], Counted({a.reference: 8, b.reference: 6}, abstain=2))

    assert [first.outcome, tie.outcome, again.outcome] == ["none", "tie", "elected"]
    assert again.elected == (a.reference,)
    with clock.set_to(at(14, 8)):
        await acceptance.accept(opened, of, a, actor="")
    [answer] = await acceptance.acceptances_of(of)
    assert answer.accepted_at == at(14, 8)


async def test_the_two_with_the_most_votes_are_offered_for_the_run_off(opened):
    of = await prepared(opened, "A", "B", "C")
    a, b, c = await stand(of)
    before = await ballot.contest_of(of)

    await voted(opened, of, "one_vote", [a, b, c], Counted({a.reference: 2, b.reference: 7, c.reference: 6}, abstain=1))

    assert before is None
    assert {one.name for one in await ballot.stands_in(of, "run_off")} == {"B", "C"}


async def test_story_four_the_deputies(opened):
    first, second, third = [await prepared(opened, name) for name in ("A", "B", "C")]

    outcomes = [
        (await voted(opened, of, "yes_no", await stand(of), counted)).outcome
        for of, counted in (
            (first, Counted(yes=9, no=5, abstain=2)),
            (second, Counted(yes=6, no=6, abstain=4)),
            (third, Counted(yes=12, no=2, abstain=2)),
        )
    ]

    assert outcomes == ["elected", "none", "elected"]


async def test_while_the_line_of_m04_is_down_fourteen_votes_are_the_base(opened, ten):
    of = await prepared(opened, "A")
    await attendance.go(opened, ten["M04"], actor="", why="Leitung")

    one = await ballot.begin(opened, of, "yes_no", await stand(of), actor="")

    assert one.represented == 14


async def test_en_bloc_needs_a_clause(opened):
    with pytest.raises(Refused):
        await prepared(opened, "A", "B", number=2, method="en_bloc")


@pytest.mark.parametrize("method", ["list", "approval", "transferable"])
async def test_other_ways_need_a_clause_too(opened, method):
    with pytest.raises(Refused):
        await prepared(opened, number=2, method=method)


async def test_a_run_off_needs_a_clause(ten):
    async with under_way(ten) as row:
        of = await prepared(row, "A", "B")
        a, b = await stand(of)
        await voted(row, of, "one_vote", [a, b], Counted({a.reference: 8, b.reference: 8}))

        with pytest.raises(Refused):
            await ballot.begin(row, of, "run_off", [a, b], actor="")


async def test_the_run_off_is_between_the_two_highest(opened):
    of = await prepared(opened, "A", "B", "C")
    a, b, c = await stand(of)
    await voted(opened, of, "one_vote", [a, b, c], Counted({a.reference: 8, b.reference: 5, c.reference: 3}))

    with pytest.raises(Refused):
        await ballot.begin(opened, of, "run_off", [a, c], actor="")


async def test_nobody_is_voted_for_without_the_own_consent(opened):
    of = await prepared(opened, "A", agreed=False)

    with pytest.raises(Refused):
        await ballot.begin(opened, of, "yes_no", await stand(of), actor="")


async def test_the_officer_is_no_candidate(opened):
    of = await prepared(opened)

    with pytest.raises(Refused):
        await candidate.propose(opened, of, name="Gisbert Ohm", actor="")


async def test_an_election_that_was_not_announced_is_refused(opened):
    of = await prepared(opened, "A")

    await AgendaItem.update({AgendaItem.announced_at: None}).where(AgendaItem.id == of.item)
    with pytest.raises(Refused):
        await ballot.begin(opened, of, "yes_no", await stand(of), actor="")


async def test_papers_that_do_not_add_up_change_nothing(opened):
    of = await prepared(opened, "A", "B")
    a, b = await stand(of)
    one = await ballot.begin(opened, of, "one_vote", [a, b], actor="")

    with pytest.raises(Refused):
        await ballot.count(opened, one, Counted({a.reference: 9, b.reference: 9}), actor="")

    assert (await ballot.fresh(one)).counted_at is None


async def test_a_refusal_opens_the_place_again_and_others_are_voted_on(opened):
    of = await prepared(opened, "A", "B")
    a, b = await stand(of)
    await voted(opened, of, "one_vote", [a, b], Counted({a.reference: 10, b.reference: 6}))

    await acceptance.decline(opened, of, a, actor="")

    assert [one.name for one in await ballot.open_candidates(of)] == ["B"]
    assert await ballot.places_left(of) == 1
    assert (await voted(opened, of, "yes_no", [b], Counted(yes=16))).outcome == "elected"


async def test_an_election_is_not_closed_while_somebody_has_not_answered(opened):
    of = await prepared(opened, "A")
    [a] = await stand(of)
    await voted(opened, of, "yes_no", [a], Counted(yes=16))

    with pytest.raises(Refused):
        await election.close(opened, of, actor="")
    await acceptance.accept(opened, of, a, actor="")
    await election.close(opened, of, actor="")

    with pytest.raises(Refused):
        await candidate.propose(opened, of, name="B", actor="")


async def test_nobody_accepts_who_was_not_elected_and_nobody_twice(opened):
    of = await prepared(opened, "A", "B")
    a, b = await stand(of)
    await voted(opened, of, "one_vote", [a, b], Counted({a.reference: 10, b.reference: 6}))
    await acceptance.accept(opened, of, a, actor="")

    for one in (a, b):
        with pytest.raises(Refused):
            await acceptance.accept(opened, of, one, actor="")


async def test_equals_are_drawn_by_lot_where_the_bylaws_say_so(ten):
    async with under_way(ten, relative=True, lot=True) as row:
        of = await prepared(row, "A", "B", "C")
        a, b, c = await stand(of)
        tie = await voted(row, of, "relative", [a, b, c], Counted({a.reference: 6, b.reference: 6, c.reference: 4}))

        with pytest.raises(Refused):
            await ballot.draw(row, of, c, by="Gisbert Ohm", actor="")
        drawn = await ballot.draw(row, of, b, by="Gisbert Ohm", actor="")

        assert (tie.outcome, (await ballot.told(drawn)).elected) == ("tie", (b.reference,))


@pytest.mark.parametrize(
    ("rules", "offered"), [({"lot": True}, ["run_off", "lot"]), ({}, ["run_off"])], ids=["lot", "further ballot"]
)
async def test_after_a_run_off_with_equal_votes_the_lot_is_offered_where_the_bylaws_say_so(ten, rules, offered):
    async with under_way(ten, run_off=True, **rules) as row:
        of = await prepared(row, "A", "B", "C")
        a, b, c = await stand(of)
        await voted(row, of, "one_vote", [a, b, c],
                    Counted({a.reference: 6, b.reference: 6, c.reference: 4}))  # fmt: skip
        tie = await voted(row, of, "run_off", [a, b], Counted({a.reference: 8, b.reference: 8}))
        after = await ballot.modes_allowed(of, await rules_of(row))

        assert tie.outcome == "tie"
        assert [mode for mode in after if mode in ("run_off", "lot")] == offered
        if not rules:
            with pytest.raises(Refused):
                await ballot.draw(row, of, a, by="Gisbert Ohm", actor="")
        else:
            with pytest.raises(Refused):  # who was third is not among the equals
                await ballot.draw(row, of, c, by="Gisbert Ohm", actor="")
            drawn = await ballot.draw(row, of, b, by="Wahlhilfe Ada", actor="")
            assert (drawn.drawn, drawn.drawn_by) == (b.reference, "Wahlhilfe Ada")
            assert [one.candidate.name for one in await acceptance.acceptances_of(of)] == ["B"]


async def test_a_lot_is_drawn_and_not_cast(ten):
    async with under_way(ten, run_off=True, lot=True) as row:
        of = await prepared(row, "A", "B")
        a, b = await stand(of)
        await voted(row, of, "one_vote", [a, b], Counted({a.reference: 8, b.reference: 8}))
        await voted(row, of, "run_off", [a, b], Counted({a.reference: 8, b.reference: 8}))

        with pytest.raises(Refused):
            await ballot.begin(row, of, "lot", [a, b], actor="")


async def test_a_list_with_three_places_takes_the_highest_with_more_than_half(ten):
    async with under_way(ten, list_election=True) as row:
        of = await prepared(row, "A", "B", "C", "D", number=3, method="list")
        a, b, c, d = await stand(of)

        found = await voted(row, of, "list", [a, b, c, d], Counted(
            {a.reference: 15, b.reference: 9, c.reference: 8, d.reference: 7}, abstain=0, papers=16))  # fmt: skip

        assert found.elected == (a.reference, b.reference)
        assert await ballot.places_left(of) == 1


async def test_what_was_counted_is_reckoned_again_the_same(opened):
    of = await prepared(opened, "A", "B", "C")
    a, b, c = await stand(of)
    first = await voted(opened, of, "one_vote", [a, b, c],
                        Counted({a.reference: 6, b.reference: 5, c.reference: 2}, abstain=2, invalid=1))  # fmt: skip

    [one] = await ballot.rounds_of(of)

    assert await ballot.told(one) == first


async def test_of_two_who_count_at_the_same_moment_one_is_refused(opened):
    of = await prepared(opened, "A")
    one = await ballot.begin(opened, of, "yes_no", await stand(of), actor="")

    both = await asyncio.gather(
        *(ballot.count(opened, one, Counted(yes=16), actor="") for _ in range(2)), return_exceptions=True
    )

    assert sorted(type(each).__name__ for each in both) == ["Judged", "Refused"]
    assert await Acceptance.count() == 1
    assert await Round.count() == 1


def the_papers(of, names, rankings) -> bytes:
    numbers = {name: number for number, name in enumerate(names, start=1)}
    lines = [" ".join(map(str, [many, *(numbers[name] for name in ranking), 0])) for many, ranking in rankings]
    named = [f'"{name}"' for name in names]
    return "\n".join([f"{len(names)} {of.number}", *lines, "0", *named, f'"{of.title}"']).encode()


@pytest.fixture
async def ranked(ten):
    async with under_way(ten, transferable=True) as row:
        of = await prepared(row, "Ada", "Ben", "Cem", number=2, method="transferable")
        yield row, of, await ballot.begin(row, of, "transferable", await stand(of), actor="")


async def test_ranked_papers_fill_two_places_and_are_counted_again_the_same(ranked):
    row, of, one = ranked
    papers = the_papers(of, ["Ada", "Ben", "Cem"], [(9, ["Ada", "Cem"]), (4, ["Ben"]), (2, ["Cem"]), (1, [])])

    report = await ranked_ballot.count(row, one, papers, actor="")

    assert report.elected == ("Ada", "Cem")
    again = await ranked_ballot.report_of(await ballot.fresh(one))
    assert again == report
    assert [answer.candidate.name for answer in await acceptance.acceptances_of(of)] == ["Ada", "Cem"]


async def test_papers_of_another_election_and_papers_too_few_change_nothing(ranked):
    row, of, one = ranked

    for names, many in ((["Ada", "Ben", "Dora"], 16), (["Ada", "Ben", "Cem"], 15)):
        with pytest.raises(Refused):
            await ranked_ballot.count(row, one, the_papers(of, names, [(many, ["Ada"])]), actor="")

    assert (await ballot.fresh(one)).counted_at is None


async def test_where_a_lot_is_needed_nothing_is_stored_before_it_is_drawn(ranked):
    row, of, one = ranked
    papers = the_papers(of, ["Ada", "Ben", "Cem"], [(8, ["Ada"]), (4, ["Ben"]), (4, ["Cem"])])

    question = await ranked_ballot.count(row, one, papers, actor="")
    assert question.needs_lot
    assert (await ballot.fresh(one)).counted_at is None
    drawn = lot.entered(sorted(question.needs_lot[1]), "Ben")
    report = await ranked_ballot.count(row, one, papers, lots=[drawn], actor="")

    assert report.elected == ("Ada", "Cem")
    assert await ranked_ballot.report_of(await ballot.fresh(one)) == report


async def test_as_many_lots_as_nine_with_long_names_and_no_vote_need_are_kept(ten):
    names = [f"Kandidatin mit einem recht langen Namen {number}" for number in range(1, 11)]
    async with under_way(ten, transferable=True) as row:
        of = await prepared(row, *names, number=1, method="transferable")
        one = await ballot.begin(row, of, "transferable", await stand(of), actor="")
        papers = the_papers(of, names, [(8, names[:1]), (8, names[1:2])])
        lots: list[lot.Lot] = []
        while (report := await ranked_ballot.count(row, one, papers, lots=lots, actor="")).needs_lot:
            equal = sorted(report.needs_lot[1])
            lots.append(lot.entered(equal, equal[0]))

        assert len(lots) == 8
        assert await ranked_ballot.report_of(await ballot.fresh(one)) == report


async def test_whoever_the_board_took_in_until_the_assembly_leaves_with_its_end(ten):
    rules = {"co_option": True, "term_months": 36, "board_seats": "chair=1 deputy=1"}
    async with under_way(ten, **rules) as row:
        [_chair, deputy] = await seat.seats_on(date(2027, 6, 1))
        ada = await person.enter("Ada Beispiel", "ada.beispiel@example.org")
        taken_in = await term.co_opt(deputy, ada, accepted_on=date(2027, 6, 1), until=date(2028, 6, 1))

        await course.close(row, actor="")

        assert (await Term.objects().get(Term.id == taken_in.id)).ended_on == date(2027, 6, 11)


async def test_whoever_is_elected_by_yes_and_no_is_called_elected(opened):
    of = await prepared(opened, "Ada Beispiel")
    [ada] = await stand(of)

    refused = await voted(opened, of, "yes_no", [ada], Counted(yes=7, no=9))
    elected = await voted(opened, of, "yes_no", [ada], Counted(yes=9, no=3, abstain=4))

    assert refused.words.endswith("nicht mehr Ja als Nein. Niemand ist gewählt.")
    assert elected.words == "9 Ja, 3 Nein: mehr Ja als Nein. Gewählt: Ada Beispiel."


async def test_who_was_elected_holds_the_place_until_the_answer_whatever_an_older_page_sends(opened):
    of = await prepared(opened, "Nele Wiegand", "Ole Sander")
    nele, ole = await stand(of)
    await voted(opened, of, "one_vote", [nele, ole], Counted({nele.reference: 10, ole.reference: 6}))

    with pytest.raises(Refused) as no:
        await ballot.begin(opened, of, "yes_no", [ole], actor="")

    assert no.value.words.startswith("Der Platz ist besetzt: Nele Wiegand")
    assert len(await ballot.rounds_of(of)) == 1


async def test_of_a_count_and_another_ballot_at_the_same_moment_one_waits_for_the_other(opened):
    of = await prepared(opened, "Nele Wiegand", "Ole Sander")
    people = await stand(of)
    one = await ballot.begin(opened, of, "one_vote", people, actor="")
    counted = Counted(dict(zip((who.reference for who in people), (10, 6), strict=True)))

    both = await asyncio.gather(
        ballot.count(opened, one, counted, actor=""),
        ballot.begin(opened, of, "yes_no", people[1:], actor=""),
        return_exceptions=True,
    )

    assert [type(each).__name__ for each in both] == ["Judged", "Refused"]
    assert await Round.count() == 1


async def test_no_more_people_accept_than_there_are_places(opened):
    of = await prepared(opened, "Nele Wiegand", "Ole Sander")
    nele, ole = await stand(of)
    await voted(opened, of, "one_vote", [nele, ole], Counted({nele.reference: 10, ole.reference: 6}))
    await Acceptance(election=of.id, candidate=ole.id).save()  # as older versions let it happen
    await acceptance.accept(opened, of, nele, actor="")

    with pytest.raises(Refused) as no:
        await acceptance.accept(opened, of, ole, actor="")

    assert no.value.words == "Alle Plätze dieser Wahl sind besetzt (angenommen: Nele Wiegand)."
    assert await ballot.places_left(of) == 0


@pytest.mark.parametrize("mode", ["one_vote", "relative"])
async def test_nobody_who_stands_is_left_out_of_a_ballot(ten, mode):
    async with under_way(ten, relative=True) as row:
        of = await prepared(row, "Ada", "Ben", "Cem", "Dora")
        people = await stand(of)

        for chosen in (people[:1], people[:3]):
            with pytest.raises(Refused) as no:
                await ballot.begin(row, of, mode, chosen, actor="")
            assert "Dora" in no.value.words
            assert "§ 32" in no.value.words
        await candidate.withdraw(row, of, people[3], actor="")

        assert (await ballot.begin(row, of, mode, people[:3], actor="")).number == 1


@pytest.mark.parametrize("method", ["list", "approval", "transferable"])
async def test_whoever_stands_alone_can_be_voted_down_by_every_method(ten, method):
    async with under_way(ten, list_election=True, approval=True, transferable=True) as row:
        of = await prepared(row, "Ada", number=2, method=method)
        [ada] = await stand(of)

        with pytest.raises(Refused):
            await ballot.begin(row, of, method, [ada], actor="")
        found = await voted(row, of, "yes_no", [ada], Counted(yes=1, no=2, abstain=13))

        assert found.outcome == "none"


async def test_a_list_as_a_whole_leaves_nobody_out(ten):
    async with under_way(ten, en_bloc=True) as row:
        of = await prepared(row, "Ada", "Ben", "Cem", number=2, method="en_bloc")
        people = await stand(of)

        with pytest.raises(Refused):
            await ballot.begin(row, of, "en_bloc", people[:2], actor="")
        await candidate.withdraw(row, of, people[2], actor="")
        with pytest.raises(Refused):
            await ballot.begin(row, of, "en_bloc", people[:1], actor="")

        assert (await voted(row, of, "en_bloc", people[:2], Counted(yes=10, no=6))).outcome == "elected"


# --- equals ----------------------------------------------------------------------------------------------------------


async def six_four_four(row):
    """Ada leads, and Ben, Cem and nobody else stand equal for the other place in the run-off."""
    of = await prepared(row, "Ada", "Ben", "Cem")
    people = await stand(of)
    votes = dict(zip((one.reference for one in people), (6, 4, 4), strict=True))
    await voted(row, of, "one_vote", people, Counted(votes, abstain=2))
    return of, people


async def test_who_of_the_equals_comes_into_the_run_off_says_the_lot_and_not_the_chair(ten):
    async with under_way(ten, run_off=True, lot=True) as row:
        of, (ada, ben, cem) = await six_four_four(row)

        assert await ballot.modes_allowed(of, await rules_of(row)) == ["border_lot", "one_vote", "yes_no"]
        with pytest.raises(Refused):
            await ballot.begin(row, of, "run_off", [ada, ben], actor="")
        with pytest.raises(Refused):
            await ballot.draw(row, of, ada, by="Gisbert Ohm", actor="")
        one = await ballot.draw(row, of, cem, by="Gisbert Ohm", actor="")

        assert (await ballot.told(one)).words.endswith("In die Stichwahl: Cem.")
        assert await Acceptance.count() == 0
        assert [who.name for who in await ballot.stands_in(of, "run_off")] == ["Ada", "Cem"]
        with pytest.raises(Refused):
            await ballot.begin(row, of, "run_off", [ada, ben], actor="")
        votes = {ada.reference: 7, cem.reference: 9}
        assert (await voted(row, of, "run_off", [ada, cem], Counted(votes))).elected == (cem.reference,)
        assert "das von Gisbert Ohm gezogene Los entscheidet für Cem" in await protocol.drafted(row)


async def test_without_a_clause_for_the_lot_the_equals_are_voted_on_among_themselves(opened):
    of, (ada, ben, cem) = await six_four_four(opened)

    assert await ballot.modes_allowed(of, await rules_of(opened)) == ["border_vote", "one_vote", "yes_no"]
    for mode, chosen in (("run_off", [ada, ben]), ("border_vote", [ada, ben]), ("border_vote", [ben])):
        with pytest.raises(Refused):
            await ballot.begin(opened, of, mode, chosen, actor="")
    again = await voted(opened, of, "border_vote", [ben, cem], Counted({ben.reference: 8, cem.reference: 8}))
    decided = await voted(opened, of, "border_vote", [ben, cem], Counted({ben.reference: 9, cem.reference: 7}))

    assert again.words.endswith("Ben und Cem haben gleich viele Stimmen für die Stichwahl.")
    assert (decided.elected, decided.words[-22:]) == ((), "In die Stichwahl: Ben.")
    assert await Acceptance.count() == 0
    assert [who.name for who in await ballot.stands_in(of, "run_off")] == ["Ada", "Ben"]


@pytest.mark.parametrize("method", ["list", "approval"])
async def test_the_places_at_the_border_are_drawn_one_after_the_other(ten, method):
    async with under_way(ten, list_election=True, approval=True, lot=True) as row:
        of = await prepared(row, "Ada", "Ben", "Cem", "Dora", number=3, method=method)
        ada, ben, cem, dora = people = await stand(of)
        votes = dict(zip((one.reference for one in people), (14, 9, 9, 9), strict=True))
        await voted(row, of, method, people, Counted(votes, papers=16))

        assert (await ballot.modes_allowed(of, await rules_of(row)))[-1] == "lot"
        with pytest.raises(Refused):
            await ballot.draw(row, of, ada, by="Gisbert Ohm", actor="")
        await ballot.draw(row, of, cem, by="Gisbert Ohm", actor="")
        await ballot.draw(row, of, dora, by="Gisbert Ohm", actor="")
        with pytest.raises(Refused):
            await ballot.draw(row, of, ben, by="Gisbert Ohm", actor="")

        assert [one.candidate.name for one in await acceptance.acceptances_of(of)] == ["Ada", "Cem", "Dora"]


async def test_whoever_declines_after_the_lot_leaves_the_place_to_another_ballot_not_to_the_same_lot(ten):
    async with under_way(ten, relative=True, lot=True) as row:
        of = await prepared(row, "Ada", "Ben", "Cem")
        people = await stand(of)
        votes = dict(zip((one.reference for one in people), (5, 5, 5), strict=True))
        await voted(row, of, "relative", people, Counted(votes, abstain=1))
        await ballot.draw(row, of, people[0], by="Gisbert Ohm", actor="")

        await acceptance.decline(row, of, people[0], actor="")

        assert await ballot.modes_allowed(of, await rules_of(row)) == ["one_vote", "relative", "yes_no"]
