"""One line of the benchmark's table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    figure: float
    unit: str
    budget: str = ""  # as DESIGN writes it, "≥ 0.5"
    kept: bool | None = None  # None: no budget
    note: str = ""

    @property
    def line(self) -> str:
        verdict = {True: "kept", False: "MISSED", None: ""}[self.kept]
        return f"{self.what:46} {self.figure:>10.3g} {self.unit:14} {self.budget:10} {verdict:7} {self.note}"
