"""Objections to the minutes: raised by the member in its own room, entered and decided by the office."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.assembly import delivery, objection
from network.assembly.forms.minutes import DecisionForm, ObjectionForm, PaperObjectionForm
from network.assembly.recipients import recipients
from network.assembly.rules import may_prepare
from network.assembly.ruling import rules_of
from network.assembly.tables.afterwards import Minutes, Objection
from network.assembly.tables.meeting import Assembly
from network.assembly.views.mine import ONE as MINE
from network.assembly.views.mine import own_assembly
from network.assembly.views.mine import place as mine
from network.assembly.views.this_assembly import PLACE, Req, of_letters, place, prepared, seen
from network.association import rulebook
from network.i18n import _
from network.members import organisation
from network.members.tables import Organisation
from network.people.person import person_by_reference
from network.people.viewer import assembly_room, representative, staff, viewer_of
from network.web.once import once
from network.web.pages import download, page, see_other

HERE = f"{PLACE}/{{reference:str}}/objections"
ONE = f"{HERE}/{{objection_reference:str}}"


# --- the office ------------------------------------------------------------------------------------------------------


@get(f"{HERE}/new", guards=[staff])
async def new_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    await sent_to(row)
    form = PaperObjectionForm()
    await offer(form, row)
    return await form_page(request, row, form)


async def sent_to(row: Assembly) -> Minutes:
    """Before the minutes were sent nobody can object to them."""
    found = await delivery.sent_version(row)
    if found is None:
        raise NotFoundException
    return found


async def offer(form: PaperObjectionForm, row: Assembly) -> None:
    form.member.choices = {one.reference: one.name for one in await recipients(row)}


async def form_page(
    request: Req, row: Assembly, form: ObjectionForm, status: int = 200, *, member: Organisation | None = None
) -> Response[Any]:
    return await page(
        request, "assembly/objection_form", status, row=row, form=form, member=member,
        minutes=await sent_to(row), told=rulebook.explain("objection_days", await rules_of(row)),
    )  # fmt: skip


@post(f"{HERE}/new", guards=[staff])
async def enter(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    form = PaperObjectionForm(await request.form())
    await offer(form, row)

    async def deed() -> str:
        member = await organisation.by_reference(form.member.data)
        assert member
        await objection.raise_(
            row, member, form.text.data or "", said_by=form.said_by.data or member.name, received_at=form.moment,
            actor=viewer.reference,
        )  # fmt: skip
        return f"{place(row)}/minutes"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The objection is entered."))
    return await form_page(request, row, form, 422)


async def known(row: Assembly, reference: str) -> Objection:
    found = await objection.by_reference(row, reference)
    if found is None:
        raise NotFoundException
    return found


@get(ONE, guards=[assembly_room])
async def objection_page(request: Req, reference: FromPath[str], objection_reference: FromPath[str]) -> Response[Any]:
    viewer, row = await seen(request, reference)
    return await shown(request, row, await known(row, objection_reference), DecisionForm(), may=may_prepare(viewer))


async def shown(
    request: Req, row: Assembly, found: Objection, form: DecisionForm, status: int = 200, *, may: bool
) -> Response[Any]:
    return await page(
        request, "assembly/objection", status, row=row, objection=found, form=form, may_prepare=may,
        state=objection.state_of(found), states=objection.STATES,
    )  # fmt: skip


@post(ONE, guards=[staff])
async def decide(request: Req, reference: FromPath[str], objection_reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    found, form = await known(row, objection_reference), DecisionForm(await request.form())
    if form.validate():
        with form.refusals():
            upheld = form.upheld.data == "yes"
            await objection.decide(row, found, upheld=upheld, answer=form.answer.data or "", actor=viewer.reference)
            words = _("It is upheld. Please draft the next version of the minutes and put it right.")
            return see_other(
                f"{place(row)}/minutes", words if upheld else of_letters(row, _("The member reads why by letter."))
            )
    return await shown(request, row, found, form, 422, may=True)


# --- the member ------------------------------------------------------------------------------------------------------


@get(f"{MINE}/minutes", guards=[representative])
async def own_minutes(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[bytes]:
    """As they were sent."""
    _member, row = await own_assembly(request, of, reference)
    file = await delivery.document_of(await sent_to(row))
    if file is None:
        raise NotFoundException
    return download(file.content, file.media_type, file.name)


@get(f"{MINE}/objection", guards=[representative])
async def own_form(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await own_assembly(request, of, reference)
    return await form_page(request, row, ObjectionForm(), member=member)


@post(f"{MINE}/objection", guards=[representative])
async def object_(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await own_assembly(request, of, reference)
    form, someone = (
        ObjectionForm(await request.form()),
        await person_by_reference((await viewer_of(request)).reference),
    )
    assert someone

    async def deed() -> str:
        said_by = f"{someone.name}, {member.name}"
        await objection.raise_(row, member, form.text.data or "", said_by=said_by, actor=someone.reference)
        return mine(member, row)

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, _("The objection is with the office. You get a letter when it is decided."))
    return await form_page(request, row, form, 422, member=member)


handlers = [new_form, enter, objection_page, decide, own_minutes, own_form, object_]
