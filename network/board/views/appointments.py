"""Whoever is in charge without a seat: entered, put right and ended by the office."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.association.bylaws import bylaws_on
from network.board import appointment
from network.board.appointment import Appointed
from network.board.forms.money import AppointedForm, AppointmentForm
from network.board.views.terms import asked_about, who
from network.i18n import _
from network.people.viewer import office, viewer_of
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]
PLACE, ROOM = "/office/board/appointments", "/office/board"
FORM = "board/office_appointment"


@get(f"{PLACE}/new", guards=[office])
async def new_form(request: Req) -> Response[Any]:
    form = AppointmentForm(since=clock.today())
    form.offer(special=(await bylaws_on(clock.today())).special_representative)
    return await page(request, FORM, form=form, appointed=None)


@post(f"{PLACE}/new", guards=[office])
async def appoint(request: Req) -> Response[Any]:
    form, actor = AppointmentForm(await request.form()), (await viewer_of(request)).reference
    form.offer(special=(await bylaws_on(clock.today())).special_representative)
    known_by = await asked_about(form, actor)

    async def deed() -> str:
        someone = await who(form, known_by, actor)
        since = form.since.data
        assert since
        await appointment.appoint(
            someone, form.kind.data, since=since, until=form.until.data, scope=form.scope.data or "",
            source=form.source.data or "", actor=actor,
        )  # fmt: skip
        return ROOM

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, _("%(name)s has been entered.", name=form.name.data))
    return await page(request, FORM, 422, form=form, appointed=None)


async def known(reference: str) -> Appointed:
    found = await appointment.by_reference(reference)
    if found is None:
        raise NotFoundException
    return found


@get(f"{PLACE}/{{reference:str}}", guards=[office])
async def edit_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    one = await known(reference)
    form = AppointedForm(**{name: getattr(one.row, name) for name in ("since", "until", "scope", "source")})
    return await page(request, FORM, form=form, appointed=one)


@post(f"{PLACE}/{{reference:str}}", guards=[office])
async def edit(request: Req, reference: FromPath[str]) -> Response[Any]:
    one, form = await known(reference), AppointedForm(await request.form())
    if form.validate():
        with form.refusals():
            since = form.since.data
            assert since
            await appointment.change(
                one.row, one.person, since=since, until=form.until.data, scope=form.scope.data or "",
                source=form.source.data or "", actor=(await viewer_of(request)).reference,
            )  # fmt: skip
            return see_other(ROOM, _("The changes are stored."))
    return await page(request, FORM, 422, form=form, appointed=one)


@post(f"{PLACE}/{{reference:str}}/removal", guards=[office])
async def remove(request: Req, reference: FromPath[str]) -> Response[Any]:
    one = await known(reference)
    await appointment.remove(one.row, one.person, actor=(await viewer_of(request)).reference)
    return see_other(ROOM, _("The entry has been removed."))


handlers = [new_form, appoint, edit_form, edit, remove]
