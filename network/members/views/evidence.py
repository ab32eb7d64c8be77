"""Evidence: the office's forms, and the paper for the office and the organisation's own representatives."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.activity import looked_at
from network.catalogue import entry
from network.catalogue.tables import Entry, EntryKind
from network.i18n import _
from network.members import evidence, expiring
from network.members.described import evidence_states
from network.members.forms.office import EvidenceForm
from network.members.function import thing
from network.members.rules import may_edit
from network.members.tables import Evidence, Organisation, Site
from network.members.views.organisation import known, place
from network.members.views.people import open_sites
from network.people.viewer import office, signed_in, viewer_of
from network.web.addresses import url
from network.web.bodies import FILE_LIMIT
from network.web.once import once
from network.web.pages import download, number_of, page, see_other
from network.web.uploads import uploaded

Req = Request[Any, Any, Any]
FORM = "members/office_evidence_form"
SIZE = 25
TYPED = ("issuer", "sign", "valid_from", "valid_until", "note")


@get("/office/members/evidence", guards=[office])
async def expiring_page(request: Req) -> Response[Any]:
    """All that Today names a few of."""
    asked, today = max(1, number_of(request)), clock.today()
    found, count = await expiring.listed(today, size=SIZE, page=asked)
    if asked > 1 and not found:
        asked, (found, count) = 1, await expiring.listed(today, size=SIZE)
    return await page(
        request,
        "members/office_expiring",
        found=found,
        count=count,
        states=evidence_states(),
        number=asked,
        pages=-(-count // SIZE),
        page_url=lambda number: url(f"/office/members/evidence?page={number}"),
    )


@get("/office/members/{of:str}/evidence/new", guards=[office])
async def new_form(request: Req, of: FromPath[str]) -> Response[Any]:
    """`?renews=` another one: the same basis, place and issuer, from the day after it ends."""
    member = await known(of)
    form, earlier = EvidenceForm(), await renewed(request, member)
    bases, sites = await choosable(member, earlier)
    if earlier:
        terms = await entry.by_id()
        now = evidence.basis_on(terms[earlier.basis], terms, clock.today())
        form = EvidenceForm(
            basis=now.reference, site=next((one.reference for one in sites if one.id == earlier.site), ""),
            issuer=earlier.issuer, valid_from=evidence.day_after(earlier),
        )  # fmt: skip
    form.offer_bases(bases)
    form.offer_sites(sites)
    return await page(request, FORM, form=form, member=member, row=None, paper="")


async def renewed(request: Req, member: Organisation) -> Evidence | None:
    reference = request.query_params.get("renews", "")
    row = await evidence.by_reference(reference) if reference else None
    return row if row and row.organisation == member.id else None


async def choosable(member: Organisation, row: Evidence | None) -> tuple[list[Entry], list[Site]]:
    """All legal bases, the old ones last: papers of the past are entered, too."""
    today = clock.today()
    bases = sorted(await entry.of_kind(EntryKind.LEGAL_BASIS), key=lambda one: not entry.applies(one, today))
    return bases, await open_sites(member, row.site if row else None)


@post("/office/members/{of:str}/evidence/new", guards=[office], request_max_body_size=FILE_LIMIT)
async def enter(request: Req, of: FromPath[str]) -> Response[Any]:
    member = await known(of)
    form, (bases, sites) = EvidenceForm(await request.form()), await choosable(member, await renewed(request, member))
    form.offer_bases(bases)
    form.offer_sites(sites)
    viewer = await viewer_of(request)

    async def deed() -> str:
        basis, at = chosen(form, bases, sites)
        facts = {name: form.values[name] for name in TYPED}
        paper = await uploaded(form.document.data)
        await evidence.enter(member, basis, site=at, document=paper, actor=viewer.reference, **facts)
        return place(member)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The evidence is entered."))
    return await page(request, FORM, 422, form=form, member=member, row=None, paper="")


def chosen(form: EvidenceForm, bases: list[Entry], sites: list[Site]) -> tuple[Entry, Site | None]:
    basis = next(one for one in bases if one.reference == form.basis.data)
    return basis, next((one for one in sites if one.reference == form.site.data), None)


async def known_evidence(of: str, reference: str) -> tuple[Organisation, Evidence]:
    member, row = await known(of), await evidence.by_reference(reference)
    if row is None or row.organisation != member.id:
        raise NotFoundException
    return member, row


@get("/office/members/{of:str}/evidence/{reference:str}", guards=[office])
async def edit_form(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await known_evidence(of, reference)
    bases, sites = await choosable(member, row)
    form = EvidenceForm(
        basis=next((one.reference for one in bases if one.id == row.basis), ""),
        site=next((one.reference for one in sites if one.id == row.site), ""),
        **{name: getattr(row, name) for name in TYPED},
    )
    form.offer_bases(bases)
    form.offer_sites(sites)
    return await page(request, FORM, form=form, member=member, row=row, paper=await paper_name(row))


@post("/office/members/{of:str}/evidence/{reference:str}", guards=[office], request_max_body_size=FILE_LIMIT)
async def edit(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await known_evidence(of, reference)
    form, (bases, sites) = EvidenceForm(await request.form()), await choosable(member, row)
    form.offer_bases(bases)
    form.offer_sites(sites)
    if form.validate():
        with form.refusals():
            (basis, at), actor = chosen(form, bases, sites), (await viewer_of(request)).reference
            facts = {name: form.values[name] for name in TYPED}
            paper = await uploaded(form.document.data)
            await evidence.change(row, member, basis, site=at, document=paper, actor=actor, **facts)
            return see_other(place(member), _("The changes are stored."))
    return await page(request, FORM, 422, form=form, member=member, row=row, paper=await paper_name(row))


async def paper_name(row: Evidence) -> str:
    paper = await evidence.paper_of(row)
    return paper.name if paper else ""


@post("/office/members/{of:str}/evidence/{reference:str}/removal", guards=[office])
async def remove(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await known_evidence(of, reference)
    await evidence.remove(row, member, actor=(await viewer_of(request)).reference)
    return see_other(place(member), _("The entry has been removed."))


@get("/members/{of:str}/evidence/{reference:str}", guards=[signed_in])
async def paper(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[bytes]:
    """The document itself: for the office, which leaves a trace, and for the organisation's representatives."""
    member, row = await known_evidence(of, reference)
    viewer, file = await viewer_of(request), await evidence.paper_of(row)
    if file is None or not may_edit(viewer, member):
        raise NotFoundException
    if viewer.is_office:
        await looked_at(viewer.reference, thing(member), member.name)
    return download(file.content, file.media_type, file.name)


HANDLERS = [expiring_page, new_form, enter, edit_form, edit, remove]
