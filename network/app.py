"""The application: every router, guard and hand-up in one readable list."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any

from litestar import Litestar, Request
from litestar.config.csrf import CSRFConfig
from litestar.di import Provide

from network.admission import handed as admission_handed
from network.admission.views import router as admission
from network.assembly import beside as assembly_beside
from network.assembly import handed as assembly_handed
from network.assembly.views import router as assembly
from network.association import pages as association_pages
from network.association.views import router as association
from network.board import handed as board_handed
from network.board.views import router as board
from network.boardroom import handed as boardroom_handed
from network.boardroom.views import router as boardroom
from network.catalogue.views import router as catalogue
from network.chronicle.views import router as chronicle
from network.circulars import handed as circulars_handed
from network.circulars.views import router as circulars
from network.database import pool
from network.events import agenda
from network.events import handed as events_handed
from network.events.views import router as events
from network.events.views.manage import router as manage_registration
from network.events.views.registration import router as registration
from network.groups import handed as groups_handed
from network.groups.views import router as groups
from network.members import handed as members_handed
from network.members.views import router as members
from network.newsletter import handed as newsletter_handed
from network.newsletter.views import router as newsletter
from network.office import bylaws, calendar, filters, outbox, rooms, team
from network.office.holding import HOLDING
from network.office.views import router as office
from network.people import viewer
from network.people.viewer import Viewer
from network.people.views import router as people
from network.register import handed as register_handed
from network.register.views import router as register
from network.representing import handed as representing_handed
from network.representing.views import router as representing
from network.resolutions import handed as resolutions_handed
from network.resolutions.views import router as resolutions
from network.settings import settings
from network.upkeep import nightly
from network.web import errors
from network.web.addresses import AsgiApp, Languages
from network.web.assets import favicon, static_file
from network.web.bodies import FORM_LIMIT, Bodies
from network.web.cache import PageCache
from network.web.handed import HandedUp
from network.web.headers import SafeHeaders
from network.web.health import healthz, healthz_web
from network.web.hosts import OwnHosts
from network.web.metrics import metrics
from network.web.seeing import Routed, Seen
from network.website.views import router as website
from network.worker import embedded

ROUTERS: list[Any] = [
    static_file,
    favicon,
    healthz,
    healthz_web,
    metrics,
    people,
    association,
    catalogue,
    admission,
    members,
    representing,
    board,
    boardroom,
    resolutions,
    circulars,
    chronicle,
    assembly,
    register,
    groups,
    events,
    registration,
    manage_registration,
    newsletter,
    office,
    website,
]
FRAMES = [viewer.frame, association_pages.frame, rooms.frame, filters.frame]
# What each slice offers to the rail, to Today and to the search (see network/web/handed.py).
HANDED_UP = HandedUp(
    waiting={
        "/office/members": [members_handed.waiting_for, admission_handed.waiting_for, representing_handed.waiting_for],
        "/office/board": [board_handed.waiting_for, boardroom_handed.waiting_for],
        "/office/assemblies": [assembly_handed.waiting_for],
        "/office/events": [events_handed.waiting_for],
        "/office/newsletter": [newsletter_handed.waiting_for],
    },
    due=[
        assembly_handed.due,
        register_handed.due,
        calendar.due,
        events_handed.due,
        agenda.due,
        admission_handed.due,
        members_handed.due,
        representing_handed.due,
        board_handed.due,
        boardroom_handed.due,
        circulars_handed.due,
        groups_handed.due,
        newsletter_handed.due,
        outbox.due,
        bylaws.due,
        nightly.due,
    ],
    found=[
        members_handed.found,
        board_handed.found,
        boardroom_handed.found,
        admission_handed.found,
        team.found,
        assembly_handed.found,
        groups_handed.found,
        agenda.found,
        resolutions_handed.found,
        newsletter_handed.found,
    ],
    cards=[boardroom_handed.cards, board_handed.cards, agenda.cards, newsletter_handed.cards, members_handed.cards],
    beside={
        "organisation": [
            events_handed.beside,
            admission_handed.beside,
            representing_handed.beside,
            groups_handed.beside,
        ],
        "person": [groups_handed.beside_person],
        "term": [assembly_beside.beside_term, register_handed.beside_term],
        "resolution": [assembly_beside.beside, boardroom_handed.beside, circulars_handed.beside],
    },
    privacy=HOLDING,
)


def create_app(*, with_worker: bool = True) -> AsgiApp:
    """The whole site as one ASGI application; `with_worker` runs the due jobs in the same process."""
    return around(litestar(with_worker=with_worker))


def around(site: Any) -> AsgiApp:
    """What stands before the handlers, from the outside: logs, headers, host names, kept pages, languages, sizes."""
    cache = PageCache(Languages(Bodies(Routed(site))))
    return Seen(SafeHeaders(OwnHosts(cache)), sorry=SafeHeaders(errors.sorry))


def litestar(*, with_worker: bool) -> Litestar:
    app = Litestar(
        route_handlers=ROUTERS,
        lifespan=[lambda _app: life(with_worker=with_worker)],
        dependencies={"viewer": Provide(the_viewer)},
        exception_handlers=errors.HANDLERS,
        csrf_config=CSRFConfig(secret=settings().secret_key, cookie_httponly=True, cookie_secure=settings().secure),
        openapi_config=None,
        logging_config=None,
        request_max_body_size=FORM_LIMIT,
        debug=False,
    )
    app.state.frames = FRAMES
    app.state.handed_up = HANDED_UP
    return app


@asynccontextmanager
async def life(*, with_worker: bool) -> AsyncIterator[None]:
    async with pool(), embedded() if with_worker else elsewhere():
        yield


def elsewhere() -> AbstractAsyncContextManager[None]:
    """The workers are processes of their own."""
    if not settings().redis_url:
        return nullcontext()
    from network.worker_arq import bells_carried  # noqa: PLC0415  only where there is a Redis

    return bells_carried()


async def the_viewer(request: Request[Any, Any, Any]) -> Viewer:
    return await viewer.viewer_of(request)
