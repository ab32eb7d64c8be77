"""What goes to the notary and the court: the application's words, its documents, and all of it as one file."""

import io
import zipfile
from dataclasses import dataclass

from network import clock, documents
from network.assembly import delivery, filing, paper, printing, proof, register_data
from network.assembly.differing import differences
from network.assembly.filing import Subject
from network.assembly.tables.afterwards import Filing, RegisterData
from network.assembly.tables.day import Decision
from network.assembly.tables.meeting import Assembly
from network.association import bylaws
from network.association.profile import known_profile
from network.board import representation
from network.board.ledger import Held
from network.files import File
from network.i18n import _, format_day, format_moment, ngettext, speaking
from network.resolutions import book


@dataclass(frozen=True, slots=True)
class Check:
    """One line of what has to be there."""

    title: str
    is_there: bool
    hint: str = ""
    page: str = ""  # where it is or is made, within the assembly's pages


async def checklist(row: Assembly, one: Filing | None, subject: Subject) -> list[Check]:
    sent, invited = await delivery.last_signed(row), await proof.proof_of(row)
    checks = [
        Check(_("Signed minutes, as a copy"), sent is not None, page="/minutes"),
        Check(_("Invitation with its agenda"), row.invitation is not None, page="/invitation/pdf"),
        Check(_("Proof that all members were invited"), invited.complete, invited.words, "/dispatches"),
        Check(_("Attendance list"), row.closed_at is not None, page="/attendance-list"),
    ]
    if subject.board:
        lacking = await register_data.missing(subject.came)
        names = ", ".join(person.who for person in lacking)
        checks.append(
            Check(_("Birth date and town of whoever is new on the board"), not lacking, names, "/register/people")
        )
    if subject.bylaws:
        checks += [
            Check(
                _("The full new wording of the bylaws (§ 71 (1) BGB)"), await wording_of(one) is not None,
                _("To be added once the application is written.") if one is None else "",
                "/register/wording" if one else "",
            ),
            Check(
                _("The rules that change, entered for the day of registration"), await bylaws.awaited() is not None
                or bool(one and one.registered_on), _("Without them the house goes on reckoning by the old rules."),
            ),
        ]  # fmt: skip
    return checks


async def wording_of(one: Filing | None) -> File | None:
    """What was uploaded here, or with the version that waits."""
    step = (await filing.steps_of(one)).get("wording") if one else None
    waiting = await bylaws.awaited()
    number = (step.document if step else None) or (waiting.document if waiting else None)
    return await File.objects().get(File.id == number) if number else None


# --- the application's words -----------------------------------------------------------------------------------------


async def drafted(row: Assembly, subject: Subject) -> str:
    """In German, as the court reads it; birth dates and towns are not in it, they stand on a sheet of their own."""
    association = await known_profile()
    with speaking("de"):
        court = association.register_court or "…"
        parts = [
            _("To the register of associations: %(court)s", court=court),
            _("%(name)s, register number %(number)s", name=association.full_name,
              number=association.register_number or "…"),
            _("As members of the board who are entitled to represent the association we apply for the entry of:"),
            *[await board_words(subject)] * subject.board,
            *[await bylaws_words(row, one) for one in subject.bylaws],
            _("Enclosed: copy of the minutes, invitation with agenda, proof of dispatch, attendance list.")
            if not subject.bylaws else
            _("Enclosed: copy of the minutes with the resolution, the full new wording of the bylaws, invitation with "
              "agenda, proof of dispatch, attendance list."),
        ]  # fmt: skip
    return "\n\n".join(parts)


async def board_words(subject: Subject) -> str:
    lines = [_("Change of the board (§ 67 (1) BGB)")]
    lines += [left_words(one) for one in subject.went]
    lines += [_("– new on the board: %(who)s, %(seat)s, elected and accepted on %(day)s, in office from %(since)s",
                who=one.who, seat=one.title, day=format_day(one.accepted_on or one.since),
                since=format_day(one.since)) for one in subject.came]  # fmt: skip
    if subject.changes_on and subject.changes_on > clock.today():
        lines.append(_("The change takes place on %(day)s and is applied for from that day on.",
                       day=format_day(subject.changes_on)))  # fmt: skip
    return "\n".join([*lines, (await representation.on(subject.signed_on)).words])


def left_words(one: Held) -> str:
    told = {"who": one.who, "seat": one.title, "day": format_day(one.last) if one.last else "…"}
    if one.holds(clock.today()):
        return _("– leaves the board: %(who)s, %(seat)s, at the end of %(day)s", **told)
    return _("– left the board: %(who)s, %(seat)s, until %(day)s", **told)


async def bylaws_words(row: Assembly, one: Decision) -> str:
    found = await book.by_reference(one.resolution) if one.resolution else None
    head = _("Change of the bylaws (§ 71 (1) BGB), decided by the assembly on %(day)s: %(title)s",
             day=format_day(row.starts_at), title=one.title)  # fmt: skip
    abstentions = ngettext("%(num)s abstention", "%(num)s abstentions", one.abstain or 0)
    counts = _("%(yes)s yes, %(no)s no, %(abstentions)s", yes=one.yes, no=one.no, abstentions=abstentions)
    number = f" ({book.number_of(found)})" if found else ""
    return "\n".join([head + number, one.wording, counts])


# --- documents -------------------------------------------------------------------------------------------------------


async def application(one: Filing, subject: Subject) -> bytes:
    """To be signed before the notary: the words, and the sheet with birth dates and towns."""
    association = await known_profile()
    with speaking("de"):
        known = await register_data.of_people(subject.came)
        values = {
            "language": "de",
            "title": _("Application to the register of associations"),
            "association": association.full_name,
            "address": printing.address_of(association),
            "imprint": association.footer("de").split("\n"),
            "paragraphs": [part.split("\n") for part in one.text.strip().split("\n\n")],
            "people_title": _("Data of whoever is new on the board"),
            "head": [_("Name"), _("Office held"), _("Born on"), _("Town of residence")],
            "people": [[*person(term, known.get(term.person_id))] for term in subject.came],
            "signers": [
                [term.who, term.title] for term in (await representation.on(subject.signed_on)).holders
            ],
            "certified": _("Signatures to be certified by a notary (§ 77 BGB)"),
            "needed": (await representation.on(subject.signed_on)).words,
        }  # fmt: skip
    return await documents.pdf("application", values)


def person(term: Held, known: RegisterData | None) -> tuple[str, str, str, str]:
    born = format_day(known.born_on) if known and known.born_on else "…"
    return term.who, term.title, born, known.residence if known else "…"


async def changes(row: Assembly, subject: Subject) -> bytes | None:
    """Old and new text side by side, what changes marked; None where no such paper was on the agenda."""
    association, papers = await known_profile(), await paper.papers_of(row)
    items = {one.item for one in subject.bylaws}
    compared = [one for item in items for one in papers.get(item, ()) if one.compares]
    if not compared:
        return None
    with speaking("de"):
        values = {
            "language": "de",
            "title": _("Changes of the bylaws: %(title)s", title=row.title),
            "association": association.full_name,
            "address": printing.address_of(association),
            "imprint": association.footer("de").split("\n"),
            "differences": [
                {"title": one.title, "rows": [
                    [printing.runs(pair.old), printing.runs(pair.new)]
                    for pair in differences(one.old_text, one.new_text)
                ]} for one in compared
            ],
            "old": _("Text so far"),
            "new": _("New text"),
            "legend": _("Struck through: no longer there. Underlined: new."),
        }  # fmt: skip
    return await documents.pdf("changes", values)


async def files(row: Assembly, one: Filing, subject: Subject) -> list[tuple[str, bytes]]:
    """Everything that is there, numbered in the order in which the court reads it."""
    with speaking("de"):
        found: list[tuple[str, bytes | None]] = [
            (_("Application to the register"), await application(one, subject)),
            (_("Minutes of the assembly"), await minutes_file(row)),
            (_("Full wording of the bylaws"), content_of(await wording_of(one)) if subject.bylaws else None),
            (_("Changes of the bylaws"), await changes(row, subject) if subject.bylaws else None),
            (_("Invitation"), content_of(await invitation(row))),
            (_("Proof of dispatch"), await proof_sheet(row) if row.convened_at else None),
            (_("Attendance list"), await printing.attendance(row)),
        ]
    there = [(name, content) for name, content in found if content]
    return [(f"{number:02}-{name.replace(' ', '-')}.pdf", content) for number, (name, content) in enumerate(there, 1)]


def content_of(file: File | None) -> bytes | None:
    return file.content if file else None


async def minutes_file(row: Assembly) -> bytes | None:
    signed = await delivery.last_signed(row)
    return content_of(await delivery.document_of(signed)) if signed else None


async def invitation(row: Assembly) -> File | None:
    return await File.objects().get(File.id == row.invitation) if row.invitation else None


async def proof_sheet(row: Assembly) -> bytes:
    found = await proof.proof_of(row)
    lines = [(one.name, line) for one in found.members for line in one.lines]
    told = [_("Convened on %(moment)s.", moment=format_moment(row.convened_at)) if row.convened_at else "", found.words]
    return await printing.proof_sheet(row, lines, [one for one in told if one], "de")


async def as_zip(row: Assembly, one: Filing, subject: Subject) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in await files(row, one, subject):
            archive.writestr(name, content)
    return out.getvalue()
