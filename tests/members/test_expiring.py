"""What the database finds to need somebody is what each piece of evidence says of itself; Today names a few of them."""

from datetime import date, timedelta
from random import Random

import pytest
from bs4 import BeautifulSoup

from network.catalogue import beginnings
from network.catalogue.tables import Entry
from network.database import DB, enter_all
from network.members import evidence, expiring, handed, membership, site
from network.members.tables import Evidence, Organisation
from network.people.tables import RoleKind
from network.people.viewer import Viewer
from network.references import new_reference
from tests.members.make import a_site, member

TODAY = date(2027, 9, 5)
OFFICE = Viewer(person_id=1, reference="mira", roles=frozenset({(RoleKind.OFFICE.value, "")}))
NEEDY = {"soon", "urgent", "outdated", "expired"}


@pytest.fixture(autouse=True)
async def catalogue(at_sunday) -> None:
    await beginnings.lay_out()


@pytest.mark.parametrize("seed", range(6))
async def test_the_database_finds_what_each_piece_of_evidence_says_of_itself(seed):
    chance, owners = Random(seed), [await member(f"Haus {number}") for number in range(4)]
    places = {
        owner.id: [None, await a_site(owner, "Bonn", "53111"), await a_site(owner, "Kiel", "24103")] for owner in owners
    }
    await site.close(places[owners[0].id][2], owners[0], on=TODAY - timedelta(days=1))
    await membership.resign(owners[1], until=TODAY - timedelta(days=1))
    bases = [row.id for row in await Entry.objects().where(Entry.code.like("sgb%"))]
    papers = [a_paper(chance, owner, places[owner.id], bases) for owner in owners for _number in range(12)]
    async with DB.transaction():
        await enter_all(papers)

    found, count = await expiring.listed(TODAY, size=99)

    said = [
        (one.row.id, one.state)
        for owner in owners
        if owner is not owners[1]
        for one in await evidence.of(owner, TODAY)
        if one.state in NEEDY and not (one.site and one.site.closed_on)
    ]
    assert said
    assert sorted((one.row.id, one.state) for one, _owner in found) == sorted(said)
    assert count == len(said)
    ends = [one.row.valid_until or date.max for one, _owner in found]
    assert ends == sorted(ends)


def a_paper(chance: Random, owner: Organisation, places: list, bases: list[int]) -> Evidence:
    place = chance.choice(places)
    return Evidence(
        reference=new_reference(), organisation=owner.id, site=place.id if place else None, basis=chance.choice(bases),
        valid_from=chance.choice([None, TODAY - timedelta(days=900), TODAY, TODAY + timedelta(days=1)]),
        valid_until=chance.choice([None, *(TODAY + timedelta(days=days) for days in (-1, 0, 80, 170, 400, 900))]),
    )  # fmt: skip


@pytest.fixture
async def many() -> list[Organisation]:
    basis = await Entry.objects().get(Entry.code == "sgb9-51")
    owners = [await member(f"Haus {number:02}") for number in range(30)]
    for number, owner in enumerate(owners):
        await evidence.enter(owner, basis, valid_until=TODAY + timedelta(days=number))
    return owners


async def test_today_names_the_most_urgent_and_counts_the_others(many):
    due = await handed.due(OFFICE, TODAY)

    assert [one.title.rpartition(": ")[2] for one in due[:-1]] == [f"Haus {number:02}" for number in range(6)]
    assert (due[-1].title, due[-1].day, due[-1].url) == (
        "Und 24 weitere Nachweise", TODAY + timedelta(days=6), "/office/members/evidence",
    )  # fmt: skip


async def test_the_list_has_all_of_them_page_by_page_and_nonsense_is_the_first(association, many, desk):
    pages = [
        BeautifulSoup((await desk.get(f"/office/members/evidence{query}")).text, "html.parser")
        for query in ("", "?page=2", "?page=99")
    ]

    assert [len(page.select("tbody tr")) for page in pages] == [25, 5, 25]
    assert {page.caption.get_text() for page in pages} == {"30 Nachweise"}
    assert pages[1].th.get_text() == "Name"
    assert pages[1].select_one("tbody th").get_text() == "Haus 25"


async def test_only_the_office_sees_the_list(association, client):
    answer = await client.get("/office/members/evidence")

    assert answer.status_code in (303, 404)
