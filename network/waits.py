"""How long transactions waited for their turn: for the embedded database's writer, or a connection of the pool."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

_count, _seconds, _longest = 0, 0.0, 0.0


@contextmanager
def waiting() -> Iterator[None]:
    global _count, _seconds, _longest
    began = perf_counter()
    try:
        yield
    finally:
        took = perf_counter() - began
        _count, _seconds, _longest = _count + 1, _seconds + took, max(_longest, took)


def told() -> list[str]:
    name = "verbund_database_wait_seconds"
    return [
        f"# HELP {name} Until a transaction of this process had its turn.",
        f"# TYPE {name} summary",
        f"{name}_count {_count}",
        f"{name}_sum {_seconds:.6f}",
        f"# HELP {name}_longest The longest since this process began.",
        f"# TYPE {name}_longest gauge",
        f"{name}_longest {_longest:.6f}",
    ]
