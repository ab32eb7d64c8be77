"""Milestones: what the office writes into the association's history."""

from network import clock, roughly
from network.activity import record
from network.chronicle.tables import Milestone
from network.database import DB
from network.i18n import N_
from network.references import new_reference


async def enter(*, day: str, actor: str, shown: bool = True, **texts: str) -> Milestone:
    """Write a milestone down. `day` is roughly (network/roughly.py); `texts`: title_de, title_en, text_de, text_en."""
    row = Milestone(reference=new_reference())
    told(row, day=day, shown=shown, **texts)
    async with DB.transaction():
        await row.save()
        await record(actor, N_("milestone written"), thing(row), row.title_de)
    return row


async def change(row: Milestone, *, day: str, actor: str, shown: bool = True, **texts: str) -> None:
    told(row, day=day, shown=shown, **texts)
    async with DB.transaction():
        await row.save()
        await record(actor, N_("milestone changed"), thing(row), row.title_de)


async def remove(row: Milestone, *, actor: str) -> None:
    """Take it out of the history for good; the protocol keeps its title."""
    async with DB.transaction():
        await row.remove()
        await record(actor, N_("milestone removed"), thing(row), row.title_de)


async def by_reference(reference: str) -> Milestone | None:
    return await Milestone.objects().get(Milestone.reference == reference)


async def every() -> list[Milestone]:
    return await Milestone.objects().order_by(Milestone.sorting).order_by(Milestone.id)


def told(row: Milestone, *, day: str, shown: bool, **texts: str) -> None:
    for name, text in texts.items():
        setattr(row, name, text)
    row.day, row.sorting = day, roughly.earliest(day)
    row.published_at = (row.published_at or clock.now()) if shown else None


def thing(row: Milestone) -> str:
    return f"milestone:{row.reference}"
