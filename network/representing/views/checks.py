"""The office's side of the yearly question: whom it goes to, who has answered, who is reminded."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.activity import looked_at, looked_at_all
from network.errors import Refused
from network.i18n import _, ngettext
from network.members import described, function, site
from network.members.lands import land_name
from network.members.tables import Site
from network.people.viewer import office, viewer_of
from network.representing import check
from network.representing.check import Asked
from network.web.once import form_token, once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]
LIST = "/office/members/checks"


@get(LIST, guards=[office])
async def checks(request: Req) -> Response[Any]:
    year = clock.today().year
    members = await noted(request, await check.round_of(year))
    asked = [one for one in members if one.row]
    return await page(
        request,
        "representing/checks",
        year=year,
        members=members,
        asked=asked,
        answered=[one for one in asked if one.answered],
        silent=[one for one in asked if not one.answered],
        left=[one for one in members if not one.row],
        last_letter=check.last_letter,
    )


async def noted(request: Req, members: list[Asked]) -> list[Asked]:
    """The addresses to which the question goes may be private ones: with whom they are read is noted."""
    read = {function.thing(one.organisation): one.organisation.name for one in members if one.to}
    await looked_at_all((await viewer_of(request)).reference, read)
    return members


@get(LIST + "/new", guards=[office])
async def preview(request: Req) -> Response[Any]:
    members = await noted(request, await check.round_of(clock.today().year))
    return await page(
        request,
        "representing/checks_new",
        year=clock.today().year,
        asked=[one for one in members if one.row],
        reached=[one for one in members if one.to and not one.row],
        unreached=[one for one in members if not one.to and not one.row],
        token=form_token(),
    )


@post(LIST + "/new", guards=[office])
async def start(request: Req) -> Response[Any]:
    actor, typed = (await viewer_of(request)).reference, await request.form()
    sent = 0

    async def deed() -> str:
        nonlocal sent
        sent = await check.start(clock.today().year, actor=actor)
        return LIST

    there = await once(str(typed.get("form_token", "")), deed)
    return see_other(there, ngettext("One letter is on its way.", "%(num)s letters are on their way.", sent))


async def asked_of(reference: str) -> Asked:
    members = await check.round_of(clock.today().year)
    found = next((one for one in members if one.organisation.reference == reference), None)
    if found is None:
        raise NotFoundException
    return found


@post(LIST + "/{reference:str}/reminder", guards=[office])
async def remind(request: Req, reference: FromPath[str]) -> Response[Any]:
    one = await asked_of(reference)
    try:
        await check.remind(one, actor=(await viewer_of(request)).reference)
    except Refused as no:
        return see_other(LIST, no.words, warning=True)
    return see_other(LIST, _("%(member)s has been reminded.", member=one.organisation.name))


@get(LIST + "/{reference:str}/sheet", guards=[office])
async def sheet(request: Req, reference: FromPath[str]) -> Response[Any]:
    """All that is known, to print and to send by post; the office enters what comes back."""
    one = await asked_of(reference)
    row = one.organisation
    await looked_at((await viewer_of(request)).reference, function.thing(row), row.name)
    return await page(
        request,
        "representing/sheet",
        year=clock.today().year,
        member=row,
        land_name=land_name,
        sites=[
            s for s in await Site.objects().where(Site.organisation == row.id).order_by(Site.sorting) if not s.closed_on
        ],
        site_label=site.label,
        people=await function.holding(row, clock.today()),
        evidence_url=None,
        **await described.described_for_office(row, clock.today()),
    )


handlers = [checks, preview, start, remind, sheet]
