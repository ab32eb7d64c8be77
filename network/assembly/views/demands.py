"""Demands of a minority (§ 37 BGB): all of them, each with its supporters and clock, and what becomes of it."""

from collections.abc import Awaitable, Callable
from datetime import time
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.assembly import demand, meeting
from network.assembly.forms.demands import CourtForm, DemandForm, EndForm, FollowForm, RefusalForm, SupportForm
from network.assembly.handed import ahead
from network.assembly.rules import may_prepare
from network.assembly.tables.afterwards import Demand
from network.assembly.tables.meeting import Assembly
from network.assembly.views.this_assembly import PLACE, Req, place
from network.association import rulebook
from network.association.bylaws import bylaws_on
from network.errors import Refused
from network.files import File
from network.i18n import N_, _
from network.members import organisation
from network.members.tables import Organisation
from network.people.viewer import board_room, staff, viewer_of
from network.web.bodies import FILE_LIMIT
from network.web.forms import Form
from network.web.once import once
from network.web.pages import download, page, see_other
from network.web.uploads import kept, uploaded

TEN = time(10)
BOOK = f"{PLACE}/demands"
ONE = f"{BOOK}/{{reference:str}}"
TITLES = {
    "following": N_("An assembly because of it"),
    "refusal": N_("The board does not follow it"),
    "court": N_("The court lets the members convene"),
    "end": N_("It is withdrawn"),
}
FORMS: dict[str, type[Form]] = {
    "following": FollowForm, "refusal": RefusalForm, "court": CourtForm, "end": EndForm,
}  # fmt: skip


@get(BOOK, guards=[board_room])
async def demands_page(request: Req) -> Response[Any]:
    viewer = await viewer_of(request)
    return await page(
        request, "assembly/demands", cases=await demand.cases(), states=demand.STATES,
        may_prepare=may_prepare(viewer), rule=rulebook.explain("minority", await bylaws_on(clock.today())),
    )  # fmt: skip


async def members() -> list[Organisation]:
    """Full members of today, by name."""
    ids = [*await demand.full_members(clock.today())]
    found = Organisation.objects().where(Organisation.id.is_in(ids)).order_by(Organisation.sorting)
    return await found if ids else []


@get(f"{BOOK}/new", guards=[staff])
async def new_form(request: Req) -> Response[Any]:
    form = DemandForm()
    form.offer(await members())
    return await page(request, "assembly/demand_form", form=form)


@post(f"{BOOK}/new", guards=[staff], request_max_body_size=FILE_LIMIT)
async def receive(request: Req) -> Response[Any]:
    form, actor = DemandForm(await request.form()), (await viewer_of(request)).reference
    known = await members()
    form.offer(known)
    document = await uploaded(form.document.data)

    async def deed() -> str:
        assert form.received_on.data
        made = await demand.receive(
            purpose=form.purpose.data or "", reasons=form.reasons.data or "", received_on=form.received_on.data,
            supporters=[one for one in known if one.reference in (form.supporters.data or ())], actor=actor,
            document=await kept(document),
        )  # fmt: skip
        return f"{BOOK}/{made.reference}"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The demand is entered."))
    return await page(request, "assembly/demand_form", 422, form=form)


async def known_one(reference: str) -> Demand:
    found = await demand.by_reference(reference)
    if found is None:
        raise NotFoundException
    return found


@get(ONE, guards=[board_room])
async def demand_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known_one(reference)
    return await shown(request, row, await supporting(row, SupportForm()))


async def supporting(row: Demand, form: SupportForm) -> SupportForm:
    there = {one.organisation.id for one in (await demand.case_of(row)).supporters}
    form.member.choices = {one.reference: one.name for one in await members() if one.id not in there}
    return form


async def shown(request: Req, row: Demand, form: SupportForm, status: int = 200) -> Response[Any]:
    viewer, case = await viewer_of(request), await demand.case_of(row)
    return await page(
        request,
        "assembly/demand",
        status,
        row=row,
        case=case,
        state=demand.STATES[case.state],
        form=form,
        today=clock.today(),
        planned=await Assembly.objects().get(Assembly.id == row.assembly) if row.assembly else None,
        rule=rulebook.explain("minority", await bylaws_on(row.received_on)),
        may_prepare=may_prepare(viewer),
    )


@post(f"{ONE}/supporters", guards=[staff])
async def support(request: Req, reference: FromPath[str]) -> Response[Any]:
    row, actor = await known_one(reference), (await viewer_of(request)).reference
    form = await supporting(row, SupportForm(await request.form()))
    if form.validate() and form.since.data:
        with form.refusals():
            member = await organisation.by_reference(form.member.data)
            assert member
            await demand.support(row, member, since=form.since.data, actor=actor)
            return see_other(f"{BOOK}/{row.reference}", _("It is noted."))
    return await shown(request, row, form, 422)


@post(f"{ONE}/supporters/{{member:str}}/end", guards=[staff])
async def leave(request: Req, reference: FromPath[str], member: FromPath[str]) -> Response[Any]:
    row, found = await known_one(reference), await organisation.by_reference(member)
    if found is None:
        raise NotFoundException
    try:
        await demand.leave(row, found, actor=(await viewer_of(request)).reference)
    except Refused as no:
        return see_other(f"{BOOK}/{row.reference}", no.words, warning=True)
    return see_other(f"{BOOK}/{row.reference}", _("It is noted."))


@get(f"{ONE}/file", guards=[board_room])
async def paper(reference: FromPath[str]) -> Response[bytes]:
    row = await known_one(reference)
    file = await File.objects().get(File.id == row.document) if row.document else None
    if file is None:
        raise NotFoundException
    return download(file.content, file.media_type, file.name)


# --- what becomes of it ----------------------------------------------------------------------------------------------


async def form_of(end: str, typed: Any = None) -> Form:
    if end not in FORMS:
        raise NotFoundException
    form = FORMS[end](typed)
    if isinstance(form, FollowForm):
        form.offer([row for row in await ahead() if not row.rehearsal_of])
    return form


async def end_page(request: Req, row: Demand, end: str, form: Form, status: int = 200) -> Response[Any]:
    return await page(request, "assembly/demand_end", status, row=row, form=form, end=end, title=_(TITLES[end]))


@get(f"{ONE}/{{end:str}}", guards=[staff])
async def end_form(request: Req, reference: FromPath[str], end: FromPath[str]) -> Response[Any]:
    return await end_page(request, await known_one(reference), end, await form_of(end))


@post(f"{ONE}/{{end:str}}", guards=[staff])
async def take_end(request: Req, reference: FromPath[str], end: FromPath[str]) -> Response[Any]:
    row, actor = await known_one(reference), (await viewer_of(request)).reference
    form = await form_of(end, await request.form())
    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed_of(row, form, actor))
            return see_other(there, _("It is noted."))
    return await end_page(request, row, end, form, 422)


def deed_of(row: Demand, form: Any, actor: str) -> Callable[[], Awaitable[str]]:
    async def deed() -> str:
        match form:
            case FollowForm():
                return await follow(row, form, actor)
            case RefusalForm():
                await demand.refuse(row, on=form.on.data or clock.today(), why=form.why.data or "", actor=actor)
            case CourtForm():
                await demand.authorise(
                    row, on=form.on.data or clock.today(), court=form.court.data or "", actor=actor
                )  # fmt: skip
            case _:
                await demand.withdraw(row, why=form.why.data or "", actor=actor)
        return f"{BOOK}/{row.reference}"

    return deed


async def follow(row: Demand, form: FollowForm, actor: str) -> str:
    if chosen := await meeting.by_reference(form.assembly.data) if form.assembly.data else None:
        await demand.put_on(row, chosen, actor=actor)
        return place(chosen)
    assert form.day.data
    begins = form.begins.data or TEN
    return place(await demand.plan(row, starts_at=clock.berlin(form.day.data, begins), actor=actor))


handlers = [demands_page, new_form, receive, demand_page, support, leave, paper, end_form, take_end]
