"""Letters about signing in."""

from mailing.letters import Extras
from network.association.profile import post
from network.people.person import address
from network.people.tables import Person
from network.web.addresses import link


async def sign_in_link(person: Person, token: str, minutes: int) -> None:
    place = link(f"/sign-in/{token}")
    await post(
        "people/sign_in_link",
        address(person),
        locale=person.locale,
        about=f"person:{person.reference}",
        extras=Extras(secrets=(place,)),
        person=person,
        place=place,
        minutes=minutes,
    )
