"""What members' own work leaves about a person: to whom the yearly question went, and who answered it."""

from mailing.addresses import address_key
from network.database import in_any_case
from network.i18n import _, format_moment
from network.members.tables import Organisation
from network.people.viewer import Viewer
from network.representing.tables import DataCheck
from network.web.handed import Held, Privacy, Subject


async def known_as(text: str) -> list[Subject]:
    del text  # the question goes to people of the house, or to an organisation's own address
    return []


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    return [await held(row) for row in await asked_at(subject)]


async def held(row: DataCheck) -> Held:
    owner = await Organisation.objects().get(Organisation.id == row.organisation)
    facts = [
        (_("Organisation"), owner.name if owner else ""),
        (_("E-mail address"), row.email),
        (_("Asked"), format_moment(row.asked_at)),
        (_("Answered by"), row.confirmed_by),
        (_("Answered"), format_moment(row.confirmed_at) if row.confirmed_at else ""),
    ]
    basis = _("To keep the directory true (Art. 6 (1) f GDPR).")
    return Held(_("Members"), _("The yearly question “Is this still right?”"), facts, basis)


async def erase(subject: Subject, actor: str) -> None:
    """The answer stays, without saying whose it was."""
    del actor
    for row in await asked_at(subject):
        row.email, row.confirmed_by = "", ""
        await row.save([DataCheck.email, DataCheck.confirmed_by])


async def asked_at(subject: Subject) -> list[DataCheck]:
    if not subject.key:
        return []
    rows = await DataCheck.objects().where(in_any_case(DataCheck.email, subject.email)).order_by(DataCheck.id)
    return [row for row in rows if address_key(row.email) == subject.key]


PRIVACY = Privacy(known_as, held_about, erase)
