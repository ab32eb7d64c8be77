"""Persons the house knows by name and address."""

from mailing.addresses import address_key
from mailing.outbox import Address
from network import clock
from network.activity import record
from network.database import DB
from network.folding import search_key, sort_key
from network.i18n import N_
from network.people.tables import Person
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


async def person_at(email: str) -> Person | None:
    key = address_key(email)
    return await Person.objects().get(Person.email_key == key) if key else None


def address(person: Person) -> Address:
    return Address(person.name, person.email)


async def person_by_reference(reference: str) -> Person | None:
    return await Person.objects().get(Person.reference == reference)
