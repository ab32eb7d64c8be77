"""One person's data across all rooms (Art. 15, 17, 20 GDPR): found, shown, as a file, erased.

The slices hand up what they hold (web.handed.Privacy); the office's own part are letters and what somebody kept here.
"""

import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from mailing.retention import forget
from mailing.tables import Letter
from network import clock, documents
from network.activity import record
from network.association.profile import known_profile
from network.database import DB, in_any_case
from network.errors import Refused
from network.folding import folded
from network.i18n import N_, _, format_day, format_moment, locale
from network.office.tables import SavedFilter
from network.people.person import person_at, person_by_reference
from network.people.viewer import Viewer
from network.references import new_reference
from network.web.handed import Held, Privacy, Subject

MOST = 20


async def find(text: str, rooms: Sequence[Privacy]) -> list[Subject]:
    """Whom somebody may mean by a name or an address; each address once, people of the house first."""
    found: dict[str, Subject] = {}
    for room in rooms:
        for subject in await room.known_as(folded(text)):
            known = subject.key or subject.reference
            if known not in found or subject.person_id:
                found[known] = subject
    if "@" in text and (typed := await subject_at(text)).key not in found:
        found = {typed.key: typed, **found}
    people_first = sorted(found.values(), key=lambda subject: (not subject.person_id, folded(subject.name)))
    return people_first[:MOST]


async def subject_at(email: str) -> Subject:
    person = await person_at(email)
    return Subject(email.strip(), person.name, person.id, person.reference) if person else Subject(email.strip())


async def subject_of(reference: str) -> Subject | None:
    person = await person_by_reference(reference)
    return Subject(person.email, person.name, person.id, person.reference) if person else None


async def everything(viewer: Viewer, subject: Subject, rooms: Sequence[Privacy]) -> list[Held]:
    """All that is held, room by room. That somebody asked is noted, without naming whom."""
    held = [one for room in rooms for one in await room.held_about(viewer, subject)]
    return sorted(held, key=lambda one: one.room)


async def handed_out(viewer: Viewer) -> None:
    """Note that data were put into a file; about whom stands nowhere, or it could not be erased."""
    await record(viewer.reference, N_("data of one person handed out"), f"privacy:{new_reference()}")


async def erase(subject: Subject, rooms: Sequence[Privacy], viewer: Viewer) -> None:
    """Erase in every room in one deed; what stays is what `Held.stays` names. Nobody erases themselves.

    Refused when a room refuses: then nothing is erased.
    """
    if subject.person_id == viewer.person_id:
        raise Refused(_("Somebody else of the office has to erase your own data."))
    async with DB.transaction():
        for room in rooms:
            await room.erase(subject, viewer.reference)
        await record(viewer.reference, N_("data of one person erased"), f"erasure:{new_reference()}")


def as_json(subject: Subject, held: Sequence[Held]) -> bytes:
    """To be read by machines (Art. 20): each entry with its facts by name."""
    told = {
        "about": {"email": subject.email, "name": subject.name},
        "as_of": clock.now().isoformat(),
        "entries": [
            {"room": one.room, "title": one.title, "facts": dict(filled(one)), "basis": one.basis, "stays": one.stays}
            for one in held
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


async def as_pdf(subject: Subject, held: Sequence[Held]) -> bytes:
    """To be read by people (Art. 15): a tagged document with the association's Impressum."""
    association = await known_profile()
    data: dict[str, Any] = {
        "title": _("What we hold about you"),
        "language": locale(),
        "association": association.full_name,
        "address": association.email,
        "byline": _("%(who)s, as of %(day)s", who=subject.name or subject.email, day=format_day(clock.today())),
        "introduction": _(
            "This is everything that %(association)s holds about %(who)s, with the reason and how long. You may have "
            "it corrected or erased, object to it, and complain to a data protection authority (Art. 15 to 21, 77 "
            "GDPR).",
            association=association.full_name,
            who=subject.email or subject.name,
        ),
        "nothing": _("Nothing is held."),
        "stays": _("Stays after an erasure:"),
        "rooms": [
            {
                "title": room,
                "entries": [
                    {"title": one.title, "facts": filled(one), "basis": one.basis, "stays": one.stays} for one in those
                ],
            }
            for room, those in groupby(held, key=lambda one: one.room)
        ],
        "imprint": association.imprint_lines,
    }
    return await documents.pdf("held", data)


def filled(one: Held) -> list[tuple[str, str]]:
    return [(name, value) for name, value in one.facts if value]


# The office's own part: letters, and saved filters --------------------------------------------------------------------


async def known_as(text: str) -> list[Subject]:
    del text  # whoever got a letter is known to the room that wrote it
    return []


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    return [*await letters_held(subject), *await filters_held(subject)]


async def letters_held(subject: Subject) -> list[Held]:
    if not subject.key:
        return []
    rows = await (
        Letter.select(Letter.subject, Letter.written_at)
        .where(in_any_case(Letter.to_email, subject.email))
        .order_by(Letter.written_at)
    )
    facts = [(format_moment(row["written_at"]), row["subject"]) for row in rows]
    basis = _("What was written to whom, for twelve months; then only kind and date stay.")
    return [Held(_("Outbox"), _("Letters"), facts, basis)] if facts else []


async def filters_held(subject: Subject) -> list[Held]:
    rows = await SavedFilter.objects().where(SavedFilter.person == subject.person_id).order_by(SavedFilter.name)
    facts = [(row.name, f"{row.room}?{row.query}") for row in rows]
    return [Held(_("Office"), _("Saved choices of lists"), facts)] if facts else []


async def erase_here(subject: Subject, actor: str) -> None:
    del actor
    if subject.key:
        await forget("lower(to_email) = {}", subject.email.lower())
    await SavedFilter.delete().where(SavedFilter.person == subject.person_id)


PRIVACY = Privacy(known_as, held_about, erase_here)
