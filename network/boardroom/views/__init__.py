"""The doors of the board's meetings and tasks: the office and the board."""

from litestar import Router

from network.boardroom.views import agenda, inviting, overview, planning

router = Router(
    "/",
    route_handlers=[*overview.handlers, *planning.handlers, *agenda.handlers, *inviting.handlers],
    tags=["boardroom"],
)
