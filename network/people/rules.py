"""Who may put right what is known of a person: an address opens the door, so whoever changes it could come in by it."""

from collections.abc import Awaitable, Callable

from network import clock
from network.people.tables import Person, Role, RoleKind
from network.people.viewer import Viewer

_books: list[Callable[[Person], Awaitable[bool]]] = []
HARMLESS = {RoleKind.MEMBER_REPRESENTATIVE, RoleKind.EVENT_TEAM}


async def may_correct(viewer: Viewer, person: Person) -> bool:
    """The administration everybody; the office whoever may do less than itself."""
    if viewer.is_admin or (viewer.is_office and viewer.person_id == person.id):
        return True
    return viewer.is_office and {kind for kind, _of in await roles_of(person)} <= HARMLESS


async def out_of_reach(viewer: Viewer) -> set[int]:
    """The numbers of those of whom `may_correct` says no: whoever joined them with another could come in as them."""
    if viewer.is_admin:
        return set()
    lasting = (Role.until == None) | (Role.until >= clock.today())
    mighty = Role.kind.not_in([str(kind) for kind in HARMLESS])
    rows = await Role.select(Role.person).where(mighty & lasting)
    return {row["person"] for row in rows} - {viewer.person_id}


async def roles_of(person: Person) -> set[tuple[str, str]]:
    """Roles that run, or will."""
    lasting = (Role.until == None) | (Role.until >= clock.today())
    rows = await Role.select(Role.kind, Role.of).where((Role.person == person.id) & lasting)
    return {(row["kind"], row["of"]) for row in rows}


async def roles_ever(person: Person) -> set[tuple[str, str]]:
    rows = await Role.select(Role.kind, Role.of).where(Role.person == person.id)
    return {(row["kind"], row["of"]) for row in rows}


def ask_books(*asks: Callable[[Person], Awaitable[bool]]) -> None:
    """From now on upper slices say whether somebody stands in their books for good (worker.py hands them down)."""
    _books[:] = asks


async def stands_in_books(person: Person) -> bool:
    """Whether a part of the association's history is told under this person's name."""
    return any([await ask(person) for ask in _books])
