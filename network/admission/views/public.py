"""Becoming a member: the public form, and the button of the letter without which nobody sees it."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from mailing.addresses import address_key
from network.admission import application
from network.admission.application import CONFIRM_DAYS
from network.admission.forms import ApplicationForm
from network.association.pages import notice_text
from network.i18n import _
from network.web.addresses import url
from network.web.bodies import FILE_LIMIT
from network.web.guards import anyone
from network.web.limits import count_attempt, origin_of
from network.web.once import once
from network.web.pages import page, see_other
from network.web.uploads import uploaded

Req = Request[Any, Any, Any]
FORM = "/membership/application"


@get(FORM, guards=[anyone])
async def application_form(request: Req) -> Response[Any]:
    return await form_page(request, ApplicationForm())


@post(FORM, guards=[anyone], request_max_body_size=FILE_LIMIT)
async def send_application(request: Req) -> Response[Any]:
    form = ApplicationForm(await request.form())
    if form.validate():
        documents = [found for one in form.documents.data or [] if (found := await uploaded(one))]
        facts = {name: value or "" for name, value in form.values.items() if name not in ("documents", "committed")}

        async def deed() -> str:
            await application.apply(documents, committed=bool(form.committed.data), **facts)
            return f"{FORM}/asked"

        with form.refusals():
            await count_attempt("application", origin_of(request), most=20, minutes=60)
            await count_attempt("application-for", address_key(form.contact_email.data or ""), most=3, minutes=60)
            return see_other(await once(form.form_token.data or "", deed))
    return await form_page(request, form, 422)


async def form_page(request: Req, form: ApplicationForm, status: int = 200) -> Response[Any]:
    return await page(request, "admission/application", status, form=form, notice_text=await notice_text("site"))


@get(f"{FORM}/asked", guards=[anyone], exclude_from_csrf=True)
async def asked(request: Req) -> Response[Any]:
    return await page(request, "admission/asked", cached=True, days=CONFIRM_DAYS)


@get(FORM + "/confirm/{token:str}", guards=[anyone])
async def confirm_button(request: Req, token: FromPath[str]) -> Response[Any]:
    """Opening the link does nothing yet: mail scanners open links too."""
    row = await application.confirmable(token)
    if row is None:
        return await link_gone(request)
    return await page(request, "admission/confirm", application=row, confirmed=await application.is_confirmed(row))


@post(FORM + "/confirm/{token:str}", guards=[anyone])
async def confirm(request: Req, token: FromPath[str]) -> Response[Any]:
    if await application.confirm(token) is None:
        return await link_gone(request)
    return see_other(f"{FORM}/confirm/{token}")


async def link_gone(request: Req) -> Response[Any]:
    text = _("It is older than %(days)s days or was copied incompletely.", days=CONFIRM_DAYS)
    return await page(request, "admission/link_gone", 410, text=text, start=url(FORM))
