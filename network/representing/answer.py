"""What a member writes into the page of the yearly question: put right at once, proposed, or left to the office."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from network import clock
from network.database import DB
from network.errors import Refused
from network.i18n import _
from network.members import asking, function, moving, site
from network.members.former import ADDRESS
from network.members.rules import belongs_here_alone
from network.members.tables import Function, FunctionKind, Organisation
from network.people import person
from network.people.tables import Person
from network.representing import check, correction, proposal, telling
from network.representing.rules import DELEGATE, PROTECTED, REMARK
from network.representing.tables import DataCheck
from network.representing.telling import Offered


@dataclass(frozen=True, slots=True)
class Answer:
    """What was typed; `sites` and `people` by their references."""

    by: str
    facts: dict[str, Any] = field(default_factory=dict)
    offers: dict[str, Offered] = field(default_factory=dict)  # by site; "": the whole organisation
    provider: dict[str, Any] = field(default_factory=dict)
    sites: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    delegate: tuple[str, str] = ("", "")
    same_as: str = ""  # whether the new delegate is whoever has that address already
    remark: str = ""
    moved_on: date | None = None


async def store(row: DataCheck, owner: Organisation, told: Answer) -> int:
    """Store what became different, propose what only the office may change, confirm the rest; returns how many."""
    by = f"check:{row.year}"
    async with DB.transaction():
        free = {name: value for name, value in told.facts.items() if name not in PROTECTED}
        on, name = told.moved_on, told.facts.get("name", owner.name)
        count = await change(owner, free, on=on, renamed=name != owner.name)
        count += 1 if await proposal.propose(owner, "name", name, on=on, by=by) else 0
        count += await proposed(owner, "legal_form", told.facts.get("legal_form", ""), by)
        for reference, facts in told.sites.items():
            count += await change_site(owner, reference, facts)
        for reference, offered in told.offers.items():
            count += await choose(owner, reference, offered, by)
        count += (await telling.of_provider(owner, told.provider, by=by)).count
        for reference, facts in told.people.items():
            count += await put_right(owner, reference, facts, by)
        count += await new_delegate(owner, *told.delegate, told.same_as, by)
        count += await proposed(owner, REMARK, told.remark, by)
        await check.confirm(row, owner, by=told.by, corrections=count)
    return count


async def change(
    owner: Organisation, facts: dict[str, Any], *, on: date | None, renamed: bool = False, actor: str = ""
) -> int:
    """How many facts became different. With a day the address is a new one from then on, else the old was wrong."""
    different = sum(getattr(owner, name) != value for name, value in facts.items())
    moves = any(getattr(owner, fact) != facts.get(fact, getattr(owner, fact)) for fact in ADDRESS)
    if on and not (moves or renamed):
        raise Refused(_("With a day goes a new name or a new address; both are as they were."), "moved_on")
    await moving.change(owner, on=on if moves else None, actor=actor, **facts)
    return different


async def change_site(owner: Organisation, reference: str, facts: dict[str, Any]) -> int:
    row, on = await site.by_reference(owner, reference), facts.pop("moved_on", None)
    if row is None:
        return 0
    different = sum(getattr(row, name) != value for name, value in facts.items())
    await moving.change_site(row, owner, on=on, **facts)
    return different


async def choose(owner: Organisation, reference: str, offered: Offered, by: str) -> int:
    row = await site.by_reference(owner, reference) if reference else None
    return await telling.of_offers(owner, row, offered, by=by) if row or not reference else 0


async def proposed(owner: Organisation, name: str, value: str, by: str) -> int:
    return 1 if await proposal.propose(owner, name, value, by=by) else 0


async def put_right(owner: Organisation, reference: str, facts: dict[str, Any], by: str) -> int:
    """Somebody left, or is called or reached otherwise."""
    someone = next((one for one in await function.people_of(owner) if one.reference == reference), None)
    if someone is None or not await belongs_here_alone(someone, owner):
        return 0
    if facts.pop("gone"):
        return await end_all(owner, someone, by)
    done = await correction.put_right(owner, someone, facts, by=by)
    return done.stored + done.asked


async def end_all(owner: Organisation, someone: Person, by: str) -> int:
    """Today is the last day of all that somebody was here; that nobody votes any more is for the office to see."""
    today = clock.today()
    for row in await Function.objects().where((Function.organisation == owner.id) & (Function.person == someone.id)):
        if row.until and row.until < today:
            continue
        if row.kind == FunctionKind.VOTING_DELEGATE:
            await proposed(owner, REMARK, _("%(what)s: no longer votes for us", what=someone.name), by)
        else:
            await function.end(row, owner, until=max(today, row.since or today))
    return 1


async def new_delegate(owner: Organisation, name: str, email: str, same_as: str, by: str) -> int:
    """Of the own people whoever has this name, or this address if `same_as` says so; else somebody is entered."""
    if not name:
        return 0
    people = await function.people_of(owner)
    own = [one for one in people if one.name == name and (not email or one.email == email)]
    holder = (await asking.among(people, owner, name, email)).holder
    someone = own[0] if own else await person.found_or_entered(name, email, offered=holder, same_as=same_as)
    return await proposed(owner, DELEGATE, someone.reference, by)
