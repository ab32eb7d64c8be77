"""The office's forms for those who offer, or want to offer, under § 60 SGB IX; members or not."""

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.catalogue import entry
from network.catalogue.tables import Entry, EntryKind
from network.i18n import _
from network.members import provider
from network.members.forms.office import ProviderForm, StatusForm
from network.members.tables import Organisation
from network.members.views.organisation import known, place
from network.people.viewer import office, viewer_of
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]


@get("/office/members/{of:str}/provider/status", guards=[office])
async def status_form(request: Req, of: FromPath[str]) -> Response[Any]:
    form = StatusForm(since=clock.today())
    return await page(request, "members/office_status_form", form=form, member=await known(of))


@post("/office/members/{of:str}/provider/status", guards=[office])
async def enter(request: Req, of: FromPath[str]) -> Response[Any]:
    member, form = await known(of), StatusForm(await request.form())
    actor = (await viewer_of(request)).reference

    async def deed() -> str:
        since = form.since.data
        assert since
        await provider.enter(member, form.status.data, since=since, note=form.note.data or "", actor=actor)
        return place(member)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The status is entered."))
    return await page(request, "members/office_status_form", 422, form=form, member=member)


@post("/office/members/{of:str}/provider/status/{day:str}/removal", guards=[office])
async def remove(request: Req, of: FromPath[str], day: FromPath[str]) -> Response[Any]:
    member = await known(of)
    try:
        since = date.fromisoformat(day)
    except ValueError as error:
        raise NotFoundException from error
    await provider.remove(member, since, actor=(await viewer_of(request)).reference)
    return see_other(place(member), _("The entry has been removed."))


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
