"""A member says itself who casts its votes: its delegate, or a proxy where the bylaws allow one."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.assembly import delegate, proxy, voting_list
from network.assembly.forms.voting import DelegateForm, ProxyForm
from network.assembly.ruling import rules_of
from network.assembly.tables.meeting import Assembly
from network.assembly.views.mine import ONE, own_assembly, place
from network.assembly.views.this_assembly import Req
from network.assembly.views.voting_list import beginning, voters
from network.association import rulebook
from network.errors import Refused
from network.i18n import _
from network.members.tables import Organisation
from network.people.viewer import representative, viewer_of
from network.web.bodies import FILE_LIMIT
from network.web.once import once
from network.web.pages import page, see_other
from network.web.uploads import kept, uploaded


@get(f"{ONE}/delegate", guards=[representative])
async def delegate_form(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await own_assembly(request, of, reference)
    return await delegate_page(request, member, row, await beginning(row, member))


async def delegate_page(
    request: Req, member: Organisation, row: Assembly, form: DelegateForm, status: int = 200
) -> Response[Any]:  # fmt: skip
    return await page(
        request, "assembly/delegate_form", status, row=row, organisation=member, form=form,
        back=place(member, row), named=member.id in await delegate.delegates_of(row),
        rules=(await voting_list.list_of(row)).rules,
    )  # fmt: skip


@post(f"{ONE}/delegate", guards=[representative], request_max_body_size=FILE_LIMIT)
async def name_delegate(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await own_assembly(request, of, reference)
    form, actor = DelegateForm(await request.form()), (await viewer_of(request)).reference
    document = await uploaded(form.document.data)

    async def deed() -> str:
        await delegate.name(
            row, member, who=form.who.data or "", email=form.email.data or "", capacity=form.capacity.data,
            document=await kept(document), actor=actor,
        )  # fmt: skip
        return place(member, row)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("It is noted who casts the votes."))
    return await delegate_page(request, member, row, form, 422)


@get(f"{ONE}/proxy", guards=[representative])
async def proxy_form(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await own_assembly(request, of, reference)
    return await proxy_page(request, member, row, ProxyForm(given_on=clock.today()))


async def proxy_page(
    request: Req, member: Organisation, row: Assembly, form: ProxyForm, status: int = 200
) -> Response[Any]:  # fmt: skip
    rules = await rules_of(row)
    form.offer(await voters(row), rules, but=member.reference)
    return await page(
        request, "assembly/proxy_form", status, row=row, form=form, rule=rulebook.explain("proxies", rules),
        organisation=member, back=place(member, row),
    )  # fmt: skip


@post(f"{ONE}/proxy", guards=[representative], request_max_body_size=FILE_LIMIT)
async def give(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await own_assembly(request, of, reference)
    form, known, actor = ProxyForm(await request.form()), await voters(row), (await viewer_of(request)).reference
    form.offer(known, await rules_of(row), but=member.reference)
    document = await uploaded(form.document.data)

    async def deed() -> str:
        holder = next((one for one in known if one.reference == form.holder.data), None)
        assert form.given_on.data
        await proxy.give(
            row, member, holder, form=form.form.data, given_on=form.given_on.data,
            holder_name=form.somebody_else, document=await kept(document),
            instructions=form.instructions.data or "", actor=actor,
        )  # fmt: skip
        return place(member, row)

    if form.is_whole(document):
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The proxy is entered."))
    return await proxy_page(request, member, row, form, 422)


@post(f"{ONE}/proxies/{{proxy_reference:str}}/revocation", guards=[representative])
async def revoke(
    request: Req, of: FromPath[str], reference: FromPath[str], proxy_reference: FromPath[str]
) -> Response[Any]:
    member, row = await own_assembly(request, of, reference)
    found = await proxy.by_reference(row, proxy_reference)
    if found is None or found.giver != member.id:
        raise NotFoundException
    try:
        await proxy.revoke(row, found, actor=(await viewer_of(request)).reference)
    except Refused as no:
        return see_other(place(member, row), no.words, warning=True)
    return see_other(place(member, row), _("The proxy is revoked."))


handlers = [delegate_form, name_delegate, proxy_form, give, revoke]
