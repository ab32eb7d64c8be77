"""Who may do what with an organisation, its sites and its people (DOMAIN §6)."""

from network import clock
from network.members.tables import Function, FunctionKind, Organisation
from network.people.rules import may_correct, roles_ever, stands_in_books
from network.people.tables import Person, RoleKind
from network.people.viewer import Viewer


def may_edit(viewer: Viewer, organisation: Organisation) -> bool:
    """The office each one, representatives their own."""
    return viewer.is_office or represents(viewer, organisation)


def represents(viewer: Viewer, organisation: Organisation) -> bool:
    return viewer.holds(RoleKind.MEMBER_REPRESENTATIVE, organisation.reference)


SPEAKERS = (FunctionKind.DIRECTOR, FunctionKind.VOTING_DELEGATE)


async def may_give_notice(viewer: Viewer, organisation: Organisation) -> bool:
    """Representatives who are also its management or its voting delegate on the day.

    Any representative may invite colleagues to look after addresses; whoever does that speaks for nobody yet. A notice
    is a declaration with legal effect: given without power of representation it is void (§§ 164, 180 BGB). The
    management has that power by law, the delegate was named to the office, which agreed. Should somebody have entered
    themselves to do this, the confirmation tells the house and every representative at once, Today tells the office,
    and the office takes it back with the member's word.
    """
    if not represents(viewer, organisation):
        return False
    today = clock.today()
    speaks = (Function.person == viewer.person_id) & (Function.organisation == organisation.id)
    begun = (Function.since == None) | (Function.since <= today)
    runs = begun & ((Function.until == None) | (Function.until >= today))
    return bool(await Function.exists().where(speaks & Function.kind.is_in([*SPEAKERS]) & runs))


async def may_correct_person(viewer: Viewer, person: Person, organisation: Organisation) -> bool:
    """Representatives put right only people of their own organisation alone, who have no other door to come in by."""
    if viewer.is_office:
        return await may_correct(viewer, person)
    return represents(viewer, organisation) and await belongs_here_alone(person, organisation)


async def belongs_here_alone(person: Person, organisation: Organisation) -> bool:
    """Whom no other organisation, no role and no book of the association knows, today or ever."""
    elsewhere = (Function.person == person.id) & (Function.organisation != organisation.id)
    own = {(RoleKind.MEMBER_REPRESENTATIVE.value, organisation.reference)}
    if await Function.exists().where(elsewhere) or await stands_in_books(person):
        return False
    return await roles_ever(person) <= own
