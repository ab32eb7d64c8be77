"""Who may be entered twice: found by what few share, and never each compared with each."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.activity import Activity
from network.i18n import speaking
from network.members import apart, duplicates, function, merging, namesakes, organisation
from network.members.likeness import alike, digits, host_of, is_slip, mailbox_of, place_of, sounding, without_a_letter
from network.members.tables import FormerName
from network.people import person
from network.people.tables import Person
from tests.members.make import a_site, member

LETTERS = st.text("abcdefghi", min_size=5, max_size=9)


@pytest.fixture(autouse=True)
def in_english():
    with speaking("en"):
        yield


async def names() -> list[tuple[str, str, list[str]]]:
    """The pairs of organisations by their names, and the reasons."""
    rows = {row["id"]: row["name"] for row in await organisation.Organisation.raw("SELECT id, name FROM organisation")}
    return [(rows[pair.one], rows[pair.other], pair.why) for pair in await duplicates.pairs()]


async def people_found() -> list[tuple[str, str, list[str]]]:
    rows = {row["id"]: row["name"] for row in await Person.raw("SELECT id, name FROM person")}
    return [(rows[pair.one], rows[pair.other], pair.why) for pair in await namesakes.pairs()]


# --- what is alike ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["0621 23125-0", "+49 621 231250", "0049 (0)621/23125 0", "+49 (0) 621 23125-0", "(0621) 231250"]
)
def test_a_number_is_the_same_however_it_is_written(written):
    assert digits(written) == "621231250"


def test_too_short_a_number_tells_nothing():
    assert [digits(text) for text in ("", "110", "0 12 34", "Durchwahl")] == ["", "", "", ""]


@pytest.mark.parametrize("written", ["Saalestraße 5a", "Saalestr. 5 a", "SAALE-STR. 5A", "Saale Strasse 5a"])
def test_a_street_is_the_same_however_it_is_written(written):
    assert place_of("06108", written) == "06108 saalestr 5a"


def test_an_address_without_street_or_postal_code_is_none():
    assert [place_of("06108", ""), place_of("", "Saalestraße 5")] == ["", ""]


def test_domains_where_anybody_has_an_address_tell_nothing():
    addresses = ["https://www.Neckarbogen.example.org/wir", "post@neckarbogen.example.org", "neckarbogen@web.de", ""]

    assert [host_of(address) for address in addresses] == ["neckarbogen.example.org"] * 2 + ["", ""]


def test_a_mailbox_is_the_same_with_dots_umlauts_and_what_follows_a_plus():
    written = ["ella.mueller@example.org", "EllaMüller@example.org", "ella-mueller+forum@example.org"]

    assert {mailbox_of(address) for address in written} == {"ellamuller@example.org"}


@given(LETTERS, st.integers(0, 8), st.sampled_from("abcxyz"))
def test_whatever_is_one_slip_away_is_found_by_a_part_they_share(word, place, letter):
    place %= len(word)
    swapped = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
    for other in (word[:place] + word[place + 1 :], word[:place] + letter + word[place + 1 :], swapped):
        assert is_slip(word, other)
        assert is_slip(other, word)
        if len(other) >= 5:
            assert set(without_a_letter(word)) & set(without_a_letter(other))


def test_two_slips_are_another_word():
    assert [is_slip("neckar", other) for other in ("nekcra", "neckarbo", "mecker", "nekar", "neckar")] == [
        False, False, False, True, True,
    ]  # fmt: skip


@given(st.text("abcäöü ", min_size=1, max_size=12), st.text("abcäöü ", min_size=1, max_size=12))
def test_likeness_is_the_same_from_both_sides_and_whole_with_itself(one, other):
    share = alike({1: one, 2: other})

    assert share(1, 2) == share(2, 1)
    assert share(1, 1) == 1
    assert 0 <= share(1, 2) <= 1


def test_umlauts_sound_the_same_in_all_three_spellings():
    assert len({sounding(text) for text in ("mueller", "muller")}) == 1


# --- organisations ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("NECKARBOGEN Reha und Arbeit GmbH", ["same name"]),
        ("Neckarbogn Reha und Arbeit gGmbH", ["similar name"]),
        ("Reha und Arbeit Neckarbogen", ["similar name"]),
        ("Neckarbogen", ["similar name"]),
        ("Die Neckarbogen-Reha", ["similar name"]),
    ],
)
async def test_a_name_typed_differently_is_found(typed, why):
    await member("Neckarbogen Reha und Arbeit gGmbH", postal_code="68161", town="Mannheim")
    await organisation.enter(typed)
    await organisation.enter("Rheinweg Berufstraining gGmbH", postal_code="50667")

    assert await names() == [("Neckarbogen Reha und Arbeit gGmbH", typed, [reason_of(words) for words in why])]


def reason_of(words: str) -> str:
    return next(reason for reason, said in duplicates.words().items() if said == words)


@pytest.mark.parametrize(
    ("mine", "theirs", "why"),
    [
        (
            {"street": "Saalestraße 5", "postal_code": "06108"},
            {"street": "Saalestr. 5", "postal_code": "06108"},
            "place",
        ),
        ({"phone": "0345 123456"}, {"phone": "+49 345 123456"}, "phone"),
        ({"website": "https://saale.example.org"}, {"email": "post@saale.example.org"}, "host"),
    ],
)
async def test_what_two_share_is_the_reason(mine, theirs, why):
    await organisation.enter("Saaletal gGmbH", **mine)
    await organisation.enter("Ganz Anders e. V.", **theirs)

    assert await names() == [("Saaletal gGmbH", "Ganz Anders e. V.", [why])]


async def test_who_is_called_as_another_was_before_and_who_stands_where_another_has_a_site_is_found():
    old = await member("Neuer Name gGmbH")
    await FormerName(
        organisation=old.id, name="Verein Arbeitswege", key="verein arbeitswege", until=date(2006, 1, 1)
    ).save()
    await a_site(old, "Halle", "06108", street="Saalestraße 5")
    await organisation.enter("Verein Arbeitswege e. V.")
    await organisation.enter("Haus an der Saale", street="Saalestr. 5", postal_code="06108")

    assert await names() == [
        ("Neuer Name gGmbH", "Verein Arbeitswege e. V.", ["former"]),
        ("Neuer Name gGmbH", "Haus an der Saale", ["site"]),
    ]


async def test_what_many_share_tells_nothing():
    for number in range(12):
        await organisation.enter(
            f"Haus {chr(65 + number) * 6}", phone="0345 123456", website="https://verband.example.org"
        )

    assert await names() == []


async def test_names_that_share_only_a_common_word_are_different_organisations():
    for place in ("Kassel", "Bremen", "Trier", "Aachen", "Ulm", "Fulda", "Plauen", "Hanau", "Singen"):
        await organisation.enter(f"Lebenshilfe {place} e. V.", postal_code=f"{len(place)}{ord(place[0])}11"[:5])

    assert await names() == []


async def test_somebody_about_to_be_entered_is_compared_with_all_who_are_there():
    known = await organisation.enter("Saaletal Reha gGmbH", website="https://saaletal.example.org")
    await organisation.enter("Rheinweg gGmbH")

    likely = await duplicates.like("Saaletaler Rehabilitation", website="https://www.saaletal.example.org/start")
    none = await duplicates.like("Etwas Neues e. V.")

    assert ([(pair.other, pair.why) for pair in likely], none) == ([(known.id, ["host"])], [])


# --- two after all ---------------------------------------------------------------------------------------------------


async def test_a_pair_that_is_two_is_not_offered_until_somebody_takes_that_back(at_sunday):
    one, other = await organisation.enter("Saaletal e. V."), await organisation.enter("Saaletal gGmbH")
    first = await apart.keep("organisation", (one.reference, one.name), (other.reference, other.name), actor="mira")
    again = await apart.keep("organisation", (other.reference, other.name), (one.reference, one.name), actor="bo")
    silent = await names()
    taken = [await apart.take_back(first.reference, actor="mira") for _number in range(2)]

    assert (silent, first.reference, taken) == ([], again.reference, [True, False])
    assert (first.actor, first.said_at) == ("mira", at_sunday)
    assert await names() == [("Saaletal e. V.", "Saaletal gGmbH", ["name"])]
    verbs = [row["verb"] for row in await Activity.select(Activity.verb).order_by(Activity.id)]
    assert verbs[-2:] == ["said to be two", "may be one after all"]


async def test_what_was_said_of_an_entry_goes_with_it_when_it_is_joined_with_a_third(at_sunday):
    one, other, third = [await organisation.enter(name) for name in ("Saaletal", "Saaletal e. V.", "Saaletal gGmbH")]
    await apart.keep("organisation", (one.reference, ""), (other.reference, ""), actor="")

    await merging.merge("organisation", third, other)

    assert await names() == []
    assert await apart.between("organisation", one.reference, third.reference)


# --- people ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("Ella Brandt", ["name", "house"]),
        ("Brandt, Ella", ["name", "house"]),
        ("Dr. Ella Brandt", ["name", "house"]),
        ("Ella Brand", ["similar", "house"]),
        ("Elle Brandt", ["similar", "house"]),
        ("E. Brandt", ["similar", "house"]),
        ("Ella Brandt-Maier", ["similar", "house"]),
    ],
)
async def test_a_name_typed_differently_in_the_same_house_is_found(name, reasons):
    house = await organisation.enter("Neckarbogen gGmbH")
    for one in (await person.enter("Ella Brandt"), await person.enter(name), await person.enter("Ada Brandt")):
        await function.appoint(house, one, "contact")

    found = await people_found()
    assert [(one, other, [why for why in told if why != "rare"]) for one, other, told in found] == [
        ("Ella Brandt", name, reasons)
    ]


async def test_people_of_one_name_in_different_houses_are_asked_about_only_with_another_reason():
    for number in range(3):
        house = await organisation.enter(f"Haus {number}")
        await function.appoint(
            house, await person.enter("Anna Müller", f"a{number}@haus{number}.example.org"), "contact"
        )
        await function.appoint(house, await person.enter(f"Ulf{number} Müller"), "contact")
    before = await people_found()
    await person.enter("Anna Mueller", "am@haus0.example.org", phone="0621 23125 77")

    assert (before, await people_found()) == ([], [("Anna Müller", "Anna Mueller", ["name", "host"])])


async def test_the_same_number_counts_only_with_a_name_that_is_alike():
    await person.enter("Ella Brandt", phone="0621 23125 0")
    await person.enter("Ella Brandt-Maier", phone="+49 621 231250")
    await person.enter("Volkmar Ißleib", phone="0621 23125-0")

    assert await people_found() == [("Ella Brandt", "Ella Brandt-Maier", ["similar", "phone"])]


async def test_one_mailbox_written_in_two_ways_is_one_person():
    await person.enter("Ella Müller", "ella.mueller@example.org")
    await person.enter("E. Mueller", "ellamueller@example.org")

    assert await people_found() == [("Ella Müller", "E. Mueller", ["similar", "mailbox"])]


async def test_a_rare_name_alone_is_worth_a_question_and_a_common_one_is_not():
    for name in ("Torge Lüneborg", "Torge Lueneborg", "Anna Müller", "Anna Müller", "Bernd Müller"):
        await person.enter(name)

    assert await people_found() == [("Torge Lüneborg", "Torge Lueneborg", ["name", "rare"])]
