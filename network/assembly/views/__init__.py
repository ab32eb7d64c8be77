"""The doors of the room of the assemblies."""

from litestar import Router

from network.assembly.views import agenda, overview, papers, planning

router = Router(
    "/",
    route_handlers=[*overview.handlers, *planning.handlers, *agenda.handlers, *papers.handlers],
    tags=["assembly"],
)
