"""What follows from the bylaws on a day: when an exit takes effect, who has how many votes, when one has to convene."""

from calendar import monthrange
from datetime import date, timedelta

from network.association.clauses import classes_of
from network.association.tables import Bylaws

PERIODS = {"year": 12, "half_year": 6, "quarter": 3, "month": 1, "any": 0}  # in months
REASONABLE_DAYS = 14  # where the bylaws set no period for convening


def effective_exit(received: date, bylaws: Bylaws) -> date:
    """The last day of a membership whose notice was received on this day.

    The months begin with the day after (§ 187 I BGB) and end on the day of the same number, or the last of a shorter
    month (§ 188 II, III); the membership ends with the first end of a period on that day or after it.
    """
    return end_of_period(months_after(received, bylaws.notice_months), bylaws.notice_to)


def missed_exit(received: date, bylaws: Bylaws) -> date | None:
    """The end of a period for which the notice came too late; None when it could not have been meant."""
    if bylaws.notice_to == "any":
        return None
    first = end_of_period(received, bylaws.notice_to)
    before = end_of_period(months_after(effective_exit(received, bylaws), -PERIODS[bylaws.notice_to]), bylaws.notice_to)
    return before if first <= before else None


def latest_receipt(until: date, bylaws: Bylaws) -> date:
    """The last day on which a notice can be received that ends the membership on `until`."""
    day = months_after(until, -bylaws.notice_months)
    while months_after(day + timedelta(days=1), bylaws.notice_months) <= until:
        day += timedelta(days=1)
    return day


def votes(sites: int, bylaws: Bylaws) -> int:
    """How many votes a full member with so many open sites has: at least one, as the law knows none without."""
    if bylaws.votes_by == "sites":
        return max(1, sites)
    if bylaws.votes_by == "classes":
        return max([1, *(number for least, number in classes_of(bylaws.vote_classes) if sites >= least)])
    return 1


def key_day(assembly: date, bylaws: Bylaws) -> date:
    """The day whose members and sites give the votes of an assembly held on `assembly`."""
    if bylaws.key_date == "year":
        return date(assembly.year, 1, 1)
    return assembly - timedelta(days=bylaws.key_days) if bylaws.key_date == "days" else assembly


def guest_until(since: date, bylaws: Bylaws) -> date | None:
    """The last day of the time that a guest member who began on `since` is one; None where there are no guests."""
    return months_after(since, bylaws.guest_months) - timedelta(days=1) if bylaws.guest_months else None


def may_hold_another(held: int, bylaws: Bylaws) -> bool:
    """Whether whoever holds so many proxies may take one more."""
    most = bylaws.proxies_per_holder
    return bylaws.proxies != "none" and (most == 0 or held < most)


def months_after(day: date, months: int) -> date:
    """The day of the same number so many months later (or earlier), or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of_period(day: date, period: str) -> date:
    """The last day of the year, half-year, quarter or month that the day is in."""
    if period == "any":
        return day
    month = -(-day.month // PERIODS[period]) * PERIODS[period]
    return date(day.year, month, monthrange(day.year, month)[1])
