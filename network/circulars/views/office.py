"""Decisions in writing as the office and the board see them: sent, followed, withdrawn."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.activity import looked_at
from network.association import rulebook
from network.association.bylaws import bylaws_on
from network.circulars import circular, in_office, tallying, voters
from network.circulars.forms import CHOICES, CircularForm, WithdrawalForm
from network.circulars.rules import is_open, may_send
from network.circulars.tables import Circular, Voter
from network.i18n import _
from network.people.viewer import Viewer, board_room, viewer_of
from network.resolutions.book import BODIES, OUTCOMES
from network.resolutions.ruling import IN_WRITING, rules_asked
from network.resolutions.tables import Body, Kind
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]
PLACE = "/office/resolutions/circulars"
ONE = f"{PLACE}/{{reference:str}}"


@get(PLACE, guards=[board_room])
async def circulars_page(request: Req) -> Response[Any]:
    rows = await circular.every()
    return await page(
        request,
        "circulars/office_circulars",
        ahead=[row for row in rows if is_open(row)],
        before=[row for row in rows if not is_open(row)],
        bodies=BODIES,
        outcomes=OUTCOMES,
        may_send=may_send(await viewer_of(request)),
    )


async def sender(request: Req, whom: str) -> tuple[Viewer, Body]:
    viewer = await viewer_of(request)
    if whom not in circular.KINDS or not may_send(viewer):
        raise NotFoundException
    return viewer, Body(whom)


@get(f"{PLACE}/new/{{whom:str}}", guards=[board_room])
async def new_form(request: Req, whom: FromPath[str]) -> Response[Any]:
    _viewer, whose = await sender(request, whom)
    return await form_page(request, whose, CircularForm())


async def form_page(request: Req, body: Body, form: CircularForm, status: int = 200) -> Response[Any]:
    rules = await bylaws_on(clock.today())
    asked = await voters.voters(body, clock.today(), rules)
    await looked_at((await viewer_of(request)).reference, f"circulars:{body}")
    form.offer(body, asked)
    told = rulebook.explain(IN_WRITING, rules)
    return await page(request, "circulars/office_new", status, form=form, body=body, asked=asked, told=told)


@post(f"{PLACE}/new/{{whom:str}}", guards=[board_room])
async def send(request: Req, whom: FromPath[str]) -> Response[Any]:
    viewer, whose = await sender(request, whom)
    form = CircularForm(await request.form())
    form.offer(whose, await voters.voters(whose, clock.today(), await bylaws_on(clock.today())))

    async def deed() -> str:
        until = form.until.data
        assert until
        row = await circular.send(
            whose, title=form.title.data or "", wording=form.wording.data or "", reasons=form.reasons.data or "",
            until=until, kind=Kind(form.kind.data), banned=form.banned.data or (), actor=viewer.reference,
        )  # fmt: skip
        return f"{PLACE}/{row.reference}"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The letters are on their way."))
    return await form_page(request, whose, form, 422)


async def found(reference: str) -> Circular:
    row = await circular.by_reference(reference)
    if row is None:
        raise NotFoundException
    return row


@get(ONE, guards=[board_room])
async def circular_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await found(reference)
    everybody, rules = await circular.voters_of(row), await tallying.rules_of(row)
    standing = await in_office.still(row, everybody)
    asked = rules_asked(Body(row.body), row.kind, in_writing=True, rules=rules)
    return await page(
        request,
        "circulars/office_circular",
        row=row,
        open=is_open(row),
        voters=everybody,
        left={one.id for one in everybody} - {one.id for one in standing},
        answered=sum(bool(one.choice) for one in standing),
        may_vote=sum(not one.banned for one in standing),
        result=tallying.tally(tallying.majority_of(row, rules), standing) if row.decided_at else None,
        told=[rulebook.explain(name, rules) for name in asked],
        choices=CHOICES,
        bodies=BODIES,
        outcomes=OUTCOMES,
        own_answer=own_answer(row, everybody, await viewer_of(request)),
        may_send=may_send(await viewer_of(request)),
    )


def own_answer(row: Circular, everybody: Sequence[Voter], viewer: Viewer) -> str:
    """Where whoever looks answers; "" for who is not asked, has no vote, or comes too late."""
    mine = next((one for one in everybody if one.person == viewer.person_id and not one.banned), None)
    if mine is None or not is_open(row) or row.until < clock.today():
        return ""
    return f"/in-writing/{circular.token_of(mine.reference)}"


@get(f"{ONE}/withdrawal", guards=[board_room])
async def withdrawal_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    return await withdrawal_page(request, await to_withdraw(request, reference), WithdrawalForm())


async def to_withdraw(request: Req, reference: str) -> Circular:
    row = await found(reference)
    if not may_send(await viewer_of(request)):
        raise NotFoundException
    return row


async def withdrawal_page(request: Req, row: Circular, form: WithdrawalForm, status: int = 200) -> Response[Any]:
    return await page(
        request, "circulars/office_withdrawal", status, row=row, form=form, count=len(await circular.voters_of(row))
    )


@post(f"{ONE}/withdrawal", guards=[board_room])
async def withdraw(request: Req, reference: FromPath[str]) -> Response[Any]:
    row, form = await to_withdraw(request, reference), WithdrawalForm(await request.form())
    actor = (await viewer_of(request)).reference

    async def deed() -> str:
        await circular.withdraw(row, form.because.data or "", actor=actor)
        return f"{PLACE}/{row.reference}"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("It is withdrawn; everybody is told."))
    return await withdrawal_page(request, row, form, 422)


handlers = [circulars_page, new_form, send, circular_page, withdrawal_form, withdraw]
