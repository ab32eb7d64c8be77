"""Anonymous pages, rendered once and kept for less than a second (decisions/0005).

Any change made through this process empties the cache after its commit, so nobody here sees an old page; a change made
by another process shows after one second at most. At midnight nothing is kept: what ends with the day has ended.
"""

import hashlib
import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from network import clock
from network.web import recent
from network.web.addresses import AsgiApp, Scope
from network.web.seeing import note_route, route_of

KEEP_SECONDS = 0.7  # and the rest of the second for making the page anew
PERSONAL_COOKIES = (b"verbund=", b"notice=")
MOST_PAGES = 500
Key = tuple[str, bytes, date]  # path and query; and the day, as at midnight terms, memberships and functions end


@dataclass(frozen=True, slots=True)
class Kept:
    headers: list[tuple[bytes, bytes]]
    body: bytes
    etag: bytes
    until: float
    route: str


class PageCache:
    """Keeps pages that their handler marked `cache-control: public`; readers who have them already get a 304."""

    def __init__(self, app: AsgiApp) -> None:
        self.app = app
        self.pages: dict[Key, Kept] = {}
        self.generation = 0

    def forget(self) -> None:
        self.pages.clear()
        recent.forget()
        self.generation += 1

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD"):
            try:
                await self.app(scope, receive, send)
            finally:
                self.forget()
            return
        headers = dict(scope["headers"])
        if any(mark in headers.get(b"cookie", b"") for mark in PERSONAL_COOKIES):
            await self.app(scope, receive, send)
            return
        key = (scope["path"], scope["query_string"], clock.today())
        kept = self.pages.get(key)
        if kept is None or kept.until < time.monotonic():
            kept = await self.render(key, scope, receive, send)
        if kept is not None:
            note_route(scope, kept.route)
            await answer(kept, scope["method"], headers.get(b"if-none-match", b""), send)

    async def render(self, key: Key, scope: Scope, receive: Any, send: Any) -> Kept | None:
        """Let the application answer; hold its answer back if the page may be kept, else pass it on as it comes."""
        generation = self.generation
        start: dict[str, Any] | None = None
        body = bytearray()

        async def hold(message: dict[str, Any]) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message if may_be_kept(message) else None
                if start is not None:
                    return
            elif start is not None:
                body.extend(message.get("body", b""))
                return
            await send(message)

        await self.app({**scope, "method": "GET"} if scope["method"] == "HEAD" else scope, receive, hold)
        if start is None:
            return None
        kept = keep(start["headers"], bytes(body), route_of(scope))
        if generation == self.generation and len(self.pages) < MOST_PAGES:
            self.pages[key] = kept
        elif len(self.pages) >= MOST_PAGES:
            self.pages.clear()
        return kept


def may_be_kept(start: dict[str, Any]) -> bool:
    headers = dict(start["headers"])
    return start["status"] == 200 and headers.get(b"cache-control", b"").startswith(b"public, max-age=0")  # noqa: PLR2004


def keep(headers: list[tuple[bytes, bytes]], body: bytes, route: str) -> Kept:
    etag = b'"' + hashlib.blake2s(body, digest_size=12).hexdigest().encode() + b'"'
    return Kept([*headers, (b"etag", etag)], body, etag, time.monotonic() + KEEP_SECONDS, route)


async def answer(kept: Kept, method: str, known: bytes, send: Any) -> None:
    if kept.etag in known:
        headers = [(name, value) for name, value in kept.headers if name not in (b"content-length", b"content-type")]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": kept.headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else kept.body})
