"""The doors of the resolution book: the office's and the board's, and the members'."""

from litestar import Router

from network.resolutions.views import members, office

router = Router("/", route_handlers=[*office.handlers, *members.handlers], tags=["resolutions"])
