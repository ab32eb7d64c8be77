"""The office's side of motions: all that came, entering what came by post, and the answer to each."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from mailing.outbox import Address
from network import clock
from network.assembly import motion
from network.assembly.forms.motions import DecliningForm, PaperMotionForm
from network.assembly.recipients import recipients
from network.assembly.rules import may_prepare
from network.assembly.tables.meeting import Assembly, Motion
from network.assembly.views.this_assembly import PLACE, Req, of_letters, place, prepared, seen
from network.errors import Refused
from network.files import File
from network.i18n import _
from network.members.tables import Organisation
from network.people.person import address, person_by_reference
from network.people.tables import Role, RoleKind
from network.people.viewer import assembly_room, staff
from network.web.bodies import FILE_LIMIT
from network.web.once import once
from network.web.pages import download, page, see_other
from network.web.uploads import kept, uploaded

HERE = f"{PLACE}/{{reference:str}}/motions"
ONE = f"{HERE}/{{motion_reference:str}}"


@get(HERE, guards=[assembly_room])
async def motions_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await seen(request, reference)
    return await page(
        request,
        "assembly/motions",
        row=row,
        motions=await motion.motions_of(row),
        gate=await motion.gate_of(row),
        state=motion.state_of,
        states=motion.STATES,
        late=motion.LATE,
        may_prepare=may_prepare(viewer),
    )


@get(f"{HERE}/new", guards=[staff])
async def new_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    form = PaperMotionForm(received_on=clock.today())
    await offer(form, row)
    return await form_page(request, row, form)


async def form_page(request: Req, row: Assembly, form: PaperMotionForm, status: int = 200) -> Response[Any]:
    gate = await motion.gate_of(row)
    return await page(
        request, "assembly/motion_form", status, row=row, form=form, gate=gate, member=None, closed=False
    )  # fmt: skip


async def offer(form: PaperMotionForm, row: Assembly) -> None:
    form.member.choices = {one.reference: one.name for one in await recipients(row) if not one.guest}


@post(f"{HERE}/new", guards=[staff], request_max_body_size=FILE_LIMIT)
async def enter(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    form = PaperMotionForm(await request.form())
    await offer(form, row)
    document = await uploaded(form.document.data)

    async def deed() -> str:
        organisation = await Organisation.objects().get(Organisation.reference == form.member.data)
        assert organisation
        await motion.hand_in(
            row, organisation, kind=form.kind.data, title=form.title.data or "", wording=form.wording.data or "",
            reasons=form.reasons.data or "", received_at=form.moment, document=await kept(document),
            reader=Address(organisation.name, organisation.email), actor=viewer.reference,
        )  # fmt: skip
        return f"{place(row)}/motions"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The motion is entered."))
    return await form_page(request, row, form, 422)


async def known(row: Assembly, reference: str) -> Motion:
    found = await motion.by_reference(row, reference)
    if found is None:
        raise NotFoundException
    return found


@get(ONE, guards=[assembly_room])
async def motion_page(request: Req, reference: FromPath[str], motion_reference: FromPath[str]) -> Response[Any]:
    viewer, row = await seen(request, reference)
    return await shown(request, row, await known(row, motion_reference), DecliningForm(), may=may_prepare(viewer))


async def shown(
    request: Req, row: Assembly, found: Motion, form: DecliningForm, status: int = 200, *, may: bool
) -> Response[Any]:  # fmt: skip
    return await page(
        request, "assembly/motion", status, row=row, motion=found, form=form, state=motion.state_of(found),
        states=motion.STATES, late=motion.LATE, kinds=motion.KINDS, may_prepare=may,
    )  # fmt: skip


@post(f"{ONE}/acceptance", guards=[staff])
async def accept(request: Req, reference: FromPath[str], motion_reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    found = await known(row, motion_reference)
    try:
        item = await motion.accept(row, found, actor=viewer.reference, reader=await reader_of(found))
    except Refused as no:
        return see_other(f"{place(row)}/motions", no.words, warning=True)
    if row.convened_at:
        return see_other(f"{place(row)}/supplement", _("It is on the agenda. Please tell the members of it now."))
    return see_other(f"{place(row)}/agenda#{item.reference}", _("The item is on the agenda."))


@post(ONE, guards=[staff])
async def decline(request: Req, reference: FromPath[str], motion_reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    found, form = await known(row, motion_reference), DecliningForm(await request.form())
    if form.validate():
        with form.refusals():
            await motion.decline(
                row, found, reason=form.reason.data or "", actor=viewer.reference, reader=await reader_of(found)
            )
            return see_other(f"{place(row)}/motions", of_letters(row, _("The member reads why by letter.")))
    return await shown(request, row, found, form, 422, may=True)


async def reader_of(found: Motion) -> Address | None:
    """Whoever handed it in for the member; else the member's own address."""
    owner = await Organisation.objects().get(Organisation.id == found.organisation) if found.organisation else None
    someone = await person_by_reference(found.actor)
    if someone and someone.email and owner and await represents_today(someone.id, owner.reference):
        return address(someone)
    return Address(owner.name, owner.email) if owner and owner.email else None


async def represents_today(person_id: int, reference: str) -> bool:
    theirs = (Role.person == person_id) & (Role.kind == RoleKind.MEMBER_REPRESENTATIVE) & (Role.of == reference)
    return bool(await Role.exists().where(theirs & ((Role.until == None) | (Role.until >= clock.today()))))


@get(f"{ONE}/file", guards=[assembly_room])
async def motion_file(request: Req, reference: FromPath[str], motion_reference: FromPath[str]) -> Response[bytes]:
    _viewer, row = await seen(request, reference)
    return await as_download(await known(row, motion_reference))


async def as_download(found: Motion) -> Response[bytes]:
    file = await File.objects().get(File.id == found.document) if found.document else None
    if file is None:
        raise NotFoundException
    return download(file.content, file.media_type, file.name)


handlers = [motions_page, new_form, enter, motion_page, accept, decline, motion_file]
