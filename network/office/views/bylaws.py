"""What the bylaws say, version by version: everybody in the office reads it, the administration writes it."""

from typing import Any

from litestar import Request, Response, get, post

from network import clock
from network.association import bylaws, wording
from network.i18n import _
from network.office.forms import BylawsForm
from network.people.viewer import admin, office, viewer_of
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]


@get("/settings/bylaws", guards=[office])
async def show_bylaws(request: Req) -> Response[Any]:
    now = await bylaws.bylaws_on(clock.today())
    return await bylaws_page(request, BylawsForm(obj=now) if now.id else BylawsForm())


@post("/settings/bylaws", guards=[admin])
async def enact_bylaws(request: Req) -> Response[Any]:
    form = BylawsForm(await request.form())
    if form.validate():
        actor = (await viewer_of(request)).reference

        async def deed() -> str:
            await bylaws.enact(actor, **form.values)
            return "/office/settings/bylaws"

        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The bylaws are entered."))
    return await bylaws_page(request, form, 422)


async def bylaws_page(request: Req, form: BylawsForm, status: int = 200) -> Response[Any]:
    return await page(
        request,
        "office/bylaws",
        status,
        form=form,
        now=await bylaws.bylaws_on(clock.today()),
        versions=await bylaws.versions(),
        rules=wording,
    )


handlers = [show_bylaws, enact_bylaws]
