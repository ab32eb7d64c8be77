"""The office, the board, members and strangers, each with a browser of their own, in April before the assembly."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import httpx
import pytest

from network import clock
from network.association import bylaws
from network.people import person, roles, sign_in
from network.people.tables import Person, RoleKind
from tests.assembly.make import at
from tests.browser import window
from tests.members.make import the_ten

RULES = {
    "votes_by": "classes",
    "vote_classes": "1=1 2=2 4=3",
    "proxies": "member",
    "proxy_form": "written",
    "proxies_per_holder": 1,
    "convening_period": 4,
    "convening_unit": "weeks",
    "convening_anchor": "receipt",
    "convening_form": "email",
    "motion_days": 14,
}


@pytest.fixture
async def ten(association):
    """The ten members, and the bylaws of story 3: four weeks, receipt counts."""
    with clock.set_to(at(10, day=date(2027, 4, 5))):
        await bylaws.enact("", valid_from=date(1995, 5, 12), **RULES)
    return await the_ten()


@pytest.fixture
def in_april():
    """Monday, 5 April 2027, ten o'clock: two months before the assembly."""
    with clock.set_to(at(10, day=date(2027, 4, 5))):
        yield


@asynccontextmanager
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    async with window() as one:
        yield one


async def somebody(name: str, *kinds: RoleKind, of: str = "") -> Person:
    mail = name.lower().replace(" ", ".")
    someone = await person.enter(name, f"{mail}@example.org")
    for kind in kinds:
        await roles.grant(someone, kind, of)
    return someone


async def come_in(one: httpx.AsyncClient, someone: Person) -> httpx.AsyncClient:
    one.cookies.set("verbund", await sign_in.begin_session(someone))
    return one


@pytest.fixture
async def desk(in_april, ten):
    """The office's browser."""
    async with browser() as one:
        yield await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
