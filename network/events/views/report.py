"""The report: written in the office, read by everybody under its permanent address, on the page and as a PDF."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.clock import now
from network.events import facts, rules
from network.events import report as verbs
from network.events.figures import figures_of
from network.events.forms.report import ReportForm
from network.events.tables import Event, Report
from network.events.views.this_event import Req, not_possible, office_event, public_event
from network.i18n import _, local
from network.people.viewer import office
from network.web.guards import anyone
from network.web.pages import PUBLIC, page, see_other

FIELDS = ("title_de", "title_en", "body_de", "body_en", "open_questions_de", "open_questions_en", "author")


@get("/events/{slug:str}/report", guards=[anyone], exclude_from_csrf=True)
async def report_page(request: Req, slug: FromPath[str]) -> Response[Any]:
    event, report = await published(request, slug)
    return await page(request, "events/report", cached=True, event=event, report=report, facts=facts, verbs=verbs)


@get("/events/{slug:str}/report.pdf", guards=[anyone], exclude_from_csrf=True)
async def report_pdf(request: Req, slug: FromPath[str]) -> Response[bytes]:
    event, report = await published(request, slug)
    name = f'inline; filename="{event.slug}.pdf"'
    content = await verbs.as_pdf(event, report)
    return Response(
        content, media_type="application/pdf", headers={"cache-control": PUBLIC, "content-disposition": name}
    )


async def published(request: Req, slug: str) -> tuple[Event, Report]:
    event = await public_event(request, slug)
    report = await verbs.published_report_of(event)
    if report is None:
        raise NotFoundException
    return event, report


@get("/office/events/{reference:str}/report", guards=[office])
async def report_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, event = await office_event(request, reference)
    report = await verbs.report_of(event)
    if report is None and rules.state_of(event, now()) != rules.EventState.OVER:
        return not_possible(event, _("The report can be written when the event is over."))
    if report is None:
        values = await verbs.draft(event, viewer.name)
    else:
        values = {name: getattr(report, name) for name in FIELDS} | {"written_on": local(report.written_at)}
    return await show(request, event, ReportForm(**values), report)


@post("/office/events/{reference:str}/report", guards=[office])
async def write(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, event = await office_event(request, reference)
    typed = await request.form()
    form = ReportForm(typed)
    if form.validate():
        with form.refusals():
            publish = "publish" in typed
            await verbs.write(event.id, actor=viewer.reference, publish=publish, **form.values)
            words = _("The report is published.") if publish else _("The report is kept.")
            return see_other(f"/office/events/{event.reference}/report", words)
    return await show(request, event, form, await verbs.report_of(event), 422)


async def show(request: Req, event: Event, form: ReportForm, report: Report | None, status: int = 200) -> Response[Any]:
    return await page(request, "events/report_edit", status, form=form, event=event, report=report, facts=facts,
                      figures=await figures_of(event))  # fmt: skip
