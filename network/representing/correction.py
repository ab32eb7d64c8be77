"""A person of the own organisation put right: at once, or through the office where somebody votes or signs in by it."""

from typing import Any, NamedTuple

from network.database import DB
from network.i18n import _
from network.members import asking, function
from network.members.tables import Function, FunctionKind, Organisation
from network.people import person
from network.people.rules import roles_of
from network.people.tables import Person
from network.representing import proposal
from network.representing.rules import REMARK


class Corrected(NamedTuple):
    """How many facts were stored, and whether the office was asked for the others."""

    stored: int
    asked: bool


async def put_right(owner: Organisation, someone: Person, facts: dict[str, Any], *, by: str) -> Corrected:
    """Store what is different in `facts`; what is guarded becomes a remark to the office.

    `by` is a person's reference, or "check:<year>". Refused when somebody else has the address.
    """
    different = {name: value for name, value in facts.items() if value != getattr(someone, name)}
    async with DB.transaction():
        guarded = await guarded_for(owner, someone, by)
        put = ", ".join(different[name] or _("none") for name in guarded if name in different)
        if put:
            await proposal.propose(owner, REMARK, _("%(what)s: now %(typed)s", what=someone.name, typed=put), by=by)
        free = {name: value for name, value in different.items() if name not in guarded}
        known = {"name": someone.name, "email": someone.email} | free
        own_people = await function.people_of(owner)
        offered = await asking.own_holder(own_people, owner, someone, known["email"])
        stored = await person.correct(someone, actor=proposal.actor_of(by), offered=offered, **known)
    return Corrected(len(stored), bool(put))


async def guarded_for(owner: Organisation, someone: Person, by: str) -> tuple[str, ...]:
    """Who votes for a member is the office's to enter, and nobody else moves the address by which somebody comes in."""
    votes = (Function.person == someone.id) & (Function.kind == FunctionKind.VOTING_DELEGATE)
    is_delegate = await Function.exists().where(votes & (Function.organisation == owner.id))
    if by == someone.reference:
        return ("name",) if is_delegate else ()
    return ("name", "email") if is_delegate or await roles_of(someone) else ()
