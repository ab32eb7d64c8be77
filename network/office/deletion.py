"""The yearly run: looked at as numbers, approved by one person, done in portions that may be killed at any line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from network import clock, jobs
from network.activity import WORKER, record
from network.association import keeping
from network.association.keeping import Kept
from network.database import DB, alone, first_row
from network.errors import Refused
from network.i18n import N_, _
from network.office import holding
from network.office.tables import DeletionPart, DeletionRun
from network.people.viewer import Viewer
from network.references import new_reference

KIND, PORTION = "retention.kind", "retention.portion"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A kind that goes in the yearly run, and how many of it are due."""

    kept: Kept
    limit: date
    number: int

    @property
    def counted(self) -> str:
        return self.kept.forgetting.counted(self.number)


# Looked at -----------------------------------------------------------------------------------------------------------


async def preview(day: date) -> list[Waiting]:
    """Every kind that waits for the run, also where nothing of it is due."""
    kinds = await keeping.all_kept(holding.kinds())
    return [
        Waiting(one, limit, await one.forgetting.due(limit))
        for one in kinds
        if one.yearly and (limit := one.limit(day))
    ]


def seen(waiting: list[Waiting]) -> str:
    """The numbers as the form carries them: "newsletter.consents=12"."""
    return " ".join(f"{one.kept.key}={one.number}" for one in waiting)


def in_words(numbers: Mapping[str, int]) -> str:
    """Such as "143 registrations, 12 consents", in the order of the calendar; what was none is left out."""
    parts = [
        kind.forgetting.counted(numbers[kind.key])
        for kind in holding.kinds()
        if kind.forgetting and numbers.get(kind.key)
    ]
    return ", ".join(parts)


async def under_way() -> DeletionRun | None:
    return await DeletionRun.objects().get(DeletionRun.finished_at == None)


# Approved ------------------------------------------------------------------------------------------------------------


def may_approve(viewer: Viewer) -> bool:
    """The administration (DOMAIN §6: users, roles, audit log, retention)."""
    return viewer.is_admin


async def approve(viewer: Viewer, looked_at: str) -> DeletionRun:
    """Let go what was due when somebody looked: one run with a part for each kind, and the job that begins it.

    `looked_at` are the numbers of the preview (`seen`). Refused when they are others by now, when nothing is due, while
    another run is under way, and for whoever may not.
    """
    if not may_approve(viewer):
        raise Refused(_("Only the administration approves what is deleted."))
    day, now = clock.today(), clock.now()
    async with DB.transaction():
        await alone("deletion run")  # of two who approve at the same moment the second sees the first one's run
        if await under_way():
            raise Refused(_("A run is under way. Please wait until it is done."))
        waiting = await preview(day)
        if seen(waiting) != looked_at:
            raise Refused(_("The numbers have changed since you looked. Please look at them once more."))
        due = [one for one in waiting if one.number]
        if not due:
            raise Refused(_("Nothing is due."))
        run = DeletionRun(reference=new_reference(), day=day, approved_by=viewer.reference, approved_at=now)
        await run.save()
        for one in due:
            await DeletionPart(run=run.id, kind=one.kept.key, until=one.limit, expected=one.number).save()
        told = in_words({one.kept.key: one.number for one in due})
        await record(viewer.reference, N_("deletion run approved"), thing(run), told)
        await jobs.enqueue(PORTION, run=run.reference)
    return run


# Done ----------------------------------------------------------------------------------------------------------------


async def do_portion(run: str) -> None:
    """The job: let one portion go and write down the next job, all in one transaction. The rows tell what is left."""
    await alone("deletion run")
    row = await first_row(DeletionRun, "WHERE reference = {} AND finished_at IS NULL", run)
    if row is None:
        return
    part = await first_row(DeletionPart, "WHERE run = {} AND finished_at IS NULL ORDER BY id", row.id)
    if part is None:
        await finish(row)
        return
    await let_go(part)
    await jobs.enqueue(PORTION, run=run)


async def let_go(part: DeletionPart) -> None:
    kind = holding.kind_of(part.kind)
    number = 0
    if kind and kind.forgetting and kind.forgetting.forget:
        number = await keeping.forget_portion(await keeping.kept(kind), part.until)
    changes = {DeletionPart.done: DeletionPart.done + number} if number else {DeletionPart.finished_at: clock.now()}
    await DeletionPart.update(changes).where(DeletionPart.id == part.id)  # type: ignore[arg-type]  # Piccolo's dict is of Column


async def finish(run: DeletionRun) -> None:
    await DeletionRun.update({DeletionRun.finished_at: clock.now()}).where(DeletionRun.id == run.id)
    told = in_words({part.kind: part.done for part in await parts_of(run)})
    await record(WORKER, N_("deletion run finished"), thing(run), told)


async def parts_of(run: DeletionRun) -> list[DeletionPart]:
    return await DeletionPart.objects().where(DeletionPart.run == run.id).order_by(DeletionPart.id)


async def by_reference(reference: str) -> DeletionRun | None:
    return await DeletionRun.objects().get(DeletionRun.reference == reference)


async def runs() -> list[DeletionRun]:
    """The latest first."""
    return await DeletionRun.objects().order_by(DeletionRun.id, ascending=False)


def thing(run: DeletionRun) -> str:
    return f"deletion:{run.reference}"


# By itself -----------------------------------------------------------------------------------------------------------


async def daily() -> None:
    """What goes by itself and has no job of its own, a job for each kind; and a run that was left lying goes on."""
    for one in await keeping.all_kept(holding.kinds()):
        if one.term and one.forgetting.forget and not one.yearly:
            await jobs.enqueue(KIND, what=one.key)
    if run := await under_way():
        await jobs.enqueue(PORTION, run=run.reference)


async def do_kind(what: str) -> None:
    """The job: one portion of a kind that goes by itself, and the next job where there was something to do."""
    found = holding.kind_of(what)
    one = await keeping.kept(found) if found else None
    if one and one.term and not one.yearly and await keeping.forget_portion(one, one.limit(clock.today())):
        await jobs.enqueue(KIND, what=what)
