"""A name and an address planned for a day stand on no page and in no file before it, and in all of them from then on."""

from datetime import date, time

import pytest
from bs4 import BeautifulSoup

from network import clock
from network.members import function, moving, planned
from network.members.tables import FunctionKind, Organisation
from network.people import publication, sign_in
from network.people.tables import Person
from network.people.viewer import COOKIE
from network.representing import check
from tests.board.make import CHAIR, elected, rules, somebody
from tests.browser import window
from tests.members.make import a_site, member

DAY = date(2027, 10, 1)
NEW = ("Stegwerk", "Saaleweg", "Jena", "07743")
NOWHERE_SAID = {  # what a page does not tell of an organisation at all
    "/board": ("Saaleweg", "Jena", "07743"),
    "/members": ("Saaleweg", "07743"),
    "/members/map": ("Saaleweg",),
    "/members/map/alone": ("Stegwerk", "Saaleweg", "07743"),
    "/office/members": ("Saaleweg", "07743"),
}


@pytest.fixture
async def anker(at_sunday, association) -> Organisation:
    row = await member("Ankerhaus gGmbH", number="M1", town="Ulm", street="Donauweg 1", postal_code="89073", land="BW",
                       email="haus@example.org")  # fmt: skip
    place = await a_site(row, "Ulm", "89073", street="Donauweg 1", land="BW")
    ella = await somebody("Ella Brandt")
    await function.appoint(row, ella, FunctionKind.DIRECTOR, since=date(2020, 1, 1))
    await publication.agreed(ella, {"name", "email"}, actor="")
    await rules()
    await elected(CHAIR, ella, date(2027, 6, 11))
    await check.start(2027, actor="")
    elsewhere = {"street": "Saaleweg 2", "postal_code": "07743", "town": "Jena", "land": "TH"}
    await moving.rename(row, "Stegwerk gGmbH", on=DAY)
    await moving.move_seat(row, on=DAY, **elsewhere)
    await moving.move(place, row, on=DAY, **elsewhere)
    return row


def places(row: Organisation) -> tuple[list[str], list[str]]:
    """For everybody, and for the office."""
    everybody = [
        "/board", "/members", f"/members/{row.reference}", "/members/map", "/members/map/alone", "/members/as/csv",
        f"/still-right/{check.token_of(row, 2027)}",
    ]  # fmt: skip
    office = [
        "/office/members", "/office/members/as/csv", "/office/members/as/vcf",
        f"/office/members/checks/{row.reference}/sheet",
    ]  # fmt: skip
    return everybody, office


async def texts(row: Organisation) -> dict[str, str]:
    everybody, office = places(row)
    mira = await Person.objects().get(Person.name == "Mira Quandt")
    found = {}
    async with window() as anyone, window() as desk:
        desk.cookies.set(COOKIE, await sign_in.begin_session(mira))
        for browser, paths in ((anyone, everybody), (desk, office)):
            for path in paths:
                answer = await browser.get(path)
                assert answer.status_code == 200, path
                found[path] = answer.text.replace("\r\n ", "")
    return found


async def test_before_its_day_a_planned_change_stands_nowhere_and_from_then_on_everywhere(anker, desk):
    before = await texts(anker)
    with clock.set_to(clock.berlin(DAY, time(0, 1))):
        await planned.make_true()
    with clock.set_to(clock.berlin(DAY, time(9))):
        after = await texts(anker)

    assert {path: [word for word in NEW if word in text] for path, text in before.items()} == {
        path: [] for path in before
    }
    missing = {
        path: [word for word in NEW if word not in text and word not in NOWHERE_SAID.get(path, ())]
        for path, text in after.items()
    }
    assert missing == {path: [] for path in after}
    page = BeautifulSoup((await desk.get(f"/office/members/{anker.reference}")).text, "html.parser")
    assert page.select_one('a[href="#former"]').get_text() == "3 neue Namen oder Anschriften sind geplant"
    assert [path for path, text in before.items() if "Ankerhaus" not in text] == ["/members/map/alone"]
