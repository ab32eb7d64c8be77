"""The office, the board and representatives of members, each signed in at a browser of their own."""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import COOKIE
from tests.browser import window
from tests.groups.make import DAY, known, on

Window = Callable[..., Awaitable[httpx.AsyncClient]]


async def let_in(browser: httpx.AsyncClient, name: str, kind: RoleKind, of: str = "") -> httpx.AsyncClient:
    someone = await person.enter(name, f"{name.rsplit(maxsplit=1)[-1].lower()}@example.org")
    await roles.grant(someone, kind, of)
    browser.cookies.set(COOKIE, await sign_in.begin_session(someone))
    return browser


@pytest.fixture
async def desk(client, association) -> AsyncIterator[httpx.AsyncClient]:
    """The office, on the day."""
    with on(DAY):
        yield await let_in(client, "Mira Quandt", RoleKind.OFFICE)


@pytest.fixture
async def visitor() -> AsyncIterator[httpx.AsyncClient]:
    async with window() as browser:
        yield browser


@pytest.fixture
async def representing() -> AsyncIterator[Window]:
    """A browser in which somebody represents the member of this name."""
    async with window() as browser:

        async def let_in_for(name: str, member: str) -> httpx.AsyncClient:
            house = await known(member)
            assert house
            return await let_in(browser, name, RoleKind.MEMBER_REPRESENTATIVE, house.reference)

        yield let_in_for
