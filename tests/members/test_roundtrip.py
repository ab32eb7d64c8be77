"""What was taken along with all columns comes in again without any difference, whatever the organisations are like."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network import clock, roughly
from network.catalogue import beginnings
from network.catalogue.tables import Entry, EntryKind
from network.i18n import speaking
from network.members import (
    evidence,
    exporting,
    importing,
    listwords,
    membership,
    offer,
    organisation,
    provider,
    site,
)
from network.members.columns import find_header
from network.members.exporting import Eyes
from network.members.headings import COLUMNS
from network.members.selection import Selection
from network.members.sheet import NOTHING, clean
from network.members.tables import Evidence, Membership, Offer, Organisation, ProviderStatus, Site

LETTERS = st.text(st.sampled_from("aäßéZ09 ;,\"'()&/.–-+"), max_size=25)
TEXT = LETTERS.map(lambda text: " ".join(text.lstrip("' ").split()))  # spreadsheets begin so what is no formula
SINCE = st.sampled_from(["", "1985", "199X-early", "1985~", "2001-05-12", "2010-05", "2012-summer", "200X"])
UNTIL = st.sampled_from(["", "", "2099", "209X-late"])
DAY = st.dates(date(1990, 1, 1), date(2026, 6, 1))


def called(start: str):
    return TEXT.map(lambda text: f"{start} {text}".strip())


@st.composite
def evidences(draw, bases: int):
    first, length = draw(st.none() | DAY), draw(st.none() | st.integers(0, 9000))
    return {
        "basis": draw(st.integers(0, bases - 1)),
        "issuer": draw(TEXT),
        "sign": draw(TEXT),
        "valid_from": first,
        "valid_until": (first or date(2020, 1, 1)) + timedelta(days=length) if length is not None else None,
    }


@st.composite
def described(draw):
    """Of a place: places of terms in their catalogue with their time, and evidence."""
    terms = draw(st.lists(st.tuples(st.integers(0, 2), SINCE, UNTIL), max_size=3, unique_by=lambda one: one[0]))
    return {"services": terms, "evidence": draw(st.lists(evidences(4), max_size=3))}


@st.composite
def sites(draw):
    opened_on = draw(st.none() | DAY)
    return {
        "name": draw(st.just("") | called("Ort")),
        "street": draw(st.just("") | called("Weg")),
        "postal_code": draw(st.sampled_from(["01067", "68161", "89073"])),
        "town": draw(called("Stadt")),
        "land": draw(st.sampled_from(["", "SN", "BW"])),
        "lat": draw(st.none() | st.floats(47.3, 55.0)),
        "lon": draw(st.none() | st.floats(5.9, 15.0)),
        "opened_year": opened_on.year if opened_on else draw(st.none() | st.integers(1950, 2026)),
        "opened_on": opened_on,
        "places": draw(st.none() | st.integers(0, 99999)),
        "email": draw(st.sampled_from(["", "haus@example.org"])),
        "phone": draw(st.sampled_from(["", "0621 / 23125-0", "+49 30 1234"])),
        "website": draw(st.sampled_from(["", "https://example.org/haus?ort=1"])),
        "described": draw(described()),
    }


def paragraphs():
    """As somebody types them: lines, and paragraphs between blank ones."""
    return st.lists(called("– Wir"), max_size=3).flatmap(
        lambda parts: st.sampled_from(["\n\n", "\n", "\r\n\r\n"]).map(lambda between: between.join(parts))
    )


@st.composite
def organisations(draw):
    spans = st.sampled_from(["full", "guest", "over", "coming", "none"])
    return {
        "name": draw(called("Haus")),
        "facts": {
            "street": draw(st.just("") | called("Allee")),
            "postal_code": draw(st.sampled_from(["", "04109"])),
            "town": draw(called("Ort")),
            "land": draw(st.sampled_from(["", "BE", "TH"])),
            "phone": draw(st.sampled_from(["", "0341 5"])),
            "website": draw(st.sampled_from(["", "https://example.org"])),
        },
        "more": {
            "legal_form": draw(st.sampled_from(["", "e. V."])),
            "founded": draw(SINCE),
            "target_group": draw(called("für")),
            "about_de": draw(paragraphs()),
            "about_en": draw(st.just("") | paragraphs()),
        },
        "provider": {
            "approved_on": draw(st.none() | DAY),
            "agreed_on": draw(st.none() | DAY),
            "offered_in": draw(st.sampled_from(["", "company", "rooms", "both"])),
            "scopes": draw(st.sampled_from(["", "EV BBB", "AB", "EV BBB AB"])),
            "listed_on": draw(st.none() | DAY),
        },
        "span": draw(spans),
        "since": draw(DAY),
        "described": draw(described()),
        "sites": draw(
            st.lists(sites(), max_size=3, unique_by=lambda one: (one["postal_code"], one["street"], one["name"]))
        ),
    }


async def enter(number: int, told: dict, terms: dict[str, list[Entry]]) -> None:
    row = await organisation.enter(f"{told['name']} {number}", **told["facts"])
    await organisation.change(row, **told["more"], facility_type=terms[EntryKind.FACILITY_TYPE][number % 3].id)
    await belong(row, number, told)
    await describe(row, None, told["described"], terms)
    for place, facts in enumerate(told["sites"]):
        here = {name: value for name, value in facts.items() if name != "described"}
        one = await site.enter(row, **here, code=f"S{number}{place}" if place % 2 else "")
        await describe(row, one, facts["described"], terms)
    await provider.enter(row, "operating", since=date(2020, 1, 1))
    await provider.change(row, **told["provider"])


async def belong(row: Organisation, number: int, told: dict) -> None:
    since, today = told["since"], clock.today()
    if told["span"] in ("full", "guest"):
        await membership.join(row, since=since, kind=told["span"], number=f"M{number}" if number else "")
    if told["span"] == "over":
        await membership.join(row, since=since, until=since + timedelta(days=30), number=f"M{number}")
    if told["span"] == "coming":  # a guest of today, for whom more has been decided
        await membership.join(row, since=since, until=today, kind="guest", number=f"M{number}")
        await membership.join(row, since=today + timedelta(days=1), number=f"M{number}")


async def describe(row: Organisation, here: Site | None, told: dict, terms: dict[str, list[Entry]]) -> None:
    for place, since, until in told["services"]:
        await offer.enter(row, [terms[EntryKind.SERVICE][place]], site=here, since=since, until=until)
        await offer.enter(row, [terms[EntryKind.FIELD][place + 3]], site=here, since=since)
    for facts in told["evidence"]:
        rest = {name: value for name, value in facts.items() if name != "basis"}
        basis = terms[EntryKind.LEGAL_BASIS][facts["basis"]]
        if not evidence.outside(basis, rest["valid_from"], rest["valid_until"]):
            await evidence.enter(row, basis, site=here, **rest)


async def catalogues() -> dict[str, list[Entry]]:
    await beginnings.lay_out()
    found: dict[str, list[Entry]] = {}
    for one in await Entry.objects().order_by(Entry.id):
        found.setdefault(one.kind, []).append(one)
    return found


async def file_of(kind: str) -> bytes:
    selection = Selection(standing="all")
    names = list(exporting.columns_of("list", office=True))
    wanted = exporting.chosen(["list"], names, office=True, day=selection.day)
    answer = await exporting.taken_along(kind, selection, wanted, Eyes(office=True, actor="x"), "Mitglieder")
    return b"".join([piece async for piece in answer.iterator])


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@given(st.lists(organisations(), min_size=1, max_size=3), st.sampled_from(["de", "en"]))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
async def test_what_was_taken_along_comes_in_again_without_a_difference(association, kind, everybody, language):
    for table in (ProviderStatus, Evidence, Offer, Membership, Site, Organisation):
        await table.delete(force=True)
    terms = await catalogues()
    with speaking(language):
        for number, told in enumerate(everybody):
            await enter(number, told, terms)
        load = await importing.read("Mitglieder", await file_of(kind))
        found = await importing.check(load)

        assert [one.problems for one in found.outcomes if one.problems] == []
        assert [one.told for one in found.outcomes if one.told] == []
        assert (found.kinds, found.unknown) == (Counter(same=len(found.outcomes)), [])
        assert len(found.outcomes) == sum(max(1, len(told["sites"])) for told in everybody)


@given(st.lists(TEXT, max_size=6))
def test_several_things_in_a_cell_are_the_same_things_again(parts):
    cell = clean(listwords.joined_beside(parts) or "")

    assert not cell or listwords.divided(cell) == parts
    assert bool(cell) == any(parts) or parts[0] in NOTHING


@pytest.mark.parametrize("language", ["de", "en"])
@given(st.sampled_from(["Beratung", "Arbeit (EV)", "A; B"]), SINCE, UNTIL)
def test_an_offer_with_its_time_is_read_as_it_was_written(language, name, since, until):

    with speaking(language):
        [part] = listwords.divided(listwords.joined([listwords.spanned(name, roughly.span(since, until))]))

        assert listwords.span_of(part) == (name, since, until) if since or until else part == name


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_column_is_known_again_by_its_name(language):
    with speaking(language):
        names = [exporting.columns_of("list", office=True)[name] for name in COLUMNS]
        titles = list(exporting.leaves({"list": list(COLUMNS)}, office=True)[0].columns)
        header = find_header([titles, ["x"] * len(titles)])

        assert len(names) == len(COLUMNS)
        assert header
        assert list(header.columns.values()) == list(COLUMNS)
