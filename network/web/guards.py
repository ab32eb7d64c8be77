"""The guard that lets everybody in: written down too, so that no handler is open by forgetting (test_routes)."""

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler


async def anyone(connection: ASGIConnection, handler: BaseRouteHandler) -> None:  # type: ignore[type-arg]
    """Public. Litestar asks a guard that is no coroutine in a thread, which costs more than many a page."""
