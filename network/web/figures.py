"""How many answers, how fast; and figures of this moment. In Prometheus' words."""

from network.histograms import Histogram

answers = Histogram("verbund_request_seconds", "Until the answer begins.", "route", "status")


def gauge(name: str, words: str, **values: float) -> list[str]:
    """One figure of this moment, once for each state."""
    lines = [f"# HELP {name} {words}", f"# TYPE {name} gauge"]
    return [*lines, *(f'{name}{{state="{state}"}} {value:g}' for state, value in values.items())]


def single(name: str, words: str, value: float) -> list[str]:
    return [f"# HELP {name} {words}", f"# TYPE {name} gauge", f"{name} {value:g}"]
