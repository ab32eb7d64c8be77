"""Who may do what with an organisation, its sites and its people (DOMAIN §6)."""

from network.members.tables import Function, Organisation
from network.people.rules import may_correct, roles_of
from network.people.tables import Person, RoleKind
from network.people.viewer import Viewer


def may_edit(viewer: Viewer, organisation: Organisation) -> bool:
    """The office each one, representatives their own."""
    return viewer.is_office or represents(viewer, organisation)


def represents(viewer: Viewer, organisation: Organisation) -> bool:
    return viewer.holds(RoleKind.MEMBER_REPRESENTATIVE, organisation.reference)


async def may_correct_person(viewer: Viewer, person: Person, organisation: Organisation) -> bool:
    """Representatives put right only people of their own organisation alone, who have no other door to come in by."""
    if viewer.is_office:
        return await may_correct(viewer, person)
    return represents(viewer, organisation) and await belongs_here_alone(person, organisation)


async def belongs_here_alone(person: Person, organisation: Organisation) -> bool:
    elsewhere = (Function.person == person.id) & (Function.organisation != organisation.id)
    own = {(RoleKind.MEMBER_REPRESENTATIVE.value, organisation.reference)}
    return await roles_of(person) <= own and not await Function.exists().where(elsewhere)
