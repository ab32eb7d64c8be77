"""The office's forms for those who offer, or want to offer, under § 60 SGB IX; members or not."""

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.activity import looked_at
from network.catalogue import entry
from network.catalogue.tables import Entry, EntryKind
from network.i18n import _
from network.members import provider
from network.members.forms.office import ProviderForm, StatusForm
from network.members.function import thing
from network.members.rules import may_edit
from network.members.tables import Organisation, ProviderStatus
from network.members.views.organisation import known, place
from network.people.viewer import office, signed_in, viewer_of
from network.web.bodies import FILE_LIMIT
from network.web.once import once
from network.web.pages import download, page, see_other
from network.web.uploads import uploaded

Req = Request[Any, Any, Any]


@get("/office/members/{of:str}/provider/status", guards=[office])
async def status_form(request: Req, of: FromPath[str]) -> Response[Any]:
    """`?since=` a day on which a step begins: to put that one right."""
    member = await known(of)
    row = await step_asked_for(request, member)
    form = StatusForm(status=row.status, since=row.since, note=row.note) if row else StatusForm(since=clock.today())
    return await status_page(request, member, form, row)


@post("/office/members/{of:str}/provider/status", guards=[office], request_max_body_size=FILE_LIMIT)
async def enter(request: Req, of: FromPath[str]) -> Response[Any]:
    member, form = await known(of), StatusForm(await request.form())
    actor = (await viewer_of(request)).reference
    row, document = await step_asked_for(request, member), await uploaded(form.document.data)

    async def deed() -> str:
        since = form.since.data
        assert since
        await provider.enter(
            member, form.status.data, since=since, was=row.since if row else None, note=form.note.data or "",
            document=document, actor=actor,
        )  # fmt: skip
        return place(member)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The status is entered."))
    return await status_page(request, member, form, row, 422)


async def step_asked_for(request: Req, member: Organisation) -> ProviderStatus | None:
    since = day_in(request.query_params.get("since", ""))
    return await provider.step_of(member, since) if since else None


async def status_page(
    request: Req, member: Organisation, form: StatusForm, row: ProviderStatus | None, status: int = 200
) -> Response[Any]:
    paper = await provider.paper_of(row) if row else None
    name = paper.name if paper else ""
    return await page(request, "members/office_status_form", status, form=form, member=member, row=row, paper=name)


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def known_day(text: str) -> date:
    """As it stands in an address."""
    day = day_in(text)
    if day is None:
        raise NotFoundException
    return day


@post("/office/members/{of:str}/provider/status/{day:str}/removal", guards=[office])
async def remove(request: Req, of: FromPath[str], day: FromPath[str]) -> Response[Any]:
    member, since = await known(of), known_day(day)
    await provider.remove(member, since, actor=(await viewer_of(request)).reference)
    return see_other(place(member), _("The entry has been removed."))


@get("/members/{of:str}/provider/{day:str}", guards=[signed_in])
async def paper(request: Req, of: FromPath[str], day: FromPath[str]) -> Response[bytes]:
    """What shows the step of this day: for the office, which leaves a trace, and the organisation's representatives."""
    member, viewer = await known(of), await viewer_of(request)
    row = await provider.step_of(member, known_day(day))
    file = await provider.paper_of(row) if row else None
    if file is None or not may_edit(viewer, member):
        raise NotFoundException
    if viewer.is_office:
        await looked_at(viewer.reference, thing(member), member.name)
    return download(file.content, file.media_type, file.name)


@get("/office/members/{of:str}/provider", guards=[office])
async def edit_form(request: Req, of: FromPath[str]) -> Response[Any]:
    member, scopes = await known(of), await scope_terms()
    form = ProviderForm(
        approved_on=member.approved_on, agreed_on=member.agreed_on, offered_in=member.offered_in,
        scopes=member.scopes.split(), listed=member.listed_on is not None,
    )  # fmt: skip
    form.scopes.offer(entry.names(scopes))
    return await page(request, "members/office_provider_form", form=form, member=member)


@post("/office/members/{of:str}/provider", guards=[office])
async def edit(request: Req, of: FromPath[str]) -> Response[Any]:
    member, scopes = await known(of), await scope_terms()
    form = ProviderForm(await request.form())
    form.scopes.offer(entry.names(scopes))
    if form.validate():
        with form.refusals():
            actor = (await viewer_of(request)).reference
            await provider.change(member, actor=actor, **facts_of(form, member))
            return see_other(place(member), _("The changes are stored."))
    return await page(request, "members/office_provider_form", 422, form=form, member=member)


def facts_of(form: ProviderForm, member: Organisation) -> dict[str, Any]:
    """The day on which it was agreed to be listed stays, as long as that holds."""
    chosen = [code for code in provider.SCOPES if code in (form.scopes.data or [])]
    return {
        "approved_on": form.approved_on.data,
        "agreed_on": form.agreed_on.data,
        "offered_in": form.offered_in.data,
        "scopes": " ".join(chosen),
        "listed_on": (member.listed_on or clock.today()) if form.listed.data else None,
    }


async def scope_terms() -> list[Entry]:
    known_terms = {one.code: one for one in await entry.of_kind(EntryKind.TERM)}
    return [known_terms[code] for code in provider.SCOPES if code in known_terms]


HANDLERS = [status_form, enter, remove, edit_form, edit]
