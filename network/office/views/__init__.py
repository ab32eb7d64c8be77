"""The doors of the office's own rooms."""

from litestar import Router

from network.office.views import activity, bylaws, filters, outbox, people, privacy, retention, settings, today

router = Router(
    "/office",
    route_handlers=[
        *today.handlers,
        *outbox.handlers,
        *activity.handlers,
        *people.handlers,
        *settings.handlers,
        *bylaws.handlers,
        *privacy.handlers,
        *retention.handlers,
        *filters.handlers,
    ],
    tags=["office"],
)
