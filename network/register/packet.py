"""What goes to the notary and the court: the application's words, its documents, and all of it as one file."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from network import clock, documents
from network.assembly import delivery, paper, printing, proof
from network.assembly.differing import differences
from network.assembly.tables.day import Decision
from network.assembly.tables.meeting import Assembly
from network.association import bylaws
from network.association.profile import known_profile
from network.board import representation
from network.board.duty import BEGIN, END
from network.board.ledger import Held
from network.board.tables import Beginning, Ending
from network.files import File
from network.i18n import N_, _, format_day, format_moment, ngettext, speaking
from network.register import birth
from network.register import case as cases
from network.register.case import Case
from network.register.filing import WORDING, paper_of
from network.register.subject import Subject
from network.register.tables import RegisterData
from network.resolutions import book

# What a change of the board rests on, of which the court gets a copy (§ 67 I 2 BGB).
BEGUN_BY = {
    Beginning.CO_OPTED: N_("Resolution of the board that took in %(who)s"),
    Beginning.APPOINTED_BY_COURT: N_("Order of the court that appointed %(who)s"),
}
ENDED_BY = {
    Ending.NONE: N_("Minutes of the election that tell the term of %(who)s"),
    Ending.RESIGNATION: N_("Resignation of %(who)s"),
    Ending.REMOVAL: N_("Minutes with the removal of %(who)s"),
    Ending.DEATH: N_("Death certificate of %(who)s"),
}
ELECTED_BY, ENDED_OTHERWISE = N_("Minutes of the election of %(who)s"), N_("Proof that %(who)s has left the board")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of what has to be there."""

    title: str
    is_there: bool
    hint: str = ""
    page: str = ""  # where it is or is made
    confided: bool = False  # the page is for those alone who prepare the application


@dataclass(frozen=True, slots=True)
class Copy:
    """A document about somebody's begin or end on the board, by the step under which it is kept."""

    kind: str
    title: str


async def checklist(case: Case) -> list[Check]:
    checks = await of_meeting(case.row) if case.row else await of_copies(case)
    if case.subject.came:
        lacking = await birth.missing(case.subject.came)
        names = ", ".join(person.who for person in lacking)
        title = _("Birth date and town of whoever is new on the board")
        checks.append(Check(title, not lacking, names, f"{case.place}/people", confided=True))
    return [*checks, *(await of_bylaws(case) if case.subject.bylaws else ())]


async def of_meeting(row: Assembly) -> list[Check]:
    place = f"/office/assemblies/{row.reference}"
    sent, invited = await delivery.last_signed(row), await proof.proof_of(row)
    return [
        Check(_("Signed minutes, as a copy"), sent is not None, page=f"{place}/minutes"),
        Check(_("Invitation with its agenda"), row.invitation is not None, page=f"{place}/invitation/pdf"),
        Check(_("Proof that all members were invited"), invited.complete, invited.words, f"{place}/dispatches"),
        Check(_("Attendance list"), row.closed_at is not None, page=f"{place}/attendance-list"),
    ]


async def of_copies(case: Case) -> list[Check]:
    steps = await cases.steps_of(case.filing) if case.filing else {}
    later = "" if case.filing else to_be_added()
    return [
        Check(
            _("%(document)s, as a copy", document=one.title),
            bool(one.kind in steps and steps[one.kind].document),
            later,
            f"{case.place}/papers/{one.kind}/new" if case.filing else "",
        )
        for one in copies(case.subject)
    ]


async def of_bylaws(case: Case) -> list[Check]:
    begun = case.filing is not None
    registered = bool(case.filing and case.filing.registered_on)
    return [
        Check(
            _("The full new wording of the bylaws (§ 71 (1) BGB)"), await wording_of(case) is not None,
            "" if begun else to_be_added(), f"{case.place}/papers/{WORDING}/new" if begun else "",
        ),
        Check(
            _("The rules that change, entered for the day of registration"),
            await bylaws.awaited() is not None or registered,
            _("Without them the house goes on reckoning by the old rules."),
        ),
    ]  # fmt: skip


def to_be_added() -> str:
    return _("To be added once the application is written.")


def copies(subject: Subject) -> list[Copy]:
    """Of a change between assemblies: what each begin and each end rests on, in the order in which they are told."""
    ends = [
        Copy(paper_of(END, one), _(ENDED_BY.get(Ending(one.ended_by), ENDED_OTHERWISE), who=one.who))
        for one in subject.went
    ]
    begins = [
        Copy(paper_of(BEGIN, one), _(BEGUN_BY.get(Beginning(one.began_as), ELECTED_BY), who=one.who))
        for one in subject.came
    ]
    return [*ends, *begins]


async def wording_of(case: Case) -> File | None:
    """What was uploaded here, or with the version that waits."""
    step = (await cases.steps_of(case.filing)).get(WORDING) if case.filing else None
    waiting = await bylaws.awaited()
    number = (step.document if step else None) or (waiting.document if waiting else None)
    return await File.objects().get(File.id == number) if number else None


# --- the application's words -----------------------------------------------------------------------------------------


async def drafted(case: Case) -> str:
    """In German, as the court reads it; birth dates and towns are not in it, they stand on a sheet of their own."""
    association, subject = await known_profile(), case.subject
    with speaking("de"):
        court = association.register_court or "…"
        parts = [
            _("To the register of associations: %(court)s", court=court),
            _("%(name)s, register number %(number)s", name=association.full_name,
              number=association.register_number or "…"),
            _("As members of the board who are entitled to represent the association we apply for the entry of:"),
            *[await board_words(subject)] * subject.board,
            *[await bylaws_words(case.row, one) for one in subject.bylaws if case.row],
            enclosed(case),
        ]  # fmt: skip
    return "\n\n".join(parts)


def enclosed(case: Case) -> str:
    if case.row is None:
        return _("Enclosed, as copies: %(documents)s.",
                 documents="; ".join(one.title for one in copies(case.subject)))  # fmt: skip
    if not case.subject.bylaws:
        return _("Enclosed: copy of the minutes, invitation with agenda, proof of dispatch, attendance list.")
    return _("Enclosed: copy of the minutes with the resolution, the full new wording of the bylaws, invitation with "
             "agenda, proof of dispatch, attendance list.")  # fmt: skip


async def board_words(subject: Subject) -> str:
    lines = [_("Change of the board (§ 67 (1) BGB)")]
    lines += [left_words(one) for one in subject.went]
    lines += [new_words(one) for one in subject.came]
    if subject.changes_on and subject.changes_on > clock.today():
        lines.append(_("The change takes place on %(day)s and is applied for from that day on.",
                       day=format_day(subject.changes_on)))  # fmt: skip
    return "\n".join([*lines, (await representation.on(subject.signed_on)).words])


def new_words(one: Held) -> str:
    told = {
        "who": one.who, "seat": one.title, "day": format_day(one.accepted_on or one.since),
        "since": format_day(one.since),
    }  # fmt: skip
    if one.began_as == Beginning.CO_OPTED:
        return _("– new on the board: %(who)s, %(seat)s, taken in by the board, accepted on %(day)s, in office from "
                 "%(since)s", **told)  # fmt: skip
    if one.began_as == Beginning.APPOINTED_BY_COURT:
        return _("– new on the board: %(who)s, %(seat)s, appointed by the court (§ 29 BGB), accepted on %(day)s, in "
                 "office from %(since)s", **told)  # fmt: skip
    return _("– new on the board: %(who)s, %(seat)s, elected and accepted on %(day)s, in office from %(since)s", **told)


def left_words(one: Held) -> str:
    told = {"who": one.who, "seat": one.title, "day": format_day(one.last) if one.last else "…"}
    if one.ended_by == Ending.DEATH:
        return _("– left the board: %(who)s, %(seat)s, deceased on %(day)s", **told)
    if one.ended_by == Ending.RESIGNATION and one.received_on:
        return _("– leaves the board: %(who)s, %(seat)s, at the end of %(day)s, by a resignation received on "
                 "%(received)s", **told, received=format_day(one.received_on))  # fmt: skip
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
