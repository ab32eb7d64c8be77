"""Changing one's entry and leaving: by the key that stands in every letter, without signing in."""

from typing import Any

from litestar import MediaType, Request, Response, get, post
from litestar.params import FromPath

from mailing import lists, readers
from mailing.readers import State
from mailing.tables import Subscriber
from network.i18n import _, speaking
from network.newsletter import joining, promise
from network.newsletter.forms import PreferencesForm
from network.newsletter.views.joining import link_gone
from network.web.addresses import link
from network.web.guards import anyone
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]
STAYING = (State.CONFIRMED, State.BOUNCED)


@get("/newsletter/preferences/{key:str}", guards=[anyone])
async def preferences_form(request: Req, key: FromPath[str]) -> Response[Any]:
    reader = await lists.reader_with(key)
    if reader is None or readers.state_of(reader) not in STAYING:
        return await not_reading(request, reader)
    form = PreferencesForm(
        name=reader.name, provider_status=reader.provider_status, land=reader.land, locale=reader.locale
    )
    return await page(request, "newsletter/preferences", form=form, reader=reader, title=await list_title())


@post("/newsletter/preferences/{key:str}", guards=[anyone])
async def change(request: Req, key: FromPath[str]) -> Response[Any]:
    reader = await lists.reader_with(key)
    if reader is None or readers.state_of(reader) not in STAYING:
        return await not_reading(request, reader)
    form = PreferencesForm(await request.form())
    if form.validate():
        with form.refusals():
            await joining.change(key, **form.values)
            return see_other(f"/newsletter/preferences/{key}", _("Changed. Thank you."))
    return await page(request, "newsletter/preferences", 422, form=form, reader=reader, title=await list_title())


@get("/newsletter/leave/{key:str}", guards=[anyone])
async def leave_button(request: Req, key: FromPath[str]) -> Response[Any]:
    """One button, no sign-in, no question why."""
    reader = await lists.reader_with(key)
    if reader is None or reader.left_at:
        return await not_reading(request, reader)
    return await page(request, "newsletter/leave", reader=reader, title=await list_title())


@post("/newsletter/leave/{key:str}", guards=[anyone])
async def leave(key: FromPath[str]) -> Response[Any]:
    await joining.leave(key, by="link")
    return see_other("/newsletter/left")


@get("/newsletter/left", guards=[anyone], exclude_from_csrf=True)
async def left(request: Req) -> Response[Any]:
    return await page(request, "newsletter/left", cached=True)


@get("/newsletter/one-click/{key:str}", guards=[anyone])
async def one_click_page(key: FromPath[str]) -> Response[Any]:
    """Mail programs that know no one-click open the address: they get the page with the button."""
    return see_other(f"/newsletter/leave/{key}")


@post("/newsletter/one-click/{key:str}", guards=[anyone], exclude_from_csrf=True)
async def one_click(request: Req, key: FromPath[str]) -> Response[str]:
    """RFC 8058: the mail program says it for the reader; no cookie, no page, effective at once."""
    typed = await request.form()
    said = typed.get("List-Unsubscribe") == "One-Click"
    reader = await (joining.leave(key, by="one-click") if said else lists.reader_with(key))
    with speaking(reader.locale if reader else "de"):
        if said:
            return Response(_("You are off the list.") + "\n", status_code=200, media_type=MediaType.TEXT)
        words = _(
            "List-Unsubscribe=One-Click is missing. You can leave here: %(place)s",
            place=link(f"/newsletter/leave/{key}"),
        )
    return Response(words + "\n", status_code=400, media_type=MediaType.TEXT)


async def not_reading(request: Req, reader: Subscriber | None) -> Response[Any]:
    """Who left before, by this page or their mail program, is told so once more: it worked."""
    if reader and reader.left_at:
        return await page(request, "newsletter/left")
    return await link_gone(request, _("This address is not on the list any more, or the link was copied incompletely."))


async def list_title() -> str:
    return promise.title(await promise.the_list())
