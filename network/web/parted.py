"""Long lists within a page: each is shown part by part, by links that lead back to it (`?sites=2#sites`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from litestar import Request

from network.web.addresses import url

SIZE = 25


@dataclass(frozen=True, slots=True)
class Part:
    """What of a list is on the page."""

    items: Sequence[Any]
    count: int  # of all
    number: int
    pages: int
    name: str
    path: str
    others: tuple[tuple[str, str], ...]  # what else the address says

    def url(self, number: int) -> str:
        query = urlencode([*self.others, (self.name, number)] if number > 1 else self.others)
        return url(f"{self.path}?{query}" if query else self.path) + f"#{self.name}"


def parted(request: Request[Any, Any, Any], name: str, items: Sequence[Any], size: int = SIZE) -> Part:
    """The part that the address asks for; nonsense is the first. `name` is also the id of the list on the page."""
    asked = request.query_params.get(name, "")
    pages = max(1, -(-len(items) // size))
    number = min(max(1, int(asked)), pages) if asked.isdecimal() and len(asked) < 7 else 1  # noqa: PLR2004  no list is that long
    others = tuple((other, value) for other, value in request.query_params.multi_items() if other != name)
    shown = items[(number - 1) * size : number * size]
    return Part(shown, len(items), number, pages, name, request.url.path, others)
