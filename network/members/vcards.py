"""Organisations, sites and people as vCard 4.0 (RFC 6350), for the address books of telephones and mail programs."""

import asyncio
import re
import uuid
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from network.web.filters import dialled

LONGEST = 75  # octets of a line, without its end (RFC 6350, 3.2)
TYPE = "text/vcard"
DIALLABLE = re.compile(r"\+?[\d ()/.–-]{3,}")


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a card is about; what is empty is left out."""

    reference: str
    name: str
    is_person: bool = False
    organisations: Sequence[tuple[str, ...]] = ()  # name, and the unit or site in it
    titles: Sequence[str] = ()
    roles: Sequence[str] = ()
    street: str = ""
    postal_code: str = ""
    town: str = ""
    land: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    position: tuple[float, float] | None = None  # latitude, longitude


def cards(contacts: Iterable[Contact], at: datetime) -> bytes:
    """One file with a card for each, in UTF-8; `at` is the moment of which they are."""
    return "".join(card(contact, at) for contact in contacts).encode()


async def files(portions: AsyncIterator[Sequence[Contact]], at: datetime) -> AsyncIterator[bytes]:
    """The same portion by portion, written beside everybody else's requests."""
    async for contacts in portions:
        yield await asyncio.to_thread(cards, contacts, at)


def card(contact: Contact, at: datetime) -> str:
    """A person's name stays whole: which part of it is the family's nobody told us, and 4.0 does not ask (6.2.2)."""
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"KIND:{'individual' if contact.is_person else 'org'}",
        f"UID:{uuid.uuid5(uuid.NAMESPACE_OID, contact.reference).urn}",
        f"REV:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"FN:{escaped(contact.name)}",
        *(f"ORG:{';'.join(map(escaped, parts))}" for parts in contact.organisations),
        *(f"TITLE:{escaped(title)}" for title in contact.titles),
        *(f"ROLE:{escaped(role)}" for role in contact.roles),
        *details(contact),
        "END:VCARD",
    ]
    return "".join(folded(line) for line in lines)


def details(contact: Contact) -> list[str]:
    place = (contact.street, contact.town, contact.land, contact.postal_code)
    lines = []
    if any(place):
        lines.append("ADR:;;" + ";".join(map(escaped, place)) + ";")  # no post-office box, nor extension, nor country
    if contact.phone:
        lines.append(telephone(contact.phone))
    if contact.email:
        lines.append(f"EMAIL:{escaped(contact.email)}")
    if contact.website:
        lines.append(f"URL:{one_line(contact.website)}")
    if contact.position:
        lines.append("GEO:geo:{:.6f},{:.6f}".format(*contact.position))
    return lines


def telephone(number: str) -> str:
    """A number of RFC 3966 where it can be dialled, with the country's 49 for those that begin with a single 0."""
    if not DIALLABLE.fullmatch(number.strip()):
        return f"TEL;VALUE=text:{escaped(number)}"
    digits = dialled(number.strip())
    digits = f"+{digits[2:]}" if digits.startswith("00") else f"+49{digits[1:]}" if digits.startswith("0") else digits
    local = "" if digits.startswith("+") else ";phone-context=+49"
    return f"TEL;VALUE=uri:tel:{digits}{local}"


def escaped(text: str) -> str:
    """RFC 6350, 3.4: backslash, comma, semicolon and the end of a line; other control characters say nothing."""
    text = re.sub(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]", "\n", text)
    text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", "", text)
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def one_line(text: str) -> str:
    return re.sub(r"[\x00-\x20\x7f]", "", text)


def folded(line: str) -> str:
    """At most 75 octets a line, never through a letter; a blank begins what goes on."""
    parts, room, part = [], LONGEST, ""
    for letter in line:
        size = len(letter.encode())
        if size > room:
            parts.append(part)
            part, room = " ", LONGEST - 1
        part += letter
        room -= size
    return "\r\n".join([*parts, part]) + "\r\n"
