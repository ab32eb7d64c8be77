"""The office's page of one person's data: looked up by name or address, picked, taken along as a file, erased."""

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.activity import looked_at
from network.i18n import _
from network.office import privacy
from network.office.forms import PrivacyFilter
from network.people.viewer import Viewer, office, viewer_of
from network.web.addresses import url
from network.web.handed import Held, Privacy, Subject
from network.web.pages import download, page, see_other

Req = Request[Any, Any, Any]
ABOUT = "/office/privacy/about"


@get("/privacy", guards=[office])
async def look_up(request: Req) -> Response[Any]:
    form = PrivacyFilter(request.query_params)
    text = (form.q.data or "") if form.validate() else ""
    meant, found = await privacy.find_nearest(text, rooms(request)) if len(text) > 1 else (text, [])
    if found:
        await looked_at((await viewer_of(request)).reference, "privacy:")
    return await page(
        request, "office/privacy", filter=form, text=text, meant=meant, found=found, about=about, most=privacy.MOST
    )


@get("/privacy/about", guards=[office])
async def show(request: Req) -> Response[Any]:
    if not picked(request):
        return see_other("/office/privacy", _("Please tick who is meant."), warning=True)
    viewer, subject = await viewer_of(request), await subject_of(request)
    return await page(request, "office/privacy_about", **await told(request, viewer, subject))


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
    said = await told(request, viewer, subject)
    going, staying = [[one for one in said["held"] if bool(one.stays) is stays] for stays in (False, True)]
    return await page(request, "office/privacy_erasure", going=going, staying=staying, **said)


@post("/privacy/about/erasure", guards=[office])
async def erase(request: Req) -> Response[Any]:
    viewer, subject = await viewer_of(request), await subject_of(request)
    await privacy.erase(subject, rooms(request), viewer)
    return see_other("/office/privacy", _("The data are erased."))


async def told(request: Req, viewer: Viewer, subject: Subject) -> dict[str, Any]:
    """All that is held about whom was picked; that somebody read it is noted."""
    held: list[Held] = await privacy.everything(viewer, subject, rooms(request))
    await privacy.read(viewer, subject)
    return {
        "subject": subject,
        "who": privacy.name_in(subject, held),
        "held": held,
        "why_it_stays": privacy.staying,
        "address": lambda more="": about(picked(request), more),
    }


def picked(request: Req) -> list[str]:
    return list(dict.fromkeys(request.query_params.getall("of", [])))


async def subject_of(request: Req) -> Subject:
    """Whom somebody picked: one key for each of the places where they stand."""
    subject = await privacy.subject_of(picked(request))
    if not subject:
        raise NotFoundException
    return subject


def about(keys: list[str], more: str = "") -> str:
    return url(f"{ABOUT}{more}?{urlencode({'of': keys}, doseq=True)}")


def rooms(request: Req) -> list[Privacy]:
    return list(request.app.state.handed_up.privacy)


handlers = [look_up, show, take_along, ask, erase]
