"""The office's pages of entries that may be one: the pairs, both side by side, merging, taking apart."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.i18n import _
from network.members import duplicates, merging, organisation
from network.members.headings import column_name
from network.members.tables import Merge, Organisation
from network.people.viewer import office, viewer_of
from network.web.forms import Form
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]
KIND = "organisation"
SHOWN = organisation.FACTS


@get("/office/members/duplicates", guards=[office])
async def pairs_page(request: Req) -> Response[Any]:
    merged = await Merge.objects().where((Merge.kind == KIND) & (Merge.undone_at == None)).order_by(Merge.id)
    return await page(request, "members/office_duplicates", pairs=await duplicates.found(), merged=merged)


async def both(kept: str, gone: str) -> tuple[Organisation, Organisation]:
    rows = [await organisation.by_reference(reference) for reference in (kept, gone)]
    if rows[0] is None or rows[1] is None:
        raise NotFoundException
    return rows[0], rows[1]


@get("/office/members/duplicates/{kept:str}/{gone:str}", guards=[office])
async def merge_form(request: Req, kept: FromPath[str], gone: FromPath[str]) -> Response[Any]:
    return await merge_page(request, *await both(kept, gone))


async def merge_page(
    request: Req, kept: Organisation, gone: Organisation, status: int = 200, form: Form | None = None
) -> Response[Any]:
    moving = await merging.preview(KIND, kept, gone)
    facts = [(fact, getattr(kept, fact), getattr(gone, fact)) for fact in SHOWN
             if getattr(kept, fact) != getattr(gone, fact)]  # fmt: skip
    return await page(request, "members/office_merge", status, form=form or Form(), kept=kept, gone=gone, facts=facts,
                      moving=moving, column_name=column_name)  # fmt: skip


@post("/office/members/duplicates/{kept:str}/{gone:str}", guards=[office])
async def merge(request: Req, kept: FromPath[str], gone: FromPath[str]) -> Response[Any]:
    one, other = await both(kept, gone)
    typed = await request.form()
    form = Form(typed)
    chosen = {fact: getattr(other, fact) for fact in SHOWN if typed.get(fact) == "gone"}
    with form.refusals():
        await merging.merge(KIND, one, other, chosen=chosen, actor=(await viewer_of(request)).reference)
        return see_other(f"/office/members/{one.reference}", _("Both are one entry now."))
    return await merge_page(request, one, other, 422, form)


@post("/office/members/merges/{reference:str}/undo", guards=[office])
async def take_apart(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await Merge.objects().get(Merge.reference == reference)
    if row is None:
        raise NotFoundException
    await merging.undo(row, actor=(await viewer_of(request)).reference)
    return see_other("/office/members/duplicates", _("They are two entries again, each with what it had."))
