"""A storm: web ×2 and worker ×2 under load, killed, without Redis, database, disk and right time, and all counts exact.

STORM_SEED=… repeats what was drawn by lot; TEST_LARGE=1 makes it a long one.
"""

import os
import time
from bisect import bisect
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from tests.faults import clocks, disk, postgres, redis
from tests.faults.clocks import Clock
from tests.faults.guests import NO_ANSWER, SORRY
from tests.faults.load import rows
from tests.faults.storm import CONNECTIONS, LARGE, USUAL, Storm

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.timeout(1800 if os.environ.get("TEST_LARGE") else 420),
    pytest.mark.skipif(bool(postgres.MISSING), reason=postgres.MISSING),
    pytest.mark.skipif(not redis.HERE, reason="redis-server is not installed (make test-tools)"),
    pytest.mark.skipif(bool(clocks.MISSING), reason=clocks.MISSING),
]
SEEN_SECONDS = 1.0


@dataclass
class Came:
    """What had come of it in the rows and at the mail server, when nothing was under way any more."""

    storm: Storm
    people: list[Any]
    letters: list[Any]
    deliveries: list[Any]

    @property
    def registered(self) -> set[str]:
        return {f"person{number}@example.org" for number in self.storm.load.registered}

    @property
    def cancelled(self) -> set[str]:
        return {f"person{number}@example.org" for number in self.storm.load.cancelled}

    def written(self, template: str) -> Counter[str]:
        """So many letters of this kind, by recipient."""
        return Counter(letter["to_email"] for letter in self.letters if letter["template"] == f"events/{template}")

    @property
    def meant(self) -> dict[str, str]:
        """Every message that had to arrive, and to whom."""
        issue = {
            f"<{one['reference']}.{one['id']}@{one['from_email'].rpartition('@')[2]}>": one["email"]
            for one in self.deliveries
        }
        return issue | {letter["message_id"]: letter["to_email"] for letter in self.letters}

    @property
    def doubled(self) -> list[int]:
        """For each phase how many of the messages that first arrived in it came once more; the last is what was after."""
        first: dict[str, int] = {}
        for number, one in enumerate(self.storm.sink.taken):
            first.setdefault(one.message_id, number)
        ends = [phase.last_letter for phase in self.storm.phases]
        times = self.storm.sink.counted
        found = Counter(bisect(ends, number) for name, number in first.items() for _again in range(times[name] - 1))
        return [found[number] for number in range(len(ends) + 1)]


@pytest.fixture(scope="module")
async def came(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Came:
    began = time.monotonic()
    storm = Storm(LARGE if os.environ.get("TEST_LARGE") else USUAL, Clock(), Clock())
    async with storm.opened(tmp_path_factory.mktemp("storm")):
        await storm.rage()
        url = storm.house.database_url
        made = Came(
            storm,
            await rows(url, "SELECT a.*, e.seats FROM attendee a JOIN event e ON e.id = a.event ORDER BY a.entry"),
            await rows(url, "SELECT * FROM letter"),
            await rows(url, "SELECT d.*, s.reference, s.from_email FROM delivery d JOIN sending s ON s.id = d.sending"),
        )
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(table(made, time.monotonic() - began))
    return made


def table(came: Came, seconds: float) -> str:
    storm, doubled = came.storm, came.doubled
    summary = (
        f"\n  A storm (STORM_SEED={storm.seed}), {seconds:.0f} s in all, quiet {storm.calmed_after:.0f} s after the last "
        f"fault: {len(came.registered)} guests, {len(came.cancelled)} of them cancelled; {storm.load.sent} issues to "
        f"{storm.size.readers} readers each and {len(came.letters)} letters: {len(came.meant)} messages, "
        f"{len(set(came.meant) - set(storm.sink.counted))} of them lost, {sum(doubled)} doubled"
    )
    head = (
        f"  {'fault':58} {'s':>5} {'well after':>10} {'guests':>6} {'letters':>7} {'doubled':>7} {'503':>5} "
        f"{'no answer':>9}  seats at B late by"
    )
    lines = [summary, head]
    for phase, twice in zip(storm.phases, doubled, strict=False):
        seen = ", ".join(f"{one:.2f} s" for one in phase.seen)
        lines.append(
            f"  {phase.name:58} {phase.lasted:5.1f} {phase.well_after:8.1f} s {phase.guests:6} "
            f"{phase.last_letter - phase.first_letter:7} {twice:7} {phase.answers[503]:5} "
            f"{phase.answers[NO_ANSWER]:9}  {seen}"
        )
    return "\n".join([*lines, *(f"  {words}" for words in storm.missed)])


async def test_everybody_who_did_not_give_up_is_registered_exactly_once(came):
    assert Counter(one["email"] for one in came.people) == Counter(came.registered)
    assert {one["email"] for one in came.people if one["state"] == "cancelled"} == came.cancelled


async def test_no_seat_is_given_twice_and_none_stays_empty(came):
    forums = {one["event"] for one in came.people}
    assert len(forums) == len(came.storm.phases) + 1
    for forum in forums:
        people = [one for one in came.people if one["event"] == forum]
        come = [one["state"] for one in people if one["state"] != "cancelled"]
        assert come.count("seated") == min(people[0]["seats"], len(come))
        assert come.count("waiting") == len(come) - come.count("seated")


async def test_nobody_passes_anybody_on_the_waiting_list(came):
    for forum in {one["event"] for one in came.people}:
        queue = [one for one in came.people if one["event"] == forum]
        waiting = [one["entry"] for one in queue if one["state"] == "waiting"]
        seated = [one["entry"] for one in queue if one["seated_at"]]
        assert not waiting or max(seated) < min(waiting)


async def test_every_deed_has_its_letter_and_none_has_two(came):
    seated = {one["email"] for one in came.people if one["seated_at"]}
    at_once = {letter["to_email"] for letter in came.letters if letter["calendar_method"] == "REQUEST"}
    moved_up = came.written("moved_up")
    overviews = [letter for letter in came.letters if letter["template"] == "events/overview"]

    assert came.written("overview") == Counter(came.registered)
    assert came.written("attendee_cancelled") == Counter(came.cancelled)
    assert at_once | set(moved_up) == seated
    assert set(moved_up) & {one["to_email"] for one in overviews if one["calendar_method"] == "REQUEST"} == set()
    assert max(moved_up.values(), default=1) == 1


async def test_every_letter_and_every_issue_reaches_everybody_it_is_meant_for(came):
    got: dict[str, set[str]] = {}
    for one in came.storm.sink.taken:
        got.setdefault(one.message_id, set()).add(one.recipient)

    assert len(came.deliveries) == came.storm.load.sent * came.storm.size.readers
    assert Counter(one["state"] for one in [*came.letters, *came.deliveries]) == {"sent": len(came.meant)}
    assert got == {name: {recipient} for name, recipient in came.meant.items()}


async def test_only_a_kill_doubles_and_at_most_one_message_per_connection(came):
    allowed = [phase.kills * CONNECTIONS for phase in came.storm.phases]
    *doubled, afterwards = came.doubled

    assert [(phase.name, twice) for phase, twice, most in zip(came.storm.phases, doubled, allowed, strict=True)
            if twice > most] == []  # fmt: skip
    assert afterwards == 0


async def test_whoever_could_not_be_served_was_told_so_in_the_frame_of_the_house(came):
    told = came.storm.load.told

    assert set(told.answers) <= {NO_ANSWER, 200, 303, 503}
    assert [text for text in told.sorry if SORRY not in text] == []


@pytest.mark.skipif(bool(disk.missing()), reason=f"no disk was filled: {disk.missing()}")
async def test_a_full_disk_is_told_and_everything_goes_on_when_there_is_space(came):
    full = [phase for phase in came.storm.phases if "disk" in phase.name]

    assert full
    assert min(phase.answers[503] for phase in full) > 0


async def test_a_seat_taken_at_one_process_is_seen_at_the_other_within_a_second_also_without_redis(came):
    measured = [seconds for phase in came.storm.phases for seconds in phase.seen]

    assert len(measured) == 4 * came.storm.size.rounds
    assert max(measured) <= SEEN_SECONDS
