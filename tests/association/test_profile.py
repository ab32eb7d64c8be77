"""The association in words: its Impressum, its sender, its colour."""

import asyncio

import pytest

from network.association import beginnings, colours, profile
from network.association.pages import PLACES, notice
from network.errors import Refused


async def test_the_impressum_has_all_that_the_law_asks_for(association):
    known = await profile.known_profile()

    assert known.imprint_lines == [
        "Bundesarbeitsgemeinschaft Berufliche Wege e. V.",
        "Musterufer 1, 10115 Berlin",
        "Vertreten durch: Henrike Voßberg (Vorsitz) · Tarek Linnemann (Stellvertretung) · Dr. Ruta Kaspereit (Stellvertretung)",
        "Amtsgericht Charlottenburg, VR 00000 B",
        "geschaeftsstelle@example.org · +49 30 000000",
    ]


async def test_letters_come_from_the_short_name_unless_a_sender_is_given(association):
    before = (await profile.known_profile()).sender
    await profile.change("", sender_name="Geschäftsstelle der BAG BW", sender_email="post@example.org")
    after = (await profile.known_profile()).sender

    assert (before.name, before.email) == ("BAG BW", "geschaeftsstelle@example.org")
    assert (after.name, after.email) == ("Geschäftsstelle der BAG BW", "post@example.org")


async def test_what_was_read_while_it_changed_is_not_remembered(association):
    reading = asyncio.create_task(profile.profile())
    await asyncio.sleep(0)  # now it waits for the database
    await profile.change("", town="Hamburg")
    await reading

    assert (await profile.known_profile()).town == "Hamburg"


async def test_one_installation_serves_one_association(association):
    with pytest.raises(Refused):
        await profile.set_up(full_name="Noch ein Verein e. V.", short_name="NEV", email="nev@example.org")


async def test_every_place_begins_with_a_privacy_text_in_both_languages(association):
    for place in PLACES:
        found = await notice(place)
        assert (found.version, found.text_de, found.text_en) == (
            "1", beginnings.words(place, "de"), beginnings.words(place, "en"),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("colour", "fits"), [("#0b5566", True), ("#9c2a1f", True), ("#ffee88", False), ("#808080", False)]
)
def test_an_accent_must_be_readable_on_white(colour, fits):
    assert colours.readable_on_white(colour) is fits


def test_the_accent_stays_readable_in_the_dark():
    for colour in ("#0b5566", "#9c2a1f", "#333333", "#00007f"):
        night = colours.stylesheet(colour).partition("prefers-color-scheme:dark")[2]
        lighter, wash = night.split("--petrol:")[1][:7], night.split("--petrol-wash:")[1][:7]
        assert colours.contrast(lighter, "#10191f") >= 4.5
        assert colours.contrast(lighter, wash) >= 3
