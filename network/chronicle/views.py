"""The public page of the history, and the office's milestones."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.chronicle import milestone, timeline
from network.chronicle.forms import MilestoneForm
from network.chronicle.tables import Milestone
from network.i18n import _
from network.people.viewer import office, viewer_of
from network.web.asof import as_of
from network.web.guards import anyone
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]
LIST = "/office/history"
TEXTS = ("title_de", "title_en", "text_de", "text_en")


@get("/about/history", guards=[anyone], exclude_from_csrf=True)
async def history_page(request: Req) -> Response[Any]:
    """Up to the day that is asked for, with the names of that day; what has not come yet is no history."""
    shown = as_of(request, latest=clock.today())
    return await page(request, "chronicle/history", cached=True, as_of=shown, years=await timeline.told(shown.day))


@get(LIST, guards=[office])
async def milestones(request: Req) -> Response[Any]:
    return await page(request, "chronicle/office_history", milestones=await milestone.every())


@get(f"{LIST}/new", guards=[office])
async def new_form(request: Req) -> Response[Any]:
    return await page(request, "chronicle/office_milestone", form=MilestoneForm(), milestone=None)


@post(f"{LIST}/new", guards=[office])
async def write(request: Req) -> Response[Any]:
    form = MilestoneForm(await request.form())
    viewer = await viewer_of(request)

    async def deed() -> str:
        await milestone.enter(**form.values, actor=viewer.reference)
        return LIST

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The milestone is written down."))
    return await page(request, "chronicle/office_milestone", 422, form=form, milestone=None)


@get(f"{LIST}/{{reference:str}}/edit", guards=[office])
async def edit_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known(reference)
    texts = {name: getattr(row, name) for name in TEXTS}
    form = MilestoneForm(day=row.day, shown=row.published_at is not None, **texts)
    return await page(request, "chronicle/office_milestone", form=form, milestone=row)


@post(f"{LIST}/{{reference:str}}/edit", guards=[office])
async def edit(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known(reference)
    form = MilestoneForm(await request.form())
    if form.validate():
        with form.refusals():
            await milestone.change(row, **form.values, actor=(await viewer_of(request)).reference)
            return see_other(LIST, _("The changes are stored."))
    return await page(request, "chronicle/office_milestone", 422, form=form, milestone=row)


@get(f"{LIST}/{{reference:str}}/removal", guards=[office])
async def removal_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    return await page(request, "chronicle/office_removal", milestone=await known(reference))


@post(f"{LIST}/{{reference:str}}/removal", guards=[office])
async def remove(request: Req, reference: FromPath[str]) -> Response[Any]:
    if row := await milestone.by_reference(reference):  # pressed twice it is gone all the same
        await milestone.remove(row, actor=(await viewer_of(request)).reference)
    return see_other(LIST, _("The milestone is gone."))


async def known(reference: str) -> Milestone:
    found = await milestone.by_reference(reference)
    if found is None:
        raise NotFoundException
    return found


router = Router(
    "/",
    route_handlers=[history_page, milestones, new_form, write, edit_form, edit, removal_form, remove],
    tags=["chronicle"],
)
