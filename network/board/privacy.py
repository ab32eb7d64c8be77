"""What the board's room holds about a person: terms and payments stay, the picture goes."""

from network.activity import record
from network.board import allowance, appointment, ledger, portrait
from network.board.tables import Allowance, Portrait
from network.files import File
from network.i18n import N_, _, format_day, format_euros
from network.people.tables import Person
from network.people.viewer import Viewer
from network.web.handed import Held, Privacy, Subject


async def known_as(text: str) -> list[Subject]:
    del text  # whoever sits on the board is a person of the house
    return []


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    person = await Person.objects().get(Person.id == subject.person_id) if subject.person_id else None
    if person is None:
        return []
    return [
        *await terms_of(person),
        *await appointments_of(person),
        *await payments_to(person),
        *await pictures_of(person),
    ]


async def terms_of(person: Person) -> list[Held]:
    stays = _("Who was on the board stands in the register of associations and in minutes, and belongs to the "
              "association's history (§§ 66, 67, 79 BGB); name, seat and days stay.")  # fmt: skip
    facts = [(one.title, one.span) for one in (await ledger.read()).of_person(person.id)]
    basis = _("To know who acts for the association (§ 26 BGB; Art. 6 (1) c GDPR).")
    return [Held(room(), _("Terms on the board"), facts, basis, stays)] if facts else []


async def appointments_of(person: Person) -> list[Held]:
    facts = [(one.title, one.span) for one in await appointment.every() if one.person.id == person.id]
    stays = _("Who acted for the association when belongs to its history; name and days stay.")
    return [Held(room(), _("Appointments"), facts, "", stays)] if facts else []


async def payments_to(person: Person) -> list[Held]:
    rows = await Allowance.objects().where(Allowance.person == person.id).order_by(Allowance.paid_on)
    facts = [
        (format_day(row.paid_on), ": ".join([_(allowance.KINDS[row.kind]), format_euros(row.cents)])) for row in rows
    ]
    stays = _("Records of payments are kept for eight years to the end of the calendar year (§ 147 AO).")
    return [Held(room(), _("Allowances"), facts, _("Tax law (Art. 6 (1) c GDPR)."), stays)] if facts else []


async def pictures_of(person: Person) -> list[Held]:
    facts = [
        (
            _("Picture"),
            _("from %(since)s to %(until)s", since=format_day(row.given_on), until=format_day(row.withdrawn_on))
            if row.withdrawn_on
            else _("shown since %(day)s", day=format_day(row.given_on)),
        )
        for row in await portrait.history(person)
    ]
    basis = _("Consent (§ 22 KUG, Art. 6 (1) a GDPR).")
    return [Held(room(), _("Pictures"), facts, basis)] if facts else []


async def erase(subject: Subject, actor: str) -> None:
    """The pictures with their consents; history and records of payments stay."""
    rows = await Portrait.objects().where(Portrait.person == subject.person_id) if subject.person_id else []
    for row in rows:
        await Portrait.delete().where(Portrait.id == row.id)
        if row.file:
            await File.delete().where(File.id == row.file)
    if rows:
        await record(actor, N_("pictures erased with a person"), f"person:{subject.reference}", detail=str(len(rows)))


def room() -> str:
    return _("Board")


PRIVACY = Privacy(known_as, held_about, erase)
