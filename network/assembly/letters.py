"""Letters about an assembly: to members, each with its own calendar entry, and to whoever moved something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mailing import letters as writing
from mailing.letters import CalendarPart, Enclosure, Extras, Written
from mailing.outbox import Address
from mailing.tables import Letter
from network.assembly import agenda, meeting
from network.assembly.paper import Listed
from network.assembly.recipients import Recipient
from network.assembly.tables.afterwards import Objection
from network.assembly.tables.elections import Candidate, Election
from network.assembly.tables.meeting import AgendaItem, Assembly, Motion
from network.association import profile
from network.i18n import _, speaking
from network.web.addresses import link

USUAL_HOURS = 4  # of an assembly whose end nobody has said
METHODS = {"invitation": "REQUEST", "supplement": "REQUEST", "change": "REQUEST", "cancellation": "CANCEL"}


@dataclass(frozen=True, slots=True)
class Told:
    """What is the same in all letters of one sending. `enclosures` are documents by language."""

    items: Sequence[AgendaItem] = ()
    papers: Mapping[int, Sequence[Listed]] = field(default_factory=dict)
    motions_until: date | None = None
    key_date: date | None = None
    before: Assembly | None = None  # as it was, where something moved
    because: str = ""
    only_discussed: frozenset[int] = frozenset()  # items of a supplement that come too late to be decided on
    enclosures: Mapping[str, Enclosure] = field(default_factory=dict)
    objections_until: date | None = None  # to the minutes
    elections: Sequence[Election] = ()  # for which candidates are asked for
    candidates_until: date | None = None


async def post(
    row: Assembly, to: Recipient, what: str, told: Told, *, token: str, to_address: Address | None = None,
    locale: str,
) -> Letter:  # fmt: skip
    """One letter to one address, with the calendar entry of that address alone."""
    address = to_address or Address(to.name, to.email)
    return await profile.post(
        f"assembly/{what}",
        address,
        locale=locale,
        about=meeting.thing(row),
        extras=Extras(
            calendar=await entry(row, to, address, METHODS[what], locale) if what in METHODS else None,
            enclosure=told.enclosures.get(locale),
            secrets=(link_to(token, locale),),
        ),
        **context(row, to, told, token=token, locale=locale, reader=address),
    )


async def written(row: Assembly, to: Recipient, what: str, told: Told, *, token: str, locale: str) -> Written:
    """The same words for an envelope; nothing is posted."""
    association = await profile.known_profile()
    reader = Address(to.name, to.email)
    known = context(row, to, told, token=token, locale=locale, reader=reader)
    known |= {"by_post": True}
    return writing.write(f"assembly/{what}", locale, association=association, link=link, **known)


def context(
    row: Assembly, to: Recipient, told: Told, *, token: str, locale: str, reader: Address
) -> dict[str, object]:  # fmt: skip
    return {
        "row": row,
        "member": to,
        "reader": reader,
        "told": told,
        "title_of": agenda.title_of,
        "place": link_to(token, locale),
        "where": where(row),
        "where_before": where(told.before) if told.before else "",
        "by_post": False,
        "rights": row.rights_en or row.rights_de if locale == "en" else row.rights_de,
    }


def link_to(token: str, locale: str) -> str:
    with speaking(locale):
        return link(f"/assembly/{token}")


def where(row: Assembly) -> str:
    parts = (row.venue, row.street, f"{row.postal_code} {row.town}".strip())
    return ", ".join(part for part in parts if part)


# --- the calendar ----------------------------------------------------------------------------------------------------


async def entry(row: Assembly, to: Recipient, address: Address, method: str, locale: str) -> CalendarPart:
    """One person's entry; its identity is the assembly's and the member's, its number the assembly's."""
    association = await profile.known_profile()
    with speaking(locale):
        return await profile.calendar_part(
            method,
            address,
            uid=f"{row.reference}.{to.reference}",
            sequence=row.sequence,
            starts_at=row.starts_at,
            ends_at=end_of(row),
            summary=f"{row.title} – {association.short_name}",
            location=where(row) or _("online"),
            description=_("Join online: %(address)s", address=row.online_at) if row.online_at else "",
        )


def end_of(row: Assembly) -> datetime:
    return row.ends_at or row.starts_at + timedelta(hours=USUAL_HOURS)


# --- to whoever moved or objected to something -----------------------------------------------------------------------


async def motion_answered(row: Assembly, motion: Motion, to: Address, *, what: str, locale: str) -> None:
    """`what`: "motion_received", "motion_accepted" or "motion_declined"."""
    await profile.post(
        f"assembly/{what}", to, locale=locale, about=meeting.thing(row), row=row, motion=motion, reader=to
    )


async def objection_decided(row: Assembly, objection: Objection, to: Address, *, locale: str) -> None:
    await profile.post("assembly/objection", to, locale=locale, about=meeting.thing(row), row=row, objection=objection)


# --- candidates ------------------------------------------------------------------------------------------------------


async def candidate_asked(row: Assembly, of: Election, one: Candidate, to: Address, token: str) -> None:
    """With the link of this candidate alone, by which they agree or decline."""
    with speaking(one.locale):
        place = link(f"/candidacy/{token}")
    await profile.post(
        "assembly/candidate_asked", to, locale=one.locale, about=meeting.thing(row), row=row, of=of, candidate=one,
        place=place, extras=Extras(secrets=(place,)),
    )  # fmt: skip
