"""A deadline and how it was reckoned, step by step, each step with the sentence that a page shows."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from network.assembly.workdays import rest_on
from network.errors import Refused
from network.i18n import _, format_names, format_short_day, format_weekday, ngettext

MOST = {"days": 366, "weeks": 52, "months": 12}


class Unit(StrEnum):
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Period:
    """As the bylaws say it: 4 weeks, 14 days, 2 months. Refused (field "number") below 1 and beyond a year."""

    number: int
    unit: Unit = Unit.WEEKS

    def __post_init__(self) -> None:
        if not 1 <= self.number <= MOST[self.unit]:
            raise Refused(_("A period is at least one day and at most a year."), "number")

    @property
    def words(self) -> str:
        if self.unit == Unit.DAYS:
            return ngettext("%(num)s day", "%(num)s days", self.number)
        if self.unit == Unit.WEEKS:
            return ngettext("%(num)s week", "%(num)s weeks", self.number)
        return ngettext("%(num)s month", "%(num)s months", self.number)


class Turn(StrEnum):
    """What a step of the arithmetic does."""

    MEETING = "meeting"
    RECEIVED = "received"
    SENT_BEFORE = "sent_before"
    MOVED_BACK = "moved_back"
    POSTED = "posted"
    MAILED = "mailed"
    SENT = "sent"
    ARRIVES = "arrives"
    ENDS = "ends"
    MOVED_ON = "moved_on"


@dataclass(frozen=True, slots=True)
class Step:
    """One step, and the day that it leads to. `of` is the day before the step, `lands` those whose holidays were
    asked.
    """

    turn: Turn
    day: date
    of: date | None = None
    period: Period | None = None
    days_in_post: int = 0
    lands: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """A sentence in the reader's language, with its paragraph."""
        return WORDS[self.turn](self)

    @property
    def rests(self) -> tuple[tuple[date, str], ...]:
        """The days that were passed over because they are no working days, each with its reason."""
        if self.of is None:
            return ()
        first, last = min(self.of, self.day), max(self.of, self.day)
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        begin = self.of if self.days_in_post else None  # a letter may start or arrive on any day
        return tuple((day, reason) for day in days if day != begin and (reason := rest_on(day, self.lands)))


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day, safe on any reading of the law. `counted` is the day that counting alone gives, before § 193 BGB."""

    day: date
    counted: date
    steps: tuple[Step, ...]

    def is_kept_by(self, day: date) -> bool:
        return day <= self.day

    @property
    def words(self) -> list[str]:
        return [step.words for step in self.steps]

    def day_of(self, turn: Turn) -> date | None:
        """The day that a step led to, such as the last safe day of receipt."""
        return next((step.day for step in self.steps if step.turn == turn), None)


# --- in words --------------------------------------------------------------------------------------------------------


def meeting_words(step: Step) -> str:
    return _("The assembly is on %(day)s.", day=format_weekday(step.day))


def received_words(step: Step) -> str:
    return _(
        "Between receipt and assembly there must be %(period)s in full; neither of the two days counts "
        "(§§ 187, 188 BGB): received by %(day)s.",
        period=period_of(step), day=format_weekday(step.day),
    )  # fmt: skip


def sent_before_words(step: Step) -> str:
    return _(
        "Between dispatch and assembly there must be %(period)s in full; neither of the two days counts "
        "(§§ 187, 188 BGB): sent by %(day)s.",
        period=period_of(step), day=format_weekday(step.day),
    )  # fmt: skip


def moved_back_words(step: Step) -> str:
    return _(
        "No working day: %(reasons)s. Whether § 193 BGB holds backwards is disputed; on the safe side is the "
        "working day before: %(day)s.",
        reasons=rests_in_words(step), day=format_weekday(step.day),
    )  # fmt: skip


def posted_words(step: Step) -> str:
    told = ngettext(
        "A letter is reckoned with %(num)s working day in the post: posted by %(day)s.",
        "A letter is reckoned with %(num)s working days in the post: posted by %(day)s.",
        step.days_in_post,
        day=format_weekday(step.day),
    )
    return f"{told} {not_counted(step)}".strip()


def mailed_words(step: Step) -> str:
    return _("An e-mail arrives on the day it is sent: sent by %(day)s.", day=format_weekday(step.day))


def sent_words(step: Step) -> str:
    return _("Sent on %(day)s.", day=format_weekday(step.day))


def arrives_words(step: Step) -> str:
    if not step.days_in_post:
        return _("An e-mail arrives on the day it is sent: received on %(day)s.", day=format_weekday(step.day))
    told = ngettext(
        "A letter is reckoned with %(num)s working day in the post: received on %(day)s.",
        "A letter is reckoned with %(num)s working days in the post: received on %(day)s.",
        step.days_in_post,
        day=format_weekday(step.day),
    )
    return f"{told} {not_counted(step)}".strip()


def ends_words(step: Step) -> str:
    return _(
        "The period of %(period)s begins on the day after (§ 187 BGB) and ends on %(day)s (§ 188 BGB).",
        period=period_of(step), day=format_weekday(step.day),
    )  # fmt: skip


def moved_on_words(step: Step) -> str:
    return _(
        "No working day: %(reasons)s. The period ends on the next working day (§ 193 BGB): %(day)s.",
        reasons=rests_in_words(step), day=format_weekday(step.day),
    )  # fmt: skip


def period_of(step: Step) -> str:
    return step.period.words if step.period else ""


def not_counted(step: Step) -> str:
    reasons = rests_in_words(step)
    return _("Not counted: %(reasons)s.", reasons=reasons) if reasons else ""


def rests_in_words(step: Step) -> str:
    """Such as "15 May (Saturday) and 17 May (Pentecost Monday)"."""
    return format_names(f"{format_short_day(day)} ({reason})" for day, reason in step.rests)


WORDS = {
    Turn.MEETING: meeting_words,
    Turn.RECEIVED: received_words,
    Turn.SENT_BEFORE: sent_before_words,
    Turn.MOVED_BACK: moved_back_words,
    Turn.POSTED: posted_words,
    Turn.MAILED: mailed_words,
    Turn.SENT: sent_words,
    Turn.ARRIVES: arrives_words,
    Turn.ENDS: ends_words,
    Turn.MOVED_ON: moved_on_words,
}
