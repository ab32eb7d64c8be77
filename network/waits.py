"""How long this process waited for the database, by what it waited for."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from network.histograms import Histogram

WRITER = "writer"  # the embedded database's one writer: until it was this transaction's turn
CONNECTION = "connection"  # a free connection of the pool; of the embedded database's, a reader
ROW = "row"  # the row that owns counted things (decisions/0003), with the statement that takes it

durations = Histogram("verbund_database_wait_seconds", "What this process waited for at the database.", "for")
_longest: dict[str, float] = {}


@contextmanager
def waiting(what: str) -> Iterator[None]:
    began = perf_counter()
    try:
        yield
    finally:
        took = perf_counter() - began
        durations.note((what,), took)
        _longest[what] = max(_longest.get(what, 0.0), took)


def told() -> list[str]:
    name = "verbund_database_longest_wait_seconds"
    longest = [f'{name}{{for="{what}"}} {seconds:.6f}' for what, seconds in sorted(_longest.items())]
    return [*durations.told(), f"# HELP {name} The longest since this process began.", f"# TYPE {name} gauge", *longest]
