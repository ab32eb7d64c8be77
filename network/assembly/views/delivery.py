"""The minutes on their way to the members: what will go to whom, the one button, and what became of it."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.assembly import delivery, dispatch, letters, printing
from network.assembly.convocation import Plan
from network.assembly.dispatch import MINUTES
from network.assembly.forms.convening import PostedForm
from network.assembly.forms.minutes import SendingForm
from network.assembly.letters import Told
from network.assembly.minutes import latest
from network.assembly.recipients import recipients
from network.assembly.rules import may_prepare
from network.assembly.ruling import rules_of
from network.assembly.tables.afterwards import Minutes
from network.assembly.tables.meeting import Assembly
from network.assembly.views.this_assembly import PLACE, Req, of_letters, place, prepared, read_addresses, seen
from network.association import rulebook
from network.errors import Refused
from network.i18n import _, locale, ngettext
from network.members import organisation
from network.people.viewer import assembly_room, staff
from network.web.once import once
from network.web.pages import download, page, see_other

HERE = f"{PLACE}/{{reference:str}}/minutes/sending"


@get(HERE, guards=[assembly_room])
async def sending_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    """Before: what will go to whom. Afterwards: what became of it."""
    viewer, row = await seen(request, reference)
    last, sent = await latest(row), await delivery.sent_version(row)
    if last and last.signed_at and not last.sent_at and may_prepare(viewer):
        return await before(request, row, SendingForm())
    if sent is None:
        return see_other(f"{place(row)}/minutes")
    return await after(request, row, sent, PostedForm(on=clock.today()), may=may_prepare(viewer))


async def before(request: Req, row: Assembly, form: SendingForm, status: int = 200) -> Response[Any]:
    to, rules = await recipients(row), await rules_of(row)
    deadlines = await delivery.deadlines(row, to, clock.today())
    await read_addresses(request, row)
    told = Told(objections_until=deadlines[0].day if deadlines else None)
    return await page(
        request,
        "assembly/minutes_sending",
        status,
        row=row,
        form=form,
        plan=Plan(to, []),
        deadline=deadlines[0] if deadlines else None,
        told=rulebook.explain("objection_days", rules),
        preview=await letters.written(row, to[0], MINUTES, told, token="…", locale=locale()) if to else None,  # noqa: S106
    )


async def after(
    request: Req, row: Assembly, sent: Minutes, form: PostedForm, status: int = 200, *, may: bool
) -> Response[Any]:
    await read_addresses(request, row)
    found = await delivery.delivery_of(row)
    return await page(
        request, "assembly/minutes_sent", status, row=row, minutes=sent, form=form, may_prepare=may,
        found=found, told=rulebook.explain("objection_days", await rules_of(row)),
    )  # fmt: skip


@post(HERE, guards=[staff])
async def send(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    form = SendingForm(await request.form())

    async def deed() -> str:
        await delivery.send(row, actor=viewer.reference, copies=bool(form.copies.data))
        return f"{place(row)}/minutes/sending"

    with form.refusals():
        return see_other(
            await once(form.form_token.data or "", deed), of_letters(row, _("The minutes are on their way."))
        )
    return await before(request, row, form, 422)


@post(f"{HERE}/posted", guards=[staff])
async def posted(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    form, sent = PostedForm(await request.form()), await delivery.sent_version(row)
    if sent is None:
        raise NotFoundException
    if form.validate():
        with form.refusals():
            number = await delivery.posted(row, on=form.day, actor=viewer.reference)
            words = ngettext("One letter is noted as posted.", "%(num)s letters are noted as posted.", number)
            return see_other(f"{place(row)}/minutes/sending", words)
    return await after(request, row, sent, form, 422, may=True)


@get(f"{HERE}/letters", guards=[staff])
async def letters_pdf(request: Req, reference: FromPath[str]) -> Response[bytes]:
    """One file for all envelopes; a copy of the minutes goes with each."""
    _viewer, row = await prepared(request, reference)
    found = await dispatch.to_print(row, "minutes")
    if not found:
        raise NotFoundException
    content = await printing.envelopes(row, found)
    return download(content, "application/pdf", printing.named(_("Letters"), row.title))


@post(f"{HERE}/members/{{member:str}}", guards=[staff])
async def again(request: Req, reference: FromPath[str], member: FromPath[str]) -> Response[Any]:
    """By post to whom the e-mail did not reach."""
    viewer, row = await prepared(request, reference)
    found = await organisation.by_reference(member)
    if found is None:
        raise NotFoundException
    there = f"{place(row)}/minutes/sending"
    try:
        await delivery.again(row, found.id, actor=viewer.reference)
    except Refused as no:
        return see_other(there, no.words, warning=True)
    return see_other(there, of_letters(row, _("A letter is written and waits to be posted.")))


handlers = [sending_page, send, posted, letters_pdf, again]
