"""The doors of what goes to the register."""

from litestar import Router

from network.register.views import births, cases, steps

router = Router("/", route_handlers=[*cases.handlers, *steps.handlers, *births.handlers], tags=["register"])
