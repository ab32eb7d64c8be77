"""An applicant becomes a member: as a guest or a full member, from a day on, with its sites and who represents it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from network.activity import record
from network.admission import letters
from network.admission.application import TypedSite, add_step, sites_in, thing
from network.admission.steps import close, refuse_impossible
from network.admission.tables import Application, StepKind
from network.association.bylaws import bylaws_on
from network.association.reckoning import guest_until
from network.database import DB
from network.errors import Refused
from network.files import File
from network.i18n import N_, _, format_day, local
from network.members import life, membership, site
from network.members.tables import EventKind, MembershipKind, Organisation, Site
from network.people import person, roles
from network.people.tables import RoleKind

FACTS = ("legal_form", "street", "postal_code", "town", "land", "website")


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided: when, by whom and why, and what follows."""

    on: date
    said_by: str
    kind: str  # MembershipKind
    since: date
    number: str = ""
    entry: str = ""  # the reference of the organisation that becomes the member; "": the one of this name, or a new one
    why: str = ""
    sites: Sequence[str] = ()  # the lines as typed
    represents: bool = True  # the contact becomes the member's representative


async def accept(row: Application, decided: Decision, *, document: File | None = None, actor: str) -> Organisation:
    """Take the applicant in. The entry that was chosen, or is known by this name, becomes the member, without a second.

    The contact gets the decision by letter, and as representative the role and a welcome on the first day.
    Refused when it is a member already, when the number is taken, when the application has been decided, and for a
    first day before it came.
    """
    refuse_impossible(row, decided.on)
    refuse_before_application(row, decided.since)
    async with DB.transaction():
        await close(row)
        facts = {name: str(getattr(row, name)) for name in FACTS}
        member = await membership.admit(
            row.name, since=decided.since, number=decided.number, kind=decided.kind, into=await chosen(decided),
            actor=actor, **facts,
        )  # fmt: skip
        await Application.update({Application.organisation: member.id}).where(Application.id == row.id)
        await note(row, member, decided, document, actor)
        await take_over(member, [one for one in sites_in(row.sites) if one.line in decided.sites], actor)
        guest = decided.kind == MembershipKind.GUEST
        until = guest_until(decided.since, await bylaws_on(decided.since)) if guest else None
        await letters.accepted(row, since=decided.since, guest=guest, until=until)
        if decided.represents:
            await represent(row, member, decided.since, actor)
    return member


def refuse_before_application(row: Application, since: date) -> None:
    came = local(row.received_at)
    if since < came:
        words = _("The application came on %(day)s: nobody is a member by it before.", day=format_day(came))
        raise Refused(words, "since")


async def chosen(decided: Decision) -> Organisation | None:
    """Refused when it has been joined with another meanwhile."""
    if not decided.entry:
        return None
    found = await Organisation.objects().get(Organisation.reference == decided.entry)
    if found is None:
        raise Refused(_("This entry is not there any more. Please choose again."), "entry")
    return found


async def note(row: Application, member: Organisation, decided: Decision, document: File | None, actor: str) -> None:
    """The step of the application, and the first one of the membership."""
    told = {"on": decided.on, "said_by": decided.said_by, "why": decided.why, "actor": actor}
    await add_step(row, StepKind.ACCEPTED, document=document.id if document else None, **told)
    kind = EventKind.GUEST if decided.kind == MembershipKind.GUEST else EventKind.FULL
    await life.note(
        member, kind, on=decided.on, effective_on=decided.since, said_by=decided.said_by, why=decided.why,
        document=document, actor=actor,
    )  # fmt: skip
    await record(actor, N_("application accepted"), thing(row), row.name, format_day(decided.since))


async def take_over(member: Organisation, typed: Sequence[TypedSite], actor: str) -> None:
    """Sites that the organisation has already stay as they are."""
    known = {(one.postal_code, one.town) for one in await Site.objects().where(Site.organisation == member.id)}
    for one in typed:
        if (one.postal_code, one.town) not in known:
            land = member.land if one.town == member.town else ""
            await site.enter(
                member, postal_code=one.postal_code, town=one.town, street=one.street, land=land, actor=actor
            )


async def represent(row: Application, member: Organisation, since: date, actor: str) -> None:
    someone = await person.enter(row.contact_name, row.contact_email, locale=row.locale, actor=actor)
    await roles.grant(someone, RoleKind.MEMBER_REPRESENTATIVE, member.reference, since=since, actor=actor)
    await letters.welcome(someone, member, since)
