"""What is to be seen from outside: a reference, a line for each request, figures; and nobody's name or key in them."""

import asyncio
import json
import re
from contextvars import Context
from dataclasses import replace

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from mailing.tables import Letter
from network import clock, waits
from network import settings as surroundings
from network.app import create_app
from network.association.tables import Association
from network.database import DB, locked, on_sqlite
from network.events.tables import Event
from network.jobs import beat, enqueue
from network.logs import AsJson
from network.references import new_reference
from network.web import figures, metrics, seeing
from network.web.seeing import FLUSH_SECONDS, Lines, line, readable
from tests.events.make import forum

TOKEN = "for-prometheus"


@pytest.fixture
def known(monkeypatch):
    """The house has a token for its figures, which begin at nothing."""
    figures.answers.forget()
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

    always, of_requests = {"time", "level", "logger", "message", "reference"}, {"method", "route", "status", "ms"}
    assert [set(one) for one in lines()] == [always | of_requests]
    assert lines()[0]["route"].startswith("/sign-in/{")
    assert not re.search(r"secret|juno|192\.0", json.dumps(lines()))


async def test_what_is_logged_while_a_request_is_answered_has_its_reference(watched, caplog):
    browser, lines = watched
    await Association.raw("ALTER TABLE event RENAME TO event_elsewhere")
    caplog.handler.setFormatter(AsJson())
    try:
        answer = await browser.get("/events")
    finally:
        await Association.raw("ALTER TABLE event_elsewhere RENAME TO event")

    told = [json.loads(text) for text in caplog.text.splitlines()]
    assert answer.status_code == 500
    assert {one["reference"] for one in told} == {answer.headers["x-request-id"]}
    assert [(one["level"], one["route"]) for one in lines()] == [("error", "/events")]


def test_for_people_a_request_is_readable():
    assert readable("a-1", "GET", "/events", 200, 0.0123)[8:] == " 200 GET /events [a-1] 12.3 ms\n"


def test_nobody_writes_into_the_log_by_a_method_of_their_own():
    assert json.loads(line("a-1", 'GET"}\n{"x', "", 400, 0.5))["method"] == "other"


async def test_lines_are_written_within_a_moment():
    written: list[str] = []
    lines = Lines(written.append)
    lines.add("one\n")
    lines.add("two\n")
    assert written == []
    await asyncio.sleep(FLUSH_SECONDS + 0.1)
    assert written == ["one\ntwo\n"]


@pytest.mark.parametrize("said", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", "Bearer für-Prometheus"])
async def test_the_figures_are_not_there_for_anybody_without_the_token(client, association, known, said):
    answer = await client.get("/metrics", headers={"authorization": said.encode()})

    assert answer.status_code == 404
    assert "verbund_" not in answer.text


async def test_without_a_token_there_are_no_figures_for_anybody(client, association):
    for said in ("", "Bearer ", "Bearer"):
        assert (await client.get("/metrics", headers={"authorization": said})).status_code == 404


class Figures:
    """What Prometheus would have read from an answer."""

    def __init__(self, text: str) -> None:
        self.families = {family.name: family for family in text_string_to_metric_families(text)}

    def get(self, name: str, **labels: str) -> float | None:
        samples = [one for family in self.families.values() for one in family.samples if one.name == name]
        return next((one.value for one in samples if one.labels == labels), None)


async def a_letter(**facts) -> None:
    reference = new_reference()
    known = {"reference": reference, "message_id": f"<{reference}@example.org>", "template": "people/sign_in_link"}
    known |= {"from_name": "BAG BW", "from_email": "office@example.org", "to_email": "reader@example.org"}
    await Letter(**known, subject="Moin", text="Moin", written_at=clock.now(), **facts).save()


async def scraped(client, known) -> Figures:
    answer = await client.get("/metrics", headers=known | {"host": "web:8000"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    return Figures(answer.text)


async def test_prometheus_reads_requests_by_route_and_status_with_their_durations(client, association, known):
    for path in ("/events", "/events", "/nowhere", "/events/nothing"):
        await client.get(path)
    figures = await scraped(client, known)

    assert figures.families["verbund_request_seconds"].type == "histogram"
    assert figures.get("verbund_request_seconds_count", route="/events", status="200") == 2
    assert figures.get("verbund_request_seconds_bucket", route="", status="404", le="+Inf") == 1
    assert figures.get("verbund_request_seconds_bucket", route="/events", status="200", le="10.0") == 2
    assert 0 < figures.get("verbund_request_seconds_sum", route="/events", status="200") < 20
    assert figures.get("verbund_request_seconds_count", route="/events/{slug}", status="404") == 1


async def test_prometheus_reads_what_is_due_how_old_it_is_and_what_became_of_it(client, association, known):
    for seconds, state in ((90, "queued"), (30, "queued"), (30, "failed"), (-60, "queued")):
        await a_letter(state=state, due_at=clock.ago(seconds=seconds))
    await enqueue("something", at=clock.ago(seconds=20))
    await beat("worker-1")
    figures = await scraped(client, known)

    assert figures.get("verbund_queue_due", state="letters") == 2
    assert 90 <= figures.get("verbund_queue_age_seconds", state="letters") < 100
    assert figures.get("verbund_queue_due", state="jobs") == 1
    assert 20 <= figures.get("verbund_queue_age_seconds", state="jobs") < 30
    assert figures.get("verbund_queue_age_seconds", state="deliveries") == 0
    assert figures.get("verbund_letters", state="queued") == 3
    assert figures.get("verbund_letters", state="failed") == 1
    assert figures.get("verbund_jobs", state="ready") == 1
    assert figures.get("verbund_last_sign_seconds", state="worker") < 10
    assert figures.get("verbund_last_sign_seconds", state="backup") is None
    assert figures.get("verbund_database_up") == 1


async def test_prometheus_reads_how_long_a_counted_row_was_waited_for(client, association, known):
    """Somebody else holds the event for a third of a second."""
    event = await forum()
    waits.durations.forget()
    taken = asyncio.Event()

    async def hold() -> None:
        async with DB.transaction():
            await locked(Event, event.id, Event.version)
            taken.set()
            await asyncio.sleep(0.3)

    async def want() -> None:
        await taken.wait()
        async with DB.transaction():
            await locked(Event, event.id, Event.version)

    await asyncio.gather(*(asyncio.create_task(deed(), context=Context()) for deed in (hold, want)))
    figures = await scraped(client, known)

    held_by = waits.WRITER if on_sqlite() else waits.ROW
    assert figures.families["verbund_database_wait_seconds"].type == "histogram"
    assert figures.get("verbund_database_wait_seconds_count", **{"for": waits.ROW}) == 2
    assert 0.28 < figures.get("verbund_database_wait_seconds_sum", **{"for": held_by}) < 3
    assert figures.get("verbund_database_longest_wait_seconds", **{"for": held_by}) > 0.28


@pytest.mark.postgres
async def test_prometheus_reads_how_long_a_single_query_waited_for_a_connection(client, association, known):
    """Twelve at once, for a pool of ten, each for a fifth of a second."""
    waits.durations.forget()
    await asyncio.gather(*(Association.raw("SELECT pg_sleep(0.2)") for _ in range(12)))
    figures = await scraped(client, known)

    assert figures.get("verbund_database_wait_seconds_count", **{"for": waits.CONNECTION}) >= 12
    assert figures.get("verbund_database_wait_seconds_sum", **{"for": waits.CONNECTION}) > 0.3


def test_a_reference_is_short_enough_to_be_read_out():
    assert re.fullmatch(r"[0-9a-f]{6}-[0-9a-f]+", seeing.new_reference())
