"""The directory's pages: the office's, and the public's."""

import io
import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from network import clock
from network.members import directory, importing, membership, organisation
from network.members.tables import Import, Organisation, Site
from network.people import person, sign_in
from network.people.viewer import COOKIE
from tests.asked import counter
from tests.browser import send, submit
from tests.members.make import GERMAN_HEADER, a_site, as_csv, german_rows, member, the_file, the_ten


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


def heading(answer) -> str:
    [h1] = BeautifulSoup(answer.text, "html.parser").select("h1")
    return " ".join(h1.get_text(" ").split())


def rows(answer) -> list[str]:
    return [cell.get_text(strip=True) for cell in BeautifulSoup(answer.text, "html.parser").select("tbody th")]


async def uploaded(desk, content: bytes, name: str = "mitglieder.csv"):
    answer = await submit(desk, "/office/members/import", files={"file": (name, content)})
    assert answer.status_code == 303
    return await desk.get(answer.headers["location"])


def at(page) -> str:
    return str(page.url.path)


async def press(desk, page, action: str, **typed):
    """Send the form whose address ends so, and follow it."""
    forms = [f for f in BeautifulSoup(page.text, "html.parser").select("main form") if f.get("method") == "post"]
    [place] = [number for number, form in enumerate(forms) if (form.get("action") or "").endswith(action)]
    answer = await send(desk, page, form=place, **typed)
    assert answer.status_code == 303
    return await desk.get(answer.headers["location"])


async def leave_out(desk, page, number: int):
    """The form's second button, which has an address of its own."""
    button = BeautifulSoup(page.text, "html.parser").select_one(f"#line-{number} button[formaction]")
    fields = {field["name"]: field.get("value", "") for field in button.find_parent("form").select("input[name]")}
    answer = await desk.post(button["formaction"], data=fields)
    return await desk.get(answer.headers["location"])


async def test_two_bad_lines_are_mended_in_the_page_and_all_lines_stored(desk):
    lines = german_rows()
    lines[12][5] = ""
    lines[20][5] = "6031x"

    page = await uploaded(desk, as_csv([GERMAN_HEADER, *lines], encoding="cp1252"))
    assert heading(page) == "21 Zeilen bereit, 2 brauchen Sie."
    assert "/storing" not in page.text
    page = await press(desk, page, "/lines/14", line14__site_postal_code="24103")
    assert heading(page) == "22 Zeilen bereit, 1 braucht Sie."
    page = await press(desk, page, "/lines/22", line22__site_postal_code="6031?")
    assert heading(page) == "22 Zeilen bereit, 1 braucht Sie."
    page = await press(desk, page, "/lines/22", line22__site_postal_code="60311")
    assert heading(page) == "23 Zeilen bereit."
    page = await press(desk, page, "/storing")

    assert "23 neu, 0 geändert, 0 unverändert." in words(page)
    assert "10 Mitglieder, 23 Standorte, Stand: heute" in words(await desk.get("/office/members"))
    assert (await Site.objects().get(Site.code == "S13")).postal_code == "24103"


async def test_the_page_asks_once_since_when_new_members_belong_to_the_association(desk):
    page = await uploaded(desk, as_csv([["Mitglied", "PLZ"], ["Eins e. V.", "12345"], ["Zwei e. V.", "12345"]]))

    refused = await send(desk, page)
    stored = await send(desk, refused, since="1.7.2014")

    assert (refused.status_code, stored.status_code) == (422, 303)
    assert "Die Datei sagt nicht, seit wann 2 neue Mitglieder dabei sind" in words(refused)
    assert "2 neu, 0 geändert, 0 unverändert." in words(await desk.get(stored.headers["location"]))
    assert "1. Juli 2014" in words(await desk.get("/office/members")) or "1.7.2014" in words(
        await desk.get("/office/members")
    )


async def test_a_line_is_left_out_and_the_rest_stored(desk):
    page = await uploaded(desk, the_file().replace(b"68161", b""))

    page = await leave_out(desk, page, 2)
    assert heading(page) == "22 Zeilen bereit."
    page = await press(desk, page, "/lines/2/return")
    assert heading(page) == "22 Zeilen bereit, 1 braucht Sie."
    page = await leave_out(desk, page, 2)
    page = await press(desk, page, "/storing")

    assert "22 neu" in words(page)


async def test_a_double_click_stores_once(desk):
    page = await uploaded(desk, the_file())

    answers = [await send(desk, page) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert await Site.count() == 23


async def test_a_file_that_is_given_up_leaves_nothing(desk):
    page = await uploaded(desk, the_file())
    await press(desk, page, "/removal")

    assert (await Import.count(), await Organisation.count()) == (0, 0)
    assert (await desk.get(at(page))).status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Die Datei ist leer."),
        (b"PK\x03\x04kaputt", "Die Datei ist beschädigt oder keine Tabelle."),
        (b"Vorname;Nachname\nA;B\n", "Wir haben keine Zeile mit Überschriften gefunden."),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_with_a_reason(desk, content, sentence):
    answer = await submit(desk, "/office/members/import", files={"file": ("x.xlsx", content)})

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert await Import.count() == 0


async def test_no_file_chosen_is_said(desk):
    answer = await submit(desk, "/office/members/import", files={"file": ("", b"")})

    assert (answer.status_code, "Bitte wählen Sie eine Datei" in words(answer)) == (422, True)


async def test_the_list_is_searched_filtered_and_sorted_by_its_address(desk):
    await the_ten()

    assert rows(await desk.get("/office/members?q=koeln")) == ["Rheinweg Berufstraining gGmbH"]
    assert rows(await desk.get("/office/members?land=SH")) == ["Elbufer Training und Teilhabe gGmbH"]
    assert rows(await desk.get("/office/members?sort=sites"))[0] == "Neckarbogen Reha und Arbeit gGmbH"
    assert rows(await desk.get("/office/members?sort=number&order=down"))[0] == "Fuldahöhe Bildung und Arbeit gGmbH"
    assert (
        rows(await desk.get("/office/members?sort=quatsch&land=XX&page=99"))[0] == "Elbufer Training und Teilhabe gGmbH"
    )
    assert "Zu dieser Auswahl passt niemand" in words(await desk.get("/office/members?q=gibtesnicht"))


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
async def test_the_exported_file_can_be_read_in_again_and_changes_nothing(desk, kind):
    await the_ten()
    row = await organisation.known("ruhrpunkt training")
    await organisation.change(
        row, phone="+49 231 0000", email="info@example.org", website="https://ruhrpunkt.example.org"
    )
    await member("Ohne Standort e. V.", number="M11", postal_code="01067")

    answer = await desk.get(f"/office/members/as/{kind}")
    load = await importing.read(f"export.{kind}", answer.content)

    assert importing.result(await importing.store(load)) == "0 neu, 0 geändert, 24 unverändert."


async def test_the_export_follows_the_filter_and_holds_no_formula(desk):
    row = await member("=HYPERLINK(1)", number="M1")
    await a_site(row, "Bonn", "01067")
    await member("Andere e. V.")

    book = load_workbook(io.BytesIO((await desk.get("/office/members/as/xlsx?q=hyperlink")).content))
    csv = (await desk.get("/office/members/as/csv?q=hyperlink")).content.decode("utf-8-sig")

    assert [cell.data_type for cell in book.active[2]][1] == "s"
    assert book.active.max_row == 2
    assert csv.splitlines()[1].startswith("M1;'=HYPERLINK(1);")
    assert "01067" in csv


async def test_a_list_of_all_is_one_of_organisations(desk):
    await the_ten()
    await organisation.enter("Kein Mitglied gGmbH")

    assert "11 Organisationen" in words(await desk.get("/office/members?standing=all"))


async def test_a_form_takes_no_postal_code_of_four_digits(desk):
    answer = await submit(desk, "/office/members/new", name="Saaletal gGmbH", since="1.1.2020", postal_code="6108")

    assert answer.status_code == 422
    assert "Eine Postleitzahl hat fünf Ziffern. Meinen Sie 06108?" in words(answer)


async def test_a_member_is_taken_in_changed_and_ended(desk):
    answer = await submit(
        desk, "/office/members/new", name="Saaletal Reha gGmbH", number="M11", since="1.1.2020", postal_code="06108",
        town="Halle", land="ST", email="info@example.org", website="saaletal.example.org",
    )  # fmt: skip
    place = answer.headers["location"]
    row = await organisation.known("saaletal reha")
    assert (row.website, row.postal_code, place) == (
        "https://saaletal.example.org", "06108", f"/office/members/{row.reference}",
    )  # fmt: skip

    await submit(desk, f"{place}/edit", name="Saaletal Teilhabe gGmbH")
    await submit(desk, f"{place}/sites/new", postal_code="06108", town="Halle", opened_year="ca. 1999", places="12",
                 lat="51,482", lon="11.970")  # fmt: skip
    await submit(desk, f"{place}/membership", number="M12")
    page = await desk.get(place)
    assert heading(page) == "Saaletal Teilhabe gGmbH"
    assert "M12" in words(page)
    [site] = await Site.objects()
    assert (site.lat, site.opened_year, site.places) == (51.482, 1999, 12)
    last = clock.today().year + 5
    answer = await submit(desk, f"{place}/notice", said_by="Der Vorstand", until=f"31.12.{last}", why="So vereinbart")
    assert answer.status_code == 303
    assert f"Mitglied bis 31. Dezember {last}" in words(await desk.get(place))
    await submit(desk, f"{place}/notice/withdrawal", said_by="Der Vorstand")
    assert (await membership.history(row))[0].until is None


async def known_guest(desk):
    row = await organisation.enter("Arbeitsraum Südharz e. V.", street="Am Markt 1", town="Nordhausen")
    asked = await submit(
        desk, "/office/members/new", name="arbeitsraum suedharz", since="1.1.2020", street="Ring 2", phone="03631 5"
    )
    return row, asked


async def stored(row: Organisation) -> tuple[str, str, str]:
    [found] = await Organisation.objects().where(Organisation.id == row.id)
    return found.name, found.street, found.phone


async def test_a_known_organisation_becomes_a_member_as_it_is_written_there(desk):
    row, asked = await known_guest(desk)

    assert asked.status_code == 422
    assert "Arbeitsraum Südharz e. V. · Am Markt 1 · Nordhausen wird das Mitglied" in words(asked)
    assert await membership.history(row) == []
    await send(desk, asked, same_as="entered")

    assert await stored(row) == ("Arbeitsraum Südharz e. V.", "Am Markt 1", "03631 5")
    assert len(await membership.history(row)) == 1


async def test_a_known_organisation_takes_over_what_was_typed_when_somebody_says_so(desk):
    row, asked = await known_guest(desk)

    await send(desk, asked, same_as="typed")

    assert await stored(row) == ("arbeitsraum suedharz", "Ring 2", "03631 5")


async def test_a_new_member_may_have_the_name_of_another(desk):
    row, asked = await known_guest(desk)

    await send(desk, asked, same_as="another")

    assert await stored(row) == ("Arbeitsraum Südharz e. V.", "Am Markt 1", "")
    assert (await membership.history(row), await Organisation.count()) == ([], 2)


async def test_a_site_is_edited_closed_and_reopened(desk):
    row = await member("Haus e. V.")
    site = await a_site(row, "Kassel", "34117", lat=51.3, lon=9.5)
    place = f"/office/members/{row.reference}/sites/{site.reference}"

    await submit(desk, f"{place}/edit", street="Weg 1", places="0")
    await submit(desk, f"{place}/closing", closed_on="1.1.2020")
    closed = await Site.objects().get(Site.id == site.id)
    await press(desk, await desk.get(f"/office/members/{row.reference}"), "/reopening")
    again = await Site.objects().get(Site.id == site.id)

    assert (closed.street, closed.places, closed.lat, closed.closed_on) == ("Weg 1", 0, 51.3, date(2020, 1, 1))
    assert again.closed_on is None


async def test_what_is_typed_wrongly_comes_back_with_its_reason(desk):
    await member("Schon da e. V.", number="M1")

    empty = await submit(
        desk, "/office/members/new", name="", since="31.2.2020", postal_code="1", website="javascript:x"
    )
    taken = await submit(desk, "/office/members/new", name="SCHON DA", since="1.1.2020", town="Hier")

    assert (empty.status_code, taken.status_code) == (422, 422)
    assert 'value="javascript:x"' in empty.text
    assert "Schon da e. V. ist schon Mitglied." in words(taken)
    assert 'value="Hier"' in taken.text


async def test_the_public_sees_todays_members_with_their_sites(client, association):
    await the_ten()
    gone = await member("Fort e. V.")
    await membership.resign(gone, until=date(2020, 1, 1))
    guest = await organisation.enter("Gast gGmbH")

    page = await client.get("/members")
    english = await client.get("/en/members?q=dresden")

    assert "10 Mitglieder, 23 Standorte. Stand: heute" in words(page)
    assert "01067 Dresden" in words(page)
    assert "Fort e. V." not in words(page)
    assert "1 member with 1 site matches" in words(english)
    assert "Leipzig" not in words(english).split("matches")[1].replace("gGmbH Leipzig", "")
    assert [
        (await client.get(f"/members/{row.reference}")).status_code
        for row in (gone, guest, await organisation.known("pleissetal bildung und reha"))
    ] == [404, 404, 200]


async def test_the_public_pages_need_no_cookie_and_know_304(client, association):
    await the_ten()
    page = await client.get("/members?land=SN")

    again = await client.get("/members?land=SN", headers={"if-none-match": page.headers["etag"]})

    assert (page.status_code, again.status_code, "set-cookie" in page.headers) == (200, 304, False)


async def test_names_are_shown_as_text(desk):
    row = await member("<script>alert(1)</script> e. V.", town="<b>x</b>")

    pages = [await desk.get(path) for path in ("/office/members", f"/office/members/{row.reference}", "/members")]

    assert [bool(re.search(r"<script>alert|<b>x", page.text)) for page in pages] == [False] * 3


OFFICE_PLACES = [
    "/office/members", "/office/members/new", "/office/members/as/csv", "/office/members/import", "/office/members/{}",
    "/office/members/{}/edit", "/office/members/{}/membership", "/office/members/{}/notice", "/office/members/{}/sites/new",
]  # fmt: skip


async def test_only_the_office_sees_the_offices_pages(client, association):
    row = await member("Haus e. V.")
    somebody = await person.enter("Ella Brandt", "ella.brandt@example.org")

    visitor = [(await client.get(path.format(row.reference))).status_code for path in OFFICE_PLACES]
    client.cookies.set(COOKIE, await sign_in.begin_session(somebody))
    signed_in = [(await client.get(path.format(row.reference))).status_code for path in OFFICE_PLACES]

    assert visitor == [303] * len(OFFICE_PLACES)
    assert signed_in == [404] * len(OFFICE_PLACES)


async def test_unknown_things_are_not_there(desk):
    row = await member("Haus e. V.")
    other = await member("Fremd e. V.")
    site = await a_site(other, "Bonn", "53111")

    places = ["/office/members/gibtesnicht", f"/office/members/{row.reference}/sites/{site.reference}/edit",
              "/office/members/import/gibtesnicht", "/office/members/as/pdf", "/members/gibtesnicht"]  # fmt: skip

    assert [(await desk.get(place)).status_code for place in places] == [404] * len(places)


async def test_the_number_of_queries_does_not_grow_with_the_rows(desk, monkeypatch):
    count = counter(desk, monkeypatch)
    pages = ("/office/members", "/office/members?land=BW&q=e", "/members", "/members?q=e", "/office/members/as/csv")
    first = await member("Erste e. V.", land="BW")
    await a_site(first, "Ulm", "89073", land="BW")
    few = [await count(path) for path in pages]
    await the_ten()

    assert [await count(path) for path in pages] == few
    assert max(few[:2]) <= 12  # the office's list
    assert max(few) <= 16


async def test_the_directory_is_found_by_the_offices_search(desk):
    await the_ten()

    assert "Spreebrücke Berufliche Teilhabe e. V." in words(await desk.get("/office/search?q=potsdam"))


async def test_the_counts_stand_in_both_languages(desk):
    await the_ten()

    assert "10 members, 23 sites, as of today" in words(await desk.get("/en/office/members"))
    assert (await directory.counts()).members == 10
