"""What is to be seen from outside: a reference, a line for each request, figures; and nobody's name or key in them."""

import json
import re
from dataclasses import replace

import httpx
import pytest

from network import settings as surroundings
from network.app import create_app
from network.web import figures, metrics, seeing
from network.web.seeing import FLUSH_SECONDS, Lines, line

TOKEN = "for-prometheus"


@pytest.fixture
def known(monkeypatch):
    """The house has a token for its figures, which begin at nothing."""
    figures.forget()
    made = replace(surroundings.settings(), metrics_token=TOKEN)
    monkeypatch.setattr(metrics, "settings", lambda: made)
    return {"authorization": f"Bearer {TOKEN}"}


@pytest.fixture
async def watched(association, monkeypatch):
    """A browser, and the lines that are written of its requests."""
    written: list[str] = []
    app = create_app(with_worker=False)
    app.log = Lines(written.append)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost:8000") as browser:
        yield browser, lambda: [json.loads(text) for text in told(app, written)]


def told(app, written: list[str]) -> list[str]:
    app.log.flush()
    return "".join(written).splitlines()


async def test_each_request_has_one_line_with_its_reference_and_route(watched):
    browser, lines = watched
    answers = [await browser.get(path) for path in ("/events", "/events", "/en/events", "/nowhere", "/office")]

    assert [one["reference"] for one in lines()] == [answer.headers["x-request-id"] for answer in answers]
    assert [(one["method"], one["status"]) for one in lines()] == [("GET", answer.status_code) for answer in answers]
    assert [one["route"] for one in lines()] == ["/events", "/events", "/events", "", "/office"]
    assert len({one["reference"] for one in lines()}) == 5


async def test_a_line_holds_no_path_no_key_and_no_address(watched):
    browser, lines = watched
    await browser.get("/sign-in/very-secret-key?email=juno@example.org", headers={"x-forwarded-for": "192.0.2.7"})

    assert [set(one) for one in lines()] == [{"at", "reference", "method", "route", "status", "ms"}]
    assert lines()[0]["route"].startswith("/sign-in/{")
    assert not re.search(r"secret|juno|192\.0", json.dumps(lines()))


def test_nobody_writes_into_the_log_by_a_method_of_their_own():
    assert json.loads(line("a-1", 'GET"}\n{"x', "", 400, 0.5))["method"] == "other"


async def test_lines_are_written_within_a_moment():
    import asyncio

    written: list[str] = []
    lines = Lines(written.append)
    lines.add("one\n")
    lines.add("two\n")
    assert written == []
    await asyncio.sleep(FLUSH_SECONDS + 0.1)
    assert written == ["one\ntwo\n"]


@pytest.mark.parametrize("path", ["/nowhere", "/en/nowhere", "/events/nothing"])
async def test_every_error_page_shows_the_reference_of_the_log(watched, path):
    browser, lines = watched
    answer = await browser.get(path)

    assert answer.status_code == 404
    assert answer.headers["x-request-id"] in answer.text
    assert lines()[0]["reference"] == answer.headers["x-request-id"]


@pytest.mark.parametrize("said", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", "Bearer für-Prometheus"])
async def test_the_figures_are_not_there_for_anybody_without_the_token(client, association, known, said):
    answer = await client.get("/metrics", headers={"authorization": said.encode()})

    assert answer.status_code == 404
    assert "verbund_" not in answer.text


async def test_without_a_token_there_are_no_figures_for_anybody(client, association):
    for said in ("", "Bearer ", "Bearer"):
        assert (await client.get("/metrics", headers={"authorization": said})).status_code == 404


async def test_the_figures_tell_of_requests_queues_sends_and_waits(client, association, known):
    for path in ("/events", "/events", "/nowhere"):
        await client.get(path)
    answer = await client.get("/metrics", headers=known | {"host": "web:8000"})

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.text.splitlines()
    assert 'verbund_request_seconds_count{route="/events",status="200"} 2' in lines
    assert 'verbund_request_seconds_bucket{route="",status="404",le="+Inf"} 1' in lines
    assert 'verbund_queue_due{state="letters"} 0' in lines
    assert any(re.match(r"verbund_database_wait_seconds_count \d+$", one) for one in lines)
    assert [
        one
        for one in lines
        if not re.fullmatch(r"# (HELP|TYPE) .+|[a-z_]+(\{[^{}]*(\{[^{}]*\}[^{}]*)*\})? [\d.e+-]+", one)
    ] == []


def test_a_reference_is_short_enough_to_be_read_out():
    assert re.fullmatch(r"[0-9a-f]{6}-[0-9a-f]+", seeing.new_reference())
