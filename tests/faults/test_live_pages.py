"""Pages that follow what happens: open in a browser at one process, they show within a second what another one did."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from playwright.async_api import Page, async_playwright

from mailing.tables import Delivery, DeliveryState
from network import clock
from network.demo.texts import SENT_ISSUE
from network.events import event, registration
from network.events.registration import Guest, Source
from network.events.tables import Event
from network.newsletter import writing
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import COOKIE
from tests import smtp_sink
from tests.faults.founding import enter_readers
from tests.faults.servers import servers
from tests.journeys.conftest import CHROMIUM, QUIET
from tests.smtp_sink import Sink

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine; make test-tools installs it"),
]
SEEN_SECONDS = 1.0
PEOPLE = 6
READERS, VERDICT_SECONDS = 60, 0.25
LEFT = re.compile(r"(\d+) Briefe sind hinaus")


@pytest.fixture
async def cookie(association: None) -> str:
    """Of somebody who may see everything in the office."""
    office = await person.enter("Wer zusieht", "office@example.org")
    await roles.grant(office, RoleKind.OFFICE)
    return await sign_in.begin_session(office)


@asynccontextmanager
async def window(address: str, cookie: str) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = await chromium.new_context(base_url=address)
        await context.add_cookies([{"name": COOKIE, "value": cookie, "url": address}])
        yield await context.new_page()
        await chromium.close()


@pytest.mark.usefixtures("association")
async def test_who_is_ticked_at_one_process_is_here_on_the_check_in_of_the_other_within_a_second(
    tmp_path, cookie, capsys
):
    forum = await forum_of_today()
    with servers(2, tmp_path) as (one, other):
        async with window(one, cookie) as door, window(other, cookie) as seen:
            for page in (door, seen):
                await page.goto(f"/office/events/{forum.reference}/check-in")
            took = []
            for number in range(1, PEOPLE + 1):
                async with door.expect_response(lambda answer: answer.request.method == "POST"):
                    await door.get_by_role("button", name=f"Person {number}").click()
                began = time.monotonic()
                await seen.get_by_text(f"{number} von {PEOPLE} sind da").wait_for(timeout=10_000)
                took.append(time.monotonic() - began)
                await door.wait_for_load_state()
    with capsys.disabled():
        print(f"\n  check-in ticked at one process, seen on the other's page after at most {max(took):.2f} s")

    assert max(took) <= SEEN_SECONDS


async def forum_of_today() -> Event:
    begins = clock.now() + timedelta(hours=3)
    facts = {"title_de": "Forum heute", "town": "Kassel", "seats": 40}
    forum = await event.create(actor="", starts_at=begins, ends_at=begins + timedelta(hours=6), **facts)
    await event.publish(forum.id, actor="")
    for number in range(1, PEOPLE + 1):
        who = {"organisation": "Lebensweg", "name": f"Person {number}", "email": f"person{number}@example.org"}
        guest = Guest(who["name"], who["email"])
        await registration.sign_up(forum.id, guests=[guest], source=Source.OFFICE, **who)
    return forum


@pytest.mark.usefixtures("association")
async def test_the_page_of_a_sending_is_never_more_than_a_second_behind_the_process_that_sends(
    tmp_path, cookie, capsys, monkeypatch
):
    await enter_readers(READERS)
    issue = await writing.draft("", **SENT_ISSUE)
    async with smtp_sink.running(Sink(delay=VERDICT_SECONDS)) as sink:
        monkeypatch.setenv("SMTP_URL", f"{sink.url}?connections=1")  # of the servers
        with servers(2, tmp_path) as (one, other):
            async with window(one, cookie) as office, window(other, cookie) as seen:
                await office.goto(f"/office/newsletter/{issue.reference}/sending")
                await office.locator("main form button").click()
                await office.wait_for_load_state()
                await seen.goto(f"/office/newsletter/{issue.reference}")
                behind, steps = await followed(seen)
    with capsys.disabled():
        print(f"\n  sending: {steps} numbers shown of {READERS}, each at most {behind:.2f} s old")

    assert steps >= 5
    assert behind <= SEEN_SECONDS


async def followed(seen: Page) -> tuple[float, int]:
    """How old the number on the page ever was until all had left, and how many different ones were shown."""
    since: dict[int, float] = {}  # when so many had left
    shown: set[int] = set()
    oldest, left = 0.0, 0
    while left < READERS or max(shown) < READERS:
        looked = time.monotonic()
        left = await Delivery.count().where(Delivery.state == DeliveryState.SENT)
        for number in range(max(since, default=-1) + 1, left + 1):
            since[number] = looked
        asked = time.monotonic()
        found = LEFT.search(await seen.inner_text("#sending"))
        number = int(found[1]) if found else 0
        shown.add(number)
        if 1 < number < left:  # the first ones are told in words
            oldest = max(oldest, asked - since[number + 1])
        await asyncio.sleep(0.02)
    return oldest, len(shown)
