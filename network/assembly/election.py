"""An election: which places it fills, by which method, and which ballot the bylaws allow next."""

from collections.abc import Collection, Sequence

from network import clock
from network.assembly import entering
from network.assembly.agenda import refuse_over, why_undecidable
from network.assembly.candidate import still_open
from network.assembly.counting.runoff import Contest
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.ruling import rules_of
from network.assembly.tables.elections import Acceptance, Election, Round
from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind
from network.association import rulebook
from network.association.tables import Bylaws
from network.board.tables import Seat
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _
from network.references import new_reference

METHODS = {  # and the ballot it begins with
    "single": N_("each place by itself"),
    "list": N_("several places on one paper"),
    "en_bloc": N_("several places by one vote on a list as a whole"),
    "approval": N_("approval voting"),
    "transferable": N_("single transferable vote"),
}
CLAUSE_OF = {"list_relative": "relative", "border_vote": "run_off", "border_lot": "lot"}
RULE_OF = {"list": "list", "en_bloc": "en_bloc", "approval": "approval", "transferable": "transferable"}
MODES = {
    "yes_no": N_("yes or no"),
    "one_vote": N_("one vote for one of them, more than half of the valid votes needed"),
    "run_off": N_("run-off between the two with the most votes"),
    "relative": N_("one vote for one of them, the most votes decide"),
    "lot": N_("lot between equals"),
    "border_vote": N_("one vote for one of the equals: who comes into the run-off"),
    "border_lot": N_("lot between equals: who comes into the run-off"),
    "list": N_("as many names as there are places, more than half of the valid papers needed"),
    "list_relative": N_("as many names as there are places, the most votes decide"),
    "en_bloc": N_("yes or no to the list as a whole"),
    "approval": N_("any number of names, the most votes decide"),
    "transferable": N_("ranked papers, counted by the Scottish rules"),
}


async def plan(
    row: Assembly,
    item: AgendaItem,
    *,
    title: str,
    actor: str,
    seats: Sequence[Seat] = (),
    number: int = 1,
    method: str = "single",
    secret: bool = True,
    by_election: bool = False,
    officer: str = "",
) -> Election:
    """Prepare an election under its item. `seats` of the board, or without them so many places of something else.

    Refused under an item of another kind, several places one by one, and a method that no clause of the bylaws allows.
    """
    if item.kind != ItemKind.ELECTION:
        raise Refused(_("Elections stand under an item of their own kind; this one is another."), "item")
    places = len(seats) or number
    if method == "single" and places != 1:
        raise Refused(_("Each place by itself: please prepare one election for each of them."), "number")
    async with DB.transaction():
        held = await taken(row)
        refuse_over(held)
        refuse_method(method, await rules_of(held))
        election = Election(
            reference=new_reference(), assembly=row.id, item=item.id, title=title, number=places,
            seats=" ".join(seat.reference for seat in seats), method=method, secret=secret, by_election=by_election,
            officer=officer or held.election_officer, position=await Election.count().where(Election.item == item.id),
            actor=actor,
        )  # fmt: skip
        await election.save()
        await record(actor, N_("election prepared"), thing(row), row.title, title)
    return election


def refuse_method(method: str, rules: Bylaws) -> None:
    if method in RULE_OF:
        refuse_without_clause(RULE_OF[method], rules, "method")


def refuse_without_clause(mode: str, rules: Bylaws, field: str = "") -> None:
    """In words that name the rule, and why it needs a clause."""
    mode = CLAUSE_OF.get(mode, mode)
    if rulebook.may_use(mode, rules):
        return
    rule = rulebook.RULES[rulebook.MODES[mode] or "election_single"]
    raise Refused(
        _("“%(rule)s” is possible only with a clause in the bylaws, and yours have none (%(source)s).",
          rule=_(rule.title), source=_(rule.source)), field
    )  # fmt: skip


def methods_allowed(rules: Bylaws) -> list[str]:
    return [one for one in METHODS if one not in RULE_OF or rulebook.may_use(RULE_OF[one], rules)]


def modes_allowed(
    election: Election, rules: Bylaws, candidates: int, *, contest: Contest | None = None, equals: Collection[str] = ()
) -> list[str]:
    """Which ballots the rules allow next, the usual one first; none without candidates. Of one alone a no must be
    possible, too.

    `contest`: who would stand in a run-off; `equals`: between whom a lot could decide.
    """
    if candidates == 0:
        return []
    by_lot = ["lot"] if len(equals) > 1 and rulebook.may_use("lot", rules) else []
    if candidates == 1 and election.method != "en_bloc":
        return ["yes_no"]
    if election.method == "list":
        return ["list", *(["list_relative"] if rulebook.may_use("relative", rules) else []), *by_lot]
    if election.method != "single":
        return [election.method, *by_lot]
    usual = ["one_vote"] if rulebook.may_use("one_vote", rules) else []
    more = ["relative"] if rulebook.may_use("relative", rules) else []
    return [*run_off_allowed(rules, contest), *by_lot, *usual, *more, "yes_no"]


def run_off_allowed(rules: Bylaws, contest: Contest | None) -> list[str]:
    """Between the two ahead; where equals stand at the border, what decides between them comes first."""
    if contest is None or not rulebook.may_use("run_off", rules):
        return []
    if not contest.tied:
        return ["run_off"]
    return ["border_lot" if rulebook.may_use("lot", rules) else "border_vote"]


async def close(row: Assembly, election: Election, *, actor: str) -> None:
    """It is over, with all places taken or some left open. Refused while somebody elected has not answered."""
    async with DB.transaction():
        held = await taken(row)
        still = await still_open(election)
        unanswered = (Acceptance.election == still.id) & (Acceptance.accepted_at == None)
        if await Acceptance.exists().where(unanswered & (Acceptance.declined_at == None)):
            raise Refused(_("Somebody who was elected has not said yet whether they accept."))
        if await Round.exists().where((Round.election == still.id) & (Round.counted_at == None)):
            raise Refused(_("A ballot is still open."))
        await end(held, still, actor=actor)


async def end_all(row: Assembly, *, actor: str) -> None:
    """Elections end with their assembly, in its transaction; who was elected and is not there may accept later."""
    for one in await elections_of(row):
        if not one.closed_at:
            await end(row, one, actor=actor)


async def end(row: Assembly, of: Election, *, actor: str) -> None:
    of.closed_at = clock.now()
    await of.save()
    await entering.nobody(row, of, actor=actor)
    await record(actor, N_("election closed"), thing(row), row.title, of.title)


async def elections_of(row: Assembly) -> list[Election]:
    mine = Election.assembly == row.id
    return await Election.objects().where(mine).order_by(Election.item).order_by(Election.position)


async def by_reference(row: Assembly, reference: str) -> Election | None:
    return await Election.objects().get((Election.assembly == row.id) & (Election.reference == reference))


async def refuse_unannounced(election: Election) -> None:
    item = await AgendaItem.objects().get(AgendaItem.id == election.item)
    if item and (words := why_undecidable(item)):
        raise Refused(words)
