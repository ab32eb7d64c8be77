"""The deletion calendar, how long each kind of data is kept, the yearly run, and the record of processing."""

from typing import Any
from urllib.parse import urlsplit

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.association import keeping
from network.association.keeping import Kept
from network.association.profile import known_profile
from network.i18n import _
from network.office import calendar, deletion, holding
from network.office.forms import ApprovalForm, keeping_form
from network.office.tables import DeletionRun
from network.people.viewer import admin, office, viewer_of
from network.settings import settings
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]
CALENDAR = "/office/privacy/calendar"


@get("/privacy/calendar", guards=[office])
async def show_calendar(request: Req) -> Response[Any]:
    lines, lasting = await calendar.lines(clock.today())
    return await page(
        request,
        "office/calendar",
        by_itself=[line for line in lines if not line.kept.yearly],
        yearly=[line for line in lines if line.kept.yearly],
        lasting=lasting,
        waiting=deletion.in_words({line.kept.key: line.due for line in lines if line.kept.yearly and line.due}),
        runs=[await calendar.told(run) for run in await deletion.runs()],
        under_way=await deletion.under_way(),
        may_approve=deletion.may_approve(await viewer_of(request)),
        year=clock.today().year,
    )


# How long ------------------------------------------------------------------------------------------------------------


async def changeable(key: str) -> Kept:
    """A kind about which there is something to decide."""
    kind = holding.kind_of(key)
    one = await keeping.kept(kind) if kind else None
    if one is None or not one.can_be_decided:
        raise NotFoundException
    return one


@get("/privacy/calendar/{key:str}", guards=[admin])
async def show_time(request: Req, key: FromPath[str]) -> Response[Any]:
    one = await changeable(key)
    form = keeping_form(one)(number=one.term.number if one.term else 0, yearly="y" if one.yearly else "")
    return await page(request, "office/keeping", form=form, kept=one)


@post("/privacy/calendar/{key:str}", guards=[admin])
async def decide(request: Req, key: FromPath[str]) -> Response[Any]:
    one = await changeable(key)
    form = keeping_form(one)(await request.form())
    if form.validate():
        with form.refusals():
            number, actor = int(form.values.get("number") or 0), (await viewer_of(request)).reference
            await keeping.decide(one.kind, number=number, yearly=bool(form.yearly.data), actor=actor)
            return see_other(CALENDAR, _("Decided. It holds from now on."))
    return await page(request, "office/keeping", 422, form=form, kept=one)


# The yearly run ------------------------------------------------------------------------------------------------------


@get("/privacy/runs/new", guards=[admin])
async def preview(request: Req) -> Response[Any]:
    return await preview_page(request, ApprovalForm())


async def preview_page(request: Req, form: ApprovalForm, status: int = 200) -> Response[Any]:
    waiting = await deletion.preview(clock.today())
    form.seen.data = deletion.seen(waiting)
    lines, _lasting = await calendar.lines(clock.today())
    return await page(
        request,
        "office/run_new",
        status,
        form=form,
        waiting=[one for one in waiting if one.number],
        whole=deletion.in_words({one.kept.key: one.number for one in waiting}),
        gone=[line for line in lines if not line.kept.yearly and (line.gone.this_year or line.gone.last_year)],
        staying=[back for line in lines for back in line.back],
        under_way=await deletion.under_way(),
        year=clock.today().year,
    )


@post("/privacy/runs/new", guards=[admin])
async def approve(request: Req) -> Response[Any]:
    viewer, form = await viewer_of(request), ApprovalForm(await request.form())

    async def deed() -> str:
        return place(await deletion.approve(viewer, form.seen.data or ""))

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, _("Approved. The run has begun."))
    return await preview_page(request, form, 422)


@get("/privacy/runs/{reference:str}", guards=[office])
async def show_run(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await deletion.by_reference(reference)
    if row is None:
        raise NotFoundException
    return await page(request, "office/run", run=await calendar.told(row))


def place(run: DeletionRun) -> str:
    return f"/office/privacy/runs/{run.reference}"


# The record of processing --------------------------------------------------------------------------------------------


@get("/privacy/record", guards=[office])
async def record_of_processing(request: Req) -> Response[Any]:
    """Art. 30 GDPR, from the same kinds as the calendar and with the times that hold today; made to be printed."""
    kinds = await keeping.all_kept(holding.kinds())
    return await page(
        request,
        "office/record",
        known=await known_profile(),
        kinds=kinds,
        day=clock.today(),
        mail_server=urlsplit(settings().smtp_url).hostname or "",
        saved=settings().backup_dir is not None,
        measures=[_(one) for one in calendar.MEASURES],
    )


handlers = [show_calendar, show_time, decide, preview, approve, show_run, record_of_processing]
