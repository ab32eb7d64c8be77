"""The doors of the board's meetings and tasks: the office and the board."""

from litestar import Router

from network.boardroom.views import agenda, day, deciding, inviting, minutes, overview, planning, tasks

router = Router(
    "/",
    route_handlers=[
        *overview.handlers,
        *planning.handlers,
        *agenda.handlers,
        *inviting.handlers,
        *day.handlers,
        *deciding.handlers,
        *minutes.handlers,
        *tasks.handlers,
    ],
    tags=["boardroom"],
)
