"""The index finds what looking at each row finds: any part of a word, on any day, for whoever asks; and it keeps up."""

from datetime import date, timedelta
from random import Random

import pytest

from network import clock
from network.catalogue import beginnings
from network.database import on_sqlite
from network.members import directory, function, moving, trigrams
from network.members.having import KINDS, spellings
from network.members.lens import Lens, lens_of
from network.members.selection import Selection
from network.members.tables import FunctionKind, Organisation
from network.people import person
from network.people.tables import Person
from tests.bench import large
from tests.members.make import a_site, member

DAYS = [clock.today(), date(2010, 1, 1), date(2024, 6, 30), clock.today() + timedelta(days=100)]


@pytest.fixture
async def many(association) -> None:
    await beginnings.lay_out()
    await large.enter(60)


async def texts_by_organisation(lens: Lens, people: str) -> dict[int, list[str]]:
    """All that somebody can be found by on the day, read without any condition on it."""
    found: dict[int, list[str]] = {}
    seen = f"{lens.runs('h')}" if people == "all" else f"{lens.runs('h')} AND {lens.agreed} AND h.kind IN ({KINDS})"
    held = "h.organisation AS id, p.search AS text, p.sorting FROM held_function h JOIN person p ON p.id = h.person"
    asked = [
        f"o.id, {lens.own_search} AS text FROM {lens.organisations}",
        f"o.id, lower(m.number) AS text FROM {lens.organisations} WHERE m.number IS NOT NULL",
        f"s.organisation AS id, {lens.placed('search')} AS text FROM {lens.sites} WHERE {lens.is_open}",
        *([f"{held} WHERE {seen}"] if people else []),
    ]
    for sql in asked:
        for row in await Organisation.raw(f"SELECT {sql}"):
            named = " ".join(word for word in row.get("sorting", "").split() if word in row["text"])
            found.setdefault(row["id"], []).append(named if people == "public" and "sorting" in row else row["text"])
    return found


def plainly(texts: dict[int, list[str]], typed: str) -> list[int]:
    return sorted(
        number
        for number, own in texts.items()
        if all(any(one in text for one in word for text in own) for word in spellings(typed))
    )


async def test_whatever_part_of_a_word_is_typed_the_index_finds_who_has_it(many):
    chance = Random(7)
    for day in DAYS:
        lens = await lens_of(day)
        for people in ("", "public", "all"):
            texts = await texts_by_organisation(lens, people)
            known = sorted({word for some in texts.values() for text in some for word in text.split()})
            for _turn in range(25):
                typed = " ".join(part_of(chance, chance.choice(known)) for _word in range(chance.choice([1, 1, 2, 3])))
                selection = Selection(day=day, text=typed, people=people, standing="all")
                found = sorted(row.id for row in await directory.listed(selection, size=0))
                assert found == plainly(texts, typed), (day, people, typed)
                assert await directory.count(selection) == len(found)


def part_of(chance: Random, word: str) -> str:
    length = chance.randint(1, min(7, len(word)))
    begin = chance.randint(0, len(word) - length)
    return word[begin : begin + length]


async def found(text: str, day: date | None = None) -> list[str]:
    selection = Selection(text=text, people="all") if day is None else Selection(day=day, text=text, people="all")
    return [row.name for row in await directory.listed(selection)]


async def test_what_is_entered_changed_and_deleted_is_known_at_once():
    house = await member("Ankerplatz")
    site = await a_site(house, "Kassel", "34117")
    ayse = await person.enter("Ayşe Müller", "ayse@example.org")
    await function.appoint(house, ayse, FunctionKind.DIRECTOR, since=date(2020, 1, 1))
    today = clock.today()

    assert [await found(text) for text in ("nkerpl", "ssel", "uelle", "müller", "example.org")] == [["Ankerplatz"]] * 5
    await moving.move(site, house, on=today, town="Ulm", postal_code="89073", land="BW", street="")
    await person.correct(ayse, name="Ayşe Yıldız", email="ayse@example.org", actor="")
    assert [await found(text) for text in ("kassel", "müller", "ulm", "yildiz")] == [[], [], *[["Ankerplatz"]] * 2]
    assert await found("kassel", today - timedelta(days=1)) == ["Ankerplatz"]
    await Person.delete(force=True)
    assert await found("yildiz") == []


async def test_what_means_something_else_in_a_pattern_is_a_blank():
    await member("Hundert_Prozent")

    assert [spellings(text) for text in ("50%", r"a\b_c")] == [[["50"]], [["a"], ["b"], ["c"]]]
    assert [await found(text) for text in ("hundert_prozent", '"', "hundertxprozent")] == [["Hundert_Prozent"], [], []]


@pytest.mark.skipif(not on_sqlite(), reason="on PostgreSQL nothing can be lost but the whole")
async def test_where_a_migration_made_a_table_anew_the_index_is_made_anew_after_it():
    await Person.raw("DROP TRIGGER person_trigrams_new")
    house = await member("Ankerplatz")
    ayse = await person.enter("Ayşe Müller", "ayse@example.org")
    await function.appoint(house, ayse, FunctionKind.DIRECTOR, since=date(2020, 1, 1))

    await trigrams.lay_out()

    assert await found("müller") == ["Ankerplatz"]
    await trigrams.tidy()
    assert await found("müller") == ["Ankerplatz"]


async def test_names_go_along_with_a_form_as_long_as_they_are_few(association):
    await beginnings.lay_out()
    await large.enter(60)
    few = await directory.current_names()

    await large.enter(400, seed=2)

    assert 40 < len(few) <= 60
    assert await directory.current_names() == []
