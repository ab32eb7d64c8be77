"""Letters to applicants: please confirm, received, decided; and the welcome to who represents the new member."""

from datetime import date, time
from typing import Any

from mailing.letters import Extras
from mailing.outbox import Address
from network import clock
from network.admission.tables import Application
from network.association.profile import post
from network.i18n import speaking
from network.members.tables import Organisation
from network.people.person import address
from network.people.tables import Person
from network.web.addresses import link

MORNING = time(7, 0)


async def please_confirm(row: Application, token: str, days: int) -> None:
    with speaking(row.locale):
        place = link(f"/membership/application/confirm/{token}")
    extras = Extras(secrets=(place,), headers={"Auto-Submitted": "auto-replied"})
    await to_contact("please_confirm", row, place=place, days=days, extras=extras)


async def received(row: Application) -> None:
    await to_contact("received", row)


async def accepted(row: Application, *, since: date, guest: bool, until: date | None) -> None:
    await to_contact("accepted", row, since=since, guest=guest, until=until)


async def declined(row: Application, why: str) -> None:
    await to_contact("declined", row, why=why)


async def to_contact(template: str, row: Application, **context: Any) -> None:
    await post(
        f"admission/{template}", Address(row.contact_name, row.contact_email), locale=row.locale,
        about=f"application:{row.reference}", application=row, **context,
    )  # fmt: skip


async def welcome(someone: Person, member: Organisation, since: date) -> None:
    """It goes on the first day, when the role begins; at once if that has come."""
    first = clock.berlin(since, MORNING)
    with speaking(someone.locale):
        place = link("/sign-in")
    await post(
        "admission/welcome", address(someone), locale=someone.locale, about=f"organisation:{member.reference}",
        due_at=max(first, clock.now()), person=someone, member=member, since=since, place=place,
    )  # fmt: skip
