"""What is to be seen of a request from outside: a reference, a line in the log, figures. Never who asked, or a key.

The page cache answers in fifty millionths of a second; so lines are written in portions, and a reference is counted on.
"""

import asyncio
import itertools
import logging
import secrets
import sys
import time
from collections.abc import Callable
from typing import Any

from network import logs
from network.settings import log_format, settings
from network.web import figures
from network.web.addresses import AsgiApp, Scope

log = logging.getLogger("verbund.errors")
FLUSH_SECONDS = 0.2
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
KEY = "verbund"  # of what this module keeps in the scope; a dictionary, so that copies of the scope share it
FAULT = 500

_process, _numbers = secrets.token_hex(3), itertools.count(1)


def new_reference() -> str:
    return f"{_process}-{next(_numbers):x}"


def reference_of(scope: Any) -> str:
    """What a request is called in the log, in its answer's x-request-id, and on its error page."""
    kept = scope.get(KEY)
    return str(kept["reference"]) if kept else new_reference()


def route_of(scope: Any) -> str:
    kept = scope.get(KEY)
    return str(kept["route"]) if kept else ""


def note_route(scope: Any, route: str) -> None:
    """The template of the address: the path itself may hold somebody's key."""
    if KEY in scope:
        scope[KEY]["route"] = route


class Routed:
    """Innermost: what the router has found out is told to those outside."""

    def __init__(self, app: AsgiApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        try:
            await self.app(scope, receive, send)
        finally:
            note_route(scope, scope.get("path_template") or "")


class Seen:
    """Outermost: every answer has its reference, its line and its place in the figures.

    What went wrong on the way to the site itself is logged here, and `sorry` answers in its place.
    """

    def __init__(self, app: AsgiApp, sorry: AsgiApp) -> None:
        self.app, self.sorry = app, sorry
        self.log = Lines(sys.stderr.write) if settings().log_requests else None
        self.line = readable if log_format() == "text" else line

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        reference = f"{_process}-{next(_numbers):x}"
        kept = scope[KEY] = {"reference": reference, "route": ""}
        header = (b"x-request-id", reference.encode())
        status, seconds, began = 0, 0.0, time.perf_counter()
        token = logs.reference.set(reference)

        def seen(message: dict[str, Any]) -> Any:
            nonlocal status, seconds
            if message["type"] == "http.response.start":
                status, seconds = message["status"], time.perf_counter() - began
                message["headers"].append(header)
            return send(message)

        try:
            await self.app(scope, receive, seen)
        except Exception:
            log.exception("%s failed before the site was asked", scope["method"])
            if status:  # half an answer is under way; the server breaks it off
                raise
            await self.sorry(scope, receive, seen)
        finally:
            logs.reference.reset(token)
            route = kept["route"]
            figures.answers.note((route, status), seconds)
            if self.log is not None:
                self.log.add(self.line(reference, scope["method"], route, status, seconds))


def line(reference: str, method: str, route: str, status: int, seconds: float) -> str:
    """One request as JSON; everything in it is ours but the method. A status of 0: nobody waited for the answer."""
    known = method if method in METHODS else "other"
    level = "error" if status >= FAULT else "info"
    return (
        f'{{"time":"{logs.moment(time.time())}","level":"{level}","logger":"verbund.requests","message":"answered",'
        f'"reference":"{reference}","method":"{known}","route":"{route}","status":{status},'
        f'"ms":{seconds * 1000:.1f}}}\n'
    )


def readable(reference: str, method: str, route: str, status: int, seconds: float) -> str:
    """The same for somebody who sits before it."""
    known = method if method in METHODS else "other"
    clock = time.strftime("%H:%M:%S", time.localtime())
    return f"{clock} {status} {known} {route or 'no such page'} [{reference}] {seconds * 1000:.1f} ms\n"


class Lines:
    """Written a few times a second, many at once."""

    def __init__(self, write: Callable[[str], Any]) -> None:
        self.write = write
        self.lines: list[str] = []

    def add(self, text: str) -> None:
        if not self.lines:
            asyncio.get_running_loop().call_later(FLUSH_SECONDS, self.flush)
        self.lines.append(text)

    def flush(self) -> None:
        lines, self.lines = self.lines, []
        self.write("".join(lines))
