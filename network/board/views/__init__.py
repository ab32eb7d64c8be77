"""The doors of the board: the office's room, what is said of whom, and the public pages."""

from litestar import Router

from network.board.views import allowances, appointments, ending, overview, public, shown, terms

router = Router(
    "/",
    route_handlers=[
        *overview.handlers,
        *terms.handlers,
        *ending.handlers,
        *shown.handlers,
        *appointments.handlers,
        *allowances.handlers,
        *public.handlers,
    ],
    tags=["board"],
)
