"""The doors of the working groups: the office's room, the members' own, and the public page."""

from litestar import Router

from network.groups.views import members, office, public, seats

router = Router(
    "/",
    route_handlers=[*office.handlers, *seats.handlers, *members.handlers, *public.handlers],
    tags=["groups"],
)
