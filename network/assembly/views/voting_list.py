"""The voting list: votes on the key date, delegates, proxies and votes that rest, kept by the office."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.assembly import delegate, proxy, suspension, voting_list
from network.assembly.forms.voting import DelegateForm, PaperProxyForm, SuspensionForm
from network.assembly.rules import may_enter_votes
from network.assembly.ruling import rules_of
from network.assembly.tables.meeting import Assembly
from network.assembly.views.this_assembly import PLACE, Req, place, read_addresses, seen
from network.association import rulebook
from network.errors import Refused
from network.files import File
from network.i18n import _
from network.members.tables import Organisation
from network.people.viewer import Viewer, assembly_room
from network.web.bodies import FILE_LIMIT
from network.web.once import once
from network.web.pages import download, page, see_other
from network.web.uploads import kept, uploaded

HERE = f"{PLACE}/{{reference:str}}/voting-list"


async def entered(request: Req, reference: str) -> tuple[Viewer, Assembly]:
    """For the office, and whoever leads the elections of this assembly (DOMAIN 6)."""
    viewer, row = await seen(request, reference)
    if not may_enter_votes(viewer, row):
        raise NotFoundException
    return viewer, row


def there(row: Assembly) -> str:
    return f"{place(row)}/voting-list"


@get(HERE, guards=[assembly_room])
async def voting_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await seen(request, reference)
    found = await voting_list.list_of(row)
    return await page(
        request,
        "assembly/voting_list",
        row=row,
        found=found,
        told=[rulebook.explain(name, found.rules) for name in ("votes_by", "key_date", "proxies", "delegate_proof")],
        large_words=voting_list.large_words,
        proxies=await proxy.proxies_of(row),
        forms=proxy.FORMS,
        capacities=delegate.CAPACITIES,
        may_enter=may_enter_votes(viewer, row) and not row.closed_at and not row.cancelled_at,
    )


async def voters(row: Assembly) -> list[Organisation]:
    return [one.organisation for one in (await voting_list.list_of(row)).voters]


async def voter(row: Assembly, reference: str) -> Organisation:
    found = next((one for one in await voters(row) if one.reference == reference), None)
    if found is None:
        raise NotFoundException
    return found


# --- delegates -------------------------------------------------------------------------------------------------------


@get(f"{HERE}/delegates/{{member:str}}", guards=[assembly_room])
async def delegate_form(request: Req, reference: FromPath[str], member: FromPath[str]) -> Response[Any]:
    _viewer, row = await entered(request, reference)
    organisation = await voter(row, member)
    await read_addresses(request, row)
    return await delegate_page(request, row, organisation, await beginning(row, organisation))


async def beginning(row: Assembly, organisation: Organisation) -> DelegateForm:
    known = (await delegate.delegates_of(row)).get(organisation.id)
    if known:
        return DelegateForm(who=known.name, email=known.email, capacity=known.capacity)
    name, email = await delegate.suggested(row, organisation)
    return DelegateForm(who=name, email=email)


async def delegate_page(
    request: Req, row: Assembly, organisation: Organisation, form: DelegateForm, status: int = 200
) -> Response[Any]:  # fmt: skip
    return await page(
        request, "assembly/delegate_form", status, row=row, organisation=organisation, form=form,
        back=there(row), named=organisation.id in await delegate.delegates_of(row),
        rules=(await voting_list.list_of(row)).rules,
    )  # fmt: skip


@post(f"{HERE}/delegates/{{member:str}}", guards=[assembly_room], request_max_body_size=FILE_LIMIT)
async def name_delegate(request: Req, reference: FromPath[str], member: FromPath[str]) -> Response[Any]:
    viewer, row = await entered(request, reference)
    organisation, form = await voter(row, member), DelegateForm(await request.form())
    document = await uploaded(form.document.data)

    async def deed() -> str:
        await delegate.name(
            row, organisation, who=form.who.data or "", email=form.email.data or "", capacity=form.capacity.data,
            document=await kept(document), actor=viewer.reference,
        )  # fmt: skip
        return there(row)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("It is noted who casts the votes."))
    return await delegate_page(request, row, organisation, form, 422)


@get(f"{HERE}/delegates/{{member:str}}/authorisation", guards=[assembly_room])
async def authorisation(request: Req, reference: FromPath[str], member: FromPath[str]) -> Response[bytes]:
    _viewer, row = await seen(request, reference)
    known = (await delegate.delegates_of(row)).get((await voter(row, member)).id)
    return await as_download(request, row, known.document if known else None)


async def as_download(request: Req, row: Assembly, number: int | None) -> Response[bytes]:
    file = await File.objects().get(File.id == number) if number else None
    if file is None:
        raise NotFoundException
    await read_addresses(request, row)
    return download(file.content, file.media_type, file.name)


# --- proxies ---------------------------------------------------------------------------------------------------------


@get(f"{HERE}/proxies/new", guards=[assembly_room])
async def proxy_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await entered(request, reference)
    return await proxy_page(request, row, PaperProxyForm(given_on=clock.today()))


async def proxy_page(request: Req, row: Assembly, form: PaperProxyForm, status: int = 200) -> Response[Any]:
    rules = await rules_of(row)
    form.offer(await voters(row), rules)
    return await page(
        request, "assembly/proxy_form", status, row=row, form=form, rule=rulebook.explain("proxies", rules),
        organisation=None, back=there(row),
    )  # fmt: skip


@post(f"{HERE}/proxies/new", guards=[assembly_room], request_max_body_size=FILE_LIMIT)
async def give(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await entered(request, reference)
    form, known = PaperProxyForm(await request.form()), await voters(row)
    form.offer(known, await rules_of(row))
    document = await uploaded(form.document.data)

    async def deed() -> str:
        named = {one.reference: one for one in known}
        assert form.given_on.data
        await proxy.give(
            row, named[form.giver.data], named.get(form.holder.data or ""), form=form.form.data,
            given_on=form.given_on.data, holder_name=form.somebody_else, document=await kept(document),
            instructions=form.instructions.data or "", actor=viewer.reference,
        )  # fmt: skip
        return there(row)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The proxy is entered."))
    return await proxy_page(request, row, form, 422)


@post(f"{HERE}/proxies/{{proxy_reference:str}}/revocation", guards=[assembly_room])
async def revoke(request: Req, reference: FromPath[str], proxy_reference: FromPath[str]) -> Response[Any]:
    viewer, row = await entered(request, reference)
    found = await proxy.by_reference(row, proxy_reference)
    if found is None:
        raise NotFoundException
    try:
        await proxy.revoke(row, found, actor=viewer.reference)
    except Refused as no:
        return see_other(there(row), no.words, warning=True)
    return see_other(there(row), _("The proxy is revoked."))


@get(f"{HERE}/proxies/{{proxy_reference:str}}/file", guards=[assembly_room])
async def proxy_file(request: Req, reference: FromPath[str], proxy_reference: FromPath[str]) -> Response[bytes]:
    _viewer, row = await seen(request, reference)
    found = await proxy.by_reference(row, proxy_reference)
    return await as_download(request, row, found.document if found else None)


# --- votes that rest -------------------------------------------------------------------------------------------------


@get(f"{HERE}/suspension", guards=[assembly_room])
async def suspension_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await entered(request, reference)
    return await suspension_page(request, row, SuspensionForm())


async def suspension_page(request: Req, row: Assembly, form: SuspensionForm, status: int = 200) -> Response[Any]:
    found = await voting_list.list_of(row)
    form.member.choices = {one.organisation.reference: one.organisation.name for one in found.voters}
    rule = rulebook.explain("arrears_suspend", found.rules)
    return await page(request, "assembly/suspension", status, row=row, form=form, rule=rule)


@post(f"{HERE}/suspension", guards=[assembly_room])
async def suspend(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await entered(request, reference)
    form, known = SuspensionForm(await request.form()), {one.reference: one for one in await voters(row)}
    form.member.choices = {one.reference: one.name for one in known.values()}
    if form.validate():
        with form.refusals():
            await suspension.suspend(row, known[form.member.data], note=form.note.data or "", actor=viewer.reference)
            return see_other(there(row), _("Its votes rest until you lift that again."))
    return await suspension_page(request, row, form, 422)


@post(f"{HERE}/suspension/{{member:str}}/end", guards=[assembly_room])
async def lift(request: Req, reference: FromPath[str], member: FromPath[str]) -> Response[Any]:
    viewer, row = await entered(request, reference)
    try:
        await suspension.lift(row, await voter(row, member), actor=viewer.reference)
    except Refused as no:
        return see_other(there(row), no.words, warning=True)
    return see_other(there(row), _("It may vote again."))


handlers = [
    voting_page, delegate_form, name_delegate, authorisation, proxy_form, give, revoke, proxy_file, suspension_form,
    suspend, lift,
]  # fmt: skip
