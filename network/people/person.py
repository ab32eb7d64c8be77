"""Persons the house knows by name and address."""

from mailing.addresses import address_key
from mailing.outbox import Address
from network import clock
from network.activity import record
from network.database import DB
from network.errors import Refused
from network.folding import search_key, sort_key
from network.i18n import N_, _
from network.people.tables import Person, SignInLink
from network.references import new_reference


async def enter(name: str, email: str = "", *, actor: str = "", locale: str = "de", duty: str = "") -> Person:
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
            since=clock.now(),
        )
        await person.save()
        await record(actor, N_("person entered"), f"person:{person.reference}", name)
    return person


async def correct(person: Person, *, name: str, email: str, actor: str) -> None:
    """Put a name or an address right. Refused when somebody else has the address.

    A sign-in link on its way to the old address opens nothing any more; whoever is signed in stays so.
    """
    async with DB.transaction():
        other = await person_at(email)
        if other and other.id != person.id:
            raise Refused(_("This address belongs to %(name)s.", name=other.name), "email")
        moved = address_key(email) != person.email_key
        person.name, person.email, person.email_key = name, email, address_key(email) or None
        person.search, person.sorting = search_key(name, email)[:700], sort_key(name)
        await person.save([Person.name, Person.email, Person.email_key, Person.search, Person.sorting])
        if moved:
            await SignInLink.delete().where((SignInLink.person == person.id) & (SignInLink.used_at == None))
        await record(actor, N_("person corrected"), f"person:{person.reference}", name)


async def person_at(email: str) -> Person | None:
    key = address_key(email)
    return await Person.objects().get(Person.email_key == key) if key else None


def address(person: Person) -> Address:
    return Address(person.name, person.email)


async def person_by_reference(reference: str) -> Person | None:
    return await Person.objects().get(Person.reference == reference)
