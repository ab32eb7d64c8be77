"""What the public forms of a registration have in common: taken once, letters within measure, links that are gone."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from litestar import Response

from network.database import DB
from network.events.forms.registration import Addressed
from network.events.views.this_event import Req
from network.folding import folded
from network.i18n import _
from network.references import fingerprint
from network.web.forms import Form
from network.web.limits import count_attempts
from network.web.once import once, was_taken
from network.web.pages import page, see_other

MOST_LETTERS_AN_HOUR = 24  # to one address: twice a whole group that shares its office's


async def take(
    form: Form, deed: Callable[[], Awaitable[str]], may: Callable[[], Awaitable[bool]], done: str = ""
) -> Response[Any] | None:
    """Do the deed of a form if it may be done; None when it may not, and the words stand in the form.

    A form that was sent before does nothing, and the next page says so. Attempts are counted in the deed's transaction:
    who tries again and again while nothing can be stored has not done it often, and no letter has gone to anybody.
    """
    token = form.form_token.data or ""
    async with DB.transaction():
        again = await was_taken(token)
        if not again and not await may():
            return None
        place = await once(token, deed)
    words = _("This form had been sent before; this is how your registration stands.")
    return see_other(place, words if again else done)


async def may_write_to(addressed: Sequence[Addressed]) -> bool:
    """Anybody can type anybody's address: one address gets only so many letters. The words stand beside it."""
    letters = Counter(mark_of(one) for one in addressed if one.email)
    flooded = await count_attempts("letters-to", letters, most=MOST_LETTERS_AN_HOUR, minutes=60)
    for one in addressed:
        if one.email and mark_of(one) in flooded:
            one.refuse(_("Many letters have gone to %(email)s just now. Please try again in an hour.", email=one.email))
            return False
    return True


def mark_of(one: Addressed) -> str:
    return fingerprint(folded(one.email))


async def link_gone(request: Req) -> Response[Any]:
    return await page(request, "events/link_gone", 404)
