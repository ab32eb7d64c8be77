"""The board is invited, told of what changed, or told that a meeting does not take place."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from network import clock
from network.activity import looked_at
from network.boardroom import agenda, invitation, invited, meeting
from network.boardroom.forms import CancellationForm, InvitationForm, MoveForm, NewsForm, beginning
from network.boardroom.meeting import State, state_of
from network.boardroom.notice import notice_of
from network.boardroom.tables import BoardMeeting
from network.boardroom.views.this_meeting import ONE, Req, place, prepared
from network.i18n import _, local, ngettext
from network.people.viewer import board_room
from network.web.forms import Form
from network.web.once import once
from network.web.pages import page, see_other


def written(number: int) -> str:
    return ngettext("One letter is on its way.", "%(num)s letters are on their way.", number)


async def shown(request: Req, row: BoardMeeting, template: str, form: Form, status: int = 200) -> Response[Any]:
    notice, people = await notice_of(row), await invited.on(local(row.starts_at))
    return await page(
        request,
        f"boardroom/{template}",
        status,
        row=row,
        form=form,
        period=notice,
        late=not notice.is_kept_by(clock.today()),
        people=people,
        items=await agenda.items_of(row),
        news=await invitation.unannounced(row),
        later=await invitation.papers_since(row) if row.invited_at else 0,
        count=len(await invited.invited_to(row)),
    )


@get(f"{ONE}/invitation", guards=[board_room])
async def invitation_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    if state_of(row) != State.PLANNED:
        return see_other(place(row))
    await looked_at(viewer.reference, meeting.thing(row), row.title)
    return await shown(request, row, "invitation", InvitationForm())


@post(f"{ONE}/invitation", guards=[board_room])
async def invite(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    form, sent = InvitationForm(await request.form()), [0]

    async def deed() -> str:
        sent[0] = await invitation.invite(row, late_because=form.late_because.data or "", actor=viewer.reference)
        return place(row)

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, written(sent[0]) if sent[0] else "")
    return await shown(request, row, "invitation", form, 422)


@get(f"{ONE}/move", guards=[board_room])
async def move_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    values = {name: value for name, value in beginning(row).items() if name in MoveForm()}
    return await shown(request, row, "move", MoveForm(**values))


@post(f"{ONE}/move", guards=[board_room])
async def move(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    form, sent = MoveForm(await request.form()), [0]

    async def deed() -> str:
        sent[0] = await invitation.tell(
            row, because=form.because.data or "", late_because=form.late_because.data or "", actor=viewer.reference,
            **form.when(),
        )  # fmt: skip
        return place(row)

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, written(sent[0]) if sent[0] else _("Nothing is different; nobody is written to."))
    return await shown(request, row, "move", form, 422)


@get(f"{ONE}/news", guards=[board_room])
async def news_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    return await shown(request, row, "news", NewsForm())


@post(f"{ONE}/news", guards=[board_room])
async def news(request: Req, reference: FromPath[str]) -> Response[Any]:
    """Of items and papers that were added since the invitation."""
    viewer, row = await prepared(request, reference)
    form, sent = NewsForm(await request.form()), [0]

    async def deed() -> str:
        sent[0] = await invitation.tell(
            row, because=form.because.data or "", late_because=form.late_because.data or "", actor=viewer.reference
        )
        return place(row)

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, written(sent[0]) if sent[0] else _("Nothing is different; nobody is written to."))
    return await shown(request, row, "news", form, 422)


@get(f"{ONE}/cancellation", guards=[board_room])
async def cancellation_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    return await shown(request, row, "cancellation", CancellationForm())


@post(f"{ONE}/cancellation", guards=[board_room])
async def cancel(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    form, sent = CancellationForm(await request.form()), [0]

    async def deed() -> str:
        sent[0] = await invitation.cancel(row, form.because.data or "", actor=viewer.reference)
        return place(row)

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, written(sent[0]) if sent[0] else "")
    return await shown(request, row, "cancellation", form, 422)


handlers = [invitation_form, invite, move_form, move, news_form, news, cancellation_form, cancel]
