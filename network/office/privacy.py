"""One person's data across all rooms (Art. 15, 17, 20 GDPR): found, picked, shown, as a file, erased.

The slices hand up what they hold (web.handed.Privacy). Several may bear one name, and one person may stand in several
places: somebody of the office picks which of them are the one who asks, before anything is told or erased.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from mailing.addresses import address_key
from network import clock, documents
from network.activity import LOOKED, looked_at, record
from network.association.keeping import all_kept
from network.association.profile import known_profile
from network.database import DB
from network.errors import Refused
from network.folding import folded
from network.i18n import N_, _, format_day, locale
from network.members import guessing
from network.people.person import person_at, person_by_reference
from network.people.tables import Person
from network.people.viewer import Viewer
from network.references import new_reference
from network.web.handed import Held, Privacy, Subject, Trace
from network.web.kinds import distinct

MOST = 60
MOST_WORDS = 8
MOST_TRIED = 4  # each reads the rooms from end to end


# Found and picked ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Hit:
    """Everything that surely is one and the same: a person of the house, an address, or a single row."""

    key: str
    names: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)

    @property
    def is_person(self) -> bool:
        return self.key.startswith("person:")

    @property
    def name(self) -> str:
        return self.names[0] if self.names else self.key.partition(":")[2]

    def add(self, trace: Trace) -> None:
        told = ((self.names, trace.name), (self.emails, trace.email), (self.places, trace.where),
                (self.organisations, trace.organisation))  # fmt: skip
        for values, value in told:
            if value and value not in values:
                values.append(value)


async def find(text: str, rooms: Sequence[Privacy]) -> list[Hit]:
    """Where somebody stands whom a name, an organisation or an address may mean; people of the house first."""
    words = folded(text).replace("%", "").replace("_", "").split()[:MOST_WORDS]
    traces = [trace for room in rooms for trace in await room.known_as(words)] if words else []
    if "@" in text:
        traces.append(Trace(f"address:{text.strip()}", "", email=text.strip()))
    people = await people_at({trace.email for trace in traces if trace.key.startswith("address:")})
    hits: dict[str, Hit] = {}
    for trace in traces:
        key = trace.key
        if key.startswith("address:"):
            known = people.get(address_key(trace.email))
            key = f"person:{known.reference}" if known else f"address:{address_key(trace.email)}"
        hits.setdefault(key, Hit(key)).add(trace)
    found = sorted(hits.values(), key=lambda hit: (not hit.is_person, folded(hit.name)))
    return found[:MOST]


async def find_nearest(typed: str, rooms: Sequence[Privacy]) -> tuple[str, list[Hit]]:
    """By what was typed; where nobody is called so, by the nearest words, which the page has to tell."""
    found = await find(typed, rooms)
    meant = [] if found or "@" in typed else await guessing.wordings(typed, of_all=True)
    for text in meant[:MOST_TRIED]:
        if hits := await find(text, rooms):
            return text, hits
    return typed, found


async def people_at(emails: Iterable[str]) -> dict[str, Person]:
    """Of the house, by their address."""
    keys = sorted({address_key(email) for email in emails})
    rows = await Person.objects().where(Person.email_key.is_in(keys)) if keys else []
    return {row.email_key: row for row in rows}


async def subject_of(keys: Sequence[str]) -> Subject:
    """All that was picked. An address brings along the person of the house who has it, and a person the address."""
    people: dict[int, Person] = {}
    emails: dict[str, str] = {}
    rows: list[str] = []
    for key in keys:
        kind, _colon, value = key.partition(":")
        someone = await person_by_reference(value) if kind == "person" else None
        if kind == "address" and "@" in value:
            emails.setdefault(address_key(value), value.strip())
            someone = await person_at(value)
        elif kind != "person" and value:
            rows.append(key)
        if someone:
            people[someone.id] = someone
            if someone.email:
                emails[address_key(someone.email)] = someone.email
    return Subject(
        name=next((one.name for one in people.values()), ""),
        emails=tuple(emails.values()),
        people=tuple((one.id, one.reference) for one in people.values()),
        rows=tuple(dict.fromkeys(rows)),
    )


# Told ----------------------------------------------------------------------------------------------------------------


async def everything(viewer: Viewer, subject: Subject, rooms: Sequence[Privacy]) -> list[Held]:
    """All that is held, room by room, each with the reason and how long."""
    kept = {one.key: one for one in await all_kept(distinct(kind for room in rooms for kind in room.kinds))}
    held = [one for room in rooms for one in await room.held_about(viewer, subject)]
    told = [replace(one, basis=kept[one.kind.key].basis) for one in held]
    return sorted(told, key=lambda one: one.room)


def name_in(subject: Subject, held: Sequence[Held]) -> str:
    """How the person is called: by their entry, else as they are called in what is held."""
    names = (value for one in held for fact, value in one.facts if fact == _("Name") and value)
    return subject.name or next(names, "") or subject.email or next(iter(subject.rows), "").partition(":")[2]


async def read(viewer: Viewer, subject: Subject) -> None:
    """Note each reading: of a person of the house by name, of others without saying of whom, as in `handed_out`."""
    for _number, reference in subject.people:
        await looked_at(viewer.reference, f"person:{reference}", subject.name)
    if not subject.people:
        await record(viewer.reference, LOOKED, f"privacy:{new_reference()}")


async def handed_out(viewer: Viewer) -> None:
    """Note that data were put into a file; about whom stands nowhere, or it could not be erased."""
    await record(viewer.reference, N_("data of one person handed out"), f"privacy:{new_reference()}")


async def erase(subject: Subject, rooms: Sequence[Privacy], viewer: Viewer) -> None:
    """Erase in every room in one deed; what stays is what `Held.stays` names. Nobody erases themselves.

    Refused when a room refuses: then nothing is erased.
    """
    if viewer.person_id in subject.person_ids:
        raise Refused(_("Somebody else of the office has to erase your own data."))
    async with DB.transaction():
        for room in rooms:
            await room.erase(subject, viewer.reference)
        await record(viewer.reference, N_("data of one person erased"), f"erasure:{new_reference()}")


# As a file -----------------------------------------------------------------------------------------------------------


def as_json(subject: Subject, held: Sequence[Held]) -> bytes:
    """To be read by machines (Art. 20): each entry with its facts by name."""
    told = {
        "about": {"email": subject.email, "emails": list(subject.emails), "name": name_in(subject, held)},
        "as_of": clock.now().isoformat(),
        "entries": [
            {
                "room": one.room,
                "title": one.title,
                "facts": [{"name": name, "value": value} for name, value in filled(one)],
                "basis": one.basis,
                "stays": one.stays,
                "until": one.until.isoformat() if one.until else None,
            }
            for one in held
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


async def as_pdf(subject: Subject, held: Sequence[Held]) -> bytes:
    """To be read by people (Art. 15): a tagged document with the association's Impressum."""
    association = await known_profile()
    who = name_in(subject, held)
    data: dict[str, Any] = {
        "title": _("What we hold about you"),
        "language": locale(),
        "association": association.full_name,
        "address": association.email,
        "byline": _("%(who)s, as of %(day)s", who=who, day=format_day(clock.today())),
        "introduction": _(
            "This is everything that %(association)s holds about %(who)s, with the reason and how long. You may have "
            "it corrected or erased, object to it, and complain to a data protection authority (Art. 15 to 21, 77 "
            "GDPR).",
            association=association.full_name,
            who=who,
        ),
        "nothing": _("Nothing is held."),
        "stays": _("Stays after an erasure:"),
        "rooms": [
            {
                "title": room,
                "entries": [
                    {"title": one.title, "facts": filled(one), "basis": one.basis, "stays": staying(one)}
                    for one in those
                ],
            }
            for room, those in groupby(held, key=lambda one: one.room)
        ],
        "imprint": association.imprint_lines,
    }
    return await documents.pdf("held", data)


def staying(one: Held) -> str:
    """Why it stays, and to which day where that has an end."""
    until = _("Until %(day)s.", day=format_day(one.until)) if one.until else ""
    return " ".join(part for part in (one.stays, until) if part)


def filled(one: Held) -> list[tuple[str, str]]:
    return [(name, value) for name, value in one.facts if value]
