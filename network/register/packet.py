"""The documents that go to the notary and the court, and all of them as one file."""

import io
import zipfile
from collections.abc import Iterable

from network import documents
from network.assembly import delivery, paper, printing, proof
from network.assembly.differing import differences
from network.assembly.tables.meeting import Assembly
from network.association.profile import known_profile
from network.board import representation
from network.board.ledger import Held
from network.files import File
from network.i18n import _, format_day, format_moment, speaking
from network.register import birth
from network.register import case as cases
from network.register.case import Case
from network.register.checklist import copies, wording_of
from network.register.subject import Subject
from network.register.tables import RegisterData


async def application(case: Case) -> bytes:
    """To be signed before the notary: the words, and the sheet with birth dates and towns."""
    association, subject, text = await known_profile(), case.subject, case.filing.text if case.filing else ""
    with speaking("de"):
        known = await birth.of_people(subject.came)
        values = {
            "language": "de",
            "title": _("Application to the register of associations"),
            "association": association.full_name,
            "address": printing.address_of(association),
            "imprint": association.footer("de").split("\n"),
            "paragraphs": [part.split("\n") for part in text.strip().split("\n\n")],
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


async def files(case: Case) -> list[tuple[str, bytes]]:
    """Everything that is there, numbered in the order in which the court reads it."""
    with speaking("de"):
        first = (_("Application to the register"), await application(case))
        rest = await files_of_meeting(case, case.row) if case.row else await files_of_copies(case)
    there = [(name, content) for name, content in (first, *rest) if content]
    return [
        (f"{number:02}-{plain(name)}.pdf", content) for number, (name, content) in enumerate(there, 1)
    ]  # fmt: skip


def plain(name: str) -> str:
    return name.replace(" ", "-").replace("/", "-").replace(":", "").replace(".", "")


async def files_of_meeting(case: Case, row: Assembly) -> Iterable[tuple[str, bytes | None]]:
    changed = bool(case.subject.bylaws)
    return [
        (_("Minutes of the assembly"), await minutes_file(row)),
        (_("Full wording of the bylaws"), content_of(await wording_of(case)) if changed else None),
        (_("Changes of the bylaws"), await changes(row, case.subject) if changed else None),
        (_("Invitation"), content_of(await invitation(row))),
        (_("Proof of dispatch"), await proof_sheet(row) if row.convened_at else None),
        (_("Attendance list"), await printing.attendance(row)),
    ]


async def files_of_copies(case: Case) -> Iterable[tuple[str, bytes | None]]:
    steps = await cases.steps_of(case.filing) if case.filing else {}
    numbers = {one.kind: steps[one.kind].document for one in copies(case.subject) if one.kind in steps}
    found = {one.id: one for one in await File.objects().where(File.id.is_in([*numbers.values()]))} if numbers else {}
    return [(one.title, content_of(found.get(numbers.get(one.kind, 0)))) for one in copies(case.subject)]


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


async def as_zip(case: Case) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in await files(case):
            archive.writestr(name, content)
    return out.getvalue()
