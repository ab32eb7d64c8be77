"""Signing in by a link that comes by e-mail: 15 minutes, one use, and a button, because scanners open links too."""

from datetime import timedelta

from network import clock
from network.activity import record
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _
from network.people import letters
from network.people.person import person_at
from network.people.tables import Person, Role, Session, SignInLink
from network.references import fingerprint, new_token

LINK_MINUTES = 15
SESSION_HOURS = 12


async def ask_for_link(email: str, onward: str = "") -> None:
    """Send a link to the person with this address, unless the last role has ended. Nothing tells the asker which."""
    async with DB.transaction():
        person = await person_at(email)
        if person and await may_come_in(person.id):
            token = await new_link(person, onward)
            await letters.sign_in_link(person, token, LINK_MINUTES)


async def may_come_in(person: int) -> bool:
    """Whoever had roles and has none left, nor one to come, has nothing to do here any more."""
    mine = Role.person == person
    left = mine & ((Role.until == None) | (Role.until >= clock.today()))
    return not await Role.exists().where(mine) or bool(await Role.exists().where(left))


async def sign_out_without_roles(person: int) -> None:
    """End the sessions of somebody whose last role has ended."""
    if not await may_come_in(person):
        await Session.delete().where(Session.person == person)


async def new_link(person: Person, onward: str = "", *, minutes: int = LINK_MINUTES) -> str:
    """A one-use token for /sign-in/<token>; only its digest is stored."""
    token = new_token()
    await SignInLink(
        digest=fingerprint(token), person=person.id, onward=onward, expires_at=clock.ahead(minutes=minutes)
    ).save()
    return token


async def is_usable(token: str) -> bool:
    return bool(await SignInLink.exists().where(usable(token)))


async def redeem(token: str) -> tuple[str, str]:
    """Use the link up and begin a session; return the cookie's value and where to go. Refused when used or expired."""
    async with DB.transaction():
        rows = await (
            SignInLink.update({SignInLink.used_at: clock.now()})
            .where(usable(token))
            .returning(SignInLink.person, SignInLink.onward)
        )
        if not rows:
            raise Refused(_("This link has been used or is older than 15 minutes."))
        person = await Person.objects().get(Person.id == rows[0]["person"])
        assert person
        return await begin_session(person), rows[0]["onward"]


def usable(token: str):  # type: ignore[no-untyped-def]  # noqa: ANN201  Piccolo's combination of conditions
    digest, now = fingerprint(token), clock.now()
    return (SignInLink.digest == digest) & (SignInLink.used_at == None) & (SignInLink.expires_at > now)


async def begin_session(person: Person) -> str:
    """A fresh cookie for this person: never one that the browser brought along."""
    token = new_token()
    async with DB.transaction():
        await Session(
            digest=fingerprint(token),
            person=person.id,
            began_at=clock.now(),
            expires_at=clock.now() + timedelta(hours=SESSION_HOURS),
        ).save()
        await record(person.reference, N_("signed in"), f"person:{person.reference}", person.name)
    return token


async def sign_out(token: str) -> None:
    await Session.delete().where(Session.digest == fingerprint(token))


async def forget_old() -> None:
    """Daily: links and sessions that can no longer be used."""
    await SignInLink.delete().where(SignInLink.expires_at < clock.ago(days=1))
    await Session.delete().where(Session.expires_at < clock.now())
