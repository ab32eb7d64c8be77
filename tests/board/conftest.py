"""The office, the chair and a stranger, signed in."""

import httpx
import pytest

from network.app import create_app
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import COOKIE


@pytest.fixture
async def desk(client, association):
    """A browser in which the office is signed in."""
    mira = await person.enter("Mira Quandt", "mira.quandt@example.org")
    await roles.grant(mira, RoleKind.OFFICE)
    client.cookies.set(COOKIE, await sign_in.begin_session(mira))
    return client


@pytest.fixture
async def visitor():
    transport = httpx.ASGITransport(app=create_app(with_worker=False))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as browser:
        yield browser
