"""The room of the list: how many read, what was written, and what the list promises."""

from typing import Any

from litestar import Request, Response, get, post

from mailing import readers
from mailing.readers import State
from network.i18n import _, ngettext
from network.newsletter import promise, writing
from network.newsletter.forms import PromiseForm
from network.newsletter.rules import state_line
from network.people.viewer import office, viewer_of
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]


@get("/office/newsletter", guards=[office])
async def overview(request: Req) -> Response[Any]:
    mailing_list = await promise.the_list()
    counts = await readers.counts(mailing_list.id)
    heading = ngettext(
        "One person reads “%(title)s”",
        "%(num)s people read “%(title)s”",
        counts[State.CONFIRMED],
        title=promise.title(mailing_list),
    )
    return await page(
        request,
        "newsletter/overview",
        heading=heading,
        counts=counts,
        state_line=state_line,
        issues=await writing.listed(),
        promise=promise.promise(mailing_list),
    )


@get("/office/newsletter/settings", guards=[office])
async def promise_form(request: Req) -> Response[Any]:
    row = await promise.the_list()
    form = PromiseForm(
        title_de=row.title_de, title_en=row.title_en, promise_de=row.promise_de, promise_en=row.promise_en
    )
    return await page(request, "newsletter/promise", form=form)


@post("/office/newsletter/settings", guards=[office])
async def change_promise(request: Req) -> Response[Any]:
    viewer = await viewer_of(request)
    form = PromiseForm(await request.form())
    if form.validate():
        with form.refusals():
            await promise.change(viewer.reference, **form.values)
            return see_other("/office/newsletter", _("Saved. Whoever joins from now on reads the new words."))
    return await page(request, "newsletter/promise", 422, form=form)
