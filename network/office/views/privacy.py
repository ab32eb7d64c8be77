"""The office's page of one person's data: looked up by name or address, taken along as a file, erased."""

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.i18n import _
from network.office import privacy
from network.office.forms import PrivacyFilter
from network.people.viewer import office, viewer_of
from network.web.addresses import url
from network.web.handed import Held, Privacy, Subject
from network.web.pages import download, page, see_other

Req = Request[Any, Any, Any]


@get("/privacy", guards=[office])
async def look_up(request: Req) -> Response[Any]:
    form = PrivacyFilter(request.query_params)
    text = (form.q.data or "") if form.validate() else ""
    found = await privacy.find(text, rooms(request)) if len(text) > 1 else []
    return await page(request, "office/privacy", filter=form, text=text, found=found, address=address)


@get("/privacy/about", guards=[office])
async def show(request: Req) -> Response[Any]:
    viewer, subject = await viewer_of(request), await subject_of(request)
    held = await privacy.everything(viewer, subject, rooms(request))
    return await page(request, "office/privacy_about", subject=subject, held=held, address=address)


@get("/privacy/about/as/{kind:str}", guards=[office])
async def take_along(request: Req, kind: FromPath[str]) -> Response[Any]:
    viewer, subject = await viewer_of(request), await subject_of(request)
    held = await privacy.everything(viewer, subject, rooms(request))
    await privacy.handed_out(viewer)
    if kind == "json":
        return download(privacy.as_json(subject, held), "application/json", _("what-we-hold.json"))
    return download(await privacy.as_pdf(subject, held), "application/pdf", _("what-we-hold.pdf"))


@get("/privacy/about/erasure", guards=[office])
async def ask(request: Req) -> Response[Any]:
    viewer, subject = await viewer_of(request), await subject_of(request)
    held = await privacy.everything(viewer, subject, rooms(request))
    return await page(request, "office/privacy_erasure", **said(subject, held))


@post("/privacy/about/erasure", guards=[office])
async def erase(request: Req) -> Response[Any]:
    viewer, subject = await viewer_of(request), await subject_of(request)
    await privacy.erase(subject, rooms(request), viewer)
    return see_other("/office/privacy", _("The data are erased."))


def said(subject: Subject, held: list[Held]) -> dict[str, Any]:
    return {
        "subject": subject,
        "going": [one for one in held if not one.stays],
        "staying": [one for one in held if one.stays],
        "address": address,
    }


async def subject_of(request: Req) -> Subject:
    """By the address, or by the person's reference where there is none."""
    asked = request.query_params
    subject = await privacy.subject_of(asked.get("person", "")) if "person" in asked else None
    subject = subject or await privacy.subject_at(asked.get("email", ""))
    if not subject.key and not subject.person_id:
        raise NotFoundException
    return subject


def address(subject: Subject, more: str = "") -> str:
    who = {"person": subject.reference} if subject.reference else {"email": subject.email}
    return url(f"/office/privacy/about{more}?{urlencode(who)}")


def rooms(request: Req) -> list[Privacy]:
    return list(request.app.state.handed_up.privacy)


handlers = [look_up, show, take_along, ask, erase]
