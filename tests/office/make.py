"""The office's people, signed in."""

import httpx

from network.people import person, roles, sign_in
from network.people.tables import Person, RoleKind

EMAILS = {"Mira Quandt": "mira.quandt@example.org", "Pia Nörtemann": "pia.noertemann@example.org"}


async def enter(name: str, *kinds: RoleKind) -> Person:
    someone = await person.enter(name, EMAILS.get(name) or f"{name.split(maxsplit=1)[0].lower()}@example.org")
    for kind in kinds:
        await roles.grant(someone, kind)
    return someone


async def let_in(client: httpx.AsyncClient, name: str, *kinds: RoleKind) -> Person:
    someone = await enter(name, *kinds)
    client.cookies.set("verbund", await sign_in.begin_session(someone))
    return someone


async def mira(client: httpx.AsyncClient) -> Person:
    return await let_in(client, "Mira Quandt", RoleKind.OFFICE, RoleKind.EVENT_TEAM)


async def pia(client: httpx.AsyncClient) -> Person:
    return await let_in(client, "Pia Nörtemann", RoleKind.ADMIN)
