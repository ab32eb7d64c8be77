"""Every door has its guard, and the office's doors open for nobody else."""

import inspect
import re

import pytest

from network.app import litestar
from network.people import person, sign_in
from network.web.guards import anyone


def routes() -> list[tuple[str, str, list[str]]]:
    """Path, method and the names of the guards of everything this site answers to."""
    found = []
    for route in litestar(with_worker=False).routes:
        for method, (handler, _options) in getattr(route, "route_handler_map", {}).items():
            guards = [getattr(guard, "func", guard).__name__ for guard in handler.resolve_guards()]
            found.append((re.sub(r"\{[^}]*:int\}", "1", re.sub(r"\{[^}]*:str\}", "x", route.path)), method, guards))
    return [one for one in found if one[1] in ("GET", "POST")]


ALL = routes()
OFFICE = [(path, method) for path, method, _guards in ALL if path == "/office" or path.startswith("/office/")]


def test_every_handler_says_who_may_come_in():
    assert [(path, method) for path, method, guards in ALL if not guards] == []
    assert len(ALL) > 50


def test_the_office_lets_nobody_in_by_mistake():
    assert [path for path, _method, guards in ALL if path.startswith("/office") and anyone.__name__ in guards] == []


def test_no_guard_is_asked_in_a_thread():
    """Litestar takes plain functions there: for the one that lets everybody in it cost a fifth of a public page."""
    handlers = [h for route in litestar(with_worker=False).routes for h in getattr(route, "route_handlers", [])]
    guards = {guard for handler in handlers for guard in handler.resolve_guards()}

    assert len(guards) > 3
    assert [guard for guard in guards if not inspect.iscoroutinefunction(guard)] == []


async def test_visitors_are_led_to_the_door_of_the_office(client, association):
    answers = [(method, path, await knock(client, method, path)) for path, method in OFFICE]

    assert [one for one in answers if one[2][0] != 303 or not one[2][1].startswith("/sign-in")] == []


async def test_somebody_without_a_role_finds_nothing_in_the_office(client, association):
    stranger = await person.enter("Bo Lindqvist", "bo.lindqvist@example.org")
    client.cookies.set("verbund", await sign_in.begin_session(stranger))

    answers = [(method, path, await knock(client, method, path)) for path, method in OFFICE]

    assert [one for one in answers if one[2][0] != 404] == []


@pytest.mark.parametrize("path", ["/office/settings", "/office/people/new", "/office/settings/notices/site"])
async def test_only_the_administration_changes_settings_and_roles(client, association, path):
    from network.people import roles
    from network.people.tables import RoleKind

    mira = await person.enter("Mira Quandt", "mira.quandt@example.org")
    await roles.grant(mira, RoleKind.OFFICE)
    client.cookies.set("verbund", await sign_in.begin_session(mira))

    assert (await knock(client, "POST", path))[0] == 404


async def knock(client, method: str, path: str) -> tuple[int, str]:
    """Ask, with the token that every form carries."""
    if method == "GET":
        answer = await client.get(path)
    else:
        if "csrftoken" not in client.cookies:
            await client.get("/sign-in")
        answer = await client.post(path, headers={"x-csrftoken": client.cookies["csrftoken"]})
    return answer.status_code, answer.headers.get("location", "")
