"""Whether somebody who is being typed is one of those who are known: whom a form offers, and to whose eyes."""

from collections.abc import Collection
from dataclasses import dataclass, field

from network import clock
from network.activity import looked_at
from network.i18n import _
from network.members import function
from network.members.rules import belongs_here_alone
from network.members.tables import Organisation
from network.people import person, publication
from network.people.person import NOBODY_KNOWN
from network.people.tables import Person


@dataclass(frozen=True, slots=True)
class Known:
    """Who has the address under another name, else who has the name; `choices` are the answers, by reference."""

    holder: Person | None = None
    namesakes: list[Person] = field(default_factory=list)
    choices: dict[str, str] = field(default_factory=dict)


async def by(name: str, email: str, *, actor: str) -> Known:
    """In the office's eyes: told apart by address and functions; that these were read is noted."""
    holder = await person.named_differently(name, email)
    namesakes = [] if holder else await person.of_this_name(name, email)
    lines = {one.reference: await told_apart(one, actor) for one in ([holder] if holder else namesakes)}
    return Known(holder, namesakes, answers(lines))


async def told_apart(one: Person, actor: str) -> str:
    await looked_at(actor, f"person:{one.reference}", one.name)
    held = [f"{row.what}, {row.organisation_name}" for row in (await function.of_person(one))[:2]]
    return " · ".join(part for part in (person.full_name(one), one.email, *held) if part)


async def among(own_people: Collection[Person], row: Organisation, name: str, email: str) -> Known:
    """In a member's eyes: only of its own people, and only one whose address it reads anyway."""
    holder = await person.named_differently(name, email)
    if holder is None or not await may_read(own_people, row, holder):
        return Known()
    return Known(holder, [], answers({holder.reference: person.full_name(holder)}))


async def own_holder(own_people: Collection[Person], row: Organisation, one: Person, email: str) -> Person | None:
    """Whose address this is that is being typed for `one`, if the member knows that anyway."""
    holder = await person.holder_of(email, one)
    return holder if holder and await may_read(own_people, row, holder) else None


async def may_read(own_people: Collection[Person], row: Organisation, one: Person) -> bool:
    """Whether a member knows this address: its own person's, or one given to the public."""
    if one.id not in {known.id for known in own_people}:
        return False
    shown = (await publication.shown_of([one.id], clock.today())).get(one.id, {})
    return "email" in shown or await belongs_here_alone(one, row)


def answers(known: dict[str, str]) -> dict[str, str]:
    return known | {NOBODY_KNOWN: _("No, somebody else")} if known else {}
