"""An application to the register of associations and the days of its way: certified, filed, asked, registered, refused.

Each step has its day, none before what it applies for has happened, and none before the step that it follows.
"""

from datetime import date

from network import clock
from network.assembly.meeting import taken
from network.assembly.noted import record
from network.assembly.tables.meeting import Assembly
from network.association import bylaws
from network.board import duty
from network.board.duty import BEGIN, END
from network.board.ledger import Held
from network.board.seat import take_board
from network.database import DB, locked
from network.errors import Refused
from network.files import File
from network.i18n import N_, _, format_day, local
from network.references import new_reference
from network.register import case as cases
from network.register.case import Case
from network.register.tables import Filing, FilingStep
from network.resolutions import book as book_of_resolutions

BEFORE_THE_COURT = ("filed", "queried", "registered")
WORDING = "wording"  # the step of the full new wording; that of a term's paper is its thing


async def begin(case: Case, *, text: str, actor: str) -> Filing:
    """Begin the application with its text. Refused before the assembly is closed, when nothing has to be filed, and
    while another one is under way. In a rehearsal nothing is filed.
    """
    async with DB.transaction():
        now = await held(case)
        if now.is_under_way:
            raise Refused(_("This application is under way already."))
        if not now.subject:
            raise Refused(nothing_words(now))
        made = Filing(
            reference=new_reference(), assembly=now.row.id if now.row else None, kind=now.subject.kind,
            about="\n".join(now.subject.things), text=text, opened_at=clock.now(), actor=actor,
        )  # fmt: skip
        await made.save()
        begun = Case(now.row, made, now.subject)
        await record(actor, N_("application to the register begun"), begun.thing, begun.title)
    return made


async def held(case: Case) -> Case:
    """As it is now, with the assembly's row taken, or the board's."""
    if case.row is None:
        await take_board()
        return await cases.of_board()
    row = await taken(case.row)
    if not row.closed_at or row.rehearsal_of:
        raise Refused(_("What was decided is filed once the assembly is closed."))
    return await cases.of_assembly(row)


def nothing_words(case: Case) -> str:
    if case.row:
        return _("Nothing of this assembly has to be filed: neither the board nor the bylaws changed (§§ 67, 71 BGB).")
    return _("Nothing has to be filed: the register knows the board as it is (§ 67 BGB).")


async def take_back(row: Assembly, *, actor: str) -> None:
    """Part of a deed: another result makes another application. One that has not left the house is begun anew.

    Refused when the court has it.
    """
    case = await cases.of_assembly(row)
    if case.filing is None or not case.is_under_way:
        return
    if case.state in BEFORE_THE_COURT:
        raise Refused(
            _("The application to the register of associations tells the court this result. Please withdraw it there "
              "first, and enter that it was not registered.")
        )  # fmt: skip
    papers = [one.document for one in (await cases.steps_of(case.filing)).values() if one.document]
    await Filing.delete().where(Filing.id == case.filing.id)
    if papers:
        await File.delete().where(File.id.is_in(papers))
    await record(actor, N_("application to the register given up"), case.thing, case.title)


async def edit(case: Case, text: str, *, actor: str) -> None:
    """Refused once it is certified: what was signed stays."""
    async with DB.transaction():
        still = await free(case)
        if still.certified_on:
            raise Refused(_("It is certified already; what was signed before the notary stays (§ 77 BGB)."))
        still.text = text
        await still.save()
        await record(actor, N_("application to the register edited"), case.thing, case.title)


# --- how far it has come ---------------------------------------------------------------------------------------------


async def certify(case: Case, on: date, *, notary: str, actor: str, document: File | None) -> None:
    """Refused before the assembly, and before the board has changed: whoever is new on it signs."""
    async with DB.transaction():
        still = await free(case)
        refuse_early(case, on)
        still.certified_on, still.notary = on, notary
        await noted(case, still, "certified", on, verb=N_("application certified"), actor=actor, document=document)


async def file(case: Case, on: date, *, actor: str, document: File | None) -> None:
    """It went to the court. Refused before a notary certified the signatures (§ 77 BGB)."""
    async with DB.transaction():
        still = await free(case)
        if still.certified_on is None:
            raise Refused(_("The register takes it only with signatures that a notary certified (§ 77 BGB)."))
        refuse_early(case, on)
        refuse_day(on, still.certified_on, _("It was certified on %(day)s."))
        still.filed_on = on
        await noted(case, still, "filed", on, verb=N_("application filed"), actor=actor, document=document)


async def query(
    case: Case, on: date, *, words: str, until: date | None, actor: str, document: File | None
) -> None:  # fmt: skip
    """The court asks for something before it decides (Zwischenverfügung)."""
    async with DB.transaction():
        still = await in_court(case, on)
        still.objected_on, still.objection, still.answer_until, still.answered_on = on, words, until, None
        verb = N_("query of the register court")
        await noted(case, still, "queried", on, verb=verb, actor=actor, document=document)


async def answer(case: Case, on: date, *, actor: str, document: File | None) -> None:
    async with DB.transaction():
        still = await free(case)
        if still.objected_on is None or still.answered_on:
            raise Refused(_("The court asks for nothing."))
        refuse_day(on, still.objected_on, _("The court wrote on %(day)s."))
        still.answered_on = on
        verb = N_("query of the register court answered")
        await noted(case, still, "answered", on, verb=verb, actor=actor, document=document)


async def register(case: Case, on: date, *, entry: str, actor: str, document: File | None) -> None:
    """The register entered it: from this day the changed bylaws count, and what there was to do for it is done."""
    async with DB.transaction():
        still = await in_court(case, on)
        still.registered_on, still.entry, still.closed_at = on, entry, clock.now()
        if still.kind != "board" and (version := await bylaws.register(actor, on)):
            still.bylaws = version.id
        for one in case.subject.bylaws if still.kind != "board" else ():
            await book_of_resolutions.take_effect(one.resolution, on, actor=actor)
        await tick_duties(case, actor)
        await noted(case, still, "registered", on, verb=N_("application registered"), actor=actor, document=document)


async def tick_duties(case: Case, actor: str) -> None:
    """The register knows whoever came and whoever went now."""
    things = {(BEGIN, one.id) for one in case.subject.came} | {(END, one.id) for one in case.subject.went}
    for one in await duty.to_tell("register"):
        if (one.occasion, one.term) in things:
            await duty.tick(one, done=True, actor=actor)


async def refuse(case: Case, on: date, *, words: str, actor: str, document: File | None) -> None:
    """The court does not enter it; it can be filed anew."""
    async with DB.transaction():
        still = await in_court(case, on)
        still.refused_on, still.objection, still.closed_at = on, words, clock.now()
        await noted(case, still, "refused", on, verb=N_("application refused"), actor=actor, document=document)


async def free(case: Case) -> Filing:
    """As it is now, held; refused when the court has decided."""
    assert case.filing
    still = await locked(Filing, case.filing.id, Filing.turns)
    if still.closed_at:
        raise Refused(_("The court has decided on this application."))
    return still


async def in_court(case: Case, on: date) -> Filing:
    still = await free(case)
    if still.filed_on is None:
        raise Refused(_("It has not been filed yet."))
    refuse_day(on, still.filed_on, _("It was filed on %(day)s."))
    if still.objected_on:
        refuse_day(on, still.objected_on, _("The court wrote on %(day)s."))
    return still


def refuse_early(case: Case, on: date) -> None:
    """What has not happened cannot be applied for (§§ 67, 71 BGB)."""
    refuse_ahead(on)
    if case.changes_on:
        refuse_day(
            on, case.changes_on, _("The board changes on %(day)s; it is applied for from that day on (§ 67 (1) BGB).")
        )
    if case.row:
        refuse_day(on, local(case.row.starts_at), _("The assembly was held on %(day)s; it is applied for after that."))


def refuse_ahead(on: date) -> None:
    if on > clock.today():
        raise Refused(_("This day lies ahead. Please enter it when it has happened."), "on")


def refuse_day(on: date, earliest: date, words: str) -> None:
    refuse_ahead(on)
    if on < earliest:
        raise Refused(words % {"day": format_day(earliest)}, "on")


async def noted(
    case: Case, filing: Filing, kind: str, on: date, *, verb: str, actor: str, document: File | None
) -> None:
    await filing.save()
    mine = (FilingStep.filing == filing.id) & (FilingStep.kind == kind)
    step = await FilingStep.objects().get(mine) or FilingStep(filing=filing.id, kind=kind)
    step.done_on, step.actor = on, actor
    if document:
        step.document = document.id
    await step.save()
    await record(actor, verb, case.thing, case.title, format_day(on))


async def keep_paper(case: Case, kind: str, document: File, *, actor: str) -> None:
    """What belongs to it: the full new wording of the bylaws (§ 71 I 4 BGB), or a copy of what a change of the board
    rests on (§ 67 I 2 BGB). Kept again it takes the place of what was there.
    """
    async with DB.transaction():
        still = await free(case)
        verb = N_("wording of the bylaws kept") if kind == WORDING else N_("document for the register kept")
        await noted(case, still, kind, clock.today(), verb=verb, actor=actor, document=document)


def paper_of(occasion: str, term: Held) -> str:
    """Under which step the copy of a document about somebody's begin or end is kept."""
    return f"{occasion}-{term.reference}"
