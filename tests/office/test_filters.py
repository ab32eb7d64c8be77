"""Choices of a list are kept under a name, by each for themselves."""

from bs4 import BeautifulSoup

from network.office import filters
from network.office.tables import SavedFilter
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import COOKIE
from tests.browser import send
from tests.members.make import member

LIST = "/office/members"


async def somebody(client, name: str) -> None:
    row = await person.enter(name, f"{name.split(maxsplit=1)[0].lower()}@example.org")
    await roles.grant(row, RoleKind.OFFICE)
    client.cookies.set(COOKIE, await sign_in.begin_session(row))


def kept(page) -> dict[str, str]:
    return {a.get_text(strip=True): a["href"] for a in BeautifulSoup(page.text, "html.parser").select(".saved li > a")}


async def keep(client, path: str, name: str):
    return await send(client, await client.get(path), name=name)


async def test_a_choice_is_kept_opened_and_given_up(client, association):
    await somebody(client, "Mira Quandt")
    await member("Anker", land="BW")
    await member("Steg", land="SN")

    answer = await keep(client, f"{LIST}?land=BW&sort=town", "Südwest")
    page = await client.get(LIST)
    opened = await client.get(kept(page)["Südwest"])

    assert answer.headers["location"] == f"{LIST}?land=BW&sort=town"
    assert [cell.get_text(strip=True) for cell in BeautifulSoup(opened.text, "html.parser").select("tbody th")] == [
        "Anker"
    ]
    await send(client, page)
    assert kept(await client.get(LIST)) == {}


async def test_the_same_name_takes_the_others_place_and_none_is_asked_for(client, association):
    await somebody(client, "Mira Quandt")
    await member("Anker")

    await keep(client, f"{LIST}?land=BW", "Meine")
    await keep(client, f"{LIST}?land=SN", "Meine")
    nameless = await keep(client, f"{LIST}?land=BE", " ")

    assert "Bitte geben Sie der Auswahl einen Namen." in (await client.get(nameless.headers["location"])).text
    assert kept(await client.get(LIST)) == {"Meine": f"{LIST}?land=SN"}


async def test_nobody_sees_or_removes_what_another_keeps(client, association):
    await somebody(client, "Mira Quandt")
    await member("Anker")
    await keep(client, f"{LIST}?land=BW", "Südwest")
    page = await client.get(LIST)
    await somebody(client, "Stefan Oester")

    theirs = await client.get(LIST)
    answer = await send(client, page)

    assert kept(theirs) == {}
    assert answer.status_code == 404
    assert await SavedFilter.count() == 1
    assert filters.ROOMS == (LIST,)
