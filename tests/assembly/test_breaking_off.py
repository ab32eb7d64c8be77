"""What was opened by mistake is broken off: nothing is counted, the book stays as it is, and the minutes tell why."""

import pytest

from network.activity import Activity
from network.assembly import ballot, breaking_off, course, decision, protocol
from network.assembly.tables.day import Ballot, Decision, Entitled
from network.assembly.tables.elections import RoundCount
from network.assembly.verdict import Counted
from network.errors import Refused
from network.people.tables import RoleKind
from network.resolutions.counts import Count
from network.resolutions.tables import Resolution
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.day import announced, under_way
from tests.assembly.test_day_views import here, words
from tests.assembly.test_election import prepared, stand
from tests.browser import submit

WHY = "Der Antrag wurde falsch vorgelesen."


@pytest.fixture
async def opened(ten):
    async with under_way(ten, run_off=True) as row:
        yield row


@pytest.fixture
async def chair(opened):
    async with browser() as one:
        yield await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))


async def put(row) -> Decision:
    found = await announced(row)
    vote = await decision.put(row, found, title="Haushalt", wording="Der Haushalt …", way="open", actor="")
    await decision.begin(row, vote, actor="")
    return vote


async def test_a_vote_is_prepared_again_and_what_was_cast_is_gone(chair, opened, ten):
    vote = await put(opened)
    await decision.cast(opened, vote, ten["M07"], "yes", actor="")
    at = f"{here(opened)}/votes/{vote.reference}"

    assert f"{at}/breaking-off" in (await chair.get(at)).text
    without = await submit(chair, f"{at}/breaking-off", reason=" ")
    done = await submit(chair, f"{at}/breaking-off", reason=WHY)

    assert (without.status_code, done.status_code) == (422, 303)
    assert "Bitte sagen Sie, warum." in words(without)
    assert "vorbereitet" in words(await chair.get(at))
    assert (await Ballot.count(), await Entitled.count(), await Resolution.count()) == (0, 0, 0)
    told = await protocol.drafted(opened)
    assert "Die um 10:00 eröffnete Abstimmung über „Haushalt“ wurde vor der Auszählung abgebrochen: " + WHY in told
    assert "2 Stimmen waren schon offen abgegeben und zählen nicht." in told
    assert "vote broken off" in [one.verb for one in await Activity.objects()]

    await decision.begin(opened, vote, actor="")
    await decision.count(opened, vote, Count(16, 0), actor="")
    assert [row.outcome for row in await Resolution.objects()] == ["adopted"]


async def test_a_ballot_goes_and_another_one_is_opened_in_its_place(chair, opened):
    of = await prepared(opened, "Ada", "Ben")
    people = await stand(of)
    one = await ballot.begin(opened, of, "one_vote", people, actor="")
    at = f"{here(opened)}/elections/{of.reference}"

    assert f"{one.reference}/breaking-off" in (await chair.get(f"{at}/ballots/{one.reference}")).text
    done = await submit(chair, f"{at}/ballots/{one.reference}/breaking-off", reason="Cem fehlte auf dem Zettel.")

    assert done.status_code == 303
    assert await ballot.rounds_of(of) == []
    assert (await Entitled.count(), await RoundCount.count(), await Resolution.count()) == (0, 0, 0)
    again = await ballot.begin(opened, of, "one_vote", people, actor="")
    assert again.number == 1
    text = await protocol.drafted(opened)
    assert "Wahlgang 1 zu „Vorsitz“, um 10:00 eröffnet, wurde vor der Auszählung abgebrochen: Cem fehlte auf" in text
    assert "ballot broken off" in [one.verb for one in await Activity.objects()]


async def test_what_was_counted_or_never_opened_is_not_broken_off(opened):
    vote = await put(opened)
    of = await prepared(opened, "Ada")
    await decision.count(opened, vote, Count(16, 0), actor="")
    one = await ballot.begin(opened, of, "yes_no", await stand(of), actor="")
    await ballot.count(opened, one, Counted(yes=16), actor="")
    never = await decision.put(opened, await announced(opened, title="B"), title="B", wording="…", actor="")

    for deed in (
        breaking_off.of_vote(opened, vote, reason=WHY, actor=""),
        breaking_off.of_vote(opened, never, reason=WHY, actor=""),
        breaking_off.of_ballot(opened, one, reason=WHY, actor=""),
    ):
        with pytest.raises(Refused) as no:
            await deed
        assert "ist nicht offen" in no.value.words

    assert await Resolution.count() == 2


async def test_the_assembly_can_be_closed_when_what_was_open_by_mistake_is_broken_off(opened):
    vote = await put(opened)
    with pytest.raises(Refused):
        await course.close(opened, actor="")

    await breaking_off.of_vote(opened, vote, reason=WHY, actor="")
    await course.close(opened, actor="")


async def test_the_administration_breaks_nothing_off(opened):
    vote = await put(opened)
    async with browser() as one:
        await come_in(one, await somebody("Pia Nörtemann", RoleKind.ADMIN))

        assert (await one.get(f"{here(opened)}/votes/{vote.reference}/breaking-off")).status_code == 404
        assert "breaking-off" not in (await one.get(f"{here(opened)}/votes/{vote.reference}")).text
