"""Who may stand for a seat on the board, by the bylaws of the day: each no in words (DOMAIN 3.1, 3.3)."""

from datetime import date

from network.assembly.recipients import members_on
from network.assembly.ruling import rules_of
from network.assembly.tables.elections import Acceptance, Candidate, Election
from network.assembly.tables.meeting import Assembly
from network.association.tables import Bylaws
from network.board import ledger
from network.board.rules import refuse_too_often
from network.board.tables import Seat
from network.board.term import held_before
from network.database import marks
from network.errors import Refused
from network.folding import folded
from network.i18n import _, local
from network.members.tables import Function
from network.people.tables import Person, RoleKind


async def why_not(
    row: Assembly, of: Election, *, name: str, person: Person | None = None, organisation: int | None = None
) -> str:
    """Why somebody may not stand in this election; "" when nothing is known against it."""
    if of.officer and folded(name) == folded(of.officer):
        return _("Whoever leads the election is no candidate in it.")
    if not of.seats:
        return ""
    if words := await elected_already(row, of, name, person):
        return words
    day, rules = local(row.starts_at), await rules_of(row)
    if person and (words := await too_often(of, person, rules, day)):
        return words
    if rules.ends_with_employment and not await belongs_to_member(person, organisation, day):
        return _("By the bylaws only who works for a member can be on the board; of %(name)s that is not known. Please "
                 "say for which member.", name=name)  # fmt: skip
    return ""


async def elected_already(row: Assembly, of: Election, name: str, person: Person | None) -> str:
    """One person has one seat: whoever was elected to another one in this assembly stands for no second."""
    mine = (Acceptance.election.assembly == row.id) & (Acceptance.election != of.id) & (Acceptance.declined_at == None)
    seats = mine & (Acceptance.seat != "")
    for one in await Acceptance.objects(Acceptance.candidate, Acceptance.election).where(seats):
        known = one.candidate.person == person.id if person else folded(one.candidate.name) == folded(name)
        if known:
            return _("%(name)s was elected in this assembly already (%(title)s); one person cannot hold two seats.",
                     name=name, title=one.election.title)  # fmt: skip
    return ""


async def too_often(of: Election, person: Person, rules: Bylaws, day: date) -> str:
    """Of several seats one that the person may hold again is enough."""
    if not rules.reelection_most:
        return ""
    book, words = await ledger.read(), ""
    for seat in await Seat.objects().where(Seat.reference.is_in(of.seats.split())):
        try:
            refuse_too_often(person, held_before(book, person, seat, day), rules)
        except Refused as no:
            words = no.words
        else:
            return ""
    return words


async def belongs_to_member(person: Person | None, organisation: int | None, day: date) -> bool:
    """Said with the proposal, or known by a function or as a representative of a member of that day."""
    members = await members_on(day)
    if organisation in members:
        return True
    if person is None or not members:
        return False
    rows = await Function.raw(
        f"SELECT organisation AS id FROM held_function WHERE person = {{}} AND (until IS NULL OR until >= {{}}) "
        f"AND organisation IN ({marks(members)}) "
 'UNION SELECT o.id FROM role r JOIN organisation o ON o.reference = r."of" WHERE r.person = {} AND r.kind = {} '
        "AND (r.until IS NULL OR r.until >= {})",
        person.id, day, *members, person.id, RoleKind.MEMBER_REPRESENTATIVE.value, day,
    )  # fmt: skip
    return any(one["id"] in members for one in rows)


async def why_not_of(row: Assembly, of: Election, one: Candidate) -> str:
    person = await Person.objects().get(Person.id == one.person) if one.person else None
    return await why_not(row, of, name=one.name, person=person, organisation=one.organisation)
