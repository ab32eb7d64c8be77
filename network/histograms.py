"""How often something took how long: counted in this process, told in Prometheus' words."""

from bisect import bisect_left

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

Labels = tuple[str | int, ...]


class Histogram:
    def __init__(self, name: str, words: str, *labels: str) -> None:
        self.name, self.words, self.labels = name, words, labels
        self.counts: dict[Labels, list[float]] = {}  # for each class of duration how many, then their sum

    def note(self, labels: Labels, seconds: float) -> None:
        counts = self.counts.get(labels)
        if counts is None:
            counts = self.counts[labels] = [0.0] * (len(SECONDS) + 2)
        counts[bisect_left(SECONDS, seconds)] += 1
        counts[-1] += seconds

    def forget(self) -> None:
        self.counts.clear()

    def told(self) -> list[str]:
        lines = [f"# HELP {self.name} {self.words}", f"# TYPE {self.name} histogram"]
        for values, counts in sorted(self.counts.items()):
            labels = ",".join(f'{name}="{value}"' for name, value in zip(self.labels, values, strict=True))
            number = 0.0
            for limit, count in zip((*SECONDS, "+Inf"), counts, strict=False):
                number += count
                lines.append(f'{self.name}_bucket{{{labels},le="{limit}"}} {number:.0f}')
            lines += [f"{self.name}_count{{{labels}}} {number:.0f}", f"{self.name}_sum{{{labels}}} {counts[-1]:.6f}"]
        return lines
