"""The rulebook: what the bylaws say or leave to the law, told, compared, and kept from breaking the law.

The form, the pages and the comparison of two versions all read the one list of `chapters`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from network.association.chapters import CHAPTERS, UNCHANGEABLE
from network.association.chapters.rule import Chapter, Rule
from network.association.clauses import ALL, MORE_YES, fraction, seats_of
from network.association.reckoning import PERIODS
from network.association.tables import Bylaws
from network.association.wording import MOST_MONTHS
from network.errors import Refused
from network.i18n import _

__all__ = [
    "ALL", "CHAPTERS", "CLAUSES", "MORE_YES", "RULES", "UNCHANGEABLE", "Chapter", "Rule", "fraction", "seats_of",
]  # fmt: skip

RULES: dict[str, Rule] = {rule.name: rule for chapter in CHAPTERS for rule in chapter.rules}
CLAUSES = {clause.name: clause for rule in RULES.values() for clause in rule.clauses}
OWNERS = {clause.name: rule for rule in RULES.values() for clause in rule.clauses}

# The modes of a ballot and the rule that has to name them; the law itself knows the first two.
MODES = {
    "yes_no": "",
    "one_vote": "",
    "run_off": "run_off",
    "relative": "relative",
    "lot": "lot",
    "en_bloc": "en_bloc",
    "list": "list_election",
    "approval": "approval",
    "transferable": "transferable",
}


# --- what they say ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """A rule as pages tell it."""

    rule: Rule
    value: str  # in words
    spoken: bool
    origin: str  # "Bylaws", or the law with its paragraph


def explain(name: str, bylaws: Bylaws) -> Told:
    """What counts by a rule (or the rule that this clause belongs to), in words, and why: the bylaws or the law."""
    rule = OWNERS[name]
    return Told(rule, rule.say(bylaws), speaks(bylaws, rule.name), origin(rule, bylaws))


def origin(rule: Rule, bylaws: Bylaws) -> str:
    if speaks(bylaws, rule.name):
        return _("Bylaws")
    if any(getattr(bylaws, clause.name) != clause.silent for clause in rule.clauses):
        return _("What most bylaws say, as yours are not entered yet")
    return _("Law, as the bylaws are silent: %(source)s", source=_(rule.source))


def speaks(bylaws: Bylaws, name: str) -> bool:
    """Whether the bylaws themselves speak of it. They may say the same as the law and are not silent then."""
    return OWNERS[name].name in bylaws.spoken.split()


def book(bylaws: Bylaws, *, of_members: bool = False) -> list[tuple[Chapter, list[Told]]]:
    """All rules as told, chapter by chapter; `of_members` leaves out what does not concern their rights."""
    return [
        (chapter, [explain(rule.name, bylaws) for rule in chapter.rules])
        for chapter in CHAPTERS
        if chapter.of_members or not of_members
    ]


def law() -> Bylaws:
    """Bylaws that are silent about everything: what the law says."""
    return Bylaws(spoken="", **{clause.name: clause.silent for clause in CLAUSES.values()})


def may_use(mode: str, bylaws: Bylaws) -> bool:
    """Whether a ballot may be held in this mode (a key of MODES)."""
    if mode == "one_vote":
        return not (speaks(bylaws, "election_single") and bylaws.election_single == "each")
    return not MODES[mode] or bool(getattr(bylaws, MODES[mode]))


# --- two versions ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    rule: Rule
    before: Told
    after: Told


def changes(before: Bylaws, after: Bylaws) -> list[Change]:
    """What is different, in the order of the chapters; that the bylaws say now what was law before is a difference."""
    return [
        Change(rule, explain(rule.name, before), explain(rule.name, after))
        for rule in RULES.values()
        if content(rule, before) != content(rule, after)
    ]


def changed(row: Bylaws, known: Sequence[Bylaws], *, of_members: bool = False) -> list[Change] | None:
    """What a version changes against the one before it, of `known` ones (the latest first); None for the first."""
    before = next((one for one in known if one.valid_from < row.valid_from), None)
    told = {told.rule.name for _chapter, lines in book(row, of_members=of_members) for told in lines}
    return [change for change in changes(before, row) if change.rule.name in told] if before else None


def content(rule: Rule, bylaws: Bylaws) -> tuple[Any, ...]:
    return (speaks(bylaws, rule.name), *(getattr(bylaws, clause.name) for clause in rule.clauses))


# --- written down ----------------------------------------------------------------------------------------------------


def written(said: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a version, from what was said clause by clause; a rule whose first clause is missing is silent.

    Refused (field = the clause) is what nobody can mean, and what no bylaws may say, with the paragraph.
    """
    if unknown := said.keys() - CLAUSES.keys():
        raise TypeError(f"no clauses of bylaws: {sorted(unknown)}")
    values: dict[str, Any] = {}
    spoken = [rule.name for rule in RULES.values() if said.get(rule.name) not in (None, "")]
    for rule in RULES.values():
        values |= answers(rule, said) if rule.name in spoken else {c.name: c.silent for c in rule.clauses}
    values["spoken"] = " ".join(spoken)
    refuse_unlawful(Bylaws(**values))
    return values


def answers(rule: Rule, said: Mapping[str, Any]) -> dict[str, Any]:
    first, *more = rule.clauses
    chosen = first.read(said[first.name])
    values: dict[str, Any] = {first.name: chosen}
    for clause in more:
        given = said.get(clause.name)
        if clause.means_something(chosen):
            values[clause.name] = clause.read(clause.silent if given in (None, "") else given)
        else:
            values[clause.name] = clause.silent
    return values


def refuse_unlawful(row: Bylaws) -> None:
    """What the law leaves to no bylaws (§ 40 BGB), and what contradicts itself."""
    refuse_holding(row)
    share = fraction(row.minority)
    if share is None or share >= Fraction(1, 2):
        raise Refused(_("A minority is less than half of the members (§ 37 BGB)."), "minority")
    if row.second_meeting and not (row.quorum_members or row.quorum_votes):
        raise Refused(_("Without a quorum no assembly lacks it; please enter the quorum first."), "second_meeting")
    if row.guests_vote and not row.guest_months:
        raise Refused(_("There are no guest members who could vote."), "guests_vote")
    refuse_nobody(row)


def refuse_holding(row: Bylaws) -> None:
    """Whoever just misses a day waits for the whole next period, and even that may not be longer than the law says."""
    if row.notice_months + PERIODS[row.notice_to] > MOST_MONTHS:
        raise Refused(
            _("The law lets nobody be held for longer than two years (§ 39 BGB); together with the wait for the end "
              "of the period this would be longer."),
            "notice_months",
        )  # fmt: skip


def refuse_nobody(row: Bylaws) -> None:
    """A board that cannot act for the association is none (§ 26 BGB)."""
    seats = seats_of(row.board_seats)
    if not speaks(row, "board_seats"):
        return
    if row.representation in ("two", "chair_and_one") and sum(seats.values()) == 1:
        raise Refused(_("With one seat there are no two who could act together (§ 26 BGB)."), "representation")
    if row.representation == "chair_and_one" and not seats.get("chair"):
        raise Refused(_("There is no chair among the seats (§ 26 BGB)."), "representation")
