"""The directory to take along: chosen columns, and vCards that a reader of RFC 6350 understands."""

import io
import re
from datetime import UTC, datetime

import pytest
import vobject
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from network.activity import LOOKED, Activity
from network.members import contacts, exporting, function
from network.members.vcards import Contact, cards
from network.people import person, publication, roles, sign_in
from network.people.tables import Person, RoleKind
from network.people.viewer import COOKIE
from tests.asked import counter
from tests.members.make import a_site, member

NOW = datetime(2027, 9, 5, 8, 0, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120)


def read(content: bytes) -> list[dict[str, list[list[str]]]]:
    """A reader of its own: unfolds, divides at what is not escaped, takes the escapes away (RFC 6350, 3.2 to 3.4)."""
    found: list[dict[str, list[list[str]]]] = []
    for line in re.sub(r"\r\n[ \t]", "", content.decode()).split("\r\n"):
        if line == "BEGIN:VCARD":
            found.append({})
        elif line and line != "END:VCARD":
            name, value = line.split(":", 1)
            parts = [re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], part)
                     for part in re.findall(r"(?:^|;)((?:\\.|[^\\;])*)", value)]  # fmt: skip
            found[-1].setdefault(name, []).append(parts)
    return found


def plain(text: str) -> str:
    """What may come back: all but control characters, every kind of line end as one."""
    return re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", "", re.sub(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]", "\n", text))


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT, TEXT, TEXT)
def test_a_reader_gets_back_what_went_in(name, unit, street, role):
    contact = Contact("ref", name, is_person=True, organisations=[(name, unit)], roles=[role, name], street=street)

    content = cards([contact, Contact("other", unit)], NOW)
    first, second = read(content)

    assert first["FN"] == [[plain(name)]]
    assert first["ORG"] == [[plain(name), plain(unit)]]
    assert first["ROLE"] == [[plain(role)], [plain(name)]]
    assert first["ADR"][0][2] == plain(street)
    assert (first["KIND"], second["KIND"], second["FN"]) == ([["individual"]], [["org"]], [[plain(unit)]])
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert all(line.decode() is not None for line in content.split(b"\r\n"))  # no letter is divided


def test_numbers_are_addresses_that_a_telephone_dials():
    told = ["0621 / 23125-0", "+49 (0)30 1234", "0043 1 5678", "110 4", "über die Zentrale"]

    found = read(cards([Contact(str(n), "A", phone=number) for n, number in enumerate(told)], NOW))

    assert [next((key, value[0]) for key, value in one.items() if key.startswith("TEL")) for one in found] == [
        ("TEL;VALUE=uri", ["tel:+49621231250"]), ("TEL;VALUE=uri", ["tel:+49301234"]), ("TEL;VALUE=uri", ["tel:+4315678"]),
        ("TEL;VALUE=uri", ["tel:1104", "phone-context=+49"]), ("TEL;VALUE=text", ["über die Zentrale"]),
    ]  # fmt: skip


async def two_members():
    one = await member("Neckarbogen gGmbH", number="M1", town="Mannheim", phone="0621 1000", email="post@example.org")
    site = await a_site(one, "Ulm", "89073", name="Haus; Süd", lat=48.4, lon=9.99)
    other = await member("Rheinweg e. V.", number="M2")
    ella = await person.enter("Ella Brandt", "ella@example.org", title="Dr.", phone="0621 2000")
    await function.appoint(one, ella, "director")
    await function.appoint(one, ella, "site_manager", site=site, title="Leitung")
    return one, other


async def test_another_library_reads_the_cards(desk):
    """Not our own reader: the library by which address books of others are read and written."""
    await two_members()

    content = (await desk.get("/office/members/as/vcf")).content
    found = list(vobject.readComponents(content.decode()))

    haus, ella = found[1], found[3]
    assert [one.version.value for one in found] == ["4.0"] * 4
    assert [one.fn.value for one in found] == [
        "Neckarbogen gGmbH", "Neckarbogen gGmbH, Haus; Süd, Ulm", "Rheinweg e. V.", "Dr. Ella Brandt",
    ]  # fmt: skip
    assert (haus.org.value, haus.adr.value.city) == (["Neckarbogen gGmbH", "Haus; Süd, Ulm"], "Ulm")
    assert (ella.email.value, ella.title.value) == ("ella@example.org", "Leitung")
    assert [one.value for one in ella.contents["org"]] == [["Neckarbogen gGmbH"], ["Neckarbogen gGmbH", "Haus; Süd"]]


async def test_the_office_takes_everybody_along_and_that_is_noted(desk):
    one, _other = await two_members()

    answer = await desk.get("/office/members/as/vcf")
    found = read(answer.content)

    assert answer.headers["content-type"].startswith("text/vcard")
    assert [card["FN"][0][0] for card in found] == [
        "Neckarbogen gGmbH", "Neckarbogen gGmbH, Haus; Süd, Ulm", "Rheinweg e. V.", "Dr. Ella Brandt",
    ]  # fmt: skip
    ella = found[3]
    assert (ella["EMAIL"], ella["TITLE"], ella["KIND"]) == ([["ella@example.org"]], [["Leitung"]], [["individual"]])
    assert ella["ORG"] == [["Neckarbogen gGmbH"], ["Neckarbogen gGmbH", "Haus; Süd"]]
    [seen] = await Activity.objects().where(Activity.verb == LOOKED)
    assert seen.thing == f"organisation:{one.reference}"


async def test_visitors_take_the_public_entries_along_without_people(client, association):
    one, _other = await two_members()

    everybody = read((await client.get("/members/as/vcf")).content)
    some = read((await client.get("/members/as/vcf?q=neckar")).content)

    assert [card["FN"][0][0] for card in everybody] == [
        "Neckarbogen gGmbH", "Neckarbogen gGmbH, Haus; Süd, Ulm", "Rheinweg e. V.",
    ]  # fmt: skip
    assert [card["FN"][0][0] for card in some] == ["Neckarbogen gGmbH", "Neckarbogen gGmbH, Haus; Süd, Ulm"]
    assert f"/members/{one.reference}/vcf" in (await client.get(f"/members/{one.reference}")).text


async def test_the_cards_of_a_members_page_have_the_people_who_agreed_and_only_what_they_agreed_to(client, association):
    one, _other = await two_members()
    there = f"/members/{one.reference}/vcf"
    before = read((await client.get(there)).content)
    ella = await Person.objects().get(Person.name == "Ella Brandt")
    await publication.agreed(ella, ["name", "phone"], actor="")

    cards = {card["FN"][0][0]: card for card in read((await client.get(there)).content)}

    assert [card["FN"][0][0] for card in before] == ["Neckarbogen gGmbH", "Neckarbogen gGmbH, Haus; Süd, Ulm"]
    assert "EMAIL" not in cards["Dr. Ella Brandt"]
    assert (await client.get("/members/nobody/vcf")).status_code == 404


async def test_visitors_choose_the_columns(client, association):
    await two_members()

    page = BeautifulSoup((await client.get("/members/export?columns=name&columns=town")).text, "html.parser")
    told = (await client.get("/members/as/csv?columns=name&columns=town&columns=number")).content.decode("utf-8-sig")

    ticked = [box["value"] for box in page.select("input[name=columns]") if box.has_attr("checked")]
    assert (ticked, told.splitlines()[0]) == (["name", "town"], "Mitglied;Ort")
    assert {"number", "closed", "people_director"}.isdisjoint({box["value"] for box in page.select("input")})


async def test_all_who_see_the_directory_find_the_page_to_choose(client, association):
    one, _other = await two_members()
    bo = await person.enter("Bo Lindqvist", "bo@example.org")
    await roles.grant(bo, RoleKind.MEMBER_REPRESENTATIVE, of=one.reference)
    public = (await client.get("/members")).text
    client.cookies.set(COOKIE, await sign_in.begin_session(bo))

    assert 'href="/members/export"' in public
    assert f'href="/mine/{one.reference}/export"' in (await client.get(f"/mine/{one.reference}")).text


async def test_a_representative_takes_the_own_organisation_along_and_no_other(client, association):
    one, other = await two_members()
    bo = await person.enter("Bo Lindqvist", "bo@example.org")
    await roles.grant(bo, RoleKind.MEMBER_REPRESENTATIVE, of=one.reference)
    client.cookies.set(COOKIE, await sign_in.begin_session(bo))

    own = await client.get(f"/mine/{one.reference}/vcf")

    assert [card["FN"][0][0] for card in read(own.content)] == [
        "Neckarbogen gGmbH", "Neckarbogen gGmbH, Haus; Süd, Ulm", "Dr. Ella Brandt",
    ]  # fmt: skip
    assert (await client.get(f"/mine/{other.reference}/vcf")).status_code == 404
    assert (await client.get("/office/members/as/vcf")).status_code == 404


async def test_columns_are_chosen_by_ticks_that_live_in_the_address(desk):
    await two_members()

    page = await desk.get("/office/members/export?q=neckar&columns=name&columns=people_director")
    ticked = re.findall(r'name="columns" value="([a-z_]+)" checked', page.text)
    content = (await desk.get("/office/members/as/xlsx?q=neckar&columns=people_director&columns=name")).content
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).active.iter_rows()]

    assert ticked == ["name", "people_director"]
    assert '<input type="hidden" name="q" value="neckar">' in page.text
    assert rows == [["Mitglied", "Geschäftsführung"], ["Neckarbogen gGmbH", "Dr. Ella Brandt"]]
    nonsense = await desk.get("/office/members/as/csv?columns=nonsense")
    assert nonsense.content == (await desk.get("/office/members/as/csv")).content


# Portion by portion.


async def a_dozen() -> None:
    people = [await person.enter(f"Person {number}", f"p{number}@example.org") for number in range(9)]
    for number in range(12):
        one = await member(f"Träger {number:02}", number=f"M{number:02}", town="Ulm")
        for place in range(number % 4):
            await a_site(one, f"Ort {place}", "89073", name=f"Haus {place}; „Süd“" if place else "")
        for held in range(number % 3):
            await function.appoint(one, people[(number + 4 * held) % 9], ("director", "contact", "quality")[held])


@pytest.mark.parametrize("path", ["csv", "csv?sheet=people", "csv?sort=sites&order=down", "vcf", "vcf?q=ulm"])
async def test_a_file_in_portions_is_to_the_byte_the_file_in_one(at_sunday, desk, monkeypatch, path):
    await a_dozen()
    whole = (await desk.get(f"/office/members/as/{path}")).content

    for module in (exporting, contacts):
        monkeypatch.setattr(module, "SIZE", 1)
    portions = (await desk.get(f"/office/members/as/{path}")).content

    assert portions == whole
    assert portions.count(b"\n") > 12


async def test_a_workbook_in_portions_holds_what_one_in_one_does(at_sunday, desk, monkeypatch):
    await a_dozen()
    books = []
    for size in (100, 1):
        monkeypatch.setattr(exporting, "SIZE", size)
        content = (await desk.get("/office/members/as/xlsx?sheet=list&sheet=people&sheet=sites")).content
        book = load_workbook(io.BytesIO(content))
        books.append({sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book})

    assert books[0] == books[1]
    assert [len(rows) for rows in books[0].values()][:3] == [21 + 1, 18 + 1, 12 + 1]


async def test_everybody_has_one_card_with_all_they_are_however_many_portions(at_sunday, desk, monkeypatch):
    await a_dozen()
    monkeypatch.setattr(contacts, "SIZE", 2)

    found = read((await desk.get("/office/members/as/vcf")).content)

    people = [card for card in found if card["KIND"] == [["individual"]]]
    assert sorted(card["FN"][0][0] for card in people) == [f"Person {number}" for number in range(9)]
    assert sum(len(card["ORG"]) for card in people) == sum(number % 3 for number in range(12))
    assert len({card["UID"][0][0] for card in found}) == len(found) == 12 + 18 + 9


async def test_a_file_asks_as_often_for_many_members_as_for_few(at_sunday, desk, monkeypatch):
    count = counter(desk, monkeypatch)
    paths = [
        f"/office/members/as/{path}" for path in ("csv", "vcf", "xlsx", "xlsx?sheet=list&sheet=people&sheet=offers")
    ]
    await two_members()
    few = [await count(path) for path in paths]
    await a_dozen()

    assert [await count(path) for path in paths] == few
