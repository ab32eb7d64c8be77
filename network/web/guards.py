"""The guard that lets everybody in: written down too, so that no handler is open by forgetting (test_routes)."""

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler


def anyone(connection: ASGIConnection, handler: BaseRouteHandler) -> None:  # type: ignore[type-arg]
    """Public."""
