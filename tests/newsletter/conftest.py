"""The office at its desk, and readers by the short way."""

import pytest

from mailing import lists
from mailing.lists import Evidence
from network.database import DB
from network.newsletter.promise import the_list
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import COOKIE
from tests.mailing.conftest import sink as sink  # noqa: PLC0414  the same mail server as the post office's tests


@pytest.fixture
async def mira(client, association):
    """The office, signed in."""
    someone = await person.enter("Mira Quandt", "mira.quandt@example.org")
    await roles.grant(someone, RoleKind.OFFICE)
    client.cookies.set(COOKIE, await sign_in.begin_session(someone))
    return someone


@pytest.fixture
def joined(association):
    """Somebody who reads."""

    async def join(email="kim@example.org", **told):
        asked = await lists.ask(await the_list(), email, Evidence("/newsletter", "…", "1"), **told)
        return await lists.confirm(asked.token)

    return join


@pytest.fixture
def queries(monkeypatch):
    """Counts what is asked of the database."""
    asked = []
    plain = type(DB).run_querystring

    async def counted(engine, querystring, *args, **options):
        asked.append(str(querystring))
        return await plain(engine, querystring, *args, **options)

    monkeypatch.setattr(type(DB), "run_querystring", counted)
    return asked
