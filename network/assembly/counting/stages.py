"""The report of a count by single transferable vote: what each stage did and left, as plain values for a page or a
file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from network.assembly.counting.lot import Lot
from network.assembly.counting.outcome import NO_NAMES, named
from network.i18n import _, format_names, locale, ngettext

ONE = 100_000  # one vote, in the hundred-thousandths that the rules count with


class Turn(StrEnum):
    FIRST = "first"
    SURPLUS = "surplus"
    EXCLUSION = "exclusion"


class Purpose(StrEnum):
    """What equals have to be told apart for."""

    SURPLUS = "surplus"  # whose is transferred first
    EXCLUSION = "exclusion"


@dataclass(frozen=True, slots=True)
class Parcel:
    """Papers that went on together: to whom ("" to nobody: exhausted), how many, at what value they came and went."""

    to: str
    papers: int
    value: int
    new_value: int

    @property
    def votes(self) -> int:
        return self.papers * self.new_value


@dataclass(frozen=True, slots=True)
class Tie:
    """Who stood equal, who of them was `chosen`, and by which earlier stage or which lot. Several: still equal then."""

    purpose: Purpose
    among: frozenset[str]
    chosen: tuple[str, ...]
    stage: int = 0
    lot: Lot | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """`votes` after the stage in the order of the candidates; `exhausted` and `lost` (cut off) up to then."""

    number: int
    turn: Turn
    of: str
    parcels: tuple[Parcel, ...]
    votes: tuple[int, ...]
    exhausted: int
    lost: int
    elected: tuple[str, ...]
    ties: tuple[Tie, ...]

    def gained(self, candidate: str) -> int:
        """What the candidate got in this stage; "" is what was exhausted in it."""
        return sum(parcel.votes for parcel in self.parcels if parcel.to == candidate)

    @property
    def total(self) -> int:
        """All valid papers, at every stage: piles, exhausted and cut off."""
        return sum(self.votes) + self.exhausted + self.lost


@dataclass(frozen=True, slots=True)
class Report:
    """`elected` in the order of their election. `blank` papers rank nobody who stands. All votes are
    hundred-thousandths.

    `needs_lot` says for what and between whom a lot must be drawn before the count can go on; None when it is
    finished.
    """

    title: str
    candidates: tuple[str, ...]
    seats: int
    valid: int
    blank: int
    quota: int
    stages: tuple[Stage, ...]
    elected: tuple[str, ...]
    needs_lot: tuple[Purpose, frozenset[str]] | None

    @property
    def open_seats(self) -> int:
        return self.seats - len(self.elected)

    def fate(self, candidate: str) -> tuple[str, int]:
        """How it ended: "elected" or "excluded" with the stage, ("", 0) for whoever was neither."""
        for stage in self.stages:
            if candidate in stage.elected:
                return "elected", stage.number
            if stage.turn == Turn.EXCLUSION and stage.of == candidate:
                return "excluded", stage.number
        return "", 0


# --- as a table ------------------------------------------------------------------------------------------------------


def table(report: Report, names: Mapping[str, str] = NO_NAMES) -> list[list[str]]:
    """A row of headings, a row for each candidate, then exhausted, cut off and the sum; votes with five decimals."""
    head = [_("Candidate"), *(heading(stage, names) for stage in report.stages), _("Result")]
    rows = [
        [
            names.get(one, one),
            *(decimal(stage.votes[place]) for stage in report.stages),
            fate_words(report, one),
        ]
        for place, one in enumerate(report.candidates)
    ]
    return [
        head,
        *rows,
        [_("Exhausted papers"), *(decimal(stage.exhausted) for stage in report.stages), ""],
        [_("Cut off after five decimals"), *(decimal(stage.lost) for stage in report.stages), ""],
        [_("Sum"), *(decimal(stage.total) for stage in report.stages), ""],
    ]


def decimal(votes: int) -> str:
    """Such as "905.13482", with a comma in German; whole votes too, so that columns line up."""
    whole, rest = divmod(votes, ONE)
    return f"{whole}{',' if locale() == 'de' else '.'}{rest:05}"


def heading(stage: Stage, names: Mapping[str, str]) -> str:
    if stage.turn == Turn.FIRST:
        return _("Stage %(number)s: first preferences", number=stage.number)
    name = names.get(stage.of, stage.of)
    if stage.turn == Turn.SURPLUS:
        return _("Stage %(number)s: surplus of %(name)s", number=stage.number, name=name)
    return _("Stage %(number)s: exclusion of %(name)s", number=stage.number, name=name)


def fate_words(report: Report, candidate: str) -> str:
    fate, stage = report.fate(candidate)
    if fate == "elected":
        return _("elected at stage %(number)s", number=stage)
    return _("excluded at stage %(number)s", number=stage) if fate else _("not elected")


# --- in words --------------------------------------------------------------------------------------------------------


def stage_words(report: Report, stage: Stage, names: Mapping[str, str] = NO_NAMES) -> list[str]:
    """What the stage did, in sentences."""
    said = [heading(stage, names) + "."]
    said += [tie_words(tie, names) for tie in stage.ties]
    for parcel in stage.parcels:
        to = names.get(parcel.to, parcel.to) if parcel.to else _("nobody, exhausted")
        said.append(
            ngettext(
                "%(num)s paper at %(value)s each goes to: %(name)s.",
                "%(num)s papers at %(value)s each go to: %(name)s.",
                parcel.papers, value=decimal(parcel.new_value), name=to,
            )
        )  # fmt: skip
    if stage.elected:
        said.append(
            _(
                "Elected (quota %(quota)s): %(names)s.",
                quota=decimal(report.quota), names=format_names(named(stage.elected, names)),
            )
        )  # fmt: skip
    return said


def tie_words(tie: Tie, names: Mapping[str, str]) -> str:
    equal = format_names(named(tuple(sorted(tie.among)), names))
    chosen = format_names(named(tie.chosen, names))
    if tie.lot is None:
        return _(
            "%(equal)s stand equal; the votes at stage %(number)s decide: %(chosen)s.",
            equal=equal, number=tie.stage, chosen=chosen,
        )  # fmt: skip
    if tie.lot.seed:
        return _(
            "%(equal)s stand equal; the lot drawn from “%(seed)s” decides: %(chosen)s.",
            equal=equal, seed=tie.lot.seed, chosen=chosen,
        )  # fmt: skip
    return _("%(equal)s stand equal; the lot decides: %(chosen)s.", equal=equal, chosen=chosen)
