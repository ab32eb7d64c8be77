"""How much one may send at once. What no form of ours sends is refused before anybody takes it apart."""

from typing import Any

from litestar.exceptions import HTTPException

from network.web.addresses import AsgiApp, Scope

FORM_LIMIT = 512 * 1024  # bytes; an issue of the newsletter in two languages fits
FILE_LIMIT = 25 * 1024 * 1024  # only where files are taken
MOST_FIELDS = 2_000
URL_ENCODED = b"application/x-www-form-urlencoded"


class Bodies:
    """Counts what comes in as a form without files: taking a few megabytes of fields apart would hold everybody up."""

    def __init__(self, app: AsgiApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["method"] == "POST" and is_plain_form(scope):
            receive = Counted(receive)
        await self.app(scope, receive, send)


class Counted:
    def __init__(self, receive: Any) -> None:
        self.receive = receive
        self.size = self.fields = 0

    async def __call__(self) -> Any:
        message = await self.receive()
        body = message.get("body", b"")
        self.size += len(body)
        self.fields += body.count(b"&")
        if self.size > FORM_LIMIT or self.fields > MOST_FIELDS:
            raise HTTPException(status_code=413)
        return message


def is_plain_form(scope: Scope) -> bool:
    return any(name == b"content-type" and value.lower().startswith(URL_ENCODED) for name, value in scope["headers"])
