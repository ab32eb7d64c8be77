"""Files as offices have them, on their way through the page: read whatever program made them, or refused with a reason."""

import io
import zipfile
from datetime import date

import pytest
from bs4 import BeautifulSoup
from openpyxl import Workbook

from network import clock
from network.catalogue import beginnings
from network.catalogue.tables import Entry
from network.members import evidence, importing, offer, site, undoing
from network.members.tables import Evidence, Import, ImportLine, Membership, Offer, Organisation, Site
from tests.browser import send, submit
from tests.members.make import a_site, as_csv, as_xlsx, locked_file, member
from tests.members.old_files import as_ods, as_xls, ods_cell

UPLOAD = "/office/members/import"
ROWS = [["Mitgliederliste", "", ""], ["", "", ""], ["Mitglied", "PLZ", "Ort"], ["Äpfel e. V.", "01067", "Dresden"]]
HUGE = f'<table:table-row table:number-rows-repeated="1048570">{ods_cell("x", 1024)}</table:table-row>'
DIRECTORY = (Organisation, Membership, Site, Offer, Evidence)


@pytest.fixture(autouse=True)
async def catalogue() -> None:
    await beginnings.lay_out()


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


async def uploaded(desk, content: bytes, name: str = "Liste.xlsx"):
    """The page of the file; the answer itself where it was refused."""
    answer = await submit(desk, UPLOAD, files={"file": (name, content)})
    return await desk.get(answer.headers["location"]) if answer.status_code == 303 else answer


async def counts() -> list[int]:
    return [await table.count() for table in (*DIRECTORY, Import, ImportLine)]


async def of_code(code: str) -> Entry:
    return await Entry.objects().get(Entry.code == code)


def workbook(*sheets: tuple[str, list[list]], joined: str = "") -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if joined:
            sheet.merge_cells(joined)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(45):
            part.write(bytes(10_000_000))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Liste.xlsx", as_xlsx(ROWS)),
        ("Liste.xls", as_xls(ROWS)),
        ("Liste.ods", as_ods(ROWS)),
        ("Liste.csv", as_csv(ROWS, encoding="cp1252")),
        ("Liste.csv", as_csv(ROWS, encoding="utf-8-sig", delimiter=",")),
        ("Liste.txt", as_csv(ROWS, encoding="utf-16", delimiter="\t")),
    ],
)  # fmt: skip
async def test_every_kind_of_file_comes_in_with_title_rows_and_the_zero_of_its_postal_code(desk, name, content):
    page = await uploaded(desk, content, name)
    assert "1 Zeile bereit." in words(page)

    stored = await send(desk, page, since="1.1.2020")

    assert stored.status_code == 303
    [row] = await Organisation.objects()
    assert (row.name, row.postal_code, row.town) == ("Äpfel e. V.", "01067", "Dresden")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("Liste.xlsx", locked_file(), "mit einem Kennwort geschützt"),
        ("Liste.xls", as_xls(ROWS, locked=True), "mit einem Kennwort geschützt"),
        ("Liste.ods", as_ods(ROWS, locked=True), "mit einem Kennwort geschützt"),
        ("Liste.xlsx", as_xlsx(ROWS)[:2000], "beschädigt oder keine Tabelle"),
        ("Liste.xls", as_xls(ROWS)[:1500], "beschädigt oder keine Tabelle"),
        ("Liste.ods", as_ods(ROWS)[:400], "beschädigt oder keine Tabelle"),
        ("Liste.pdf", b"%PDF-1.7\n\x00\x01", "beschädigt oder keine Tabelle"),
        ("Liste.xlsx", bomb(), "mehr als 20.000 Zeilen"),
        ("Liste.ods", as_ods(ROWS, more=HUGE), "mehr als 20.000 Zeilen"),
        ("Liste.csv", b"Mitglied;PLZ\n" + b"A;01067\n" * 20_200, "mehr als 20.000 Zeilen"),
        ("Liste.csv", b"", "Die Datei ist leer"),
        ("Liste.csv", b"a;b;c\n1;2;3\n", "keine Zeile mit Überschriften"),
        ("Liste.xlsx", as_xlsx([["Mitglied", "PLZ"]]), "keine einzige Zeile"),
        ("Liste.csv", as_csv([["Mitgliedsnr.", "Mitglied", "Aufgabe"], ["M1", "A", "Kontakt"]]),
         "handelt nur von Menschen, Angeboten oder Nachweisen"),
    ],
)  # fmt: skip
async def test_what_cannot_be_read_is_refused_with_its_reason_and_nothing_is_stored(desk, name, content, reason):
    answer = await uploaded(desk, content, name)

    assert answer.status_code == 422
    assert reason in words(answer)
    assert await counts() == [0] * 7


async def test_nothing_chosen_is_said(desk):
    answer = await submit(desk, UPLOAD)

    assert (answer.status_code, "Bitte wählen Sie eine Datei" in words(answer)) == (422, True)


async def test_sheets_of_members_and_sites_and_one_for_each_land_come_in_together(desk):
    content = workbook(
        ("Deckblatt", [["Mitglieder 2027"]]),
        ("Mitglieder", [["Nr.", "Mitglied", "Telefon"], ["M1", "Eins e. V.", "030 1000"]]),
        ("Sachsen", [["Mitglied", "Standort", "PLZ", "Ort"], ["Eins e. V.", "Haus A", 1067, "Dresden"],
                     ["", "Haus B", "04109", "Leipzig"]]),
    )  # fmt: skip
    page = await uploaded(desk, content)
    assert "nicht gelesen: Deckblatt" in words(page)

    await send(desk, page, since="1.1.2020")

    assert [(one.postal_code, one.town, one.land) for one in await Site.objects().order_by(Site.id)] == [
        ("01067", "Dresden", "SN"), ("04109", "Leipzig", "SN"),
    ]  # fmt: skip
    assert (await Organisation.objects().first()).phone == "030 1000"


async def test_joined_headings_say_whose_the_columns_are(desk):
    rows = [["Mitglied", "", "Standort", "", "", ""], ["Nr.", "Name", "Name", "PLZ", "Ort", "Telefon"],
            ["M1", "Eins e. V.", "Haus A", "01067", "Dresden", "0351 1"]]  # fmt: skip

    page = await uploaded(desk, workbook(("Liste", rows), joined="A1:B1"))
    await send(desk, page, since="1.1.2020")

    [here], [own] = await Site.objects(), await Organisation.objects()
    assert (own.name, own.phone, here.name, here.phone) == ("Eins e. V.", "", "Haus A", "0351 1")


BAD = [
    ("postal_code", {"PLZ": "1O67"}, "keine fünfstellige Postleitzahl"),
    ("lat", {"Breite": "9,4", "Länge": "49,4"}, "liegt nicht in Deutschland"),
    ("lon", {"Breite": "49,4", "Länge": "23,1"}, "liegt nicht in Deutschland"),
    ("closed", {"eröffnet": "2015", "geschlossen am": "31.12.2010"}, "Das Ende liegt vor dem Anfang"),
    ("closed", {"eröffnet": "5.6.2010", "geschlossen am": "1.6.2010"}, "Das Ende liegt vor dem Anfang"),
    ("until", {"Mitglied seit": "2015", "Mitglied bis": "2010"}, "Das Ende liegt vor dem Anfang"),
    ("phone", {"Telefon": "=A1"}, "sieht wie eine Formel aus"),
]


@pytest.mark.parametrize(("cells", "reason"), [(cells, reason) for _column, cells, reason in BAD])
async def test_a_line_that_cannot_be_true_needs_somebody_and_holds_all_back(desk, cells, reason):
    line = {"Mitglied": "Eins e. V.", "Standort": "Haus", "PLZ": "01067", "Ort": "Dresden"} | cells
    page = await uploaded(desk, as_csv([list(line), list(line.values())]), "Liste.csv")
    place = str(page.url)

    assert "1 braucht Sie" in words(page)
    assert reason in words(page)
    assert not BeautifulSoup(page.text, "html.parser").select('form[action$="/storing"]')
    token = page.text.partition('"_csrf_token" value="')[2].partition('"')[0]
    forced = await desk.post(f"{place}/storing", data={"_csrf_token": token, "since": "1.1.2020"})
    assert (forced.status_code, await Organisation.count()) == (422, 0)


async def test_a_site_that_closes_before_the_directory_says_it_opened_is_questioned(desk):
    await a_site(await member("Eins e. V."), "Dresden", "01067", opened_on=date(2010, 6, 5), opened_year=2010)

    page = await uploaded(desk, as_csv([["Mitglied", "PLZ", "Ort", "geschlossen am"],
                                        ["Eins e. V.", "01067", "Dresden", "1.6.2010"]]))  # fmt: skip

    assert "Das Ende liegt vor dem Anfang" in words(page)


async def test_a_membership_that_would_overlap_another_is_questioned(desk):
    row = await member("Eins e. V.", since=date(2015, 1, 1))
    await Membership(organisation=row.id, since=date(2001, 1, 1), until=date(2010, 12, 31)).save()

    page = await uploaded(desk, as_csv([["Mitglied", "Mitglied seit"], ["Eins e. V.", "1.7.2010"]]))

    assert "Das überschneidet sich mit der Mitgliedschaft seit 1. Januar 2001" in words(page)


async def test_by_hand_too_sites_keep_their_zero_and_what_cannot_be_is_refused(desk):
    row = await member("Eins e. V.", since=date(2015, 1, 1))
    here = f"/office/members/{row.reference}"

    far = await submit(desk, f"{here}/sites/new", postal_code="01067", town="Dresden", lat="9.4", lon="49.4")
    assert "liegt nicht in Deutschland" in words(far)
    await submit(desk, f"{here}/sites/new", postal_code="01067", town="Dresden", opened_year="2016")
    [one] = await Site.objects()
    assert one.postal_code == "01067"
    early = await submit(desk, f"{here}/sites/{one.reference}/closing", closed_on="31.12.2015")
    assert (early.status_code, "erst 2016 eröffnet" in words(early)) == (422, True)
    await Membership(organisation=row.id, since=date(2001, 1, 1), until=date(2010, 12, 31)).save()
    overlapping = await submit(desk, f"{here}/membership", since="1.7.2010")
    assert (overlapping.status_code, "überschneidet sich" in words(overlapping)) == (422, True)


# --- offers, evidence, kinds -----------------------------------------------------------------------------------------


FULL = [
    ["Mitglied", "Mitglied seit", "Art der Mitgliedschaft", "Standort", "PLZ", "Ort", "Leistungen", "Berufsfelder",
     "Rechtsgrundlage", "Nachweis von", "Aktenzeichen", "gültig ab", "gültig bis"],
    ["Eins e. V.", "2001", "Gastmitglied", "Haus", "01067", "Dresden",
     "Beratung (seit Anfang der 1990er); Coaching", "Holz; Metall (1990 – 2099)",
     "§ 51 SGB IX; § 60 SGB IX", "DRV Demo; Land Demo", "AZ 7;", "1.1.2024; ", "31.12.2028; 30.6.2030"],
]  # fmt: skip


async def told() -> tuple[list[tuple], list[tuple]]:
    terms = {one.id: one.code for one in await Entry.objects()}
    offers = [(terms[one.entry], one.since, one.until) for one in await Offer.objects().order_by(Offer.id)]
    papers = [(terms[one.basis], one.issuer, one.sign, one.valid_from, one.valid_until)
              for one in await Evidence.objects().order_by(Evidence.id)]  # fmt: skip
    return sorted(offers), papers


async def test_offers_evidence_and_the_kind_of_membership_come_in_and_are_taken_back(desk):
    page = await uploaded(desk, as_csv(FULL))
    assert "In keinem Katalog und deshalb nicht gelesen: Coaching." in words(page)

    await send(desk, page)

    assert await told() == (
        [("counselling", "199X-early", ""), ("metal", "1990", "2099"), ("wood", "", "")],
        [("sgb9-51", "DRV Demo", "AZ 7", date(2024, 1, 1), date(2028, 12, 31)),
         ("sgb9-60", "Land Demo", "", None, date(2030, 6, 30))],
    )  # fmt: skip
    assert {one.site for one in await Offer.objects()} == {(await Site.objects().first()).id}
    assert (await Membership.objects().first()).kind == "guest"
    again = await uploaded(desk, as_csv(FULL))
    assert "1 unverändert" in words(again)
    undo = await desk.get(f"{UPLOAD}/{(await Import.objects().first()).reference}/undo")
    assert "Angebote, die wieder gehen 3" in words(undo)
    await send(desk, undo)
    assert [await table.count() for table in DIRECTORY] == [0] * 5


async def test_a_file_puts_offers_and_evidence_right_adds_to_them_and_removes_nothing(desk):
    row = await member("Eins e. V.")
    await offer.enter(row, [await of_code("wood"), await of_code("support")], since="1985")
    await evidence.enter(row, await of_code("sgb9-51"), issuer="DRV", valid_from=date(2024, 1, 1),
                         valid_until=date(2026, 12, 31))  # fmt: skip
    content = as_csv([
        ["Mitglied", "Mitglied: Leistungen", "Mitglied: Berufsfelder", "Mitglied: Rechtsgrundlage",
         "Mitglied: Nachweis von", "Mitglied: Nachweis gültig ab", "Mitglied: Nachweis gültig bis"],
        ["Eins e. V.", "Beratung", "Holz (seit 1990)", "§ 51 SGB IX; § 51 SGB IX", "DRV Demo; DRV Demo",
         "1.1.2024; 1.1.2027", "; 31.12.2031"],
    ])  # fmt: skip
    page = await uploaded(desk, content)
    assert "Holz (seit 1985) Holz (seit 1990)" in words(page)

    await send(desk, page)

    offers, papers = await told()
    assert offers == [("counselling", "", ""), ("support", "1985", ""), ("wood", "1990", "")]
    assert papers == [
        ("sgb9-51", "DRV Demo", "", date(2024, 1, 1), date(2026, 12, 31)),
        ("sgb9-51", "DRV Demo", "", date(2027, 1, 1), date(2031, 12, 31)),
    ]  # fmt: skip
    load = await Import.objects().first()
    assert (await undoing.preview(load)).restored == {"offer": 1, "evidence": 1}
    await undoing.undo(load)
    assert await told() == (
        [("support", "1985", ""), ("wood", "1985", "")],
        [("sgb9-51", "DRV", "", date(2024, 1, 1), date(2026, 12, 31))],
    )


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("Mitglied: Leistungen", "Beratung (seit irgendwann)", "Das können wir nicht als Zeit lesen"),
        ("Mitglied: Leistungen", "Beratung (1990 – 1980)", "Das Ende liegt vor dem Anfang"),
        ("Mitglied: Aktenzeichen", "AZ 7", "mehr Einträge als unter"),
        ("Art der Mitgliedschaft", "Freundeskreis", "weder Vollmitglied noch Gastmitglied"),
        ("Art der Mitgliedschaft", "kein Mitglied", "Im Verzeichnis ist das ein Mitglied"),
    ],
)
async def test_what_cannot_be_understood_of_them_is_said_at_its_line(desk, column, text, reason):
    await member("Eins e. V.")

    page = await uploaded(desk, as_csv([["Mitglied", column], ["Eins e. V.", text]]))

    assert reason in words(page)


async def test_a_column_that_is_wrong_in_many_lines_is_left_out_as_a_whole(desk):
    rows = [["Mitglied", "Mitglied seit", "Mitgliedsart"], *([f"Haus {n}", "2001", "Freundeskreis"] for n in range(3))]
    page = await uploaded(desk, as_csv(rows))
    assert "Art der Mitgliedschaft: 3 Zeilen" in words(page)

    forms = BeautifulSoup(page.text, "html.parser").select("main form")
    place = next(n for n, form in enumerate(forms) if str(form.get("action")).endswith("/columns/kind/omission"))
    await send(desk, page, form=place)
    page = await desk.get(str(page.url))

    assert "3 Zeilen bereit." in words(page)
    assert "Art der Mitgliedschaft" in words(page)
    assert (await desk.post(f"{page.url}/columns/name/omission")).status_code in (403, 404)


async def test_our_own_workbook_comes_in_again_and_says_of_which_day_it_is(desk):
    row = await member("Eins e. V.", number="M1", town="Dresden")
    here = await site.enter(row, postal_code="01067", town="Dresden", opened_year=1990)
    await offer.enter(row, [await of_code("wood")], site=here)
    sheets = "&".join(f"sheet={name}" for name in ("members", "sites", "people", "offers", "evidence", "memberships"))
    today = (await desk.get(f"/office/members/as/xlsx?{sheets}")).content
    earlier = (await desk.get("/office/members/as/csv?on=2020-05-12")).content

    page = await uploaded(desk, today)
    old = await uploaded(desk, earlier)

    assert "0 neu 0 geändert 2 unverändert" in words(page)
    assert "nicht gelesen: " in words(page)
    assert "sagt, wie es am 12. Mai 2020 war" in words(old)


async def test_a_column_called_stand_may_mean_anything(desk):
    page = await uploaded(desk, as_csv([["Mitglied", "Ort", "Stand"], ["Eins e. V.", "Ulm", "aktiv"]]))

    assert "1 Zeile bereit." in words(page)
    assert "Stand" in words(page)


async def test_the_day_of_an_opening_is_kept_where_the_file_tells_it(desk):
    rows = [["Mitglied", "Mitglied seit", "PLZ", "Ort", "eröffnet"], ["Eins e. V.", "2001", "01067", "Dresden", "5.6.2010"],
            ["Eins e. V.", "2001", "04109", "Leipzig", "2011"]]  # fmt: skip
    await send(desk, await uploaded(desk, as_csv(rows)))

    assert [(one.opened_year, one.opened_on) for one in await Site.objects().order_by(Site.id)] == [
        (2010, date(2010, 6, 5)), (2011, None),
    ]  # fmt: skip


async def test_from_the_terminal_unknown_terms_are_told_too(at_sunday, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_bytes(as_csv(FULL))

    said = await importing.from_terminal(path)

    assert "Coaching" in said
    assert await Organisation.count() == 1
    assert clock.today().year == 2027
