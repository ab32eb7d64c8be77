"""What every answer says about safety: nothing from elsewhere, no framing, no guessing of types."""

from typing import Any

from network.settings import settings
from network.web.addresses import AsgiApp, Scope

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "manifest-src 'self'"
)
POLICY_NAME = b"content-security-policy"
HEADERS = [
    (POLICY_NAME, POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
HSTS = (b"strict-transport-security", b"max-age=31536000")


class SafeHeaders:
    def __init__(self, app: AsgiApp) -> None:
        self.app = app
        self.headers = [*HEADERS, HSTS] if settings().secure else HEADERS

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        def safely(message: dict[str, Any]) -> Any:
            if message["type"] == "http.response.start":
                said = message["headers"]
                more = self.headers
                for name, _value in said:
                    if name == POLICY_NAME:  # a letter shown as a page has its own
                        more = self.headers[1:]
                message = {**message, "headers": said + more}
            return send(message)

        await self.app(scope, receive, safely)
