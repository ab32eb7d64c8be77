"""Joining: the form, the button of the letter, and the page that says what comes."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from mailing import lists, readers
from mailing.addresses import address_key
from mailing.readers import State
from network.i18n import _
from network.newsletter import archive, joining, promise
from network.newsletter.forms import JoinForm
from network.web.addresses import url
from network.web.guards import anyone
from network.web.limits import count_attempt, origin_of
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]


@get("/newsletter", guards=[anyone])
async def join_form(request: Req) -> Response[Any]:
    return await form_page(request, JoinForm())


@post("/newsletter", guards=[anyone])
async def ask_to_join(request: Req) -> Response[Any]:
    """Whatever happens behind it, the answer is the same: nobody learns who is on the list."""
    form = JoinForm(await request.form())
    if form.validate():

        async def deed() -> str:
            await joining.join(source="/newsletter", asked_from=origin_of(request), **form.values)
            return "/newsletter/asked"

        with form.refusals():
            await count_attempt("newsletter", origin_of(request), most=60, minutes=15)
            await count_attempt("newsletter-for", address_key(form.email.data or ""), most=4, minutes=60)
            return see_other(await once(form.form_token.data or "", deed))
    return await form_page(request, form, 422)


async def form_page(request: Req, form: JoinForm, status: int = 200) -> Response[Any]:
    mailing_list = await promise.the_list()
    return await page(
        request,
        "newsletter/join",
        status,
        form=form,
        title=promise.title(mailing_list),
        promise=promise.promise(mailing_list),
        agreement=await promise.agreement(mailing_list),
        notice_text=await promise.notice_text(),
        issues=await archive.latest(3),
    )


@get("/newsletter/asked", guards=[anyone], exclude_from_csrf=True)
async def asked(request: Req) -> Response[Any]:
    return await page(request, "newsletter/asked", cached=True, days=lists.CONFIRM_DAYS)


@get("/newsletter/confirm/{token:str}", guards=[anyone])
async def confirm_button(request: Req, token: FromPath[str]) -> Response[Any]:
    """Opening the link does nothing yet: mail scanners open links too. Once pressed, it says so."""
    consent = await lists.confirmable(token)
    if consent is None:
        return await link_gone(request)
    if consent.confirmed_at:
        return see_other(f"/newsletter/welcome/{consent.subscriber.key}")
    title = promise.title(await promise.the_list())
    return await page(request, "newsletter/confirm", email=consent.email, title=title, wording=consent.wording)


@post("/newsletter/confirm/{token:str}", guards=[anyone])
async def confirm(request: Req, token: FromPath[str]) -> Response[Any]:
    reader = await joining.confirm(token, confirmed_from=origin_of(request))
    if reader is None:
        return await link_gone(request)
    return see_other(f"/newsletter/welcome/{reader.key}")


@get("/newsletter/welcome/{key:str}", guards=[anyone])
async def welcome(request: Req, key: FromPath[str]) -> Response[Any]:
    """What comes, how often, and how to leave."""
    reader = await lists.reader_with(key)
    if reader is None or readers.state_of(reader) is not State.CONFIRMED:
        return await link_gone(request)
    mailing_list = await promise.the_list()
    return await page(
        request,
        "newsletter/welcome",
        reader=reader,
        title=promise.title(mailing_list),
        promise=promise.promise(mailing_list),
    )


async def link_gone(request: Req, text: str = "") -> Response[Any]:
    """A link that is used up, too old or mistyped: what to do instead."""
    text = text or _(
        "It has been used up, is older than %(days)s days or was copied incompletely.", days=lists.CONFIRM_DAYS
    )
    return await page(request, "newsletter/link_gone", 410, text=text, start=url("/newsletter"))
