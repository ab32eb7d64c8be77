"""What the book tells of a resolution is reckoned again from its counts and the bylaws it was taken under."""

from datetime import date

import pytest

from network.association import bylaws
from network.resolutions.arithmetic import reckoned
from network.resolutions.tables import Body, Kind, Outcome
from tests.resolutions.make import entered

OLD, NEW = date(1995, 5, 12), date(2027, 8, 3)


@pytest.fixture
async def two_versions(association):
    """Three quarters and nothing in writing until August 2027; two thirds, and majorities in writing, since then."""
    await bylaws.enact("", valid_from=OLD)
    await bylaws.enact("", valid_from=NEW, majority_bylaws="2/3", written_resolution="majority")


async def words(**facts) -> str:
    told = await reckoned(await entered(**facts))
    assert told
    return told.words


async def test_eleven_of_fifteen_are_no_three_quarters(two_versions):
    facts = {"kind": Kind.BYLAWS, "represented": 18, "yes": 11, "no": 4, "abstain": 3, "rules_from": OLD}

    told = await words(**facts, outcome=Outcome.REJECTED)

    assert told == "11 von 15 abgegebenen Stimmen = 73,3 %, nötig 75 % (12). Abgelehnt."


async def test_the_same_counts_are_enough_under_the_next_bylaws(two_versions):
    told = await words(kind=Kind.BYLAWS, represented=15, yes=11, no=4, rules_from=NEW)

    assert told == "11 von 15 abgegebenen Stimmen = 73,3 %, nötig 2/3 (10). Angenommen."


async def test_who_may_not_vote_leaves_the_base(two_versions):
    told = await words(represented=18, banned=3, yes=8, no=7, rules_from=OLD)

    assert told == (
        "3 Stimmen sind vom Stimmrecht ausgeschlossen (§ 34 BGB) und zählen nicht mit. "
        "8 Ja, 7 Nein: mehr Ja als Nein. Angenommen."
    )


async def test_in_writing_all_have_to_agree_where_the_bylaws_are_silent(two_versions):
    facts = {"body": Body.BOARD, "represented": 3, "yes": 2, "not_cast": 1, "source": "circular:x"}

    silent = await words(**facts, rules_from=OLD, outcome=Outcome.REJECTED)
    spoken = await words(**facts, rules_from=NEW)

    assert silent == "Alle Mitglieder müssen zustimmen: Zugestimmt haben 2 von 3. Abgelehnt."
    assert spoken == "2 Ja, 0 Nein: mehr Ja als Nein. Angenommen."


async def test_absent_members_who_agreed_later_are_told(two_versions):
    facts = {"kind": Kind.PURPOSE, "represented": 8, "yes": 8, "total": 10, "agreed_later": 2, "rules_from": OLD}

    assert await words(**facts) == "Alle Mitglieder müssen zustimmen: Zugestimmt haben 10 von 10. Angenommen."


async def test_a_book_that_contradicts_its_counts_says_so(two_versions):
    told = await reckoned(await entered(represented=10, yes=4, no=6, outcome=Outcome.ADOPTED))

    assert told
    assert told.differs


async def test_of_an_election_and_of_what_nobody_counted_there_is_no_arithmetic(two_versions):
    election = await entered(kind=Kind.ELECTION, represented=10, yes=10)
    uncounted = await entered()

    assert (await reckoned(election), await reckoned(uncounted)) == (None, None)
