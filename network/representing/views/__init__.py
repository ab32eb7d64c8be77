"""The doors of what members do themselves, and of the office's side of it."""

from litestar import Router

from network.representing.views import (
    checks,
    colleagues,
    described,
    evidence,
    membership,
    own,
    people,
    proposals,
    sites,
    still_right,
)

router = Router(
    "/",
    route_handlers=[
        *own.handlers,
        *sites.handlers,
        *people.handlers,
        *described.handlers,
        *evidence.handlers,
        *membership.handlers,
        *colleagues.handlers,
        *proposals.handlers,
        *checks.handlers,
        *still_right.handlers,
    ],
    tags=["representing"],
)
