"""What the directory holds about a person: functions, and addresses of organisations that are theirs."""

from mailing.addresses import address_key
from network import clock
from network.activity import record
from network.database import in_any_case
from network.i18n import N_, _
from network.members import function
from network.members.tables import Function, FunctionKind, Organisation
from network.people.tables import Person
from network.people.viewer import Viewer
from network.web.handed import Held, Privacy, Subject

HISTORY = {FunctionKind.VOTING_DELEGATE}  # who voted for a member stands in minutes that are kept for good


async def known_as(text: str) -> list[Subject]:
    del text  # people with functions are people of the house
    return []


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    person = await Person.objects().get(Person.id == subject.person_id)
    found = [function_held(row) for row in await function.of_person(person)] if person else []
    return [*found, *[organisation_held(row) for row in await with_address(subject)]]


def function_held(row: function.Held) -> Held:
    facts = [(_("Organisation"), row.organisation_name), (_("From when to when"), row.days)]
    began = row.kind in HISTORY and (row.since is None or row.since <= clock.today())
    history = _("Who voted for a member belongs to the association's history; name, function and days stay.")
    basis = _("To reach the right person in a member organisation (Art. 6 (1) f GDPR).")
    return Held(_("Members"), row.what, facts, basis, history if began else "")


def organisation_held(row: Organisation) -> Held:
    stays = _("It is the organisation's address. Give it another one on its page first if it is to go.")
    return Held(_("Members"), _("Address of an organisation"), [(_("Organisation"), row.name)], "", stays)


async def with_address(subject: Subject) -> list[Organisation]:
    if not subject.key:
        return []
    rows = (
        await Organisation.objects()
        .where(in_any_case(Organisation.email, subject.email))
        .order_by(Organisation.sorting)
    )
    return [row for row in rows if address_key(row.email) == subject.key]


async def erase(subject: Subject, actor: str) -> None:
    """Functions that are no history; a delegate's ends today."""
    today = clock.today()
    mine = Function.person == subject.person_id
    going = await Function.select(Function.id, Function.kind, Function.since).where(mine)
    ids = [row["id"] for row in going if row["kind"] not in HISTORY or (row["since"] and row["since"] > today)]
    if ids:
        await Function.delete().where(Function.id.is_in(ids))
        await record(actor, N_("functions erased with a person"), f"person:{subject.reference}", detail=str(len(ids)))
    open_end = (Function.until == None) | (Function.until > today)
    await Function.update({Function.until: today, Function.title: ""}).where(mine & open_end)


PRIVACY = Privacy(known_as, held_about, erase)
