"""Who is looking: a person with today's roles, and the guards that ask for them."""

from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, NotFoundException
from litestar.handlers import BaseRouteHandler

from network import clock
from network.people.tables import RoleKind, Session
from network.references import fingerprint

COOKIE = "verbund"
Connection = ASGIConnection[Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Viewer:
    person_id: int = 0
    reference: str = ""
    name: str = ""
    email: str = ""
    roles: frozenset[tuple[str, str]] = frozenset()

    @property
    def signed_in(self) -> bool:
        return self.person_id != 0

    @property
    def is_admin(self) -> bool:
        return self.holds(RoleKind.ADMIN)

    @property
    def is_office(self) -> bool:
        return self.holds(RoleKind.OFFICE) or self.is_admin

    @property
    def represented(self) -> frozenset[str]:
        """The references of the organisations whose representative this is."""
        return frozenset(of for kind, of in self.roles if kind == RoleKind.MEMBER_REPRESENTATIVE and of)

    @property
    def on_board(self) -> bool:
        return any(kind == RoleKind.BOARD_MEMBER for kind, _of in self.roles)

    def holds(self, kind: str, of: str = "") -> bool:
        """A role for the whole house holds for each thing in it."""
        return (kind, of) in self.roles or (kind, "") in self.roles


VISITOR = Viewer()


async def viewer_of(connection: Connection) -> Viewer:
    """Read once a request, in one query; without a cookie there is nothing to read."""
    known = connection.scope.get("user")
    if isinstance(known, Viewer):
        return known
    token = connection.cookies.get(COOKIE)
    found = await viewer_with(token) if token else VISITOR
    connection.scope["user"] = found
    return found


async def viewer_with(token: str) -> Viewer:
    today = clock.today()
    rows = await Session.raw(
        "SELECT p.id, p.reference, p.name, p.email, r.kind, r.of FROM session s JOIN person p ON p.id = s.person "
        "LEFT JOIN role r ON r.person = p.id AND r.since <= {} AND (r.until IS NULL OR r.until >= {}) "
        "WHERE s.digest = {} AND s.expires_at > {}",
        today,
        today,
        fingerprint(token),
        clock.now(),
    )
    if not rows:
        return VISITOR
    first = rows[0]
    roles = frozenset((row["kind"], row["of"]) for row in rows if row["kind"])
    return Viewer(first["id"], first["reference"], first["name"], first["email"], roles)


async def frame(request: Request[Any, Any, Any]) -> dict[str, Any]:
    return {"viewer": await viewer_of(request)}


async def signed_in(connection: Connection, handler: BaseRouteHandler) -> None:
    del handler
    if not (await viewer_of(connection)).signed_in:
        raise NotAuthorizedException


async def office(connection: Connection, handler: BaseRouteHandler) -> None:
    """The office's pages: visitors are led to the sign-in, others see nothing there."""
    await signed_in(connection, handler)
    if not (await viewer_of(connection)).is_office:
        raise NotFoundException


async def admin(connection: Connection, handler: BaseRouteHandler) -> None:
    await signed_in(connection, handler)
    if not (await viewer_of(connection)).is_admin:
        raise NotFoundException


async def board_room(connection: Connection, handler: BaseRouteHandler) -> None:
    """The office, and whoever sits on the board; what they may do there is the view's and the verb's question."""
    await signed_in(connection, handler)
    viewer = await viewer_of(connection)
    if not (viewer.is_office or viewer.on_board):
        raise NotFoundException


async def staff(connection: Connection, handler: BaseRouteHandler) -> None:
    """The office itself; the administration only reads there (DOMAIN 6)."""
    await signed_in(connection, handler)
    if not (await viewer_of(connection)).holds(RoleKind.OFFICE):
        raise NotFoundException


async def assembly_room(connection: Connection, handler: BaseRouteHandler) -> None:
    """The office, the board, and who leads an election; which assembly is the view's question."""
    await signed_in(connection, handler)
    if not has_assemblies(await viewer_of(connection)):
        raise NotFoundException


async def event_team(connection: Connection, handler: BaseRouteHandler) -> None:
    """The office or anybody in an event team; which event is the view's and the verb's question."""
    await signed_in(connection, handler)
    if not is_team(await viewer_of(connection)):
        raise NotFoundException


async def has_today(connection: Connection, handler: BaseRouteHandler) -> None:
    """Whoever works in the office or an event team, and the board: each sees there what is theirs."""
    await signed_in(connection, handler)
    if not sees_today(await viewer_of(connection)):
        raise NotFoundException


async def representative(connection: Connection, handler: BaseRouteHandler) -> None:
    """Whoever represents an organisation; which one is the view's and the verb's question."""
    await signed_in(connection, handler)
    if not (await viewer_of(connection)).represented:
        raise NotFoundException


def is_team(viewer: Viewer) -> bool:
    """Has something to do in the office's pages at all."""
    return viewer.is_office or any(kind == RoleKind.EVENT_TEAM for kind, _ in viewer.roles)


def sees_today(viewer: Viewer) -> bool:
    return is_team(viewer) or viewer.on_board


def has_assemblies(viewer: Viewer) -> bool:
    """Has something to see in the room of the assemblies."""
    return viewer.is_office or viewer.on_board or any(kind == RoleKind.ELECTION_OFFICER for kind, _ in viewer.roles)
