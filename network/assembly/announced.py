"""What had been announced before a count was corrected: as the pages and the minutes tell it."""

from network.assembly.tables.day import Correction
from network.assembly.tables.meeting import Assembly


async def before(vote: str) -> list[Correction]:
    """The first first."""
    return await Correction.objects().where(Correction.vote == vote).order_by(Correction.id)


async def before_in(row: Assembly) -> dict[str, list[Correction]]:
    """Of a whole assembly, by the vote."""
    told: dict[str, list[Correction]] = {}
    for one in await Correction.objects().where(Correction.assembly == row.id).order_by(Correction.id):
        told.setdefault(one.vote, []).append(one)
    return told


async def last_of(row: Assembly) -> Correction | None:
    """The one that was made last."""
    mine = Correction.objects().where(Correction.assembly == row.id)
    return await mine.order_by(Correction.id, ascending=False).first()
