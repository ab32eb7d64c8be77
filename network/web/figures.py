"""How many answers, how fast: counted in this process, told in Prometheus' words."""

from bisect import bisect_left

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_answers: dict[tuple[str, int], list[float]] = {}  # for each class of duration how many, then their sum


def note(route: str, status: int, seconds: float) -> None:
    counts = _answers.get((route, status))
    if counts is None:
        counts = _answers[route, status] = [0.0] * (len(SECONDS) + 2)
    counts[bisect_left(SECONDS, seconds)] += 1
    counts[-1] += seconds


def forget() -> None:
    _answers.clear()


def answers() -> list[str]:
    """The histogram of all answers, by route template and status."""
    name = "verbund_request_seconds"
    lines = [f"# HELP {name} Until the answer begins.", f"# TYPE {name} histogram"]
    for (route, status), counts in sorted(_answers.items()):
        labels, number = f'route="{route}",status="{status}"', 0.0
        for limit, count in zip((*SECONDS, "+Inf"), counts, strict=False):
            number += count
            lines.append(f'{name}_bucket{{{labels},le="{limit}"}} {number:.0f}')
        lines += [f"{name}_count{{{labels}}} {number:.0f}", f"{name}_sum{{{labels}}} {counts[-1]:.6f}"]
    return lines


def gauge(name: str, words: str, **values: float) -> list[str]:
    """One figure of this moment, once for each state."""
    lines = [f"# HELP {name} {words}", f"# TYPE {name} gauge"]
    return [*lines, *(f'{name}{{state="{state}"}} {value:g}' for state, value in values.items())]
