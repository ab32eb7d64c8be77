"""What belongs to an application, and what of it is there."""

from dataclasses import dataclass

from network.assembly import delivery, proof
from network.assembly.tables.meeting import Assembly
from network.association import bylaws
from network.board.duty import BEGIN, END
from network.board.tables import Beginning, Ending
from network.files import File
from network.i18n import N_, _
from network.register import birth
from network.register import case as cases
from network.register.case import Case
from network.register.filing import WORDING, paper_of
from network.register.subject import Subject

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
