"""An issue in the office: write it, look at it, test it, throw it away."""

import base64
import hashlib
import re
from typing import Any

from litestar import MediaType, Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from mailing import smtp
from mailing.campaigns import Words
from network.association.profile import known_profile
from network.i18n import _
from network.newsletter import audience, checking, promise, rendering, writing
from network.newsletter.forms import IssueForm
from network.newsletter.tables import Issue
from network.newsletter.views import sending
from network.newsletter.views.drafts import ROOM, draft_of, known, place_of
from network.people.viewer import office, viewer_of
from network.web.forms import Form
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]


# Writing ------------------------------------------------------------------------------------------------------------


@get("/office/newsletter/new", guards=[office])
async def new_issue(request: Req) -> Response[Any]:
    return await page(request, "newsletter/write", form=IssueForm(), issue=None)


@post("/office/newsletter/new", guards=[office])
async def begin(request: Req) -> Response[Any]:
    viewer = await viewer_of(request)
    form = IssueForm(await request.form())
    if form.validate():

        async def deed() -> str:
            return place_of(await writing.draft(viewer.reference, **form.words))

        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("Kept as a draft."))
    return await page(request, "newsletter/write", 422, form=form, issue=None)


@get("/office/newsletter/{reference:str}/text", guards=[office])
async def edit_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    issue = await draft_of(reference)
    form = IssueForm(
        subject_de=issue.subject_de, body_de=issue.body_de, subject_en=issue.subject_en, body_en=issue.body_en
    )
    return await page(request, "newsletter/write", form=form, issue=issue)


@post("/office/newsletter/{reference:str}/text", guards=[office])
async def edit(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer = await viewer_of(request)
    issue = await known(reference)
    form = IssueForm(await request.form())
    if form.validate():
        with form.refusals():
            await writing.edit(viewer.reference, issue, **form.words)
            return see_other(place_of(issue), _("Saved."))
    return await page(request, "newsletter/write", 422, form=form, issue=issue)


@post("/office/newsletter/preview", guards=[office])
async def preview_typed(request: Req) -> Response[Any]:
    """What is being typed, as the mail that it would become; nothing is stored."""
    typed = IssueForm(await request.form())
    words: dict[str, Any] = typed.words
    issue = Issue(_ignore_missing=True, **words)
    language = "en" if issue.body_en and "english" in request.query_params else "de"
    return as_mail_page(await as_sent(issue, language))


# Looking ------------------------------------------------------------------------------------------------------------


@get("/office/newsletter/{reference:str}/mail/{language:str}", guards=[office])
async def mail_page(reference: FromPath[str], language: FromPath[str]) -> Response[Any]:
    """The page inside the message, as mail programs show it."""
    issue = await known(reference)
    if language not in rendering.languages(issue):
        raise NotFoundException
    return as_mail_page(await as_sent(issue, language))


async def as_sent(issue: Issue, language: str) -> Words:
    title = promise.title(await promise.the_list())
    return rendering.as_sent(issue, language, title, (await known_profile()).sender)


def as_mail_page(words: Words) -> Response[Any]:
    """Only its own style block is let through, by its digest; it may stand inside our pages and nowhere else."""
    style = re.search(r"<style>(.*?)</style>", words.html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[1].encode() if style else b"").digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' https: http: data:; sandbox; "
        "frame-ancestors 'self'; base-uri 'none'"
    )
    headers = {"content-security-policy": policy, "cache-control": "no-store"}
    return Response(words.html, media_type=MediaType.HTML, headers=headers)


@get("/office/newsletter/{reference:str}", guards=[office])
async def issue_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    issue = await known(reference)
    return await (sending.sent_page(request, issue) if issue.sent_at else draft_page(request, issue))


async def draft_page(request: Req, issue: Issue, status: int = 200, form: Form | None = None) -> Response[Any]:
    problems = checking.problems(issue)
    return await page(
        request,
        "newsletter/draft",
        status,
        form=form,
        issue=issue,
        problems=problems,
        stopped=any(problem.stops for problem in problems),
        number=await audience.number_of(issue),
        chosen=audience.in_words(issue),
        languages=rendering.languages(issue),
        texts=[await as_sent(issue, language) for language in rendering.languages(issue)],
        can_leave=smtp.server() is not None,
    )


@get("/office/newsletter/{reference:str}/test", guards=[office])
async def test_reloaded(reference: FromPath[str]) -> Response[Any]:
    """The button stands on the issue's page; whoever reloads a refusal comes back there."""
    return see_other(place_of(await known(reference)))


@post("/office/newsletter/{reference:str}/test", guards=[office])
async def test_to_me(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer = await viewer_of(request)
    issue = await draft_of(reference)
    form = Form(await request.form())
    with form.refusals():
        await writing.test(viewer.reference, issue, viewer.name, viewer.email)
        return see_other(place_of(issue), _("The test is on its way to %(email)s.", email=viewer.email))
    return await draft_page(request, issue, 422, form)


@get("/office/newsletter/{reference:str}/discard", guards=[office])
async def discard_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    return await page(request, "newsletter/discard", issue=await draft_of(reference))


@post("/office/newsletter/{reference:str}/discard", guards=[office])
async def discard(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer = await viewer_of(request)
    await writing.discard(viewer.reference, await known(reference))
    return see_other(ROOM, _("The draft has been thrown away."))
