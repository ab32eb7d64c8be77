"""What stands beside a resolution in the book, and beside a term of the board: the assembly that it came from."""

from network.assembly.decision import CHANGES_BYLAWS
from network.assembly.entering import SOURCE, in_book
from network.assembly.tables.day import Decision
from network.assembly.tables.elections import Acceptance, Election, Round, RoundCount
from network.assembly.tables.meeting import AgendaItem, Assembly
from network.people.viewer import Viewer, has_assemblies
from network.resolutions.book import number_of
from network.resolutions.tables import Outcome, Resolution
from network.web.handed import Card

VOTE = "decision:"  # how the source of what was voted on begins


async def beside(viewer: Viewer, reference: str) -> list[Card]:
    """On the page of a resolution: the assembly and the item of its agenda; of an election its ballots, too."""
    if not has_assemblies(viewer):
        return []
    entered = await Resolution.objects().get(Resolution.reference == reference)
    of = await election_of(entered) if entered else None
    taken = of or (await decision_of(entered) if entered else None)
    if taken is None:
        return []
    row = await Assembly.objects().get(Assembly.id == taken.assembly)
    item = await AgendaItem.objects().get(AgendaItem.id == taken.item)
    vote = None if of else taken
    values = {"row": row, "item": item, "to_register": to_register(taken), "of": of, "vote": vote}
    return [Card("assembly/beside", values)]


async def beside_term(viewer: Viewer, reference: str) -> list[Card]:
    """On the page of a term: the election that it came from, and its number in the book."""
    answer = await Acceptance.objects(Acceptance.candidate).get(Acceptance.term == reference)
    if answer is None or not has_assemblies(viewer):
        return []
    of = await Election.objects().get(Election.id == answer.election)
    row = await Assembly.objects().get(Assembly.id == of.assembly) if of else None
    won = (RoundCount.candidate == answer.candidate.id) & (RoundCount.elected == True)  # noqa: E712  a column
    line = await RoundCount.objects(RoundCount.round).where(won).order_by(RoundCount.id, ascending=False).first()
    entry = (await in_book([line.round])).get(line.round.reference) if line else None
    values = {"row": row, "of": of, "answer": answer, "entry": entry, "number": number_of(entry) if entry else ""}
    return [Card("assembly/parts/beside_term", values)]


def to_register(taken: Decision | Election) -> bool:
    """A change of the bylaws that was adopted: its page leads to its application."""
    return isinstance(taken, Decision) and taken.kind in CHANGES_BYLAWS and taken.outcome == Outcome.ADOPTED


async def decision_of(entered: Resolution) -> Decision | None:
    if not entered.source.startswith(VOTE):
        return None
    return await Decision.objects().get(Decision.reference == entered.source.removeprefix(VOTE))


async def election_of(entered: Resolution) -> Election | None:
    if not entered.source.startswith(SOURCE):
        return None
    one = await Round.objects(Round.election).get(Round.reference == entered.source.removeprefix(SOURCE))
    return one.election if one else None
