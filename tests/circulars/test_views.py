"""The office sends a decision in writing, whoever is asked answers by link, strangers learn of nothing."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from network.circulars import circular
from network.circulars.tables import Circular
from network.people import roles
from network.people.tables import Person, RoleKind
from network.resolutions.tables import Resolution
from tests.assembly.conftest import browser, come_in, somebody
from tests.board.make import on, rules, three
from tests.browser import submit

TODAY, PLACE = date(2027, 9, 6), "/office/resolutions/circulars"
TYPED = {"title": "Beitritt", "wording": "Der Verein tritt bei.", "until": "13.9.2027"}


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


@pytest.fixture
async def desk(association):
    await rules()
    await three()
    with on(TODAY):
        async with browser() as one:
            yield await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))


async def links() -> list[str]:
    [row] = await Circular.objects()
    return [f"/in-writing/{circular.token_of(one.reference)}" for one in await circular.voters_of(row)]


async def test_three_fields_send_it_and_three_links_decide_it(desk):
    answer = await submit(desk, f"{PLACE}/new/board", **TYPED)
    async with browser() as one:
        for link in await links():
            assert "Der Verein tritt bei." in words(await one.get(link))
            assert (await Resolution.count()) == 0
            await submit(one, link, choice="yes", by="Wer auch immer")
        thanks = await one.get(link)

    told = words(await desk.get(answer.headers["location"]))
    [entry] = await Resolution.objects()
    beside = words(await desk.get(f"/office/resolutions/{entry.reference}"))
    assert answer.status_code == 303
    assert "Zugestimmt haben 3 von 3. Angenommen." in told
    assert "Ergebnis (VS 2027-1):" in words(thanks)
    assert "Wer was geantwortet hat" in beside


async def test_an_answer_without_a_choice_or_a_name_is_refused(desk):
    await submit(desk, f"{PLACE}/new/board", **TYPED)
    link = (await links())[0]
    async with browser() as one:
        nothing = await submit(one, link, by="Henrike Vossberg")
        wrong = await submit(one, link, choice="perhaps", by="Henrike Vossberg")
        nameless = await submit(one, link, choice="yes", by=" ")
        unknown = await one.get("/in-writing/AAAAAAAAAAAAAAAAAAAAAAAA")

    [row] = await Circular.objects()
    assert [one.status_code for one in (nothing, wrong, nameless, unknown)] == [422, 422, 422, 410]
    assert [one.choice for one in await circular.voters_of(row)] == ["", "", ""]


async def test_a_form_sent_twice_writes_to_everybody_once(desk):
    page = await desk.get(f"{PLACE}/new/board")
    fields = {field["name"]: field.get("value", "") for field in BeautifulSoup(page.text, "html.parser").select(
        "main form input[type=hidden]")}  # fmt: skip
    for _again in range(2):
        await desk.post(f"{PLACE}/new/board", data=fields | TYPED | {"kind": "ordinary", "reasons": ""})

    assert await Circular.count() == 1


async def test_too_short_a_time_comes_back_with_all_that_was_typed(desk):
    answer = await submit(desk, f"{PLACE}/new/board", **TYPED | {"until": "6.9.2027"})

    soup = BeautifulSoup(answer.text, "html.parser")
    assert (answer.status_code, await Circular.count()) == (422, 0)
    assert "bis morgen" in soup.select_one("#until-error").get_text()
    assert soup.select_one("#wording").get_text(strip=True) == "Der Verein tritt bei."


async def test_it_is_withdrawn_with_a_reason(desk):
    sent = await submit(desk, f"{PLACE}/new/board", **TYPED)
    there = f"{sent.headers['location']}/withdrawal"

    nothing = await submit(desk, there)
    answer = await submit(desk, there, because="Es eilt nicht.")

    assert (nothing.status_code, answer.status_code) == (422, 303)
    assert "Es eilt nicht." in words(await desk.get(sent.headers["location"]))


@pytest.mark.parametrize(
    ("kind", "read", "write"),
    [
        (RoleKind.OFFICE, 200, 200),
        (RoleKind.ADMIN, 200, 404),
        (RoleKind.BOARD_MEMBER, 200, 200),
        (RoleKind.EVENT_TEAM, 404, 404),
        (RoleKind.MEMBER_REPRESENTATIVE, 404, 404),
    ],
)
async def test_who_reads_and_who_sends(desk, kind, read, write):
    sent = await submit(desk, f"{PLACE}/new/board", **TYPED)
    place = sent.headers["location"]
    async with browser() as one:
        await come_in(one, await somebody("Kim Probst", kind))
        reads = [(await one.get(path)).status_code for path in (PLACE, place)]
        writes = [(await one.get(path)).status_code for path in (f"{PLACE}/new/members", f"{place}/withdrawal")]
        nobody = (await one.get(f"{PLACE}/new/assembly")).status_code

    assert (reads, writes, nobody) == ([read, read], [write, write], 404)


async def test_today_leads_whoever_is_asked_to_the_answer(desk):
    await submit(desk, f"{PLACE}/new/board", **TYPED)
    henrike = await Person.objects().get(Person.name == "Henrike Vossberg")
    await roles.grant(henrike, RoleKind.OFFICE)
    async with browser() as one:
        await come_in(one, henrike)
        mine = await one.get("/office")
    others = await desk.get("/office")

    assert (await links())[0] in mine.text
    assert "/in-writing/" not in others.text
    assert "0 von 3 haben geantwortet" in words(others)


async def test_whoever_is_asked_is_led_to_the_answer_from_its_page_as_well(desk):
    sent = await submit(desk, f"{PLACE}/new/board", **TYPED)
    place = sent.headers["location"]
    async with browser() as one:
        await come_in(one, await Person.objects().get(Person.name == "Henrike Vossberg"))
        before = await one.get(place)
        await submit(one, (await links())[0], choice="yes", by="Henrike Vossberg")
        thanks = await one.get((await links())[0])
    others = await desk.get(place)

    assert (await links())[0] in before.text
    assert "noch keine Antwort" in words(before)
    assert "/in-writing/" not in others.text
    assert "Zurück zu „Heute“" in words(thanks)
