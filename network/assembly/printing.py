"""Documents about an assembly: the invitation, the letters for envelopes, and the proof of dispatch."""

from collections.abc import Sequence
from typing import Any

from network import documents
from network.assembly import agenda, attendance_list, letters, meeting
from network.assembly.differing import Run, differences
from network.assembly.dispatch import Line
from network.assembly.letters import Told
from network.assembly.tables.convocation import Dispatch
from network.assembly.tables.meeting import Assembly
from network.association.profile import Profile, known_profile
from network.i18n import _, format_clock, format_day, format_weekday, speaking


async def invitation(row: Assembly, told: Told, language: str) -> bytes:
    """The invitation to keep: day, place, rights, agenda, and old and new texts side by side."""
    with speaking(language):
        return await printed(_("Invitation: %(title)s", title=row.title), language, (), about(row, told, language))


async def envelopes(row: Assembly, found: Sequence[Dispatch], told: Told | None = None) -> bytes:
    """The letters that go by post, each on its own sheet; `told` is what an invitation encloses."""
    language = found[0].locale if found else "de"
    with speaking(language):
        more = about(row, told, language) if told else {"heading": ""}
        return await printed(_("Letters: %(title)s", title=row.title), language, found, more)


async def printed(title: str, language: str, found: Sequence[Dispatch], more: dict[str, Any]) -> bytes:
    association = await known_profile()
    return await documents.pdf("invitation", {
        "language": language,
        "title": title,
        "association": association.full_name,
        "address": address_of(association),
        "imprint": association.footer(language).split("\n"),
        "letters": [letter(one, association) for one in found],
        **more,
    })  # fmt: skip


def letter(one: Dispatch, association: Profile) -> dict[str, Any]:
    place = association.town
    return {
        "window": one.address.split("\n"),
        "dated": f"{place}, {format_day(one.made_at)}" if place else format_day(one.made_at),
        "subject": one.subject,
        "paragraphs": [part.split("\n") for part in one.text.strip().split("\n\n")],
    }


def about(row: Assembly, told: Told, language: str) -> dict[str, Any]:
    rights = row.rights_en or row.rights_de if language == "en" else row.rights_de
    return {
        "heading": row.title,
        "facts": [[name, value] for name, value in facts_of(row) if value],
        "welcome": row.welcome.split("\n\n") if row.welcome else [],
        "rights_title": _("How members exercise their rights online"),
        "rights": rights.split("\n\n") if rights else [],
        "agenda_title": _("Agenda"),
        "agenda": [
            {
                "title": agenda.title_of(item),
                "text": item.text,
                "papers": [one.title for one in told.papers.get(item.id, ()) if one.file],
            }
            for item in told.items
        ],
        "papers": _("Papers"),
        "differences": [
            {"title": one.title, "rows": [[runs(pair.old), runs(pair.new)] for pair in differences(
                one.old_text, one.new_text
            )]}
            for item in told.items for one in told.papers.get(item.id, ()) if one.compares
        ],
        "old": _("Text so far"),
        "new": _("New text"),
        "legend": _("Struck through: no longer there. Underlined: new."),
    }  # fmt: skip


def runs(found: Sequence[Run]) -> list[dict[str, str]]:
    return [{"kind": run.kind, "text": run.text} for run in found]


def facts_of(row: Assembly) -> list[tuple[str, str]]:
    begins = _("%(day)s, %(time)s", day=format_weekday(row.starts_at), time=format_clock(row.starts_at))
    return [
        (_("When"), f"{begins}–{format_clock(row.ends_at)}" if row.ends_at else begins),
        (_("Where"), letters.where(row)),
        (_("How"), _(meeting.MODES[row.mode])),  # type: ignore[index]
        (_("Dial-in"), row.online_at),
        (_("Quorum"), _(meeting.SECOND) if row.second_of else ""),
    ]


def address_of(association: Profile) -> str:
    return ", ".join(
        part for part in (association.street, f"{association.postal_code} {association.town}".strip()) if part
    )  # fmt: skip


def file_name(row: Assembly, language: str) -> str:
    with speaking(language):
        return named(_("Invitation"), row.title)


def named(*words: str) -> str:
    """What a file is called; no sign is in it that a disk refuses."""
    return " ".join(words).replace("/", "-").replace(":", "") + ".pdf"


# --- the attendance list ---------------------------------------------------------------------------------------------


async def attendance(row: Assembly) -> bytes:
    """In German, with a line for each signature: empty before the assembly, as the court gets it afterwards."""
    association = await known_profile()
    with speaking("de"):
        found = await attendance_list.list_of(row)
        values = {
            "language": "de",
            "title": _("Attendance list: %(title)s", title=row.title),
            "association": association.full_name,
            "address": address_of(association),
            "imprint": association.footer("de").split("\n"),
            "facts": [[name, value] for name, value in [*facts_of(row), *facts_of_votes(row)] if value],
            "told": [one for one in (found.words, found.quorum, found.later) if one],
            "head": [_("No."), _("Member"), _("Votes"), _("Represented by"), _("Time"), _("Signature")],
            "rows": [
                [str(one.number), one.member, str(one.votes), whom(one, row), one.times, ""] for one in found.entries
            ],
            "signatures": [
                [row.chair or "…", _("Chair of the meeting")],
                [row.minute_taker or "…", _("Minute taker")],
            ],
        }
    return await documents.pdf("attendance", values)


def facts_of_votes(row: Assembly) -> list[tuple[str, str]]:
    return [(_("Key date for votes"), format_day(row.key_date) if row.key_date else "")]


def whom(one: attendance_list.Entry, row: Assembly) -> str:
    who = ", ".join(part for part in (one.who, one.right) if part)
    if row.closed_at and not one.represented:
        return " – ".join(part for part in (who, _("not represented")) if part)
    return who


# --- the proof -------------------------------------------------------------------------------------------------------


async def proof_sheet(row: Assembly, lines: Sequence[tuple[str, Line]], told: Sequence[str], language: str) -> bytes:
    """Who was written to when, at which address, by which way, and what became of it."""
    association = await known_profile()
    with speaking(language):
        return await documents.pdf("proof", {
            "language": language,
            "title": _("Proof of dispatch: %(title)s", title=row.title),
            "association": association.full_name,
            "address": address_of(association),
            "imprint": association.footer(language).split("\n"),
            "facts": [[name, value] for name, value in facts_of(row) if value],
            "told": list(told),
            "head": [_("Member"), _("What"), _("Written"), _("To"), _("Result")],
            "rows": [
                [
                    name, line.what, written_words(line), line.row.address or line.row.name,
                    " ".join(part for part in (line.words, line.when, line.answer) if part),
                ]
                for name, line in lines
            ],
        })  # fmt: skip


def written_words(line: Line) -> str:
    from_day = f"{format_day(line.row.made_at)}, {format_clock(line.row.made_at)}"
    return f"{from_day}, {line.channel}"
