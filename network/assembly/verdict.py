"""What follows from a ballot's counts, by the method of its mode; the same, whoever reckons it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from network.assembly.counting import absolute, approval, en_bloc, relative, runoff, seats, yes_no
from network.assembly.counting.outcome import Outcome, base_words
from network.assembly.counting.tally import Tally, tally
from network.assembly.tables.elections import Election, Round, RoundCount
from network.errors import Refused
from network.i18n import _, format_names
from network.resolutions.counts import Count
from network.resolutions.majorities import Decision as Result
from network.resolutions.majorities import arithmetic

YES_NO = ("yes_no", "en_bloc")
LOTS = ("lot", "border_lot")  # drawn, not cast


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted: votes by candidate (reference), or yes and no; and what became of all the rest.

    `papers` is how many papers name somebody, where each may name several.
    """

    votes: Mapping[str, int] = field(default_factory=dict)
    yes: int = 0
    no: int = 0
    abstain: int = 0
    invalid: int = 0
    not_cast: int = 0
    papers: int | None = None

    @property
    def of_yes_no(self) -> Count:
        return Count(self.yes, self.no, self.abstain, self.invalid, self.not_cast)


@dataclass(frozen=True, slots=True)
class Judged:
    """What follows from a count: who is elected, who stands equal, and the arithmetic in words."""

    elected: tuple[str, ...]
    tied: tuple[str, ...]
    words: str

    @property
    def outcome(self) -> str:
        if self.elected and not self.tied:
            return "elected"
        return "tie" if self.tied else "none"


def judge(one: Round, of: Election, names: Mapping[str, str], counted: Counted) -> Judged:
    """By the method of the ballot's mode; nothing is read or written. `names` are those shown, by reference."""
    if one.mode in YES_NO:
        result = judge_yes_no(one, of, list(names), counted)
        chosen = names if result.is_adopted else {}
        return Judged(tuple(chosen), (), f"{arithmetic(result)} {elected_words(chosen)}")
    if set(counted.votes) != set(names):
        raise Refused(_("Please enter a number for each candidate."))
    if one.mode == "border_vote":
        return Judged((), (), border_words(one, tally_of(one, counted), names))
    found = outcome_of(one, tally_of(one, counted))
    return Judged(found.elected, found.tied, found.words(names))


def judge_yes_no(one: Round, of: Election, names: Sequence[str], counted: Counted) -> Result:
    if one.mode == "yes_no":
        return yes_no.count(counted.of_yes_no, represented=one.represented)
    return en_bloc.count(
        names, counted.of_yes_no, seats=of.number, represented=one.represented, is_allowed=True
    ).decision


def elected_words(chosen: Mapping[str, str]) -> str:
    """Somebody is elected, not adopted."""
    if not chosen:
        return _("Nobody is elected.")
    return _("Elected: %(names)s.", names=format_names(chosen.values()))


def border_words(one: Round, given: Tally, names: Mapping[str, str]) -> str:
    """Nobody is elected by it: it says who comes into the run-off."""
    found = runoff.highest(given, one.places)
    return " ".join([base_words(Outcome(given, seats=one.places)), *contest_words(found, names)])


def contest_words(found: runoff.Contest, names: Mapping[str, str]) -> list[str]:
    """In the order of the paper: equals have none by their votes."""
    said = []
    if found.certain:
        into = format_names(name for one, name in names.items() if one in found.certain)
        said.append(_("Into the run-off: %(names)s.", names=into))
    if found.tied:
        equal = format_names(name for one, name in names.items() if one in found.tied)
        said.append(_("%(names)s have the same number of votes for the run-off.", names=equal))
    return said


def outcome_of(one: Round, given: Tally) -> Outcome:
    if one.mode == "one_vote":
        return absolute.count(given)
    if one.mode == "run_off":
        return runoff.count(given)
    if one.mode == "relative":
        return relative.count(given)
    if one.mode == "approval":
        return approval.count(given, seats=one.places)
    return (seats.absolute if one.mode == "list" else seats.relative)(given, seats=one.places)


# --- told again ------------------------------------------------------------------------------------------------------


def told(one: Round, of: Election, lines: Sequence[RoundCount]) -> Judged:
    """What follows from the counts as they are kept; `lines` with their candidates."""
    if one.mode in LOTS:
        names = names_in(lines)
        words = _("%(names)s stand equal; the lot drawn by %(by)s decides for %(drawn)s.",
                  names=format_names(names.values()), by=one.drawn_by, drawn=names[one.drawn])  # fmt: skip
        if one.mode == "border_lot":
            into = _("Into the run-off: %(names)s.", names=names[one.drawn])
            return Judged((), (), f"{words} {into}")
        return Judged((one.drawn,), (), words)
    return judge(one, of, names_in(lines), counted_in(one, lines))


def names_in(lines: Sequence[RoundCount]) -> dict[str, str]:
    return {line.candidate.reference: line.candidate.name for line in lines}


def counted_in(one: Round, lines: Sequence[RoundCount]) -> Counted:
    abstain, invalid, not_cast = one.abstain or 0, one.invalid or 0, one.not_cast or 0
    if one.mode in YES_NO:
        yes, no = lines[0].yes or 0, lines[0].no or 0
        return Counted(yes=yes, no=no, abstain=abstain, invalid=invalid, not_cast=not_cast)
    votes = {line.candidate.reference: line.yes or 0 for line in lines}
    papers = one.represented - abstain - invalid - not_cast
    return Counted(votes, abstain=abstain, invalid=invalid, not_cast=not_cast, papers=papers)


def tally_of(one: Round, counted: Counted) -> Tally:
    most = {"list": one.places, "list_relative": one.places, "approval": len(counted.votes)}.get(one.mode, 1)
    return tally(
        counted.votes, represented=one.represented, abstain=counted.abstain, invalid=counted.invalid,
        not_cast=counted.not_cast, most=most, valid=counted.papers,
    )  # fmt: skip
