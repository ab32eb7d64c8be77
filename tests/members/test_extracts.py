"""The directory sheet by sheet: what each tells as of a day, to whom, and what is noted of it."""

import csv
import io
from datetime import date, datetime
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from network import clock
from network.activity import EXPORTED, LOOKED, Activity
from network.catalogue import beginnings
from network.catalogue.tables import Entry
from network.members import evidence, function, membership, moving, offer, organisation, provider, site
from network.people import person, publication, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import COOKIE
from tests.asked import counter
from tests.members.make import a_site, member

AS = "/office/members/as"
SHEETS = ["Organisationen", "Standorte", "Menschen und Aufgaben", "Angebote", "Rechtsgrundlage und Nachweise", "Mitgliedschaften",
          "§ 60 SGB IX", "Zu dieser Datei"]  # fmt: skip


@pytest.fixture(autouse=True)
async def catalogue() -> None:
    await beginnings.lay_out()


async def of_code(code: str) -> Entry:
    return await Entry.objects().get(Entry.code == code)


async def a_whole_member():
    """Everything that a sheet could tell of."""
    row = await member("Neckarbogen gGmbH", number="M1", since=date(1995, 1, 1), town="Mannheim", land="BW")
    await organisation.change(row, legal_form="gGmbH", founded="198X-early", facility_type=(await of_code("btz")).id)
    ulm = await a_site(row, "Ulm", "89073", name="Haus; Süd", land="BW", opened_year=2007, phone="0731 1000")
    await offer.enter(row, [await of_code("counselling")], since="199X-early")
    await offer.enter(row, [await of_code("wood"), await of_code("metal")], site=ulm, since="2008")
    await evidence.enter(row, await of_code("sgb9-51"), site=ulm, issuer="DRV Demo", sign="AZ 7", note="im Ordner",
                         valid_from=date(2024, 1, 1), valid_until=date(2099, 12, 31))  # fmt: skip
    await provider.enter(row, "operating", since=date(2020, 4, 1))
    await provider.change(row, approved_on=date(2019, 10, 1), offered_in="company", scopes="EV AB")
    ella = await person.enter("Ella Brandt", "ella@example.org", title="Dr.", phone="0621 2000")
    await function.appoint(row, ella, "director", since=date(2010, 1, 1))
    await publication.agreed(ella, ["name"], actor="")
    return row, ulm, ella


async def book(browser, address: str):
    answer = await browser.get(address)
    assert answer.status_code == 200
    sheets = load_workbook(io.BytesIO(answer.content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in sheets}


async def lines(browser, address: str) -> list[dict[str, str]]:
    answer = await browser.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def every_sheet() -> str:
    names = ("members", "sites", "people", "offers", "evidence", "memberships", "steps")
    return "&".join(f"sheet={name}" for name in names)


async def test_the_office_takes_everything_along_sheet_by_sheet(desk):
    await a_whole_member()

    sheets = await book(desk, f"{AS}/xlsx?{every_sheet()}")

    told = {name: [dict(zip(rows[0], row, strict=True)) for row in rows[1:]] for name, rows in sheets.items()}
    assert list(told) == SHEETS
    [own] = told["Organisationen"]
    assert (own["Art der Mitgliedschaft"], own["Stimmen"], own["Rechtsform"], own["Mitglied gegründet"]) == (
        "Vollmitglied", 1, "gGmbH", "Anfang der 1980er",
    )  # fmt: skip
    assert (own["Mitglied: Leistungen"], own["Stand nach § 60 SGB IX"], own["§ 60: Umfang"]) == (
        "Beratung (seit Anfang der 1990er)", "in Betrieb", "EV AB",
    )  # fmt: skip
    [ulm] = told["Standorte"]
    assert ulm["Standort: Berufsfelder"] == "Metall (seit 2008); Holz (seit 2008)"
    assert (ulm["Standort: Rechtsgrundlage"], ulm["Standort: Nachweis gültig bis"]) == (
        "§ 51 SGB IX", datetime(2099, 12, 31),
    )  # fmt: skip
    [ella] = told["Menschen und Aufgaben"]
    assert (ella["Titel"], ella["Aufgabe"], ella["E-Mail-Adresse"]) == ("Dr.", "Geschäftsführung", "ella@example.org")
    assert ella["Name öffentlich seit"].date() == clock.today()
    assert ella["Telefon öffentlich seit"] is None
    assert [(row["Wo"], row["Angebot"], row["Angeboten seit"]) for row in told["Angebote"]] == [
        (None, "Beratung", "Anfang der 1990er"), ("Haus; Süd, Ulm", "Metall", "2008"), ("Haus; Süd, Ulm", "Holz", "2008"),
    ]  # fmt: skip
    [paper] = told["Rechtsgrundlage und Nachweise"]
    assert (paper["Ausgestellt von"], paper["Aktenzeichen"], paper["Gültigkeit"], paper["Anmerkung"]) == (
        "DRV Demo", "AZ 7", "gültig", "im Ordner",
    )  # fmt: skip
    assert told["Mitgliedschaften"][0]["Mitgliedschaft begonnen"] == datetime(1995, 1, 1)
    assert [row["Stand nach § 60 SGB IX"] for row in told["§ 60 SGB IX"]] == ["in Betrieb"]
    assert sheets["Zu dieser Datei"][1][0] == "Stand"


async def test_one_sheet_is_a_csv_with_chosen_columns(desk):
    await a_whole_member()

    address = f"{AS}/csv?sheet=people&columns=people.person&columns=people.function&columns=members.name"

    assert await lines(desk, address) == [{"Vor- und Nachname": "Ella Brandt", "Aufgabe": "Geschäftsführung"}]


async def test_another_day_tells_what_was_so_then_and_stands_in_each_line_and_in_the_name(desk):
    row, ulm, _ella = await a_whole_member()
    await moving.move(ulm, row, on=date(2026, 1, 1), postal_code="89075", street="Neue Straße 1")
    await membership.join(await organisation.enter("Später e. V."), since=date(2026, 6, 1))

    answer = await desk.get(f"{AS}/csv?sheet=sites&on=2025-06-01")
    then = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    before = await lines(desk, f"{AS}/csv?sheet=offers&on=2000-01-01")
    people = await lines(desk, f"{AS}/csv?sheet=people&on=2009-12-31")

    assert [(one["Mitglied"], one["Standort: PLZ"], one["Stand"]) for one in then] == [
        ("Neckarbogen gGmbH", "89073", "01.06.2025")
    ]
    assert "Standorte 2025-06-01.csv" in unquote(answer.headers["content-disposition"])
    assert [one["Angebot"] for one in before] == ["Beratung"]
    assert people == []


async def test_reading_private_addresses_is_noted_and_names_alone_are_not(desk):
    row, _ulm, _ella = await a_whole_member()

    await lines(desk, f"{AS}/csv?columns=name&columns=people_director")
    await lines(desk, f"{AS}/csv?sheet=people&columns=people.person")
    assert await Activity.count().where(Activity.verb == LOOKED) == 0
    for _twice in range(2):
        await lines(desk, f"{AS}/csv?sheet=people")

    [noted] = await Activity.objects().where(Activity.verb == LOOKED)
    taken = await Activity.objects().where(Activity.verb == EXPORTED)
    assert noted.thing == f"organisation:{row.reference}"
    assert [(line.thing, line.detail) for line in taken] == [("members:", "1")] * 2


async def test_representatives_take_along_their_own_without_what_is_the_offices(client, association):
    row, _ulm, ella = await a_whole_member()
    other = await member("Rheinweg e. V.", number="M2")
    mira = await person.enter("Mira Quandt", "mira@example.org", phone="030 1000")
    await roles.grant(mira, RoleKind.OFFICE)
    await function.appoint(row, mira, "contact")
    await roles.grant(ella, RoleKind.MEMBER_REPRESENTATIVE, row.reference)
    client.cookies.set(COOKIE, await sign_in.begin_session(ella))
    here = f"/mine/{row.reference}"

    page = await client.get(f"{here}/export")
    sheets = await book(client, f"{here}/as/xlsx?{every_sheet()}")
    people = await lines(client, f"{here}/as/csv?sheet=people")

    assert "Menschen und Aufgaben" in page.text
    assert list(sheets) == SHEETS
    assert {line[1] for line in sheets["Organisationen"][1:]} == {"Neckarbogen gGmbH"}
    assert "Anmerkung" not in sheets["Rechtsgrundlage und Nachweise"][0]
    assert not any("öffentlich" in str(cell) for cell in sheets["Menschen und Aufgaben"][0])
    assert {one["Vor- und Nachname"]: one["E-Mail-Adresse"] for one in people} == {
        "Ella Brandt": "ella@example.org", "Mira Quandt": "",
    }  # fmt: skip
    for path in ("export", "as/xlsx", "as/csv?sheet=people"):
        assert (await client.get(f"/mine/{other.reference}/{path}")).status_code == 404
    assert (await client.get(f"{here}/as/pdf")).status_code == 404
    assert (await client.get(f"{AS}/csv?sheet=people")).status_code == 404
    assert await Activity.count().where(Activity.verb == LOOKED) == 0


async def test_the_public_takes_only_what_stands_on_the_public_pages(client, association):
    await a_whole_member()
    await organisation.enter("Kein Mitglied gGmbH", town="Göttingen")

    told = await lines(client, "/members/as/csv")
    sheets = await book(client, "/members/as/xlsx?q=nirgends")

    [one] = told
    assert (one["Mitglied"], one["Standort: Ort"], one["Standort: Rechtsgrundlage"]) == (
        "Neckarbogen gGmbH", "Ulm", "§ 51 SGB IX",
    )  # fmt: skip
    written = " ".join(one.values())
    assert not [
        word for word in ("M1", "Ella", "ella@", "DRV Demo", "AZ 7", "im Ordner", "operating") if word in written
    ]
    assert len(sheets["Mitglieder und Standorte"]) == 1


@pytest.mark.parametrize("on", ["30.2.2023", "gestern", "1.1.1492"])
async def test_a_file_of_a_day_that_is_none_is_refused_in_words(client, desk, association, on):
    house = await member("Haus e. V.")
    files = [f"/members/as/{kind}" for kind in ("csv", "xlsx")] + [f"{AS}/{kind}" for kind in ("csv", "xlsx", "vcf")]
    answers = [await (client if path.startswith("/members") else desk).get(path, params={"on": on}) for path in files]

    assert {answer.status_code for answer in answers} == {422}
    assert not [answer for answer in answers if "content-disposition" in answer.headers or house.name in answer.text]
    assert all("Tag" in BeautifulSoup(answer.text, "html.parser").select_one("main").text for answer in answers)


async def test_a_public_file_cannot_look_ahead(client, association, at_sunday):
    await membership.join(await organisation.enter("Später e. V."), since=date(2028, 1, 1))

    answer = await client.get("/members/as/csv?on=2028-06-01")

    assert answer.status_code == 422
    assert "noch nicht öffentlich" in answer.text
    assert "content-disposition" not in answer.headers


@pytest.mark.parametrize("name", ["members", "sites", "people", "offers", "evidence", "memberships", "steps", "list"])
async def test_the_questions_do_not_grow_with_the_rows(desk, monkeypatch, name):
    questions = counter(desk, monkeypatch)
    await a_whole_member()
    few = await questions(f"{AS}/csv?sheet={name}")
    for number in range(4):
        row = await member(f"Haus {number} e. V.", number=f"H{number}")
        here = await site.enter(row, postal_code="01067", town="Dresden")
        await offer.enter(row, [await of_code("wood")], site=here)
        await evidence.enter(row, await of_code("sgb9-51"), site=here)
        await provider.enter(row, "interested", since=date(2021, 1, 1))

    assert await questions(f"{AS}/csv?sheet={name}") == few
