"""The schedule: every job and its rhythm in one list, and the runner that keeps it."""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from contextvars import Context
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mailing import outbox
from mailing.retention import forget_letters
from network import clock, jobs, leases, wakeups
from network.admission import application
from network.assembly import correction
from network.association import profile
from network.board import ledger, representation, settling, warning
from network.circulars import circular
from network.database import on_sqlite
from network.events import access, houses, retention
from network.groups import participation
from network.jobs import Heartbeat, Work
from network.members import importing, life, planned, trigrams
from network.newsletter import joining
from network.office import deletion
from network.people import rules as people_rules
from network.people import sign_in
from network.register import filing
from network.representing import check
from network.upkeep import nightly
from network.web import limits, once

log = logging.getLogger("verbund.worker")
# In every process that writes pages or letters: they all know this module.
correction.ask_register(filing.take_back)
profile.ask_board(representation.in_imprint)
people_rules.ask_books(ledger.names)

WORK: dict[str, Work] = {
    "jobs.forget": jobs.forget_done,
    "forms.forget": once.forget_old,
    "attempts.forget": limits.forget_old,
    "letters.forget": forget_letters,
    "sign_in.forget": sign_in.forget_old,
    "members.forget": importing.forget_old,
    "members.mark_days": life.mark_days,
    "members.planned": planned.make_true,
    "members.tidy_index": trigrams.tidy,
    "admission.forget": application.forget_unconfirmed,
    "groups.settle": participation.settle,
    "board.settle": settling.settle_daily,
    "board.warn": warning.warn,
    "events.forget_needs": access.forget_needs,
    "events.forget_people": retention.forget_people,  # as the version before wrote it; now "retention.daily" does it
    "events.enter_houses": houses.enter_all,
    "newsletter.ask": joining.ask_at_registration,
    "newsletter.tidy": joining.tidy_up,
    "newsletter.bounces": joining.notice_bounces,
    "members.remind": check.remind_due,
    "circulars.keep_time": circular.keep_time,
    "retention.daily": deletion.daily,
    deletion.KIND: deletion.do_kind,
    deletion.PORTION: deletion.do_portion,
    nightly.KIND: nightly.make_backup,
}


@dataclass(frozen=True, slots=True)
class Rhythm:
    kind: str
    every: timedelta
    begin: timedelta = timedelta()  # how long after its slot has begun


SCHEDULE = [
    Rhythm("jobs.forget", timedelta(days=1)),
    Rhythm("forms.forget", timedelta(days=1)),
    Rhythm("attempts.forget", timedelta(hours=1)),
    Rhythm("letters.forget", timedelta(days=1)),
    Rhythm("sign_in.forget", timedelta(days=1)),
    Rhythm("members.forget", timedelta(days=1)),
    Rhythm("admission.forget", timedelta(days=1)),
    Rhythm("members.planned", timedelta(days=1), begin=timedelta(minutes=1)),
    Rhythm("members.mark_days", timedelta(days=1), begin=timedelta(minutes=5)),
    Rhythm("members.tidy_index", timedelta(days=1), begin=timedelta(hours=2)),
    Rhythm("groups.settle", timedelta(days=1), begin=timedelta(minutes=6)),
    Rhythm("board.settle", timedelta(days=1), begin=timedelta(minutes=2)),
    Rhythm("board.warn", timedelta(days=1), begin=timedelta(hours=7)),
    Rhythm("events.forget_needs", timedelta(days=1)),
    Rhythm("circulars.keep_time", timedelta(hours=1)),
    Rhythm("retention.daily", timedelta(days=1)),
    Rhythm("events.enter_houses", timedelta(days=1)),
    Rhythm("members.remind", timedelta(days=1), begin=timedelta(hours=7)),
    Rhythm("newsletter.tidy", timedelta(days=1)),
    Rhythm("newsletter.bounces", timedelta(minutes=5)),
    Rhythm(nightly.KIND, timedelta(days=1), begin=timedelta(hours=2, minutes=30)),
]

_planned: dict[str, int] = {}  # spares the database a question every few seconds

SWEEP_SECONDS = 5.0
FIRST_REST = timedelta(minutes=5)  # a house that has just been opened has other things to do than what is overdue
LONGEST_REST_SECONDS = 60.0  # between two tries to reach a mail server that does not answer
SILENT_SECONDS = 60.0
EMBEDDED = "embedded"


@asynccontextmanager
async def embedded() -> AsyncIterator[None]:
    """Run the due work inside this process until the block ends."""
    if on_sqlite():  # there the lock file keeps us alone; on PostgreSQL another server may live, and leases run out
        await jobs.release_leases(EMBEDDED)
        await outbox.take_over(EMBEDDED)
    async with working(EMBEDDED):
        yield


@asynccontextmanager
async def working(owner: str) -> AsyncIterator[None]:
    """The runner beside whatever else this process does, until the block ends; others are rung for what is left."""
    task = asyncio.get_running_loop().create_task(keep_working(owner), context=Context())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        for bell in wakeups.BELLS.values():
            bell.ring()


def own_name() -> str:
    """Of a worker that is a process of its own; two containers may well have the same process number."""
    return f"{names_here()}{os.getpid()}"


def names_here() -> str:
    """What the names of all workers on this machine begin with."""
    return f"worker-{socket.gethostname()[:40]}-"


async def alive_here() -> bool:
    """Has a worker of this machine given a sign of life lately?"""
    beats = await Heartbeat.select(Heartbeat.name, Heartbeat.at).where(Heartbeat.at > clock.ago(seconds=SILENT_SECONDS))
    return any(beat["name"].startswith(names_here()) for beat in beats)


async def keep_working(owner: str) -> None:
    """Look after the schedule and the jobs, and beside them after the post, so that a long sending holds nothing up."""
    if not on_sqlite():  # there the lock file keeps us alone
        leases.begin()
    async with asyncio.TaskGroup() as group:
        group.create_task(keep_to_schedule(owner))
        group.create_task(keep_delivering(owner))


async def keep_to_schedule(owner: str) -> None:
    """For ever; a failure of one round does not end it."""
    while True:
        try:
            await jobs.beat(owner)
            await plan()
            await jobs.run_due(WORK, owner)
        except Exception:
            log.exception("a round of the worker failed")
        await wakeups.JOBS.wait(SWEEP_SECONDS)


async def keep_delivering(owner: str) -> None:
    """For ever, over connections that stay open; a mail server that does not answer is asked ever more seldom."""
    rest = SWEEP_SECONDS
    async with outbox.a_courier(owner) as carrying:
        while True:
            try:
                await carrying.deliver_due()
                well = not carrying.trouble
            except Exception:
                log.exception("a round of the courier failed")
                well = False
            rest = SWEEP_SECONDS if well else min(LONGEST_REST_SECONDS, rest * 2)
            if well:
                await wakeups.POST.wait(SWEEP_SECONDS)
            else:
                await asyncio.sleep(rest)


async def plan() -> None:
    """Write each rhythm's next job; its slot is the key, so that any number of workers write it once."""
    for rhythm in SCHEDULE:
        slot = int(clock.now().timestamp() // rhythm.every.total_seconds())
        if _planned.get(rhythm.kind) != slot:
            await jobs.enqueue(rhythm.kind, key=f"{rhythm.kind}:{slot}", at=beginning(rhythm, slot))
            _planned[rhythm.kind] = slot


def beginning(rhythm: Rhythm, slot: int) -> datetime | None:
    if not rhythm.begin:
        return None
    planned = datetime.fromtimestamp(slot * rhythm.every.total_seconds(), UTC) + rhythm.begin
    return max(planned, clock.now() + FIRST_REST)
