"""The readers of an issue, its sending, and how that goes."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from mailing import campaigns, smtp
from network.activity import looked_at
from network.i18n import _, ngettext
from network.members.lands import land_name
from network.newsletter import audience, checking, rendering, writing
from network.newsletter.forms import AudienceForm
from network.newsletter.rules import is_public, status_label
from network.newsletter.tables import Issue
from network.newsletter.views.drafts import draft_of, known, place_of
from network.people.viewer import office, viewer_of
from network.web.addresses import url
from network.web.forms import Form
from network.web.once import once
from network.web.pages import number_of, page, see_other

Req = Request[Any, Any, Any]


# Readers ------------------------------------------------------------------------------------------------------------


@get("/office/newsletter/{reference:str}/readers", guards=[office])
async def audience_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    issue = await draft_of(reference)
    form = AudienceForm(provider_statuses=issue.provider_statuses.split(), lands=issue.lands.split())
    return await audience_page(request, issue, form)


@post("/office/newsletter/{reference:str}/readers", guards=[office])
async def choose_readers(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer = await viewer_of(request)
    issue = await known(reference)
    form = AudienceForm(await request.form())
    if form.validate():
        with form.refusals():
            chosen = (form.provider_statuses.data or [], form.lands.data or [])
            await writing.choose_readers(viewer.reference, issue, *chosen)
            number = await audience.number_of(await known(reference))
            told = ngettext("One reader gets this issue.", "%(num)s readers get this issue.", number)
            return see_other(place_of(issue, "/readers"), told)
    return await audience_page(request, issue, form, 422)


async def audience_page(request: Req, issue: Issue, form: AudienceForm, status: int = 200) -> Response[Any]:
    found = await audience.page_of(audience.readers_of(issue), number_of(request))
    if found["items"]:
        await looked_at((await viewer_of(request)).reference, f"issue:{issue.reference}", issue.subject_de)
    reasons = await audience.reasons(found["items"])
    return await page(
        request,
        "newsletter/audience",
        status,
        form=form,
        issue=issue,
        chosen=audience.in_words(issue),
        public=is_public(issue) or not audience.in_words(issue),
        reasons=reasons,
        sources=await audience.sources_in_words(reasons.values()),
        status_label=status_label,
        land_name=land_name,
        url_for=lambda number: url(place_of(issue, f"/readers?page={number}")),
        **found,
    )


# Sending ------------------------------------------------------------------------------------------------------------


@get("/office/newsletter/{reference:str}/sending", guards=[office])
async def sending_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    return await sending_page(request, await draft_of(reference), Form())


async def sending_page(request: Req, issue: Issue, form: Form, status: int = 200) -> Response[Any]:
    """What will happen to whom, before it does."""
    problems = checking.problems(issue)
    return await page(
        request,
        "newsletter/sending",
        status,
        form=form,
        issue=issue,
        number=await audience.number_of(issue),
        chosen=audience.in_words(issue),
        problems=problems,
        stopped=any(problem.stops for problem in problems),
        can_leave=smtp.server() is not None,
    )


@post("/office/newsletter/{reference:str}/sending", guards=[office])
async def send(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer = await viewer_of(request)
    issue = await known(reference)
    form = Form(await request.form())

    async def deed() -> str:
        await writing.send(viewer.reference, issue)
        return place_of(issue)

    with form.refusals():
        return see_other(await once(form.form_token.data or "", deed))
    return await sending_page(request, issue, form, 422)


async def sent_page(request: Req, issue: Issue) -> Response[Any]:
    progress, failures = await campaigns.progress(issue.sending), await campaigns.undelivered(issue.sending)
    if failures:
        await looked_at((await viewer_of(request)).reference, f"issue:{issue.reference}", issue.subject_de)
    return await page(
        request,
        "newsletter/sent",
        issue=issue,
        progress=progress,
        time_left=time_left(progress.seconds_left) if progress and progress.seconds_left else "",
        failures=failures,
        chosen=audience.in_words(issue),
        public=is_public(issue),
        languages=rendering.languages(issue),
        can_leave=smtp.server() is not None,
    )


def time_left(seconds: int) -> str:
    """Rounded as people say it."""
    if seconds < 90:  # noqa: PLR2004
        return ngettext("about one second left", "about %(num)s seconds left", seconds)
    return ngettext("about one minute left", "about %(num)s minutes left", round(seconds / 60))


@post("/office/newsletter/{reference:str}/pause", guards=[office])
async def pause(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer = await viewer_of(request)
    issue = await known(reference)
    await campaigns.pause(issue.sending, viewer.reference)
    return see_other(place_of(issue), _("The sending rests. What is on its way arrives."))


@post("/office/newsletter/{reference:str}/resume", guards=[office])
async def resume(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer = await viewer_of(request)
    issue = await known(reference)
    await campaigns.resume(issue.sending, viewer.reference)
    return see_other(place_of(issue), _("The sending goes on."))
