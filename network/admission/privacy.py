"""What admission holds about a person: whom an applicant named as the contact."""

from mailing.addresses import address_key
from network.activity import record
from network.admission.application import thing
from network.admission.tables import Application
from network.database import in_any_case
from network.i18n import N_, _, format_moment
from network.people.viewer import Viewer
from network.web.handed import Held, Privacy, Subject


async def known_as(text: str) -> list[Subject]:
    rows = await Application.objects().where(Application.contact_email != "").order_by(Application.id)
    named = [row for row in rows if text in f"{row.contact_name} {row.contact_email}".casefold()]
    return [Subject(row.contact_email, row.contact_name) for row in named]


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    return [held(row) for row in await naming(subject)]


def held(row: Application) -> Held:
    facts = [
        (_("Organisation"), row.name),
        (_("Name"), row.contact_name),
        (_("E-mail address"), row.contact_email),
        (_("Telephone"), row.contact_phone),
        (_("Received"), format_moment(row.received_at)),
    ]
    basis = _("To decide on the application for membership (Art. 6 (1) b GDPR).")
    stays = "" if row.closed_at else _("The application is not decided yet, and its letters go to this address.")
    return Held(_("Members"), _("Contact of an application for membership"), facts, basis, stays)


async def erase(subject: Subject, actor: str) -> None:
    for row in await naming(subject):
        if row.closed_at:
            blank = {Application.contact_name: "", Application.contact_email: "", Application.contact_phone: ""}
            await Application.update(blank).where(Application.id == row.id)  # type: ignore[arg-type]  # Piccolo's dict is of Column
            await record(actor, N_("contact of an application erased"), thing(row), row.name)


async def naming(subject: Subject) -> list[Application]:
    if not subject.key:
        return []
    rows = await Application.objects().where(in_any_case(Application.contact_email, subject.email))
    return [row for row in rows if address_key(row.contact_email) == subject.key]


PRIVACY = Privacy(known_as, held_about, erase)
