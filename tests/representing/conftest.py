"""A member with its representative, the office, and browsers for both."""

from datetime import date

import pytest

from network.members import membership, organisation
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import COOKIE
from tests.browser import window


@pytest.fixture
async def neckarbogen(association):
    row = await organisation.enter("Neckarbogen Reha und Arbeit gGmbH", town="Mannheim", email="haus@example.org")
    await membership.join(row, since=date(1995, 1, 1), number="M01")
    return row


@pytest.fixture
async def rheinweg(association):
    row = await organisation.enter("Rheinweg Berufstraining gGmbH", town="Köln")
    await membership.join(row, since=date(1995, 1, 1), number="M02")
    return row


@pytest.fixture
async def ella(neckarbogen):
    one = await person.enter("Ella Brandt", "ella.brandt@example.org", phone="0621 23125 210")
    await roles.grant(one, RoleKind.MEMBER_REPRESENTATIVE, neckarbogen.reference)
    return one


@pytest.fixture
async def mira(association):
    one = await person.enter("Mira Quandt", "mira.quandt@example.org")
    await roles.grant(one, RoleKind.OFFICE)
    return one


@pytest.fixture
async def house(client, ella):
    """The representative's browser."""
    client.cookies.set(COOKIE, await sign_in.begin_session(ella))
    return client


@pytest.fixture
async def desk(mira):
    """The office's browser."""
    async with window() as browser:
        browser.cookies.set(COOKIE, await sign_in.begin_session(mira))
        yield browser
