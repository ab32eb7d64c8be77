"""What a resolution needs: votes that add up, the majority that law or bylaws ask for, and a quorum; each with its
arithmetic.

Votes are whole numbers; whoever holds several casts them in one direction. Majorities are default law (§§ 32, 33, 40,
41 BGB).
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from network.association.clauses import ALL, fraction
from network.errors import Refused
from network.i18n import N_, _, format_number, ngettext
from network.resolutions.counts import Count, check
from network.resolutions.shares import HALF, THREE_QUARTERS, Share, percent
from network.resolutions.tables import Outcome


class Base(StrEnum):
    """Of what a majority is reckoned."""

    CAST = "cast"  # yes and no; abstentions and invalid votes do not count (BGHZ 83, 35)
    VALID = "valid"  # with abstentions, for bylaws that count them
    REPRESENTED = "represented"  # all in the room, for bylaws that ask for the majority of those present
    ALL_VOTES = "all_votes"
    ALL_MEMBERS = "all_members"  # counted by heads
    EVERYBODY = "everybody"  # each member consents: another purpose (§ 33 I 2 BGB), no meeting (§ 32 III BGB)


@dataclass(frozen=True, slots=True)
class Majority:
    base: Base = Base.CAST
    share: Share = HALF


YES, NO = "yes", "no"
SIMPLE = Majority()  # § 32 I 3 BGB
CHANGE_OF_BYLAWS = Majority(Base.CAST, THREE_QUARTERS)  # § 33 I 1 BGB
DISSOLUTION = Majority(Base.CAST, THREE_QUARTERS)  # § 41 S. 2 BGB
CHANGE_OF_PURPOSE = Majority(Base.EVERYBODY, Share(Fraction(1)))  # § 33 I 2 BGB


def majority_of(rule: str) -> Majority:
    """What a majority in the bylaws means: "more_yes", a share of the votes cast such as "3/4", or "all" members.

    Half is more than half: a tie is no majority.
    """
    if rule == ALL:
        return CHANGE_OF_PURPOSE
    share = fraction(rule)
    return SIMPLE if share in (None, HALF.of_all) else Majority(Base.CAST, Share(share))


@dataclass(frozen=True, slots=True)
class Consents:
    """What members who were absent sent in text form afterwards."""

    yes: int = 0
    no: int = 0


NONE = Consents()


@dataclass(frozen=True, slots=True)
class Decision:
    """A result with all that it was reckoned from: `base` is of what the majority, `needed` how many yes it takes."""

    majority: Majority
    count: Count
    represented: int
    banned: int
    yes: int
    base: int
    needed: int
    pending: int
    outcome: Outcome
    casting: str = ""  # how the chair voted, where that decided a tie: "yes", "no"

    @property
    def is_adopted(self) -> bool:
        return self.outcome == Outcome.ADOPTED

    @property
    def is_tie(self) -> bool:
        return self.count.yes == self.count.no > 0

    @property
    def words(self) -> str:
        """The arithmetic and what follows, in the reader's language: "11 of 15 … = 73.3 %, needed 75 % (12 votes)."."""
        return " ".join(part for part in (banned_words(self), arithmetic(self), _(OUTCOME_WORDS[self.outcome])) if part)


# --- deciding --------------------------------------------------------------------------------------------------------


def decide(
    majority: Majority,
    count: Count,
    *,
    represented: int,
    banned: int = 0,
    total: int = 0,
    consents: Consents = NONE,
    casting: str = "",
) -> Decision:
    """Whether a motion is adopted; a tie is no majority, unless the bylaws give the chair a `casting` vote: then it
    goes as that vote went ("yes", "no").

    `represented` are all votes in the room, `banned` those of them that may not be cast (§ 34 BGB), which leave the
    base; `total` all votes, or members, that there are, for majorities of all. Refused when the count does not add up,
    when the total is smaller than what was represented, and when absent members consent to what only the room decides.
    """
    check(count, represented - banned)
    if majority.base in OF_ALL and total < represented:
        raise Refused(_("More votes are represented than there are altogether."), "total")
    if majority.base != Base.EVERYBODY and consents != NONE:
        raise Refused(_("Only where all members must consent are consents of absent members counted."), "consents")
    if consents.yes < 0 or consents.no < 0 or consents.yes + consents.no > max(0, total - represented):
        raise Refused(_("More absent members have answered than there are."), "consents")
    base = base_of(majority.base, count, represented - banned, total - banned)
    yes, needed = count.yes + consents.yes, majority.share.needed(base)
    decides = casting in (YES, NO) and majority == SIMPLE and count.yes == count.no > 0
    casting = casting if decides else ""
    pending = total - represented - consents.yes - consents.no if majority.base == Base.EVERYBODY else 0
    return Decision(
        majority=majority, count=count, represented=represented, banned=banned, yes=yes, base=base, needed=needed,
        pending=pending, casting=casting,
        outcome=Outcome.ADOPTED if casting == YES else outcome_of(yes, needed, pending),
    )  # fmt: skip


OF_ALL = (Base.ALL_VOTES, Base.ALL_MEMBERS, Base.EVERYBODY)


def base_of(base: Base, count: Count, represented: int, total: int) -> int:
    if base in OF_ALL:
        return total
    return {Base.CAST: count.cast, Base.VALID: count.valid, Base.REPRESENTED: represented}[base]


def outcome_of(yes: int, needed: int, pending: int) -> Outcome:
    """Open only while those who have not answered could still make it the majority."""
    if yes >= needed:
        return Outcome.ADOPTED
    return Outcome.PENDING if pending and yes + pending >= needed else Outcome.REJECTED


# --- in words --------------------------------------------------------------------------------------------------------

OUTCOME_WORDS = {
    Outcome.ADOPTED: N_("Adopted."),
    Outcome.REJECTED: N_("Rejected."),
    Outcome.PENDING: N_("Open until the absent members have answered in text form (§ 33 BGB)."),
}
BASE_WORDS = {
    Base.CAST: N_("%(yes)s of %(base)s votes cast = %(percent)s, needed %(share)s (%(needed)s)."),
    Base.VALID: N_(
        "%(yes)s of %(base)s valid votes, abstentions included = %(percent)s, needed %(share)s (%(needed)s)."
    ),
    Base.REPRESENTED: N_("%(yes)s of %(base)s votes represented = %(percent)s, needed %(share)s (%(needed)s)."),
    Base.ALL_VOTES: N_("%(yes)s of all %(base)s votes = %(percent)s, needed %(share)s (%(needed)s)."),
    Base.ALL_MEMBERS: N_("%(yes)s of all %(base)s members = %(percent)s, needed %(share)s (%(needed)s)."),
}


def arithmetic(decision: Decision) -> str:
    if decision.majority.base == Base.EVERYBODY:
        return everybody_words(decision)
    if decision.majority == SIMPLE:
        return simple_words(decision.count, decision.casting)
    share = decision.majority.share
    reached = percent(Fraction(decision.yes, decision.base or 1), share.of_all)
    return _(
        BASE_WORDS[decision.majority.base],
        yes=format_number(decision.yes), base=format_number(decision.base), percent=reached,
        share=share.words, needed=format_number(decision.needed),
    )  # fmt: skip


TIE_WORDS = {
    "": N_("%(yes)s yes, %(no)s no: a tie is no majority."),
    YES: N_("%(yes)s yes, %(no)s no: a tie, which the vote of the chair decides by the bylaws; it was a yes."),
    NO: N_("%(yes)s yes, %(no)s no: a tie, which the vote of the chair decides by the bylaws; it was a no."),
}


def simple_words(count: Count, casting: str = "") -> str:
    numbers = {"yes": format_number(count.yes), "no": format_number(count.no)}
    if count.yes > count.no:
        return _("%(yes)s yes, %(no)s no: more yes than no.", **numbers)
    if count.yes < count.no:
        return _("%(yes)s yes, %(no)s no: not more yes than no.", **numbers)
    return _(TIE_WORDS[casting], **numbers)


def everybody_words(decision: Decision) -> str:
    told = _(
        "All members must consent: %(yes)s of %(base)s have.",
        yes=format_number(decision.yes), base=format_number(decision.base),
    )  # fmt: skip
    if not decision.pending:
        return told
    waiting = ngettext(
        "%(num)s absent member has not answered.", "%(num)s absent members have not answered.", decision.pending
    )
    return f"{told} {waiting}"


def banned_words(decision: Decision) -> str:
    if not decision.banned:
        return ""
    return ngettext(
        "%(num)s vote may not be cast (§ 34 BGB) and is not counted.",
        "%(num)s votes may not be cast (§ 34 BGB) and are not counted.",
        decision.banned,
    )
