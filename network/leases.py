"""Leases: who is at work on a row. They are told by the database's clock, and hold when that clock is set.

A clock that is put forward ends all leases at once, and one that is put back makes those of the dead last: so a lease
counts as long as one of two clocks says so, the database's and the one we went by until now, and never for longer than
leases are given. When somebody has just begun, or the clock has just been set, nobody's rows are taken over until all
who live have renewed theirs.
"""

from datetime import timedelta
from time import monotonic
from typing import Any

from network import clock
from network.database import now_sql
from network.settings import settings

SLACK_SECONDS = 5
_began = float("-inf")


def begin() -> None:
    """A runner begins: it knows nothing yet of what the clock did before, and of who is at work."""
    global _began  # noqa: PLW0603  a process begins once
    _began = monotonic()


def free() -> tuple[str, list[Any]]:
    """Under which condition a row may be taken, and its values."""
    if monotonic() < max(_began, clock.was_set()) + settings().lease_seconds / 2:
        return "leased_until IS NULL", []
    longest = settings().lease_seconds + SLACK_SECONDS
    held = f"leased_until BETWEEN {now_sql()} AND {now_sql(plus_seconds=longest)} OR leased_until BETWEEN {{}} AND {{}}"
    return f"(leased_until IS NULL OR NOT ({held}))", [clock.now(), clock.now() + timedelta(seconds=longest)]
