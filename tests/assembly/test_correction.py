"""An announced count is put right: the wrong one stays told, and nothing that followed from it goes on by mistake."""

import asyncio
from datetime import date

import pytest
from bs4 import BeautifulSoup

from network import clock
from network.assembly import (
    acceptance,
    announced,
    ballot,
    ballot_correction,
    candidate,
    correction,
    course,
    decision,
    election,
    meeting,
    minutes,
    ousting,
    protocol,
    vote_correction,
)
from network.assembly.tables.day import Entitled
from network.assembly.tables.elections import Acceptance, Round
from network.assembly.tables.meeting import Assembly, ItemKind
from network.assembly.taking_part import permissions
from network.assembly.verdict import Counted
from network.association import bylaws
from network.board import ledger, mending, seat, term
from network.errors import Refused
from network.people import person
from network.people.tables import RoleKind
from network.register import filing
from network.register.case import of_assembly as case_of
from network.resolutions import finding
from network.resolutions.counts import Count
from network.resolutions.tables import Resolution
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.day import under_way
from tests.assembly.make import assembly, at
from tests.assembly.test_decision import begun
from tests.assembly.test_election import prepared, stand, voted
from tests.browser import submit
from tests.members.make import the_ten

correction.ask_register(filing.take_back)  # as every process of the house does (worker.py)
WHY = "Zwei Zettel lagen im falschen Stapel."


@pytest.fixture
async def ten(association):
    return await the_ten()


@pytest.fixture
async def opened(ten):
    rules = {"majority_bylaws": "3/4", "run_off": True, "lot": True, "relative": True}
    async with under_way(ten, **rules) as row:
        yield row


async def announced_as(row, counted: Count, kind=ItemKind.RESOLUTION):
    put = await begun(row, kind)
    await decision.count(row, put, counted, actor="")
    return await decision.fresh(put)


async def right(row, put, counted: Count, reason: str = WHY):
    return await vote_correction.correct(row, put, counted, reason=reason, actor="")


async def book() -> list[Resolution]:
    return await Resolution.objects().order_by(Resolution.number)


# --- votes -----------------------------------------------------------------------------------------------------------


async def test_the_right_result_gets_a_number_and_the_wrong_one_is_in_force_no_longer(opened):
    put = await announced_as(opened, Count(11, 4, 1), ItemKind.BYLAWS)

    with clock.set_to(at(12)):
        result = await right(opened, put, Count(12, 4))

    wrong, now = await book()
    assert (result.outcome, wrong.outcome, now.outcome) == ("adopted", "rejected", "adopted")
    assert (wrong.yes, now.yes, now.number, now.replaces) == (11, 12, 2, wrong.id)
    assert (now.corrects_because, now.taken_at) == (WHY, wrong.taken_at)
    assert await Resolution.objects().where(finding.IN_FORCE) == [now]
    still = await decision.fresh(put)
    assert (still.yes, still.outcome, still.resolution) == (12, "adopted", now.reference)


async def test_the_minutes_tell_the_right_result_and_what_had_been_announced(opened):
    put = await announced_as(opened, Count(11, 4, 1), ItemKind.BYLAWS)
    with clock.set_to(at(12, 40)):
        await right(opened, put, Count(12, 4))

    text = await protocol.drafted(opened)

    assert "12 Ja, 4 Nein, 0 Enthaltungen" in text
    assert "(MV 2027-2)" in text
    told = next(part for part in text.split("\n\n") if part.startswith("Berichtigt am"))
    assert "12:40" in told
    assert "11 Ja, 4 Nein, 1 Enthaltung" in told
    assert told.strip().endswith(f"(MV 2027-1) Grund: {WHY}")


@pytest.mark.parametrize("counted", [Count(11, 4), Count(11, 4, 1), Count(99, 4, 1)])
async def test_numbers_that_do_not_add_up_or_are_the_same_correct_nothing(opened, counted):
    put = await announced_as(opened, Count(11, 4, 1))

    with pytest.raises(Refused):
        await right(opened, put, counted)

    assert len(await book()) == 1
    assert await announced.before_in(opened) == {}


async def test_nothing_is_corrected_without_a_reason(opened):
    put = await announced_as(opened, Count(11, 4, 1))

    with pytest.raises(Refused) as no:
        await right(opened, put, Count(12, 4), reason="  ")

    assert no.value.field == "reason"


async def test_what_was_cast_openly_stays_in_the_corrected_count(opened, ten):
    put = await begun(opened, way="open")
    await decision.cast(opened, put, ten["M01"], "no", actor="")
    await decision.count(opened, put, Count(12, 4), actor="")

    with pytest.raises(Refused):
        await right(opened, put, Count(14, 2))

    assert (await decision.fresh(put)).yes == 12


async def test_a_count_is_corrected_twice_and_each_wrong_one_stays(opened):
    put = await announced_as(opened, Count(11, 4, 1))
    await right(opened, put, Count(12, 4))

    await right(opened, put, Count(10, 6), reason="Noch einmal gezählt.")

    first, second, third = await book()
    assert (second.replaces, third.replaces) == (first.id, second.id)
    assert [one.reason for one in await announced.before(decision.vote_of(put))] == [WHY, "Noch einmal gezählt."]
    assert await Resolution.objects().where(finding.IN_FORCE) == [third]


async def test_of_two_who_correct_at_the_same_moment_one_is_refused(opened):
    put = await announced_as(opened, Count(11, 4, 1))

    both = await asyncio.gather(*(right(opened, put, Count(12, 4)) for _ in range(2)), return_exceptions=True)

    assert sorted(type(one).__name__ for one in both) == ["Decision", "Refused"]
    assert [row.yes for row in await book()] == [11, 12]


async def test_after_the_end_it_is_corrected_until_somebody_signed(opened):
    put = await announced_as(opened, Count(11, 4, 1))
    await course.close(opened, actor="")
    drafted = await minutes.draft(opened, actor="")

    with clock.set_to(at(16)):
        await right(opened, put, Count(12, 4))
        with pytest.raises(Refused):  # the draft tells the wrong result
            await minutes.sign(opened, drafted, "chair", clock.today(), actor="")
        drafted = await minutes.draft(opened, actor="")
        await minutes.sign(opened, drafted, "chair", clock.today(), actor="")
        with pytest.raises(Refused) as no:
            await right(opened, put, Count(13, 3))

    assert "unterschrieben" in no.value.words
    assert len(await book()) == 2


async def test_a_rehearsal_is_corrected_without_a_book(opened):
    await Assembly.update({Assembly.rehearsal_of: opened.id}).where(Assembly.id == opened.id)
    put = await announced_as(opened, Count(11, 4, 1))

    await right(opened, put, Count(12, 4))

    assert await book() == []
    assert [one.resolution for one in await announced.before(decision.vote_of(put))] == [""]


async def test_bylaws_that_were_rejected_after_all_wait_for_nothing_and_no_application_goes(opened):
    put = await announced_as(opened, Count(12, 4), ItemKind.BYLAWS)
    await bylaws.adopt("", adopted_on=date(2027, 6, 11), note="§ 9")
    await course.close(opened, actor="")
    await filing.begin(await case_of(opened), text="Zur Eintragung …", actor="")

    await right(opened, put, Count(11, 4, 1))

    assert await bylaws.awaited() is None
    case = await case_of(opened)
    assert (case.filing, bool(case.subject)) == (None, False)


async def test_an_application_that_the_court_has_comes_first(opened):
    put = await announced_as(opened, Count(12, 4), ItemKind.BYLAWS)
    await bylaws.adopt("", adopted_on=date(2027, 6, 11), note="§ 9")
    await course.close(opened, actor="")
    await filing.begin(await case_of(opened), text="Zur Eintragung …", actor="")
    await filing.certify(await case_of(opened), clock.today(), notary="Notariat", actor="", document=None)
    await filing.file(await case_of(opened), clock.today(), actor="", document=None)

    with pytest.raises(Refused) as no:
        await right(opened, put, Count(11, 4, 1))

    assert "Vereinsregister" in no.value.words
    assert (await decision.fresh(put)).outcome == "adopted"
    assert await bylaws.awaited() is not None


async def test_a_version_that_holds_other_changes_too_is_taken_back_by_hand(opened):
    await announced_as(opened, Count(16, 0), ItemKind.BYLAWS)
    put = await announced_as(opened, Count(12, 4), ItemKind.BYLAWS)
    await bylaws.adopt("", adopted_on=date(2027, 6, 11), note="§§ 9, 10")

    with pytest.raises(Refused):
        await right(opened, put, Count(11, 4, 1))
    await bylaws.give_up("")
    await right(opened, put, Count(11, 4, 1))

    assert (await decision.fresh(put)).outcome == "rejected"


async def test_the_permission_of_virtual_assemblies_moves_along_and_is_not_withdrawn_under_a_planned_one(opened):
    put = await announced_as(opened, Count(12, 4), ItemKind.VIRTUAL)
    later = await assembly(title="Online 2028", starts_at=at(10, day=date(2028, 6, 9)), mode="virtual",
                           authorised_by=put.resolution, rights_de="Mit dem Zugang.")  # fmt: skip

    await right(opened, put, Count(13, 3))
    moved = await meeting.by_reference(later.reference)
    with pytest.raises(Refused) as no:
        await right(opened, put, Count(8, 8))

    assert [moved.authorised_by] == [one.reference for one in await permissions()]
    assert "Online 2028" in no.value.words


async def test_a_removal_is_corrected_after_the_term_was_put_right(opened):
    [chair, *_others] = await seat.seats_on(at(10).date())
    someone = await person.enter("Henrike Voßberg", "h@example.org")
    held = await term.enter(chair, someone, since=date(2026, 1, 1), until=date(2029, 1, 1), actor="")
    put = await announced_as(opened, Count(12, 4), ItemKind.REMOVAL)
    await ousting.carry_out(opened, put, [held.reference], actor="")

    await right(opened, put, Count(13, 3))  # still adopted
    assert [one.who for one in await ousting.removed_by(await decision.fresh(put))] == ["Henrike Voßberg"]
    with pytest.raises(Refused) as no:
        await right(opened, put, Count(4, 12))
    await mending.correct(held.reference, reason=WHY, ended_on=None)
    await right(opened, put, Count(4, 12))

    assert "Henrike Voßberg" in no.value.words
    assert (await decision.fresh(put)).outcome == "rejected"


async def test_absent_members_who_answered_are_counted_in_the_corrected_result_too(opened, ten):
    put = await announced_as(opened, Count(9, 0), ItemKind.PURPOSE)
    await decision.assent(opened, put, ten["M06"], agrees=True, received_on=date(2027, 6, 11), said_by="M06", actor="")

    await right(opened, put, Count(8, 1))

    now = (await book())[-1]
    assert (now.outcome, now.agreed_later) == ("rejected", 1)


# --- ballots ---------------------------------------------------------------------------------------------------------


async def corrected(row, of, counted: Counted, number: int = 1):
    one = (await ballot.rounds_of(of))[number - 1]
    return await ballot_correction.correct(row, one, counted, reason=WHY, actor="")


async def test_whoever_was_elected_by_a_typing_error_loses_the_place_to_who_truly_was(opened):
    of = await prepared(opened, "A", "B")
    a, b = await stand(of)
    await voted(opened, of, "relative", [a, b], Counted({a.reference: 9, b.reference: 7}))

    found = await corrected(opened, of, Counted({a.reference: 7, b.reference: 9}))

    wrong, now = await book()
    assert found.elected == (b.reference,)
    assert [one.candidate.name for one in await acceptance.acceptances_of(of)] == ["B"]
    assert now.replaces == wrong.id
    assert now.wording.startswith("Gewählt im 1. Wahlgang: B.")
    lines = await ballot.lines_of((await ballot.rounds_of(of))[0])
    assert [(line.candidate.name, line.yes, line.elected) for line in lines] == [("A", 7, False), ("B", 9, True)]


async def test_a_declared_acceptance_without_a_term_goes_with_the_wrong_result(opened):
    of = await prepared(opened, "A")
    await voted(opened, of, "yes_no", await stand(of), Counted(yes=9, no=7))
    await acceptance.accept(opened, of, (await stand(of))[0], actor="")

    await corrected(opened, of, Counted(yes=7, no=9))

    assert await Acceptance.count() == 0
    assert [(row.outcome, row.wording.split("\n")[0]) for row in await book()] == [
        ("adopted", "Gewählt im 1. Wahlgang: A."),
        ("rejected", "Niemand wurde gewählt."),
    ]
    assert await ballot.open_candidates(of) != []
    await election.close(opened, of, actor="")
    assert len(await book()) == 2  # that nobody was elected stands there already


async def test_a_term_that_began_is_struck_out_first(opened):
    [chair, *_others] = await seat.seats_on(at(10).date())
    of = await prepared(opened, seats=[chair])
    someone = await person.enter("Nele Wiegand", "nele@example.org")
    who = await candidate_of(opened, of, someone)
    await voted(opened, of, "yes_no", [who], Counted(yes=9, no=7))
    await acceptance.accept(opened, of, who, actor="")

    with pytest.raises(Refused) as no:
        await corrected(opened, of, Counted(yes=7, no=9))
    [answer] = await acceptance.acceptances_of(of)
    assert (await ballot.rounds_of(of))[0].outcome == "elected"
    await mending.strike_out(answer.term, reason=WHY)
    await corrected(opened, of, Counted(yes=7, no=9))

    assert "Nele Wiegand" in no.value.words
    assert (await ledger.read()).terms == []
    assert await acceptance.acceptances_of(of) == []


async def candidate_of(row, of, someone):

    one = await candidate.propose(row, of, name=someone.name, person=someone, actor="")
    await candidate.consent(row, of, one, how="present", actor="")
    return one


async def test_the_numbers_alone_are_put_right_without_touching_who_accepted(opened):
    of = await prepared(opened, "A")
    await voted(opened, of, "yes_no", await stand(of), Counted(yes=9, no=7))
    await acceptance.accept(opened, of, (await stand(of))[0], actor="")

    await corrected(opened, of, Counted(yes=10, no=6))

    [answer] = await acceptance.acceptances_of(of)
    assert answer.accepted_at is not None
    assert [(row.yes, row.no) for row in await book()] == [(9, 7), (10, 6)]


async def test_a_ballot_that_was_counted_later_stands_on_its_result(opened):
    of = await prepared(opened, "A", "B", "C")
    a, b, c = await stand(of)
    await voted(opened, of, "one_vote", [a, b, c], Counted({a.reference: 6, b.reference: 5, c.reference: 2}, abstain=3))
    await voted(opened, of, "run_off", [a, b], Counted({a.reference: 9, b.reference: 7}))

    with pytest.raises(Refused) as no:  # C would have stood in the run-off
        await corrected(opened, of, Counted({a.reference: 6, b.reference: 2, c.reference: 5}, abstain=3))
    await corrected(opened, of, Counted({a.reference: 6, b.reference: 5, c.reference: 1}, abstain=4))

    assert "Wahlgang 2" in no.value.words
    assert [one.outcome for one in await ballot.rounds_of(of)] == ["none", "elected"]


async def test_a_later_ballot_that_is_still_open_goes_with_the_wrong_result(opened):
    of = await prepared(opened, "A", "B")
    a, b = await stand(of)
    await voted(opened, of, "one_vote", [a, b], Counted({a.reference: 8, b.reference: 8}))
    await ballot.begin(opened, of, "run_off", [a, b], actor="")

    await corrected(opened, of, Counted({a.reference: 9, b.reference: 7}))

    [one] = await ballot.rounds_of(of)
    assert one.outcome == "elected"
    assert {row.vote for row in await Entitled.objects()} == {ballot.vote_of(one)}


async def test_an_election_that_nobody_won_by_mistake_is_won_after_its_end(opened):
    of = await prepared(opened, "A")
    await voted(opened, of, "yes_no", await stand(of), Counted(yes=8, no=8))
    await course.close(opened, actor="")

    await corrected(opened, await election.by_reference(opened, of.reference), Counted(yes=9, no=7))
    await acceptance.accept(opened, of, (await stand(of))[0], how="written", actor="")

    assert [row.outcome for row in await book()] == ["rejected", "adopted"]
    assert "A nimmt die Wahl an" in (text := await protocol.drafted(opened))
    assert "Berichtigt am" in text
    assert "A 8 Ja, 8 Nein" in text


async def test_the_drawn_name_is_put_right(opened):
    of = await prepared(opened, "A", "B")
    a, b = await stand(of)
    await voted(opened, of, "relative", [a, b], Counted({a.reference: 8, b.reference: 8}))
    one = await ballot.draw(opened, of, a, by="Gisbert Ohm", actor="")

    await ballot_correction.correct_lot(opened, one, b, by="Gisbert Ohm", reason=WHY, actor="")

    assert [answer.candidate.name for answer in await acceptance.acceptances_of(of)] == ["B"]
    assert "das von Gisbert Ohm gezogene Los entscheidet für B" in (await ballot.told(await ballot.fresh(one))).words
    assert await Round.count() == 2


# --- on the pages ----------------------------------------------------------------------------------------------------


@pytest.fixture
async def chair(opened):
    async with browser() as one:
        yield await come_in(one, await somebody("Henrike Vossberg", RoleKind.BOARD_MEMBER))


async def test_the_chair_corrects_a_vote_on_its_page(chair, opened):
    put = await announced_as(opened, Count(11, 4, 1))
    at_ = f"/office/assemblies/{opened.reference}/votes/{put.reference}"

    assert f"{at_}/correction" in (await chair.get(at_)).text
    form = await chair.get(f"{at_}/correction")
    assert 'value="11"' in form.text
    without = await submit(chair, f"{at_}/correction", yes="12", no="4", abstain="0")
    done = await submit(chair, f"{at_}/correction", yes="12", no="4", abstain="0", reason=WHY)
    seen = await chair.get(at_)

    assert (without.status_code, done.status_code) == (422, 303)
    assert WHY in seen.text
    wrong, now = await book()
    told = await chair.get(f"/office/resolutions/{wrong.reference}")
    assert "berichtigt, nicht in Kraft" in told.text
    assert f"/office/resolutions/{now.reference}" in told.text
    assert "berichtigt, nicht in Kraft" in (await chair.get("/office/resolutions")).text
    assert "MV 2027-2" in (await chair.get("/office/resolutions/as/csv")).text
    assert "berichtigt am" in (await chair.get(f"/office/assemblies/{opened.reference}/screen")).text


async def test_the_chair_corrects_a_ballot_on_its_page(chair, opened):
    of = await prepared(opened, "Ada", "Ben")
    a, b = await stand(of)
    await voted(opened, of, "relative", [a, b], Counted({a.reference: 9, b.reference: 7}))
    [one] = await ballot.rounds_of(of)
    at_ = f"/office/assemblies/{opened.reference}/elections/{of.reference}"

    assert f"{at_}/ballots/{one.reference}/correction" in (await chair.get(at_)).text
    form = await chair.get(f"{at_}/ballots/{one.reference}/correction")
    done = await submit(chair, f"{at_}/ballots/{one.reference}/correction", votes_0="7", votes_1="9", reason=WHY)
    seen = await chair.get(at_)

    assert 'value="9"' in form.text
    assert done.status_code == 303
    assert "Ada 9 Stimmen" in seen.text
    assert (await ballot.told(await ballot.fresh(one))).elected == (b.reference,)


async def test_the_lot_is_entered_with_who_drew_it_on_the_page(chair, opened):
    of = await prepared(opened, "Ada", "Ben")
    a, b = await stand(of)
    for mode in ("one_vote", "run_off"):
        await voted(opened, of, mode, [a, b], Counted({a.reference: 8, b.reference: 8}))
    at_ = f"/office/assemblies/{opened.reference}/elections/{of.reference}"

    nobody = await submit(chair, at_, form=lot_form(await chair.get(at_)), drawn=b.reference, by="")
    done = await submit(chair, at_, form=lot_form(await chair.get(at_)), drawn=b.reference, by="Gisbert Ohm")
    seen = await chair.get(at_)

    assert (nobody.status_code, done.status_code) == (422, 303)
    assert "das von Gisbert Ohm gezogene Los entscheidet für Ben" in seen.text


def lot_form(page) -> int:
    forms = [one for one in BeautifulSoup(page.text, "html.parser").select("main form") if one.get("method") == "post"]
    return next(place for place, one in enumerate(forms) if (one.get("action") or "").endswith("/lots"))


async def test_the_administration_reads_and_corrects_nothing(opened):
    put = await announced_as(opened, Count(11, 4, 1))
    async with browser() as one:
        await come_in(one, await somebody("Wer Immer", RoleKind.ADMIN))
        answer = await one.get(f"/office/assemblies/{opened.reference}/votes/{put.reference}/correction")
        page = await one.get(f"/office/assemblies/{opened.reference}/votes/{put.reference}")

    assert answer.status_code == 404
    assert page.status_code == 200
    assert "/correction" not in page.text
