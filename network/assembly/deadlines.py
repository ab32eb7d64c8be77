"""The legal clock of an assembly: by when an invitation must be on its way, a motion in, an objection raised.

Each answer carries its arithmetic, step by step, for a page to show. The law knows no period for inviting; the bylaws
set it.
"""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from network.assembly.reckoning import Deadline, Period, Step, Turn, Unit
from network.assembly.workdays import is_working_day, working_day_after, working_day_before, working_days_from
from network.association.reckoning import months_after

IN_THE_POST = 3  # working days; 95 of 100 letters arrive by then (§ 18 PostG)


class Anchor(StrEnum):
    """What the period is counted from; if the bylaws are silent, from receipt (OLG München 31 Wx 123/15)."""

    RECEIPT = "receipt"
    DISPATCH = "dispatch"


class Way(StrEnum):
    POST = "post"
    EMAIL = "email"


# --- the deadlines ---------------------------------------------------------------------------------------------------


def inviting(
    meeting: date,
    period: Period,
    *,
    way: Way,
    home: str,
    recipients: Collection[str] = (),
    anchor: Anchor = Anchor.RECEIPT,
    days_in_post: int = IN_THE_POST,
) -> Deadline:
    """The last safe day to post or send an invitation.

    `home` is the Land of the association ("" where it is not known), `recipients` those of whoever is invited (none
    known: all sixteen). A letter needs working days in both; an e-mail arrives on its day.
    """
    begin = Step(Turn.MEETING, meeting)
    counted = last_day_before(meeting, period)
    if anchor == Anchor.DISPATCH:
        sent = Step(Turn.SENT_BEFORE, counted, of=meeting, period=period)
        return deadline(counted, begin, sent, *moved_back(counted, at(home)))
    received = [Step(Turn.RECEIVED, counted, of=meeting, period=period), *moved_back(counted, tuple(recipients))]
    arrival = received[-1].day
    if way == Way.EMAIL:
        return deadline(counted, begin, *received, Step(Turn.MAILED, arrival, of=arrival))
    lands = among(home, recipients)
    posted = Step(
        Turn.POSTED, posting_day(arrival, days_in_post, lands), of=arrival, days_in_post=days_in_post, lands=lands
    )
    return deadline(counted, begin, *received, posted)


def moving(meeting: date, period: Period, *, home: str) -> Deadline:
    """The last safe day on which a motion of a member reaches the association; `counted` is the last that can be in
    time.
    """
    counted = last_day_before(meeting, period)
    received = Step(Turn.RECEIVED, counted, of=meeting, period=period)
    return deadline(counted, Step(Turn.MEETING, meeting), received, *moved_back(counted, at(home)))


def objecting(
    sent: date,
    period: Period,
    *,
    way: Way,
    home: str,
    recipients: Collection[str] = (),
    days_in_post: int = IN_THE_POST,
) -> Deadline:
    """The last day of a period that begins when something is received, such as for objections to the minutes.

    The day of receipt does not count (§ 187 I BGB); a period that would end on a day of rest ends on the next working
    day (§ 193), of the association's Land, as an objection reaches it there.
    """
    lands = among(home, recipients)
    in_post = days_in_post if way == Way.POST else 0
    arrival = working_days_from(sent, in_post, lands)
    end = end_of(arrival, period)
    steps = [
        Step(Turn.SENT, sent),
        Step(Turn.ARRIVES, arrival, of=sent, days_in_post=in_post, lands=lands),
        Step(Turn.ENDS, end, of=arrival, period=period),
    ]
    if not is_working_day(end, at(home)):
        steps.append(Step(Turn.MOVED_ON, working_day_after(end, at(home)), of=end, lands=at(home)))
    return deadline(end, *steps)


# --- their parts -----------------------------------------------------------------------------------------------------


def at(home: str) -> tuple[str, ...]:
    """The association's Land; where it is not known, a day is a working day only if it is one in all sixteen."""
    return (home,) if home else ()


def among(home: str, recipients: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted({home, *recipients})) if home and recipients else ()


def deadline(counted: date, *steps: Step) -> Deadline:
    return Deadline(day=steps[-1].day, counted=counted, steps=steps)


def last_day_before(meeting: date, period: Period) -> date:
    """Neither the last day nor that of the assembly counts (§§ 187 I, 188 I, II BGB, counted backwards).

    Months go back to the day of the same number or the last of a shorter month, and one day more: never later than
    counting them forwards would allow.
    """
    if period.unit == Unit.MONTHS:
        return months_after(meeting, -period.number) - timedelta(days=1)
    return meeting - timedelta(days=days_in(period) + 1)


def end_of(day: date, period: Period) -> date:
    """The last day of a period that begins on the day after this one (§ 188 BGB)."""
    return months_after(day, period.number) if period.unit == Unit.MONTHS else day + timedelta(days=days_in(period))


def days_in(period: Period) -> int:
    return period.number * (7 if period.unit == Unit.WEEKS else 1)


def moved_back(day: date, lands: tuple[str, ...]) -> list[Step]:
    """Whether § 193 BGB holds backwards is disputed: the working day before is safe either way."""
    if is_working_day(day, lands):
        return []
    return [Step(Turn.MOVED_BACK, working_day_before(day, lands), of=day, lands=lands)]


def posting_day(arrival: date, days_in_post: int, lands: tuple[str, ...]) -> date:
    return working_day_before(working_days_from(arrival, -days_in_post, lands), lands)
