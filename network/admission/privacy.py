"""What admission holds about a person: whom an applicant named as the contact, and who took which step."""

from collections.abc import Sequence
from datetime import date

from mailing.addresses import address_key
from network.activity import record
from network.admission.application import CONFIRM_DAYS, thing, unconfirmed
from network.admission.tables import Application, Step
from network.clock import end_of
from network.database import in_any_case
from network.folding import search_key
from network.i18n import N_, _, format_day, format_moment, local, ngettext
from network.people.viewer import Viewer
from network.web.dated import Dated
from network.web.handed import Held, Privacy, Subject, Trace
from network.web.kinds import Forgetting, Kind, Term

MOST = 40
PORTION = 100
NAMED = (Application.contact_email != "") | (Application.contact_name != "") | (Application.contact_phone != "")
NOBODY = {Application.contact_name: "", Application.contact_email: "", Application.contact_phone: ""}


async def known_as(words: Sequence[str]) -> list[Trace]:
    return [*await contacts_known_as(words), *await takers_known_as(words)]


async def contacts_known_as(words: Sequence[str]) -> list[Trace]:
    rows = await Application.objects().where(NAMED).order_by(Application.id, ascending=False)
    meant = [row for row in rows if is_meant(words, row.contact_name, row.contact_email, row.name)]
    where = _("Contact of an application for membership")
    return [
        Trace(
            f"address:{row.contact_email}" if row.contact_email else f"application:{row.reference}",
            row.contact_name,
            where,
            row.contact_email,
            row.name,
        )
        for row in meant[:MOST]
    ]


async def takers_known_as(words: Sequence[str]) -> list[Trace]:
    """Whoever visited or decided: as typed, and the same words are one."""
    rows = await Step.select(Step.said_by).where(Step.said_by != "")
    meant = {row["said_by"] for row in rows if is_meant(words, row["said_by"])}
    return [Trace(f"said:{name}", name, _("Named in the steps of an application")) for name in sorted(meant)[:MOST]]


def is_meant(words: Sequence[str], *told: str) -> bool:
    text = search_key(*told)
    return all(word in text for word in words)


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    return [*[held(row) for row in await naming(subject)], *await steps_held(subject)]


def held(row: Application) -> Held:
    facts = [
        (_("Organisation"), row.name),
        (_("Name"), row.contact_name),
        (_("E-mail address"), row.contact_email),
        (_("Telephone"), row.contact_phone),
        (_("Received"), format_moment(row.received_at)),
    ]
    stays = "" if row.closed_at else _("The application is not decided yet, and its letters go to this address.")
    return Held(CONTACTS, facts, stays=stays)


async def steps_held(subject: Subject) -> list[Held]:
    names = subject.picked("said")
    if not names:
        return []
    rows = await (
        Step.select(Step.said_by, Step.on, Step.application.name).where(Step.said_by.is_in(names)).order_by(Step.on)
    )
    facts = [(format_day(row["on"]), f"{row['said_by']}, {row['application.name']}") for row in rows]
    stays = _("Who visited and who decided belongs to the association's history and stays for good.")
    return [Held(STEPS, facts, stays=stays)] if facts else []


async def erase(subject: Subject, actor: str) -> None:
    for row in await naming(subject):
        if row.closed_at:
            await Application.update(NOBODY).where(Application.id == row.id)  # type: ignore[arg-type]  # Piccolo's dict is of Column
            await record(actor, N_("contact of an application erased"), thing(row), row.name)


async def naming(subject: Subject) -> list[Application]:
    picked = subject.picked("application")
    found = await Application.objects().where(Application.reference.is_in(picked)) if picked else []
    for email in subject.emails:
        rows = await Application.objects().where(in_any_case(Application.contact_email, email))
        found += [row for row in rows if address_key(row.contact_email) in subject.keys]
    return sorted({row.id: row for row in found}.values(), key=lambda row: row.id)


# Forgotten -----------------------------------------------------------------------------------------------------------


async def unconfirmed_left(limit: date) -> int:
    return len(await unconfirmed(end_of(limit)))


async def next_unconfirmed(limit: date) -> date | None:
    late = await unconfirmed(None)
    days = [day for row in late if (day := local(row.received_at)) > limit]
    return min(days) if days else None


DECIDED = Dated(Application, Application.closed_at, NAMED, NOBODY)
CONTACTS = Kind(
    key="admission.contacts",
    room=N_("Members"),
    title=N_("Contact of an application for membership"),
    whose=N_("Whom applicants name"),
    what=N_("Name, e-mail address, telephone number"),
    purpose=N_("To decide on the application for membership"),
    ground=N_("Art. 6 (1) b GDPR"),
    recipients=N_("Whoever decides"),
    source=N_("Art. 5 (1) e GDPR: questions about a decision come within a year"),
    then=N_("The application and its steps stay"),
    forgetting=Forgetting(
        term=Term(12, "months", least=1, most=36),
        after=N_("after the decision"),
        counted=lambda number: ngettext("%(num)s contact", "%(num)s contacts", number),
        verb=N_("contacts of applications forgotten"),
        due=DECIDED.due,
        next_after=DECIDED.next_after,
        forget=DECIDED.forget,
        yearly=True,
    ),
)
UNCONFIRMED = Kind(
    key="admission.unconfirmed",
    room=N_("Members"),
    title=N_("Applications that nobody confirmed"),
    whose=N_("Whom applicants name"),
    what=N_("All that was typed, with its documents"),
    purpose=N_("So that nobody applies in the name of others"),
    ground=N_("Art. 6 (1) b GDPR"),
    source=N_("Said on the page and in the letter"),
    forgetting=Forgetting(
        term=Term(CONFIRM_DAYS, "days"),
        after=N_("after it was sent"),
        counted=lambda number: ngettext("%(num)s application", "%(num)s applications", number),
        verb=N_("unconfirmed applications deleted"),
        due=unconfirmed_left,
        next_after=next_unconfirmed,
    ),
)
STEPS = Kind(
    key="admission.steps",
    room=N_("Members"),
    title=N_("Named in the steps of an application"),
    whose=N_("Whoever visits, proposes and decides"),
    what=N_("Name, step, day, reason"),
    purpose=N_("So that decisions can be understood and proved"),
    ground=N_("Art. 6 (1) f GDPR"),
    recipients=N_("Whoever decides"),
    lasts=N_("For good: the association's history"),
)
PRIVACY = Privacy(known_as, held_about, erase, (CONTACTS, UNCONFIRMED, STEPS))
