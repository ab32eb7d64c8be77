"""The page behind the link of one voter: looking changes nothing, the button answers."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from network import clock
from network.association import rulebook
from network.circulars import circular, in_office, tallying
from network.circulars.forms import CHOICES, AnswerForm
from network.circulars.rules import is_open
from network.circulars.tables import Choice, Circular, Voter
from network.i18n import _
from network.resolutions import book
from network.resolutions.ruling import IN_WRITING
from network.web.guards import anyone
from network.web.limits import count_attempt, origin_of
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]
PLACE = "/in-writing/{token:str}"


@get(PLACE, guards=[anyone])
async def question(request: Req, token: FromPath[str]) -> Response[Any]:
    known = await circular.by_token(token)
    if known is None:
        return await page(request, "circulars/link_gone", 410)
    row, voter = known
    return await question_page(
        request, row, voter, AnswerForm(choice=voter.choice, by=voter.answered_by or voter.to_name)
    )


async def question_page(
    request: Req, row: Circular, voter: Voter, form: AnswerForm, status: int = 200
) -> Response[Any]:
    rules = await tallying.rules_of(row)
    majority = tallying.majority_of(row, rules)
    entry = await book.by_reference(row.resolution) if row.resolution else None
    return await page(
        request,
        "circulars/question",
        status,
        row=row,
        voter=voter,
        form=form,
        open=is_open(row) and row.until >= clock.today(),
        left=not await in_office.still(row, [voter]),
        all_agree=tallying.by_heads(majority),
        told=rulebook.explain(IN_WRITING, rules),
        choices=CHOICES,
        number=book.number_of(entry) if entry else "",
        result=tallying.tally(majority, await in_office.still(row, await circular.voters_of(row))) if entry else None,
    )


@post(PLACE, guards=[anyone])
async def answer(request: Req, token: FromPath[str]) -> Response[Any]:
    await count_attempt("in-writing", origin_of(request), most=120, minutes=15)
    known = await circular.by_token(token)
    if known is None:
        return await page(request, "circulars/link_gone", 410)
    (row, voter), form = known, AnswerForm(await request.form())

    async def deed() -> str:
        await circular.answer(voter, Choice(form.choice.data), by=form.by.data or "")
        return f"/in-writing/{token}"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("Thank you, your answer is stored."))
    return await question_page(request, row, voter, form, 422)


handlers = [question, answer]
