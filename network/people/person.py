"""Persons the house knows by name and address."""

from collections.abc import Sequence
from typing import Any

from mailing.addresses import address_key
from mailing.outbox import Address
from network import clock
from network.activity import record
from network.database import DB, on_sqlite, rows
from network.errors import Refused
from network.folding import folded, search_key, sort_key
from network.i18n import N_, _
from network.people import letters
from network.people.rules import roles_of
from network.people.tables import Person, SignInLink
from network.references import new_reference

STYLES = ("neutral", "feminine", "masculine")  # how the title of an office is said of somebody
NOBODY_KNOWN = "new"  # the answer "none of these" when there are namesakes
MISFIT = N_("This name and this address cannot be entered together. If both are right, please ask the office.")


async def enter(
    name: str, email: str = "", *, actor: str = "", locale: str = "de", duty: str = "", title: str = "", phone: str = ""
) -> Person:
    """Enter a person. The same address again gives the person who has it, unchanged."""
    async with DB.transaction():
        if known := await person_at(email):
            return known
        person = Person(
            reference=new_reference(),
            name=name,
            email=email,
            email_key=address_key(email) or None,
            search=search_key(name, email)[:700],
            sorting=sort_key(name),
            locale=locale,
            duty=duty,
            title=title,
            phone=phone,
            since=clock.now(),
        )
        await person.save()
        await record(actor, N_("person entered"), f"person:{person.reference}", name)
    return person


async def correct(
    person: Person,
    *,
    name: str,
    email: str,
    actor: str,
    title: str | None = None,
    phone: str | None = None,
    offered: Person | None = None,
) -> list[str]:
    """Put a name, an address or a number right; returns what became different.

    Refused when somebody else has the address, named only if it is `offered` to those who may know of it, and when
    somebody with a role would have none. Another address than before is told to both (Art. 16, 32 GDPR); a sign-in link
    on its way to the old one opens nothing any more, and whoever is signed in stays so.
    """
    typed = {"name": name, "email": email, "title": title, "phone": phone}
    facts = {fact: value for fact, value in typed.items() if value is not None and value != getattr(person, fact)}
    if not facts:
        return []
    async with DB.transaction():
        await take(person)
        other = await person_at(email)
        if other and other.id != person.id:
            raise Refused(belongs_to(other) if is_offered(other, offered) else _(MISFIT), "email")
        if person.email and not email and await roles_of(person):
            raise Refused(_("Without an address %(name)s could not sign in any more.", name=person.name), "email")
        before, moved = person.email, address_key(email) != (person.email_key or "")
        for fact, value in facts.items():
            setattr(person, fact, value)
        derive(person)
        await person.save()
        if moved:
            await SignInLink.delete().where((SignInLink.person == person.id) & (SignInLink.used_at == None))
        if moved and before and email:
            await letters.address_changed(person, before)
        await record(actor, N_("person corrected"), f"person:{person.reference}", name, ", ".join(sorted(facts)))
    return sorted(facts)


async def take(person: Person) -> None:
    """The person's row before anything is hung on it or changed; `person` then says what others stored meanwhile.

    Refused when it has been joined with another entry, or erased.
    """
    hold = "" if on_sqlite() else " FOR NO KEY UPDATE"
    found = await rows(Person, f"WHERE id = {{}} AND reference = {{}}{hold}", person.id, person.reference)
    if not found:
        raise Refused(_("%(name)s is no entry any more. Please open the page again.", name=person.name))
    person.__dict__.update(found[0].__dict__)


def derive(person: Person) -> None:
    """What is stored to find, compare and sort follows from name and address."""
    person.email_key = address_key(person.email) or None
    person.search, person.sorting = search_key(person.name, person.email)[:700], sort_key(person.name)


async def found_or_entered(
    name: str,
    email: str = "",
    *,
    namesakes: Sequence[Person] = (),
    offered: Person | None = None,
    same_as: str = "",
    title: str = "",
    phone: str = "",
    actor: str = "",
) -> Person:
    """The person with this address, or one entered now; what was not known of somebody is filled in.

    Refused when the address belongs to another name: with that name and a question, if it is `offered` to those who may
    know of it, until `same_as` says that it is the same person. Refused with `namesakes`, until `same_as` says
    which of them it is (a reference) or that it is none (NOBODY_KNOWN): people of one name are asked about, never
    merged.
    """
    known = await person_at(email)
    if known and folded(known.name) != folded(name):
        refuse_another_name(known, offered, same_as)
    if not known and namesakes and same_as != NOBODY_KNOWN:
        known = next((one for one in namesakes if one.reference == same_as), None)
        if known is None:
            raise Refused(
                _("Somebody of this name is known already. Please say whether it is the same person."), "same_as"
            )
    if known is None:
        return await enter(name, email, actor=actor, title=title, phone=phone)
    fresh: dict[str, Any] = {"email": email, "title": title, "phone": phone}
    await correct(
        known, name=known.name, actor=actor, **{fact: getattr(known, fact) or value for fact, value in fresh.items()}
    )
    return known


def refuse_another_name(known: Person, offered: Person | None, same_as: str) -> None:
    """Whose address it is hears who may know; others only that something does not fit."""
    if not is_offered(known, offered):
        raise Refused(_(MISFIT), "email")
    if same_as == NOBODY_KNOWN:
        raise Refused(belongs_to(known), "email")
    if same_as != known.reference:
        raise Refused(_("%(name)s has this address. Is it the same person?", name=known.name), "same_as")


def is_offered(known: Person, offered: Person | None) -> bool:
    return offered is not None and offered.id == known.id


def belongs_to(known: Person) -> str:
    return _("This address belongs to %(name)s.", name=known.name)


async def named_differently(name: str, email: str) -> Person | None:
    """Whoever has this address and is called otherwise."""
    known = await person_at(email)
    return known if known and folded(known.name) != folded(name) else None


async def holder_of(email: str, other_than: Person) -> Person | None:
    """Somebody else who has this address."""
    known = await person_at(email)
    return known if known and known.id != other_than.id else None


async def of_this_name(name: str, email: str = "") -> list[Person]:
    """Those of this name with another address, or none: whoever has the address is no question."""
    same = await Person.objects().where(Person.sorting == sort_key(name)).order_by(Person.id) if name else []
    key = address_key(email)
    return [] if any(key and one.email_key == key for one in same) else same


def full_name(person: Person) -> str:
    return f"{person.title} {person.name}".strip()


async def person_at(email: str) -> Person | None:
    key = address_key(email)
    return await Person.objects().get(Person.email_key == key) if key else None


def address(person: Person) -> Address:
    return Address(person.name, person.email)


async def person_by_reference(reference: str) -> Person | None:
    return await Person.objects().get(Person.reference == reference)
