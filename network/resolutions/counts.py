"""Votes that were counted: each one is accounted for before anything follows from them."""

from collections.abc import Iterable
from dataclasses import dataclass

from network.errors import Refused
from network.i18n import _, format_number, ngettext

MOST_VOTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Count:
    """What became of each vote that was represented."""

    yes: int
    no: int
    abstain: int = 0
    invalid: int = 0
    not_cast: int = 0

    @property
    def cast(self) -> int:
        return self.yes + self.no

    @property
    def valid(self) -> int:
        return self.cast + self.abstain

    @property
    def total(self) -> int:
        return self.valid + self.invalid + self.not_cast


def check(count: Count, to_cast: int) -> None:
    """Refused, saying what is missing or too many, unless every vote that could be cast is accounted for."""
    parts = (count.yes, count.no, count.abstain, count.invalid, count.not_cast)
    add_up(parts, to_cast, addition_words(count))


def add_up(parts: Iterable[int], whole: int, told: str) -> None:
    """Refused when one is negative, or when they are more or fewer than the whole; `told` is the addition in words."""
    numbers = [*parts]
    if min(numbers) < 0 or max(numbers) > MOST_VOTES:
        raise Refused(_("Votes are whole numbers from 0 on."))
    short = whole - sum(numbers)
    if short > 0:
        raise Refused(
            ngettext(
                "%(num)s vote is missing: %(sum)s, but %(whole)s can be cast.",
                "%(num)s votes are missing: %(sum)s, but %(whole)s can be cast.",
                short, sum=told, whole=format_number(whole),
            )
        )  # fmt: skip
    if short < 0:
        raise Refused(
            ngettext(
                "%(num)s vote is too many: %(sum)s, but only %(whole)s can be cast.",
                "%(num)s votes are too many: %(sum)s, but only %(whole)s can be cast.",
                -short, sum=told, whole=format_number(whole),
            )
        )  # fmt: skip


def addition_words(count: Count) -> str:
    """Such as "9 yes + 5 no + 0 abstentions + 0 invalid + 0 not cast = 14"."""
    return _(
        "%(yes)s yes + %(no)s no + %(abstentions)s + %(invalid)s invalid + %(not_cast)s not cast = %(total)s",
        yes=count.yes, no=count.no, abstentions=abstentions(count.abstain), invalid=count.invalid,
        not_cast=count.not_cast, total=count.total,
    )  # fmt: skip


def abstentions(number: int) -> str:
    """The one word among the counts that has a plural of its own: "1 abstention", "2 abstentions"."""
    return ngettext("%(num)s abstention", "%(num)s abstentions", number)
