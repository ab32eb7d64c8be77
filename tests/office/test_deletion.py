"""The deletion calendar and the yearly run: who may, what goes, what is left when somebody pulls the plug."""

import ast
import asyncio
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mailing import lists
from mailing.lists import Evidence
from mailing.tables import Consent, Subscriber
from network import clock, demo, jobs
from network.activity import Activity, record
from network.admission.privacy import CONTACTS
from network.admission.tables import Application
from network.association import keeping
from network.database import DB
from network.errors import Refused
from network.events.tables import Registration
from network.jobs import Job
from network.newsletter.promise import the_list
from network.office import calendar, deletion, holding, log
from network.office.tables import DeletionPart, DeletionRun
from network.people.viewer import Viewer
from network.representing.rules import REMARK
from network.representing.tables import DataCheck, Proposal
from network.worker import WORK
from tests.browser import send, submit
from tests.events.make import forum, sign_up
from tests.members.make import member
from tests.office.make import mira, pia

JANUARY = datetime(2028, 1, 3, 8, 0, tzinfo=UTC)
PIA = Viewer(7777, "pia", "Pia", roles=frozenset({("admin", "")}))
MIRA = Viewer(8888, "mira", "Mira", roles=frozenset({("office", "")}))
ROOT = Path(__file__).parents[2]


async def left(number: int, on: datetime = datetime(2024, 5, 2, tzinfo=UTC)) -> None:
    """So many readers who had confirmed and left on that day."""
    mailing_list = await the_list()
    for one in range(number):
        with clock.set_to(on):
            asked = await lists.ask(mailing_list, f"{on.year}-{one}@example.org", Evidence("/newsletter", "…", "1"))
            reader = await lists.confirm(asked.token)
            await lists.leave(reader.key, by="link")


async def decided(number: int, on: datetime = datetime(2026, 5, 2, tzinfo=UTC)) -> None:
    """So many applications decided on that day."""
    for one in range(number):
        await Application(
            reference=f"a{one}", name=f"Haus {one}", contact_name=f"Kim {one}", contact_email=f"kim{one}@example.org",
            received_at=on, closed_at=on,
        ).save()  # fmt: skip


async def approved() -> DeletionRun:
    return await deletion.approve(PIA, deletion.seen(await deletion.preview(clock.today())))


async def test_the_run_does_what_was_approved_and_says_so(association):
    await left(3)
    await left(2, datetime(2025, 1, 1, tzinfo=UTC))
    await decided(4)
    with clock.set_to(JANUARY):
        run = await approved()
        await jobs.run_due(WORK)

    parts = {part.kind: (part.expected, part.done, bool(part.finished_at)) for part in await deletion.parts_of(run)}
    assert parts == {"newsletter.consents": (3, 3, True), "admission.contacts": (4, 4, True)}
    assert (await Subscriber.count(), await Application.count().where(Application.contact_email != "")) == (2, 0)
    told = await Activity.objects().where(Activity.thing == f"deletion:{run.reference}").order_by(Activity.id)
    assert [(row.actor, row.verb, row.label) for row in told] == [
        ("pia", "deletion run approved", "3 Einwilligungen, 4 Kontakte"),
        ("worker", "deletion run finished", "3 Einwilligungen, 4 Kontakte"),
    ]


async def test_nobody_else_approves_and_nothing_needs_no_run(association):
    with clock.set_to(JANUARY):
        with pytest.raises(Refused, match="Nichts steht an"):
            await approved()
        await left(1)
        with pytest.raises(Refused, match="nur die Administration"):
            await deletion.approve(MIRA, deletion.seen(await deletion.preview(clock.today())))
    assert await DeletionRun.count() == 0


async def test_there_is_one_run_at_a_time(association):
    await left(2)
    with clock.set_to(JANUARY):
        await approved()
        with pytest.raises(Refused, match="im Gang"):
            await approved()


async def test_what_becomes_due_later_is_not_in_the_run(association):
    await decided(1, JANUARY - timedelta(days=366))
    await Application(reference="x", name="Haus X", contact_name="Kim X", contact_email="x@example.org",
                      received_at=JANUARY, closed_at=JANUARY - timedelta(days=364)).save()  # fmt: skip
    with clock.set_to(JANUARY):
        await approved()
    with clock.set_to(JANUARY + timedelta(days=30)):
        await jobs.run_due(WORK)

    assert [row.reference for row in await Application.objects() if row.contact_email] == ["x"]


@pytest.mark.parametrize("statement", range(1, 60, 2))
async def test_a_run_killed_at_any_line_goes_on_and_counts_each_once(association, monkeypatch, statement):
    await left(3)
    await decided(4)
    with clock.set_to(JANUARY):
        await approved()
    killed = fail_at(monkeypatch, statement)
    for minute in range(30):
        with clock.set_to(JANUARY + timedelta(minutes=2 * minute)), suppress(ConnectionError):
            await jobs.release_leases("worker")  # as whoever starts again does
            await jobs.run_due(WORK)

    run = await DeletionRun.objects().first()
    assert run.finished_at
    assert {part.kind: part.done for part in await deletion.parts_of(run)} == {
        "newsletter.consents": 3, "admission.contacts": 4,
    }  # fmt: skip
    counted = {row.verb: row.detail for row in await Activity.objects() if row.detail}
    assert counted["evidence of consents forgotten"] == "3"
    assert counted["contacts of applications forgotten"] == "4"
    assert await Activity.count().where(Activity.verb == "deletion run finished") == 1
    assert killed


def fail_at(monkeypatch, number: int) -> list[str]:
    """The database goes away at this statement, once."""
    plain, seen, killed = type(DB).run_querystring, [], []

    async def counted(engine, querystring, *args, **options):
        seen.append(1)
        if len(seen) == number:
            killed.append(str(querystring))
            raise ConnectionError("pulled the plug")
        return await plain(engine, querystring, *args, **options)

    monkeypatch.setattr(type(DB), "run_querystring", counted)
    return killed


async def test_a_run_whose_job_was_given_up_goes_on_the_next_night(association):
    await left(2)
    with clock.set_to(JANUARY):
        await approved()
        await Job.update({Job.state: "dead"}, force=True)
        await jobs.run_due(WORK)
        before = await Subscriber.count()
        await deletion.daily()
        await jobs.run_due(WORK)

    assert (before, await Subscriber.count()) == (2, 0)


@pytest.mark.postgres
async def test_two_workers_at_one_run_count_each_once(association):
    await left(5)
    with clock.set_to(JANUARY):
        run = await approved()
        for _round in range(4):
            await asyncio.gather(*(in_its_own_transaction(run) for _two in range(3)))

    assert [part.done for part in await DeletionPart.objects()] == [5]
    assert [
        row.detail for row in await Activity.objects().where(Activity.verb == "evidence of consents forgotten")
    ] == ["5"]


async def in_its_own_transaction(run: DeletionRun) -> None:
    async with DB.transaction():
        await deletion.do_portion(run.reference)


@pytest.mark.postgres
async def test_of_two_who_approve_at_once_one_is_refused(association):
    await left(2)
    with clock.set_to(JANUARY):
        looked_at = deletion.seen(await deletion.preview(clock.today()))
        answers = await asyncio.gather(*(deletion.approve(PIA, looked_at) for _two in range(2)), return_exceptions=True)

    assert sorted(type(answer).__name__ for answer in answers) == ["DeletionRun", "Refused"]


async def test_what_goes_by_itself_goes_at_night_in_portions(association):
    with clock.set_to(JANUARY - timedelta(days=400)):
        event = await forum(starts_at=clock.now() - timedelta(days=1))
        await Registration(
            reference="r", key="k", event=event.id, organisation_name="Haus", organisation_key="haus", name="Zita Ahlers",
            email="", at=clock.now(), source="door",
        ).save()  # fmt: skip
    with clock.set_to(JANUARY):
        await deletion.daily()
        await jobs.run_due(WORK)

    assert [row.name for row in await Registration.objects()] == [""]
    assert [(row.thing, row.detail) for row in await Activity.objects() if row.verb.startswith("guests")] == [
        (f"event:{event.reference}", "1")
    ]


async def test_the_words_of_remarks_and_answers_go_in_their_time(association):
    reha = await member("Ruhrpunkt Training gGmbH")
    told = {
        "organisation": reha.id,
        "thing": "organisation:x",
        "field": REMARK,
        "new": "Kim: jetzt 0231 1",
        "why": "neu",
    }
    long_ago = JANUARY - timedelta(days=800)
    await Proposal(reference="alt", made_at=long_ago, accepted_at=long_ago, reason="Danke, Kim", **told).save()
    await Proposal(reference="offen", made_at=long_ago, **told).save()
    await DataCheck(organisation=reha.id, year=2025, digest="…", email="kim@example.org", confirmed_by="Kim",
                    asked_at=long_ago).save()  # fmt: skip
    with clock.set_to(JANUARY):
        await deletion.daily()
        await jobs.run_due(WORK)

    assert {row.reference: row.new + row.why + row.reason for row in await Proposal.objects()} == {
        "alt": "", "offen": "Kim: jetzt 0231 1neu",
    }  # fmt: skip
    assert [(row.email, row.confirmed_by) for row in await DataCheck.objects()] == [("", "")]


async def test_every_kind_comes_to_an_end(client):
    """Ten years on: portion after portion, until nothing of it is due any more."""
    await demo.build(clock.today())
    with clock.set_to(clock.now() + timedelta(days=3653)):
        for one in await keeping.all_kept(holding.kinds()):
            if not one.term or not one.forgetting.forget:
                continue
            limit, portions = one.limit(clock.today()), 0
            while await keeping.forget_portion(one, limit):
                portions += 1
                assert (one.key, portions < 200) == (one.key, True)
            assert (one.key, await one.forgetting.due(limit)) == (one.key, 0)


# The activity itself ---------------------------------------------------------------------------------------------------


async def test_the_activity_forgets_after_a_year_and_keeps_what_is_history(association):
    with clock.set_to(JANUARY - timedelta(days=366)):
        for verb in ("signed in", "site changed", "protected details read"):
            await record("mira", verb, "organisation:x", "Haus")
        for verb in ("bylaws entered", "became a member", "entries merged", "data of one person erased"):
            await record("pia", verb, "organisation:x", "Haus")
    with clock.set_to(JANUARY - timedelta(days=364)):
        await record("mira", "site entered", "organisation:x", "Haus")
    with clock.set_to(JANUARY):
        await deletion.daily()
        await jobs.run_due(WORK)

        verbs = sorted(row.verb for row in await Activity.objects() if row.thing == "organisation:x")
    assert verbs == ["became a member", "bylaws entered", "data of one person erased", "entries merged", "site entered"]


def test_every_verb_of_history_is_said_somewhere():
    said = {
        call.args[0].value
        for folder in ("network", "mailing")
        for path in (ROOT / folder).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "N_"
    }

    assert sorted(set(log.HISTORY) - said) == []


def test_that_something_was_forgotten_is_never_forgotten():
    verbs = {kind.forgetting.verb for kind in holding.kinds() if kind.forgetting}

    assert verbs - set(log.HISTORY) == set()


# Pages -----------------------------------------------------------------------------------------------------------------


async def test_the_calendar_says_what_is_overdue_when_the_night_did_not_come(client, association):
    with clock.set_to(JANUARY):
        await mira(client)
        await record("mira", "site changed", "organisation:x")
        await Activity.update({Activity.at: JANUARY - timedelta(days=380)}, force=True)

        lines, lasting = await calendar.lines(clock.today())
        page = await client.get("/office/privacy/calendar")

    by_key = {line.kept.key: line for line in lines}
    assert by_key["office.log"].state == ("bad", "überfällig")
    assert by_key["events.guests"].state == ("ok", "nichts fällig")
    assert "überfällig" in page.text
    assert {"newsletter.readers", "members.history"} <= {one.key for one in lasting}


async def test_the_calendar_tells_what_comes_next_and_what_went(client, association):
    await left(2, datetime(2025, 3, 3, tzinfo=UTC))
    with clock.set_to(JANUARY):
        event = await forum(starts_at=JANUARY - timedelta(days=300), deadline=JANUARY - timedelta(days=301))
    with clock.set_to(JANUARY - timedelta(days=320)):
        await sign_up(event, "Zita Ahlers")
    with clock.set_to(JANUARY):
        await record("worker", "guests forgotten, figures kept", "event:x", detail="7")
        lines = {line.kept.key: line for line in (await calendar.lines(clock.today()))[0]}

    assert lines["newsletter.consents"].next_on == date(2029, 1, 1)
    assert [(back.number, back.until) for back in lines["newsletter.consents"].back] == [(2, date(2028, 12, 31))]
    assert (lines["events.guests"].next_on, lines["events.guests"].coming) == (date(2028, 3, 9), 1)
    assert lines["events.guests"].gone.this_year == 7


async def test_the_questions_of_the_calendar_do_not_grow(client, association, queries):
    await left(1)
    await decided(1)
    with clock.set_to(JANUARY):
        del queries[:]
        await calendar.lines(clock.today())
        few = len(queries)
        await left(4, datetime(2023, 5, 2, tzinfo=UTC))
        await Application.update({Application.contact_name: "Kim"}, force=True)
        del queries[:]
        await calendar.lines(clock.today())

    assert len(queries) == few


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


async def test_only_the_administration_decides_and_approves(client, association):
    await mira(client)
    paths = ("/office/privacy/calendar/events.guests", "/office/privacy/runs/new")
    as_office = [(await client.get(path)).status_code for path in paths]
    readable = [(await client.get(f"/office/privacy/{page}")).status_code for page in ("calendar", "record")]
    await pia(client)
    as_admin = [(await client.get(path)).status_code for path in paths]

    assert (as_office, readable, as_admin) == ([404, 404], [200, 200], [200, 200])


async def test_nonsense_is_refused_with_what_would_be_right(client, association):
    await pia(client)
    for typed in ("", "zwölf", "0", "37", "1.5"):
        refused = await submit(client, "/office/privacy/calendar/events.guests", number=typed)
        assert (typed, refused.status_code) == (typed, 422)
    assert "Bitte geben Sie eine Zahl von 1 bis 36 an." in refused.text
    assert (await client.get("/office/privacy/calendar/nothing")).status_code == 404
    assert (await client.get("/office/privacy/calendar/events.needs")).status_code == 404
    assert (await client.get("/office/privacy/runs/nothing")).status_code == 404


async def test_the_record_of_processing_follows_the_decision(client, association):
    await pia(client)
    before = (await client.get("/office/privacy/record")).text
    await submit(client, "/office/privacy/calendar/events.guests", number="6", yearly="y")
    await submit(client, "/office/settings", privacy_contact="Dr. Ines Amtlich, datenschutz@example.org",
                 processors="Rechenzentrum Nord: Betrieb des Servers\nPostweg GmbH: Versand")  # fmt: skip
    after = (await client.get("/office/privacy/record")).text

    assert ("12 Monate nach der Veranstaltung" in before, "Rechenzentrum Beispielfurt" in before) == (True, True)
    assert "6 Monate nach der Veranstaltung" in after
    assert "Datenschutz: Dr. Ines Amtlich" in after
    assert "<li>Rechenzentrum Nord: Betrieb des Servers</li>" in after


async def test_back_and_double_click_approve_once(client, association):
    await left(2)
    with clock.set_to(JANUARY):
        await pia(client)
        page = await client.get("/office/privacy/runs/new")
        places = [(await send(client, page)).headers["location"] for _twice in range(2)]
    assert places[0] == places[1]
    assert await DeletionRun.count() == 1
    assert CONTACTS.forgetting.yearly
    assert await Consent.count() == 2
