"""What stands beside a resolution in the book: the assembly that took it."""

from network.assembly.tables.day import Decision
from network.assembly.tables.meeting import AgendaItem, Assembly
from network.people.viewer import Viewer, has_assemblies
from network.web.handed import Card


async def beside(viewer: Viewer, reference: str) -> list[Card]:
    """On the page of a resolution: the assembly and the item of its agenda."""
    vote = await Decision.objects().get(Decision.resolution == reference) if has_assemblies(viewer) else None
    if vote is None:
        return []
    row = await Assembly.objects().get(Assembly.id == vote.assembly)
    item = await AgendaItem.objects().get(AgendaItem.id == vote.item)
    return [Card("assembly/beside", {"row": row, "item": item})]
