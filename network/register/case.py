"""A case for the register: what it is about, whether an application has been begun, and how far that has come.

An assembly has one case. The board between assemblies has one for what nobody has applied for yet, and one for each
application that was begun.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from network import clock
from network.assembly import meeting
from network.assembly.afterwards import KEPT_DAYS, lately_closed
from network.assembly.tables.meeting import Assembly
from network.i18n import N_, _, local
from network.register import subject
from network.register.subject import Subject
from network.register.tables import Filing, FilingStep

NEW = "new"  # stands in the address of what the board has not applied for yet
STATES = {
    "prepared": ("warn", N_("being prepared")),
    "certified": ("info", N_("certified by a notary")),
    "filed": ("info", N_("filed")),
    "queried": ("bad", N_("the court asks for something")),
    "registered": ("ok", N_("entered in the register")),
    "refused": ("bad", N_("refused by the court")),
}


@dataclass(frozen=True, slots=True)
class Case:
    row: Assembly | None  # None: of the board between assemblies
    filing: Filing | None  # None: not begun
    subject: Subject

    @property
    def place(self) -> str:
        if self.row:
            return f"/office/assemblies/{self.row.reference}/register"
        return f"/office/board/register/{self.filing.reference if self.filing else NEW}"

    @property
    def back(self) -> str:
        return f"/office/assemblies/{self.row.reference}" if self.row else "/office/board/register"

    @property
    def title(self) -> str:
        return self.row.title if self.row else self.subject.words or _("Change of the board")

    @property
    def thing(self) -> str:
        if self.row:
            return meeting.thing(self.row)
        return f"filing:{self.filing.reference if self.filing else NEW}"

    @property
    def state(self) -> str:
        return state_of(self.filing) if self.filing else ""

    @property
    def is_under_way(self) -> bool:
        return self.state not in ("", "refused")

    @property
    def changes_on(self) -> date | None:
        """From when on the change of the board can be applied for: of an assembly, which has one application, when the
        first of those elected begins; of the board in between when all that the application tells has happened.
        """
        days = self.subject.days if not self.subject.bylaws else []
        return next(iter(days), None) if self.row else next(reversed(days), None)

    @property
    def earliest(self) -> date:
        """Nothing is applied for before it has happened: the assembly, and the change of the board."""
        held_on = [local(self.row.starts_at)] if self.row else []
        change = [self.changes_on] if self.changes_on else []
        return max([*held_on, *change], default=clock.today())

    @property
    def last_day(self) -> date:
        """Changes are filed at once when they have happened (§§ 67, 71 BGB); two weeks are what a signed draft and a
        notary take.
        """
        return self.earliest + timedelta(days=14)

    @property
    def is_late(self) -> bool:
        """A change of the board that was not filed in time: then the transparency register wants its own notice."""
        filed_on = self.filing.filed_on if self.filing else None
        return self.subject.board and (filed_on or clock.today()) > self.last_day


def state_of(filing: Filing) -> str:
    if filing.registered_on:
        return "registered"
    if filing.refused_on:
        return "refused"
    if filing.objected_on and not filing.answered_on:
        return "queried"
    if filing.filed_on:
        return "filed"
    return "certified" if filing.certified_on else "prepared"


# --- finding ---------------------------------------------------------------------------------------------------------


async def of_assembly(row: Assembly) -> Case:
    latest = Filing.objects().where(Filing.assembly == row.id).order_by(Filing.id, ascending=False)
    return Case(row, await latest.first(), await subject.of_assembly(row))


async def of_board() -> Case:
    """What the board has not applied for yet; its subject may be empty."""
    theirs = (Filing.assembly == None) & (Filing.closed_at == None)
    under_way = [line for one in await Filing.objects().where(theirs) for line in one.about.split("\n")]
    decided = [line for row in await lately_closed(clock.today()) for line in (await subject.of_assembly(row)).things]
    return Case(None, None, await subject.of_board(told=[*under_way, *decided]))


async def of_filing(one: Filing) -> Case:
    row = await Assembly.objects().get(Assembly.id == one.assembly) if one.assembly else None
    return Case(row, one, await (subject.of_assembly(row) if row else subject.remembered(one.about)))


async def known(reference: str) -> Case | None:
    """By what stands in its address: an assembly, an application of the board, or what is new of the board."""
    if reference == NEW:
        return await of_board()
    if one := await Filing.objects().get((Filing.reference == reference) & (Filing.assembly == None)):
        return await of_filing(one)
    row = await meeting.by_reference(reference)
    return await of_assembly(row) if row else None


async def waiting(day: date) -> list[Case]:
    """Of lately closed assemblies and of the board: what has to be filed, and what was, the board's latest last."""
    found = [await of_assembly(row) for row in await lately_closed(day)]
    since = clock.berlin(day - timedelta(days=KEPT_DAYS), time.min)
    theirs = Filing.objects().where((Filing.assembly == None) & (Filing.opened_at >= since)).order_by(Filing.id)
    found += [await of_filing(one) for one in await theirs]
    return [one for one in (*found, await of_board()) if one.filing or one.subject]


async def steps_of(filing: Filing) -> dict[str, FilingStep]:
    return {one.kind: one for one in await FilingStep.objects().where(FilingStep.filing == filing.id)}
