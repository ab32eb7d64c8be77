"""Impressum (§ 5 DDG) and privacy notice under every public page and every letter, as the settings say them today."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import httpx
import pytest
from bs4 import BeautifulSoup

from mailing import lists, outbox
from mailing.letters import LINK
from mailing.message import one_line
from mailing.tables import Letter, Subscriber
from network import demo, i18n
from network.app import litestar
from network.association import profile
from network.association.profile import Profile
from network.clock import today
from network.events import changes, editing
from network.events.tables import Attendee
from network.newsletter import writing
from network.newsletter.promise import the_list
from network.people import sign_in
from network.templating import TEMPLATES
from network.web.guards import anyone
from tests.browser import submit
from tests.events.make import forum, sign_up
from tests.house.test_letters import let_everything_happen
from tests.house.walk import BASE, is_page, walk
from tests.mailing.conftest import sink as sink  # noqa: PLC0414
from tests.office.make import pia

NO_PAGES = {  # files; what they hold is tested with their part of the house
    "/static/{digest:str}/{name:str}", "/favicon.ico", "/healthz", "/healthz/web", "/metrics", "/accent.css", "/logo/{reference:str}",
    "/board/pictures/{reference:str}",
    "/events/feed.ics", "/events/{slug:str}/calendar.ics", "/events/{slug:str}/report.pdf", "/robots.txt", "/sitemap.xml",
    "/newsletter/one-click/{key:str}",  # leads to the page with the button
    "/bylaws/document", "/members/as/{kind:str}", "/members/{reference:str}/vcf",
    "/assembly/{token:str}/pdf", "/assembly/{token:str}/minutes", "/assembly/{token:str}/papers/{reference:str}/file",
    "/members/map/alone",  # stands within the page of somebody else, and leads to ours
}  # fmt: skip
FRAMES = ("layout.html", "office.html")
PARTS = {"parts", "letters", "documents"}
# When the frame cannot be read; within somebody else's page; on the wall of a hall, behind the door.
FRAMELESS = {"errors/bare.html", "members/map_alone.html", "assembly/screen.html"}
NEW = {
    "full_name": "Bundesverband Neue Wege e. V.",
    "street": "Neuer Weg 7",
    "register_number": "VR 4711 B",
    "sender_name": "Neue Wege",
    "sender_email": "post@neue-wege.example.org",
}


# Pages ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["de", "en"])
async def test_every_page_that_anybody_may_open_carries_both(client, language):
    await demo.build(today())
    known = await profile.known_profile()

    pages = await walk(client, [one if language == "de" else f"/en{one}" for one in await doors()])

    opened = {path for path, page in pages.items() if is_page(page) and page.status_code == 200}
    reached = {route for path in opened for route in PUBLIC if matches(route, path.removeprefix("/en") or "/")}
    assert PUBLIC - reached == set()
    assert lacking({path: page for path, page in pages.items() if is_page(page)}, known, language) == []


@pytest.mark.parametrize("path", ["/nowhere", "/events/none", "/newsletter/leave/none", "/sign-in/none"])
async def test_a_page_that_says_no_carries_both(client, association, path):
    answer = await client.get(path)

    assert answer.status_code in (404, 410)
    assert lacking({path: answer}, await profile.known_profile(), "de") == []


async def test_a_form_that_comes_back_carries_both(client, association):
    refused = await submit(client, "/newsletter", email="no address")

    assert refused.status_code == 422
    assert lacking({"/newsletter": refused}, await profile.known_profile(), "de") == []


def test_no_page_stands_outside_the_two_frames():
    """Also the ones that only a POST shows; what a page itself may fill is inside of the frame."""
    strays = [
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if path.name not in FRAMES and not PARTS & set(path.parts) and not stays_in_frame(path)
    ]

    assert set(strays) == FRAMELESS


def stays_in_frame(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    framed = re.search(r'{% extends "(layout|office)\.html" %}', text)
    return "<html" not in text and "{% block frame %}" not in text and bool(framed or is_a_part(path))


def is_a_part(path: Path) -> bool:
    """Cards and pieces that other pages include."""
    return path.name in ("card.html", "beside.html") or path.name.startswith("parts_")


def public_routes() -> set[str]:
    """What answers to GET and asks nobody who they are."""
    found = litestar(with_worker=False).routes
    handlers = {route.path: route.route_handler_map["GET"][0] for route in found if "GET" in handlers_of(route)}
    return {path for path, handler in handlers.items() if anyone in (handler.guards or ())} - NO_PAGES


def handlers_of(route: Any) -> dict[str, Any]:
    return getattr(route, "route_handler_map", {})


PUBLIC = public_routes()


def matches(route: str, path: str) -> bool:
    pattern = re.sub(r"\{\w+:\w+\}", "[^/]+", route)
    others = {other for other in PUBLIC if "{" not in other and other != route}
    return path.partition("?")[0] not in others and bool(re.fullmatch(pattern, path.partition("?")[0]))


async def doors() -> list[str]:
    """The start page, and what only letters lead to: one's own pages, and those behind a one-time link."""
    await sign_in.ask_for_link("mira.quandt@example.org")
    letters = await Letter.select(Letter.text).order_by(Letter.id, ascending=False)
    linked = [link for letter in letters for link in LINK.findall(letter["text"])]
    reads = (Subscriber.confirmed_at != None) & (Subscriber.left_at == None) & (Subscriber.bounced_at == None)
    reader = await Subscriber.objects().where(reads).order_by(Subscriber.id).first()
    guest = await Attendee.objects(Attendee.registration).order_by(Attendee.id, ascending=False).first()
    mine = f"/events/registrations/{guest.registration.key}"
    asking = [f"{mine}/done", f"{mine}/cancellation?who={guest.reference}"]
    own = [f"/newsletter/{page}/{reader.key}" for page in ("welcome", "preferences", "leave")]
    plain = ["/newsletter/asked", "/newsletter/left", "/membership/application/asked", "/_patterns"]
    lettered = [link.removeprefix(BASE) for link in linked if link.startswith(BASE + "/")]
    return ["/", *plain, *asking, *own, *lettered]


def lacking(pages: dict[str, httpx.Response], known: Profile, language: str) -> list[str]:
    with i18n.speaking(language):
        lines = [one_line(line) for line in known.imprint_lines]
    places = ["/imprint", "/privacy"] if language == "de" else ["/en/imprint", "/en/privacy"]
    wrong = []
    for path, page in pages.items():
        soup = BeautifulSoup(page.text, "html.parser")
        told, links = one_line(soup.get_text(" "), 10**6), {link["href"] for link in soup.select("footer a[href]")}
        wrong += [f"{path}: {line}" for line in lines if line not in told]
        wrong += [f"{path}: no link to {place}" for place in places if place not in links]
    return wrong


# Letters -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", ["de", "en"])
async def test_every_letter_carries_both_in_its_text_and_in_its_page(association, locale):
    with i18n.speaking(locale):
        await let_everything_happen()

    letters = await Letter.objects()

    assert {letter.template for letter in letters} == every_template()
    assert [
        fault for letter in letters for fault in without(outbox.raw_source(letter), locale, await both(locale))
    ] == []


async def test_every_issue_carries_both_and_so_does_the_test_to_oneself(client, association, sink):
    await two_readers()
    issue = await writing.draft("mira", subject_de="Neues", body_de="Text", subject_en="News", body_en="Text")

    await writing.test("mira", issue, "Mira Quandt", "mira.quandt@example.org")
    await writing.send("mira", issue)
    await outbox.deliver_due()

    assert len(sink.taken) == 4
    for one in sink.taken:
        locale = one.message["Content-Language"]
        assert without(one.raw, locale, await both(locale)) == []


async def two_readers() -> None:
    for locale in ("de", "en"):
        asked = await lists.ask(
            await the_list(), f"{locale}@example.org", lists.Evidence("/newsletter", "…", "1"), locale=locale
        )
        await lists.confirm(asked.token)


def every_template() -> set[str]:
    folder = TEMPLATES / "letters"
    names = (path.relative_to(folder).with_suffix("") for path in folder.rglob("*.txt"))
    return {name.as_posix() for name in names if not name.name.startswith("_")}


async def both(locale: str) -> list[str]:
    """What has to stand under a letter: the facts of the Impressum, and where it and the privacy notice are."""
    known = await profile.known_profile()
    with i18n.speaking(locale):
        lines = [one_line(line) for line in known.imprint_lines]
    return [*lines, *(f"{BASE}{'/en' if locale == 'en' else ''}/{place}" for place in ("imprint", "privacy"))]


def without(source: bytes, locale: str, wanted: list[str]) -> list[str]:
    """What of it is missing in which part of the message as it travels."""
    message = message_from_bytes(source, policy=policy.default)
    wrong = []
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part is not None, message["Subject"]
        words = part.get_content()
        told = BeautifulSoup(words, "html.parser").get_text(" ") if kind == "html" else words
        wrong += [f"{message['Subject']} ({kind}): {line}" for line in wanted if line not in one_line(told, 10**6)]
        if kind == "html":
            linked = {link["href"] for link in BeautifulSoup(words, "html.parser").select("a[href]")}
            wrong += [f"{message['Subject']}: {line} is no link" for line in wanted[-2:] if line not in linked]
    return wrong


# Settings ------------------------------------------------------------------------------------------------------------


async def test_what_the_settings_say_is_on_the_next_page_and_calendar_at_once(client, association):
    kassel = await forum()
    visited = ["/", "/imprint", f"/events/{kassel.slug}"]
    files = ["/events/feed.ics", f"/events/{kassel.slug}/calendar.ics"]
    before = {path: await client.get(path) for path in [*visited, *files]}

    await pia(client)
    saved = await submit(client, "/office/settings", **NEW)

    assert saved.status_code == 303
    client.cookies.clear()
    after = {path: await client.get(path) for path in [*visited, *files]}
    assert all("etag" in page.headers for page in before.values())  # kept for the next visitor, and let go of
    assert all("Musterufer 1" in before[path].text for path in visited)
    assert lacking({path: after[path] for path in visited}, await profile.known_profile(), "de") == []
    assert all("Neuer Weg 7" in after[path].text for path in visited)
    for path in files:
        assert "ORGANIZER;CN=Neue Wege:mailto:post@neue-wege.example.org" in unfolded(after[path].text)
        assert "neue-wege" not in before[path].text


async def test_what_the_settings_say_is_in_the_next_letter_and_its_invitation(client, association):
    kassel = await forum()
    await sign_up(kassel, "Zita Ahlers")
    old = await Letter.objects()
    await pia(client)

    await submit(client, "/office/settings", **NEW)
    await sign_up(kassel, "Ove Amsel")
    await editing.edit(
        kassel.id, actor="", starts_at=kassel.starts_at + timedelta(days=1), ends_at=kassel.ends_at + timedelta(days=1)
    )
    await changes.cancel_event(kassel.id, "Das Haus ist nicht mehr frei.", actor="")

    new = await Letter.objects().where(Letter.id.not_in([letter.id for letter in old]))
    assert {letter.calendar_method for letter in new} == {"REQUEST", "CANCEL"}
    wanted = await both("de")
    for letter in new:
        source = outbox.raw_source(letter)
        assert message_from_bytes(source, policy=policy.default)["From"] == "Neue Wege <post@neue-wege.example.org>"
        assert "ORGANIZER;CN=Neue Wege:mailto:post@neue-wege.example.org" in unfolded(letter.calendar)
        assert without(source, "de", wanted) == []


async def test_what_the_settings_say_is_in_the_next_issue(client, association, sink):
    await two_readers()
    await pia(client)
    await submit(client, "/office/settings", **NEW)
    issue = await writing.draft("mira", subject_de="Neues", body_de="Text")

    await writing.send("mira", issue)
    await outbox.deliver_due()

    assert {one.sender for one in sink.taken} == {"post@neue-wege.example.org"}
    assert {one.message["From"] for one in sink.taken} == {"Neue Wege <post@neue-wege.example.org>"}
    assert all("Neuer Weg 7" in one.body("plain") for one in sink.taken)


def unfolded(calendar: str) -> str:
    """Its lines whole, and its parameters without the quotes that may stand around them."""
    return calendar.replace("\r\n ", "").replace('"', "")
