"""Letters about signing in, and about an address that is another one now."""

from mailing.letters import Extras
from mailing.outbox import Address
from network.association.profile import post
from network.people.tables import Person
from network.web.addresses import link


async def address_changed(person: Person, before: str) -> None:
    """To the old address and to the new one; neither letter names the other, which is nobody else's business there."""
    for email, is_new in ((before, False), (person.email, True)):
        await post(
            "people/address_changed",
            Address(person.name, email),
            locale=person.locale,
            about=f"person:{person.reference}",
            person=person,
            is_new=is_new,
        )


async def sign_in_link(person: Person, token: str, minutes: int) -> None:
    place = link(f"/sign-in/{token}")
    await post(
        "people/sign_in_link",
        Address(person.name, person.email),
        locale=person.locale,
        about=f"person:{person.reference}",
        extras=Extras(secrets=(place,)),
        person=person,
        place=place,
        minutes=minutes,
    )
