"""A part of a whole that is needed: at least three quarters, more than half; and percentages that do not mislead."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

from babel.numbers import format_decimal

from network.errors import Refused
from network.i18n import _, babel, format_number, locale

DIGITS = range(1, 5)  # of a percentage: as many as it takes to tell it from the one needed


@dataclass(frozen=True, slots=True)
class Share:
    """A part of something: at least ¾ of it, or more than ½. Refused (field "share") below nothing and above all."""

    of_all: Fraction
    more_than: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.of_all <= 1 or (self.more_than and self.of_all == 1):
            raise Refused(_("A majority is more than nothing and at most all."), "share")

    def needed(self, base: int) -> int:
        """The least whole number that is such a part of the base; never 0."""
        exact = self.of_all * base
        if self.more_than:
            return exact.numerator // exact.denominator + 1
        return max(1, -(-exact.numerator // exact.denominator))

    @property
    def words(self) -> str:
        """Such as "75 %", "2/3" or "more than 50 %"."""
        percent = self.of_all * 100
        told = f"{format_number(percent.numerator)} %" if percent.denominator == 1 else str(self.of_all)
        return _("more than %(share)s", share=told) if self.more_than else told


HALF = Share(Fraction(1, 2), more_than=True)
TWO_THIRDS = Share(Fraction(2, 3))
THREE_QUARTERS = Share(Fraction(3, 4))


def percent(part: Fraction, needed: Fraction) -> str:
    """Such as "73.3 %": with more digits where rounding would make it look like what is needed."""
    digits = next((digits for digits in DIGITS if is_told_apart(part, needed, digits)), DIGITS[-1])
    rounding = ROUND_HALF_UP if is_told_apart(part, needed, digits) else ROUND_DOWN if part < needed else ROUND_UP
    told = decimal_of(part * 100, digits, rounding)
    return f"{format_decimal(told, '#,##0.' + '0' * digits, locale=babel(locale()))} %"


def is_told_apart(part: Fraction, needed: Fraction, digits: int) -> bool:
    told = Fraction(decimal_of(part * 100, digits, ROUND_HALF_UP))
    return part == needed or (told < needed * 100 if part < needed else told > needed * 100)


def decimal_of(number: Fraction, digits: int, rounding: str) -> Decimal:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(Decimal(1).scaleb(-digits), rounding=rounding)
