"""Somebody walks through the house that the surroundings name, at the moment given, registers, and signs in.

`python -m tests.upkeep.visit 2026-11-23T12:00:00+00:00 guest@example.org` prints as JSON what was answered.
"""

import asyncio
import json
import re
import sys
from datetime import datetime

import httpx

from mailing.tables import Letter
from network import clock
from network.app import create_app
from network.database import pool
from network.events.tables import Registration
from network.people import sign_in
from network.people.tables import Person
from tests.browser import send

PUBLIC = ("/", "/events", "/members", "/newsletter", "/news", "/en/")
OFFICE = ("/office", "/office/events", "/office/members", "/office/outbox", "/office/activity", "/office/people")


async def main(moment: datetime, guest: str) -> None:
    with clock.set_to(moment):
        async with pool():
            browser = httpx.AsyncClient(
                transport=httpx.ASGITransport(app=create_app(with_worker=False)), base_url="http://localhost:8000"
            )
            async with browser:
                answers = {path: (await browser.get(path)).status_code for path in PUBLIC}
                answers["registration"] = await register(browser, guest)
                mira = await Person.objects().get(Person.email == "mira.quandt@example.org")
                assert mira
                await browser.get(f"/sign-in/{(token := await sign_in.new_link(mira))}")
                answers["sign-in"] = (await send(browser, await browser.get(f"/sign-in/{token}"))).status_code
                answers |= {path: (await browser.get(path)).status_code for path in OFFICE}
            letters = await Letter.count().where(Letter.to_email == guest)
            print(json.dumps({"answers": answers, "letters": letters, "registrations": await Registration.count()}))


async def register(browser: httpx.AsyncClient, guest: str) -> int:
    """At the forum that the page of events names first."""
    path = re.search(r'href="(/events/[\w-]+)/registration"', (await find_open(browser)).text)
    assert path
    who = {"organisation": "Gäste e. V.", "name": "Gast Muster", "email": guest}
    first = await browser.get(f"{path[1]}/registration")
    second = await send(browser, first, attends="y", number="1", **who)
    return (await send(browser, second)).status_code


async def find_open(browser: httpx.AsyncClient) -> httpx.Response:
    listed = await browser.get("/events")
    for path in sorted(set(re.findall(r'href="(/events/[\w-]+)"', listed.text))):
        page = await browser.get(path)
        if f"{path}/registration" in page.text:
            return page
    raise AssertionError(f"no forum takes registrations at {clock.now()}")


if __name__ == "__main__":
    asyncio.run(main(datetime.fromisoformat(sys.argv[1]), sys.argv[2]))
