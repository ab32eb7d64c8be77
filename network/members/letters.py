"""Letters to a member about its membership: to its own address and to whoever represents it."""

from datetime import date, timedelta
from typing import Any

from mailing.addresses import address_key
from mailing.outbox import Address
from network import clock
from network.association.profile import post
from network.members.tables import Organisation
from network.people.tables import Person, Role, RoleKind


async def notice_confirmed(
    organisation: Organisation, reckoned: Any, until: date, why: str, declared: tuple[str, str] | None = None
) -> int:
    """When the membership ends and how that was reckoned; `why` only where both agreed upon another day.

    `declared`: by whom and in which words, where the member gave notice here.
    """
    return await post_all(
        "members/notice_confirmed",
        organisation,
        reckoned=reckoned,
        until=until,
        agreed=why if until != reckoned.until else "",
        after=until + timedelta(days=1),
        declared=declared,
    )


async def notice_taken_back(organisation: Organisation) -> int:
    return await post_all("members/notice_taken_back", organisation)


async def full_member(organisation: Organisation, since: date) -> int:
    return await post_all("members/full_member", organisation, since=since)


async def post_all(template: str, organisation: Organisation, **context: Any) -> int:
    """One letter to each address; returns how many there are, 0 when no address is known."""
    found = await readers(organisation)
    for to, locale in found:
        await post(
            template, to, locale=locale, about=f"organisation:{organisation.reference}", member=organisation,
            **context,
        )  # fmt: skip
    return len(found)


async def readers(organisation: Organisation) -> list[tuple[Address, str]]:
    """The organisation's own address, and today's representatives; nobody twice."""
    today = clock.today()
    theirs = (Role.kind == RoleKind.MEMBER_REPRESENTATIVE) & (Role.of == organisation.reference) & (Role.since <= today)
    roles = Role.select(Role.person).where(theirs & ((Role.until == None) | (Role.until >= today)))
    people = await Person.objects().where(Person.id.is_in(roles)).order_by(Person.sorting)
    own = [(Address(organisation.name, organisation.email), "de")] if organisation.email else []
    wanted = [*own, *((Address(one.name, one.email), one.locale) for one in people if one.email)]
    return list({address_key(to.email): (to, locale) for to, locale in reversed(wanted)}.values())[::-1]
