"""The attendance list that a court asks for: who came for whom, by which right, from when to when."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from network import clock
from network.assembly import attendance, attendance_list, course, delegate, meeting, printing
from network.people.tables import RoleKind
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.day import under_way
from tests.assembly.make import at
from tests.assembly.test_day_views import here, words


@pytest.fixture
async def over(ten):
    async with under_way(ten) as row:
        await delegate.name(row, ten["M01"], who="M01", email="", capacity="legal", actor="")
        with clock.set_to(at(14, 20)):
            await attendance.go(row, ten["M04"], actor="", why="Leitung")
        with clock.set_to(at(15)):
            await course.close(row, actor="")
            yield await meeting.by_reference(row.reference)


def by_name(found, ten, key: str):
    return next(one for one in found.entries if one.organisation.id == ten[key].id)


async def test_it_tells_of_each_member_votes_right_and_times(over, ten):
    found = await attendance_list.list_of(over)

    assert found.words == "Bei der Eröffnung waren 16 von 18 Stimmen von 9 Mitgliedern vertreten."
    assert "ab 14:20 14 Stimmen" in found.later
    legal, online, proxy, away = (by_name(found, ten, key) for key in ("M01", "M04", "M10", "M06"))
    assert (legal.votes, legal.right, legal.times) == (3, "gesetzliche Vertretung", "10:00–Ende")
    assert online.times == "10:00–14:20 (online): Leitung"
    assert (proxy.who, proxy.right) == (ten["M07"].name, "Vollmacht vom 1. Juni 2027, in Textform, auch per E-Mail")
    assert [one.represented for one in (legal, online, proxy, away)] == [True, True, True, False]


async def test_as_a_pdf_it_is_tagged_and_has_lines_to_sign_on(over, ten):
    pdf = PdfReader(io.BytesIO(await printing.attendance(over)))

    text = " ".join("".join(page.extract_text() for page in pdf.pages).split())
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Unterschrift" in text
    assert "nicht vertreten" in text
    assert ten["M10"].name in text


async def test_before_the_assembly_it_is_a_list_to_sign_with_those_who_were_named(ten):
    async with under_way(ten) as row:
        await delegate.name(row, ten["M06"], who="Ruta Kaspereit", email="", capacity="delegate", actor="")
        found = await attendance_list.list_of(row)

    assert by_name(found, ten, "M06").who == "Ruta Kaspereit"


async def test_the_office_takes_it_along_as_page_pdf_and_excel_and_a_stranger_does_not(over, ten):
    async with browser() as one:
        await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
        page = words(await one.get(f"{here(over)}/attendance-list"))
        pdf = await one.get(f"{here(over)}/attendance-list/pdf")
        sheet = await one.get(f"{here(over)}/attendance-list/as/xlsx")
        await come_in(one, await somebody("Ada Fremd", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference))
        strange = await one.get(f"{here(over)}/attendance-list")

    rows = list(load_workbook(io.BytesIO(sheet.content)).active.values)
    assert "16 von 18 Stimmen" in page
    assert pdf.content.startswith(b"%PDF-")
    assert (len(rows), rows[1][3]) == (11, 2)
    assert strange.status_code == 404


def test_the_days_of_story_four():
    assert date(2027, 6, 11).isoweekday() == 5
