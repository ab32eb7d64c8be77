"""The site answers under its own name only; on one's own machine all three local names lead to one sign-in."""

from typing import Any
from urllib.parse import quote, urlsplit

from network.i18n import _, speaking
from network.settings import settings
from network.web.addresses import AsgiApp, Scope, language_of
from network.web.errors import answer_bare

LOCAL = {"localhost", "127.0.0.1", "::1"}
FOR_MACHINES = {"/healthz", "/healthz/web", "/metrics"}  # which ask by whatever name they know


class OwnHosts:
    def __init__(self, app: AsgiApp) -> None:
        self.app = app
        self.base = settings().base_url
        self.host = urlsplit(self.base).hostname or "localhost"

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = host_of(scope)
        if asked == self.host or scope["path"] in FOR_MACHINES:
            await self.app(scope, receive, send)
        elif asked in LOCAL and self.host in LOCAL:
            await (self.lead_home(scope, send) if scope["method"] == "GET" else self.app(scope, receive, send))
        else:
            await refuse(scope, send)

    async def lead_home(self, scope: Scope, send: Any) -> None:
        """Cookies belong to one name: localhost, 127.0.0.1 and [::1] would be three sign-ins."""
        query = b"?" + scope["query_string"] if scope["query_string"] else b""
        location = self.base.encode() + quote(scope["path"]).encode() + query
        await send({"type": "http.response.start", "status": 307, "headers": [(b"location", location)]})
        await send({"type": "http.response.body", "body": b""})


async def refuse(scope: Scope, send: Any) -> None:
    with speaking(language_of(scope["path"])):
        title, text = _("This site does not answer under that name"), _("Please look at the address again.")
        await answer_bare(scope, send, 400, title, text)


def host_of(scope: Scope) -> str:
    value = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    try:
        parts = urlsplit(f"//{value}")
        return (parts.hostname or "") if parts.port != 0 else ""
    except ValueError:  # an unfinished IPv6 address, a port that is no number
        return ""
