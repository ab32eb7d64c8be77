"""What stands beside a resolution in the book: the assembly that took it."""

from network.assembly.entering import SOURCE
from network.assembly.filing import CHANGING
from network.assembly.tables.day import Decision
from network.assembly.tables.elections import Election, Round
from network.assembly.tables.meeting import AgendaItem, Assembly
from network.people.viewer import Viewer, has_assemblies
from network.resolutions.tables import Outcome, Resolution
from network.web.handed import Card


async def beside(viewer: Viewer, reference: str) -> list[Card]:
    """On the page of a resolution: the assembly and the item of its agenda; of an election its ballots, too."""
    if not has_assemblies(viewer):
        return []
    of = await election_of(reference)
    taken = of or await Decision.objects().get(Decision.resolution == reference)
    if taken is None:
        return []
    row = await Assembly.objects().get(Assembly.id == taken.assembly)
    item = await AgendaItem.objects().get(AgendaItem.id == taken.item)
    return [Card("assembly/beside", {"row": row, "item": item, "to_register": to_register(taken), "of": of})]


def to_register(taken: Decision | Election) -> bool:
    """A change of the bylaws that was adopted: its page leads to its application."""
    return isinstance(taken, Decision) and taken.kind in CHANGING and taken.outcome == Outcome.ADOPTED


async def election_of(reference: str) -> Election | None:
    entered = await Resolution.objects().get(Resolution.reference == reference)
    if entered is None or not entered.source.startswith(SOURCE):
        return None
    one = await Round.objects(Round.election).get(Round.reference == entered.source.removeprefix(SOURCE))
    return one.election if one else None
