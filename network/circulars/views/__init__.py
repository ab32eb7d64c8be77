"""The doors of decisions in writing: the office's and the board's, and that of whoever is asked."""

from litestar import Router

from network.circulars.views import answering, office

router = Router("/", route_handlers=[*office.handlers, *answering.handlers], tags=["circulars"])
