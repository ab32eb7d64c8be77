"""The office, the chair and a stranger, signed in."""

import pytest

from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import COOKIE
from tests.browser import window


@pytest.fixture
async def desk(client, association):
    """A browser in which the office is signed in."""
    mira = await person.enter("Mira Quandt", "mira.quandt@example.org")
    await roles.grant(mira, RoleKind.OFFICE)
    client.cookies.set(COOKIE, await sign_in.begin_session(mira))
    return client


@pytest.fixture
async def visitor():
    async with window() as browser:
        yield browser
