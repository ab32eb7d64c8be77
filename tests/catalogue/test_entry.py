"""Terms of the catalogues: entered, changed, ended with what comes after."""

from datetime import date

import pytest

from network.activity import Activity
from network.catalogue import beginnings, entry
from network.catalogue.tables import Entry, EntryKind
from network.errors import Refused
from network.i18n import speaking

BASIS = EntryKind.LEGAL_BASIS


async def of_code(code: str) -> Entry:
    return await Entry.objects().get(Entry.code == code)


async def test_a_house_begins_with_the_legal_bases_and_what_came_after_the_old_ones(laid_out):
    old = await of_code("sgb12-56-old")
    new = await of_code("sgb9-60")

    assert (old.until, old.successor, new.since) == (date(2017, 12, 31), new.id, date(2018, 1, 1))
    assert [row.code for row in await entry.of_kind(BASIS, date(2017, 12, 31))] == [
        "sgb9-35-old", "sgb12-56-old", "sgb9-136-old",
    ]  # fmt: skip
    assert [row.code for row in await entry.of_kind(BASIS, date(2018, 1, 1))] == ["sgb9-51", "sgb9-60", "sgb9-219"]
    assert len(await entry.of_kind(EntryKind.SERVICE)) == 3
    assert len(await entry.of_kind(EntryKind.FIELD)) >= 12
    assert await Entry.count() == len(beginnings.beginning())


def test_every_term_to_begin_with_has_a_name_in_both_languages_and_its_successor_is_known():
    terms = beginnings.beginning()
    codes = {(kind, term["code"]) for kind, _place, term in terms}

    assert len(codes) == len(terms)
    assert all(term["name_de"] and term["name_en"] for _kind, _place, term in terms)
    assert all(bool(term.get("text_de")) == bool(term.get("text_en")) for _kind, _place, term in terms)
    assert all((kind, term["successor"]) in codes for kind, _place, term in terms if "successor" in term)
    assert {kind for kind, _place, _term in terms} == {*EntryKind}


async def test_a_second_laying_out_adds_nothing_and_keeps_what_was_changed(laid_out):
    row = await of_code("metal")
    await entry.change(row, name_de="Metall und Kunststoff")
    before = await Entry.count()

    await beginnings.lay_out()

    assert await Entry.count() == before
    assert (await of_code("metal")).name_de == "Metall und Kunststoff"


async def test_a_term_is_entered_at_the_end_with_a_code_of_its_own(laid_out):
    first = await entry.enter(EntryKind.FIELD, name_de="Fahrräder & Räder", actor="mira")
    second = await entry.enter(EntryKind.FIELD, name_de="Fahrräder: Räder")

    assert (first.code, second.code) == ("fahrraeder-raeder", "fahrraeder-raeder-2")
    assert [row.code for row in await entry.of_kind(EntryKind.FIELD)][-2:] == [first.code, second.code]
    assert await Activity.exists().where(Activity.thing == f"entry:{first.reference}")


async def test_the_same_name_twice_in_a_catalogue_is_refused_but_not_in_another(laid_out):
    with pytest.raises(Refused) as no:
        await entry.enter(EntryKind.SERVICE, name_de="BERATUNG")
    await entry.enter(EntryKind.FIELD, name_de="Beratung")

    assert no.value.field == "name_de"


async def test_an_ended_term_is_not_chosen_after_its_last_day_and_names_its_successor(laid_out):
    wood, metal = await of_code("wood"), await of_code("metal")

    await entry.end(wood, until=date(2027, 6, 30), successor=metal)

    chosen = [[row.code for row in await entry.of_kind("field", day)] for day in (date(2027, 6, 30), date(2027, 7, 1))]
    assert ["wood" in codes for codes in chosen] == [True, False]
    assert [row.code for row in entry.chain(await of_code("wood"), await entry.by_id())] == ["wood", "metal"]

    await entry.go_on(wood)
    again = await of_code("wood")
    assert (again.until, again.successor) == (None, None)


async def test_what_ends_before_it_began_or_is_replaced_in_a_circle_is_refused(laid_out):
    new, old, other = await of_code("sgb9-60"), await of_code("sgb12-56-old"), await of_code("wood")

    for successor, until, field in (
        (None, date(2017, 12, 31), "until"),
        (old, date(2030, 1, 1), "successor"),
        (new, date(2030, 1, 1), "successor"),
        (other, date(2030, 1, 1), "successor"),
    ):
        with pytest.raises(Refused) as no:
            await entry.end(await of_code("sgb9-60"), until=until, successor=successor)
        assert no.value.field == field
    assert (await of_code("sgb9-60")).until is None


async def test_a_term_without_english_is_said_in_german(laid_out):
    row = await entry.enter(EntryKind.FIELD, name_de="Bürsten")

    with speaking("en"):
        assert (entry.name_of(row), entry.name_of(await of_code("wood"))) == ("Bürsten", "Woodwork")
