"""Every page that says no or sorry shows the reference of the log, in the reader's language, whatever has broken."""

import httpx
import pytest
from bs4 import BeautifulSoup
from litestar import get
from litestar.exceptions import HTTPException
from litestar.params import FromPath

from network import app as house
from network import clock
from network.association import profile
from network.association.tables import Association
from network.people.tables import Session
from network.web import errors
from network.web.guards import anyone
from network.web.headers import SafeHeaders
from network.web.seeing import Seen
from tests.office.make import mira

SAYS = {"de": "bitte diese Kennung", "en": "please name this reference"}
STATUSES = [400, 403, 404, 405, 409, 413, 422, 429, 500, 503]


@get("/probe/{status:int}", guards=[anyone])
async def probe(status: FromPath[int]) -> None:
    raise HTTPException(status_code=status)


@get("/probe/fault", guards=[anyone])
async def fault() -> None:
    raise ValueError("Mara Voll")


@get("/probe/orphan", guards=[anyone])
async def orphan() -> None:
    """Something is hung on a row that has just gone."""
    await Session(digest="x", person=12345, began_at=clock.now(), expires_at=clock.now()).save()


@pytest.fixture
async def browser(association, monkeypatch):
    monkeypatch.setattr(house, "ROUTERS", [*house.ROUTERS, probe, fault, orphan])
    transport = httpx.ASGITransport(app=house.create_app(with_worker=False))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as one:
        yield one


def check(answer: httpx.Response, status: int, language: str = "de") -> BeautifulSoup:
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == status, answer.text
    assert page.html["lang"] == language
    assert len(page.select("h1")) == 1
    assert SAYS[language] in page.main.text
    assert page.main.code.text == answer.headers["x-request-id"]
    assert "content-security-policy" in answer.headers
    return page


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("status", STATUSES)
async def test_each_kind_of_error_page_shows_it(browser, status, language):
    before = "/en" if language == "en" else ""

    check(await browser.get(f"{before}/probe/{status}"), status, language)


@pytest.mark.parametrize("language", ["de", "en"])
async def test_what_people_really_meet_shows_it(browser, language):
    before = "/en" if language == "en" else ""
    too_large = {"text": "x" * 600_000}

    check(await browser.get(f"{before}/nowhere"), 404, language)
    check(await browser.get(f"{before}/events/nothing"), 404, language)
    check(await browser.post(f"{before}/about"), 405, language)
    check(await browser.post(f"{before}/newsletter", data={"email": "x"}), 403, language)
    check(await browser.post(f"{before}/newsletter", data=too_large), 413, language)
    check(await browser.get(f"{before}/probe/fault"), 500, language)
    check(await browser.get(f"{before}/events", headers={"host": "elsewhere.example.org"}), 400, language)


async def test_what_belongs_to_something_that_has_just_gone_says_that_somebody_was_quicker(browser):
    page = check(await browser.get("/probe/orphan"), 409)

    assert "Inzwischen hat sich etwas geändert" in page.main.text


async def test_who_is_not_signed_in_is_led_to_the_door_instead(browser):
    answer = await browser.get("/office")

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?onward=/office")


async def test_what_the_domain_refuses_outside_a_form_shows_it(browser):
    await mira(browser)
    first = await browser.get("/office")
    token = BeautifulSoup(first.text, "html.parser").select_one("[name=_csrf_token]")["value"]

    check(await browser.post("/office/outbox/nothing/again", data={"_csrf_token": token}), 422)


@pytest.mark.parametrize("language", ["de", "en"])
async def test_when_not_even_the_frame_can_be_read(browser, language):
    before = "/en" if language == "en" else ""
    await Association.raw("ALTER TABLE association RENAME TO association_elsewhere")
    profile.forget()
    try:
        page = check(await browser.get(f"{before}/probe/503"), 503, language)
        check(await browser.get(f"{before}/nowhere"), 404, language)
    finally:
        await Association.raw("ALTER TABLE association_elsewhere RENAME TO association")
    assert page.select("header, footer") == []


@pytest.mark.parametrize(("path", "language"), [("/", "de"), ("/en/events", "en")])
async def test_what_breaks_before_the_site_is_asked_shows_it_too(caplog, path, language):
    async def broken(scope, receive, send):
        raise KeyError("Mara Voll")

    app = Seen(broken, sorry=SafeHeaders(errors.sorry))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost:8000") as one:
        check(await one.get(path), 500, language)

    assert caplog.messages == ["GET failed before the site was asked"]


async def test_half_an_answer_is_broken_off():
    async def broken(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise KeyError("too late")

    app = Seen(broken, sorry=SafeHeaders(errors.sorry))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost:8000") as one:
        with pytest.raises(KeyError):
            await one.get("/")
