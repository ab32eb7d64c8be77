"""What the bylaws (Satzung) decide, version by version: notice, guests, votes; and what follows from it on a day."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

from network.activity import record
from network.association.tables import Bylaws
from network.database import DB, rows
from network.errors import Refused
from network.i18n import N_, _, format_day, ngettext

PERIODS = {"year": 12, "half_year": 6, "quarter": 3, "month": 1, "any": 0}  # in months
END_WORDS = {
    "year": N_("to the end of a year"),
    "half_year": N_("to the end of a half-year"),
    "quarter": N_("to the end of a quarter"),
    "month": N_("to the end of a month"),
    "any": N_("to any day"),
}
VOTES_BY = ("member", "sites", "classes")
MOST_MONTHS = 24  # from the notice to the exit, whatever the bylaws say (§ 39 II BGB)
MOST_GUEST_MONTHS = 120
MOST_VOTES = 99


# --- what follows from them ------------------------------------------------------------------------------------------


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


def guest_until(since: date, bylaws: Bylaws) -> date | None:
    """The last day of the time that a guest member who began on `since` is one; None where there are no guests."""
    return months_after(since, bylaws.guest_months) - timedelta(days=1) if bylaws.guest_months else None


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


def classes_of(text: str) -> list[tuple[int, int]]:
    """Such as "1=1 2=2 4=3" as pairs: votes from so many sites on. Anything else is refused (field "vote_classes")."""
    try:
        pairs = [(int(least), int(number)) for least, number in (part.split("=") for part in text.split())]
    except ValueError:
        pairs = []
    rising = all(one[0] < two[0] and one[1] < two[1] for one, two in pairwise(pairs))
    if not pairs or not rising or pairs[0][0] not in (0, 1) or not 1 <= pairs[0][1] <= pairs[-1][1] <= MOST_VOTES:
        raise Refused(_("Please write the classes like “1=1 2=2 4=3”, beginning with 1 and rising."), "vote_classes")
    return pairs


# --- in words --------------------------------------------------------------------------------------------------------


def notice_in_words(bylaws: Bylaws) -> str:
    """Such as "3 months to the end of a year"."""
    months = ngettext("%(num)s month", "%(num)s months", bylaws.notice_months) if bylaws.notice_months else ""
    end = _(END_WORDS[bylaws.notice_to])
    return " ".join(part for part in (months, end) if part)


def guests_in_words(bylaws: Bylaws) -> str:
    if not bylaws.guest_months:
        return _("There are no guest members.")
    return ngettext("%(num)s month without a vote", "%(num)s months without a vote", bylaws.guest_months)


def votes_in_words(bylaws: Bylaws) -> str:
    if bylaws.votes_by == "sites":
        return _("one vote for each open site")
    if bylaws.votes_by == "member":
        return _("one vote for each member")
    parts = []
    for least, number in classes_of(bylaws.vote_classes):
        told = ngettext("%(num)s vote", "%(num)s votes", number)
        parts.append(ngettext("%(votes)s from one site on", "%(votes)s from %(num)s sites on", least, votes=told))
    return ", ".join(parts)


# --- the versions ----------------------------------------------------------------------------------------------------


async def bylaws_on(day: date) -> Bylaws:
    """The version in force on a day; before the first known version that one, and without any what most bylaws say."""
    known = await rows(Bylaws, "ORDER BY valid_from DESC, id DESC")
    begun = (one for one in known if one.valid_from <= day)
    return next(begun, None) or next(reversed(known), None) or Bylaws(valid_from=day)


async def versions() -> list[Bylaws]:
    """The latest first."""
    return await Bylaws.objects().order_by(Bylaws.valid_from, ascending=False)


async def enact(
    actor: str,
    *,
    valid_from: date,
    notice_months: int,
    notice_to: str,
    guest_months: int = 0,
    votes_by: str = "member",
    vote_classes: str = "",
    note: str = "",
) -> Bylaws:
    """Write down what the bylaws say from a day on; the same day again puts that version right.

    Refused when somebody could be held for longer than two years (§ 39 II BGB), and for classes that nobody can read.
    """
    row = Bylaws(
        valid_from=valid_from, notice_months=notice_months, notice_to=notice_to, guest_months=guest_months,
        votes_by=votes_by, vote_classes=" ".join(vote_classes.split()) if votes_by == "classes" else "", note=note,
    )  # fmt: skip
    refuse_too_long(row)
    if votes_by == "classes":
        classes_of(row.vote_classes)
    async with DB.transaction():
        await Bylaws.delete().where(Bylaws.valid_from == valid_from)
        await row.save()
        await record(actor, N_("bylaws entered"), "bylaws:", detail=format_day(valid_from))
    return row


def refuse_too_long(row: Bylaws) -> None:
    """Whoever just misses a day waits for the whole next period, and even that may not be longer than the law says."""
    if row.notice_months + PERIODS[row.notice_to] > MOST_MONTHS:
        raise Refused(
            _("The law lets nobody be held for longer than two years (§ 39 BGB); together with the wait for the end "
              "of the period this would be longer."),
            "notice_months",
        )  # fmt: skip
