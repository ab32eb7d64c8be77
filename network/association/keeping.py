"""How long the association keeps each kind of data, by its own decision where the law leaves one, and how it goes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from network import clock
from network.activity import WORKER, record
from network.association.reckoning import months_after
from network.association.tables import KeepingTime
from network.database import DB, alone
from network.errors import Refused
from network.i18n import N_, _, ngettext
from network.web.kinds import Forgetting, Kind, Term

UNITS = {
    "days": lambda number: ngettext("%(num)s day", "%(num)s days", number),
    "months": lambda number: ngettext("%(num)s month", "%(num)s months", number),
    "years": lambda number: ngettext("%(num)s year", "%(num)s years", number),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind with the time that holds for it."""

    kind: Kind
    term: Term | None
    yearly: bool

    @property
    def forgetting(self) -> Forgetting:
        assert self.kind.forgetting
        return self.kind.forgetting

    @property
    def key(self) -> str:
        return self.kind.key

    @property
    def can_be_decided(self) -> bool:
        """The law leaves a choice of the time, or it may go in the yearly run."""
        return self.term is not None and (self.term.is_choice or self.forgetting.forget is not None)

    @property
    def time(self) -> str:
        """Such as "12 months after the event"."""
        if self.term is None:
            return _(self.kind.lasts)
        return " ".join([length(self.term), _(self.forgetting.after)])

    @property
    def basis(self) -> str:
        """Why it is kept and how long, as the person reads it."""
        why = _("%(purpose)s (%(ground)s)", purpose=_(self.kind.purpose), ground=_(self.kind.ground))
        return " ".join(f"{part}." for part in (why, self.time, _(self.kind.then)) if part)

    def limit(self, day: date) -> date:
        """Whatever began on this day or before is due on `day`."""
        assert self.term
        return limit_of(self.term, day)

    def due_on(self, began: date) -> date:
        """The day on which something that began on a day is due."""
        assert self.term
        return due_day(self.term, began)


def limit_of(term: Term, day: date) -> date:
    if term.unit == "days":
        return day - timedelta(days=term.number)
    if term.unit == "months":
        return months_after(day, -term.number)
    return date(day.year - term.number - 1, 12, 31)


def due_day(term: Term, began: date) -> date:
    """The first day whose limit is not before `began`."""
    if term.unit == "days":
        return began + timedelta(days=term.number)
    if term.unit == "years":
        return date(began.year + term.number + 1, 1, 1)
    day = months_after(began, term.number)
    return day if months_after(day, -term.number) >= began else day + timedelta(days=1)


def length(term: Term) -> str:
    return UNITS[term.unit](term.number)


async def kept(kind: Kind) -> Kept:
    return (await all_kept([kind]))[0]


async def all_kept(kinds: Iterable[Kind]) -> list[Kept]:
    """In one query, whatever their number."""
    decided = {row.kind: row for row in await KeepingTime.objects()}
    return [by_decision(kind, decided.get(kind.key)) for kind in kinds]


def by_decision(kind: Kind, row: KeepingTime | None) -> Kept:
    forgetting = kind.forgetting
    if forgetting is None:
        return Kept(kind, None, yearly=False)
    term = forgetting.term
    if row and term.is_choice:
        term = Term(row.number, term.unit, term.least, term.most)
    yearly = forgetting.forget is not None and (row.yearly if row else forgetting.yearly)
    return Kept(kind, term, yearly=yearly)


async def decide(kind: Kind, *, number: int, yearly: bool, actor: str) -> None:
    """From now on this kind is kept so long. Refused outside of what the law leaves, and where it leaves nothing."""
    now = await kept(kind)
    term = now.term
    if term is None or not now.can_be_decided:
        raise Refused(_("There is nothing to decide about this kind of data."))
    if term.is_choice and not term.least <= number <= term.most:
        raise Refused(
            _("Please choose a number from %(least)s to %(most)s.", least=term.least, most=term.most), "number"
        )
    chosen = Term(number if term.is_choice else term.number, term.unit, term.least, term.most)
    if (chosen, yearly) == (term, now.yearly):
        return
    async with DB.transaction():
        row = KeepingTime(kind=kind.key, number=chosen.number, yearly=yearly, decided_at=clock.now())
        changed = [KeepingTime.number, KeepingTime.yearly, KeepingTime.decided_at]
        await KeepingTime.insert(row).on_conflict(action="DO UPDATE", target=KeepingTime.kind, values=changed)
        told = f"{length(term)} → {length(chosen)}" if chosen != term else length(chosen)
        how = _("in the yearly run") if yearly else _("by itself")
        await record(actor, N_("keeping time decided"), f"keeping:{kind.key}", _(kind.title), f"{told}, {how}")


async def forget_portion(one: Kept, limit: date, *, actor: str = WORKER) -> int:
    """Let a portion of what began on this day or before go, and note how many; 0 when nothing is left."""
    forgetting = one.forgetting
    assert forgetting.forget
    async with DB.transaction():
        await alone(f"keeping {one.key}")
        gone = await forgetting.forget(limit)
        if gone.number:
            await record(actor, forgetting.verb, gone.thing or f"keeping:{one.key}", gone.label, str(gone.number))
    return gone.number


async def forget_by_itself(kind: Kind) -> None:
    """All that is due today in one go, unless the association lets this kind wait for its yearly run."""
    one = await kept(kind)
    if not one.yearly:
        while await forget_portion(one, one.limit(clock.today())):
            pass
