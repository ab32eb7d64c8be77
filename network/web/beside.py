"""What upper slices know of a thing, drawn as cards for its page."""

from typing import Any

from litestar import Request
from markupsafe import Markup

from network.web.pages import part


async def cards_beside(request: Request[Any, Any, Any], viewer: Any, kind: str, reference: str) -> list[Markup]:
    """`kind` as app.py lists it: "organisation", "person", "term"."""
    slices = request.app.state.handed_up.beside.get(kind, ())
    cards = [card for slice_ in slices for card in await slice_(viewer, reference)]
    return [part(card.template, **card.values) for card in cards]
