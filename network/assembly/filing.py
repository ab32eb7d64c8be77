"""An application to the register of associations: what of an assembly has to be filed, and how far it has come.

A change of the bylaws counts only when it is registered (§ 71 I 1 BGB). Whoever was elected is in office from the
acceptance on, elected early from the day after the predecessor's last; of the board the register only tells, once it
has changed (§ 67 BGB).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from network import clock
from network.assembly import decision
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.tables.afterwards import Filing, FilingStep
from network.assembly.tables.day import Decision
from network.assembly.tables.elections import Election
from network.assembly.tables.meeting import Assembly
from network.association import bylaws
from network.board import duty, ledger
from network.board.ledger import Held
from network.board.tables import Duty, Ending
from network.database import DB, locked
from network.errors import Refused
from network.files import File
from network.i18n import N_, _, format_day, local
from network.references import new_reference
from network.resolutions import book as book_of_resolutions
from network.resolutions.tables import Kind, Outcome

STATES = {
    "prepared": ("warn", N_("being prepared")),
    "certified": ("info", N_("certified by a notary")),
    "filed": ("info", N_("filed")),
    "queried": ("bad", N_("the court asks for something")),
    "registered": ("ok", N_("registered")),
    "refused": ("bad", N_("refused by the court")),
}
CHANGING = (Kind.BYLAWS, Kind.PURPOSE)


@dataclass(frozen=True, slots=True)
class Subject:
    """What of an assembly has to be filed."""

    bylaws: Sequence[Decision]
    came: Sequence[Held]
    went: Sequence[Held]

    @property
    def board(self) -> bool:
        return bool(self.came or self.went)

    def __bool__(self) -> bool:
        return bool(self.bylaws) or self.board

    @property
    def kind(self) -> str:
        if self.bylaws and self.board:
            return "both"
        return "bylaws" if self.bylaws else "board"

    @property
    def changes_on(self) -> date | None:
        """The first day on which the board is another one."""
        left = (one.last + timedelta(days=1) for one in self.went if one.last)
        return min([*left, *(one.since for one in self.came)], default=None)

    @property
    def waits_until(self) -> date | None:
        """Who was elected early is not in office yet: the register is told from this day on. None: at once."""
        first = self.changes_on
        return first if first and first > clock.today() and not self.bylaws else None

    @property
    def signed_on(self) -> date:
        """Whoever is on the board on this day signs."""
        return self.waits_until or clock.today()


async def subject_of(row: Assembly) -> Subject:
    """Adopted changes of the bylaws, and who came to the board or left it by this assembly.

    Whoever goes on in the same office changes nothing that the register tells.
    """
    adopted = [
        one for one in await decision.decisions_of(row) if one.kind in CHANGING and one.outcome == Outcome.ADOPTED
    ]
    book = await ledger.read()
    elections = await Election.select(Election.reference).where(Election.assembly == row.id)
    by_election = {f"election:{one['reference']}" for one in elections}
    elected = [one for one in book.terms if one.source in by_election]
    before = {one.id: book.forerunner(one) for one in elected}
    came = [one for one in elected if not goes_on(before[one.id], one)]
    left = [one for one in before.values() if one and one not in elected and one.person_id not in people(elected)]
    sources = {f"resolution:{one.resolution}" for one in await decision.decisions_of(row) if one.resolution}
    removed = [one for one in book.terms if one.ended_by == Ending.REMOVAL and one.end_source in sources]
    co_opted = [one for one in book.terms if one.end_source == thing(row)]
    went = {one.id: one for one in (*left, *removed, *co_opted) if one.person_id not in people(came)}
    return Subject(adopted, came, list(went.values()))


def goes_on(before: Held | None, after: Held) -> bool:
    return before is not None and before.person_id == after.person_id


def people(terms: Sequence[Held]) -> set[int]:
    return {one.person_id for one in terms}


async def begin(row: Assembly, *, text: str, actor: str) -> Filing:
    """Begin the application with its text. Refused before the assembly is closed, when nothing has to be filed, and
    while another one is under way. In a rehearsal nothing is filed.
    """
    async with DB.transaction():
        held = await taken(row)
        if not held.closed_at or held.rehearsal_of:
            raise Refused(_("What was decided is filed once the assembly is closed."))
        subject = await subject_of(held)
        if not subject:
            raise Refused(
                _("Nothing of this assembly has to be filed: neither the board nor the bylaws changed (§§ 67, 71 BGB).")
            )
        known = await of_assembly(held)
        if known and state_of(known) != "refused":
            raise Refused(_("This application is under way already."))
        about = [*(f"decision:{one.reference}" for one in subject.bylaws),
                 *(one.thing for one in (*subject.came, *subject.went))]  # fmt: skip
        made = Filing(
            reference=new_reference(), assembly=held.id, kind=subject.kind, about="\n".join(about), text=text,
            opened_at=clock.now(), actor=actor,
        )  # fmt: skip
        await made.save()
        await record(actor, N_("application to the register begun"), thing(held), held.title)
    return made


async def edit(row: Assembly, filing: Filing, text: str, *, actor: str) -> None:
    """Refused once it is certified: what was signed stays."""
    async with DB.transaction():
        still = await free(filing)
        if still.certified_on:
            raise Refused(_("It is certified already; what was signed before the notary stays (§ 77 BGB)."))
        still.text = text
        await still.save()
        await record(actor, N_("application to the register edited"), thing(row), row.title)


# --- how far it has come ---------------------------------------------------------------------------------------------


async def certify(row: Assembly, filing: Filing, on: date, *, notary: str, actor: str, document: File | None) -> None:
    async with DB.transaction():
        still = await free(filing)
        refuse_day(on, local(still.opened_at), _("The application was begun on %(day)s."))
        still.certified_on, still.notary = on, notary
        await noted(row, still, "certified", on, verb=N_("application certified"), actor=actor, document=document)


async def file(row: Assembly, filing: Filing, on: date, *, actor: str, document: File | None) -> None:
    """It went to the court. Refused before a notary certified the signatures (§ 77 BGB)."""
    async with DB.transaction():
        still = await free(filing)
        if still.certified_on is None:
            raise Refused(_("The register takes it only with signatures that a notary certified (§ 77 BGB)."))
        refuse_day(on, still.certified_on, _("It was certified on %(day)s."))
        still.filed_on = on
        await noted(row, still, "filed", on, verb=N_("application filed"), actor=actor, document=document)


async def query(
    row: Assembly, filing: Filing, on: date, *, words: str, until: date | None, actor: str, document: File | None
) -> None:
    """The court asks for something before it decides (Zwischenverfügung)."""
    async with DB.transaction():
        still = await in_court(filing, on)
        still.objected_on, still.objection, still.answer_until, still.answered_on = on, words, until, None
        await noted(row, still, "queried", on, verb=N_("query of the register court"), actor=actor, document=document)


async def answer(row: Assembly, filing: Filing, on: date, *, actor: str, document: File | None) -> None:
    async with DB.transaction():
        still = await free(filing)
        if still.objected_on is None or still.answered_on:
            raise Refused(_("The court asks for nothing."))
        refuse_day(on, still.objected_on, _("The court wrote on %(day)s."))
        still.answered_on = on
        await noted(
            row, still, "answered", on, verb=N_("query of the register court answered"), actor=actor, document=document
        )


async def register(
    row: Assembly, filing: Filing, on: date, *, entry: str, actor: str, document: File | None
) -> None:  # fmt: skip
    """The register entered it: from this day the changed bylaws count, and what there was to do for it is done."""
    async with DB.transaction():
        still = await in_court(filing, on)
        still.registered_on, still.entry, still.closed_at = on, entry, clock.now()
        if still.kind != "board" and (version := await bylaws.register(actor, on)):
            still.bylaws = version.id
        for one in (await subject_of(row)).bylaws if still.kind != "board" else ():
            await book_of_resolutions.take_effect(one.resolution, on, actor=actor)
        await tick_duties(still, actor)
        await noted(row, still, "registered", on, verb=N_("application registered"), actor=actor, document=document)


async def tick_duties(filing: Filing, actor: str) -> None:
    book = await ledger.read()
    things = set(filing.about.split("\n"))
    terms = [one.id for one in book.terms if one.thing in things]
    open_ = (Duty.kind == "register") & (Duty.done_on == None)
    found = await Duty.objects().where(open_ & Duty.term.is_in(terms)) if terms else []
    for one in found:
        await duty.tick(one, done=True, actor=actor)


async def refuse(
    row: Assembly, filing: Filing, on: date, *, words: str, actor: str, document: File | None
) -> None:  # fmt: skip
    """The court does not enter it; it can be filed anew."""
    async with DB.transaction():
        still = await in_court(filing, on)
        still.refused_on, still.objection, still.closed_at = on, words, clock.now()
        await noted(row, still, "refused", on, verb=N_("application refused"), actor=actor, document=document)


async def free(filing: Filing) -> Filing:
    """As it is now, held; refused when the court has decided."""
    still = await locked(Filing, filing.id, Filing.turns)
    if still.closed_at:
        raise Refused(_("The court has decided on this application."))
    return still


async def in_court(filing: Filing, on: date) -> Filing:
    still = await free(filing)
    if still.filed_on is None:
        raise Refused(_("It has not been filed yet."))
    refuse_day(on, still.filed_on, _("It was filed on %(day)s."))
    return still


def refuse_day(on: date, earliest: date, words: str) -> None:
    if on > clock.today():
        raise Refused(_("This day lies ahead. Please enter it when it has happened."), "on")
    if on < earliest:
        raise Refused(words % {"day": format_day(earliest)}, "on")


async def noted(
    row: Assembly, filing: Filing, kind: str, on: date, *, verb: str, actor: str, document: File | None
) -> None:
    await filing.save()
    mine = (FilingStep.filing == filing.id) & (FilingStep.kind == kind)
    step = await FilingStep.objects().get(mine) or FilingStep(filing=filing.id, kind=kind)
    step.done_on, step.actor = on, actor
    if document:
        step.document = document.id
    await step.save()
    await record(actor, verb, thing(row), row.title, format_day(on))


async def keep_wording(row: Assembly, filing: Filing, document: File, *, actor: str) -> None:
    """The full new wording of the bylaws as it goes to the court (§ 71 I 4 BGB)."""
    async with DB.transaction():
        still = await free(filing)
        await noted(
            row, still, "wording", clock.today(), verb=N_("wording of the bylaws kept"), actor=actor, document=document
        )


# --- finding ---------------------------------------------------------------------------------------------------------


def state_of(filing: Filing) -> str:
    if filing.registered_on:
        return "registered"
    if filing.refused_on:
        return "refused"
    if filing.objected_on and not filing.answered_on:
        return "queried"
    if filing.filed_on:
        return "filed"
    return "certified" if filing.certified_on else "prepared"


async def of_assembly(row: Assembly) -> Filing | None:
    return await Filing.objects().where(Filing.assembly == row.id).order_by(Filing.id, ascending=False).first()


async def steps_of(filing: Filing) -> dict[str, FilingStep]:
    return {one.kind: one for one in await FilingStep.objects().where(FilingStep.filing == filing.id)}


def last_day(row: Assembly, subject: Subject) -> date:
    """Changes are filed at once when they have happened (§§ 67, 71 BGB); two weeks are what a signed draft and a notary
    take.
    """
    held_on = local(row.starts_at)
    first = held_on if subject.bylaws else max(held_on, subject.changes_on or held_on)
    return first + timedelta(days=14)
