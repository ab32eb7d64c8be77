"""Addresses of pages: German at /…, English at /en/…; absolute ones only from BASE_URL, never from the Host header."""

from collections.abc import Awaitable, Callable
from typing import Any

from network import i18n
from network.settings import settings

Scope = dict[str, Any]
AsgiApp = Callable[[Scope, Any, Any], Awaitable[None]]


def url(path: str) -> str:
    """The path of a page in the language being spoken."""
    return path if i18n.locale() == "de" else in_english(path)


def in_english(path: str) -> str:
    return "/en" if path == "/" else f"/en{path}"


def link(path: str) -> str:
    """The whole address, for letters, feeds and the lists of mail programs."""
    return settings().base_url + url(path)


def language_of(path: str) -> str:
    return "en" if path == "/en" or path.startswith("/en/") else "de"


class Languages:
    """Take /en off the path and remember it, before anything is routed."""

    def __init__(self, app: AsgiApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path, language = scope["path"], language_of(scope["path"])
        if language == "en":
            scope = {**scope, "path": path[3:] or "/", "raw_path": (path[3:] or "/").encode()}
        with i18n.speaking(language):
            await self.app(scope, receive, send)
