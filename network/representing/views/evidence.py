"""Evidence with its paper, proposed to the office: from the own room, and behind the link of the yearly question."""

from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.activity import looked_at
from network.catalogue import entry
from network.catalogue.tables import Entry, EntryKind
from network.errors import Refused
from network.i18n import _
from network.members import evidence
from network.members.function import thing
from network.members.tables import Evidence, Organisation, Site
from network.people.viewer import office, representative, viewer_of
from network.representing import check, proof, proposal
from network.representing.forms.described import EvidenceForm
from network.representing.rules import EVIDENCE
from network.representing.tables import Proposal
from network.representing.views.own import own, place
from network.representing.views.proposals import known
from network.web.bodies import FILE_LIMIT
from network.web.guards import anyone
from network.web.limits import count_attempt, origin_of
from network.web.once import once
from network.web.pages import download, page, see_other
from network.web.uploads import kept, uploaded

Req = Request[Any, Any, Any]
NEW = "new"  # where the evidence's reference stands, when it is another one


@dataclass(frozen=True, slots=True)
class Desk:
    """Who proposes evidence for whom, and to which page they come back."""

    owner: Organisation
    by: str
    back: str
    template: str
    in_public: bool = False  # whoever has the link may send something: they are counted


async def form_page(request: Req, desk: Desk, reference: str) -> Response[Any]:
    """`?renews=` another one: the same basis, place and issuer, from the day after it ends."""
    row = await mentioned(desk.owner, reference)
    earlier = await mentioned(desk.owner, request.query_params.get("renews", NEW))
    bases, sites = await choosable(desk.owner, row or earlier)
    form = EvidenceForm(**beginning(row, earlier, bases, sites, await entry.by_id()))
    offer_choices(form, bases, sites)
    return await shown(request, desk, form, row)


async def mentioned(owner: Organisation, reference: str) -> Evidence | None:
    """The own evidence of this reference, None for a new one. Of others nobody learns that they exist."""
    if reference == NEW:
        return None
    row = await evidence.by_reference(reference)
    if row is None or row.organisation != owner.id:
        raise NotFoundException
    return row


async def choosable(owner: Organisation, row: Evidence | None) -> tuple[list[Entry], list[Site]]:
    """All legal bases, the old ones last; the open sites, and the one that the evidence is about."""
    today = clock.today()
    bases = sorted(await entry.of_kind(EntryKind.LEGAL_BASIS), key=lambda one: not entry.applies(one, today))
    every = await Site.objects().where(Site.organisation == owner.id).order_by(Site.sorting)
    return bases, [one for one in every if evidence.is_open(one, today) or (row and one.id == row.site)]


def beginning(
    row: Evidence | None, earlier: Evidence | None, bases: list[Entry], sites: list[Site], terms: dict[int, Entry]
) -> dict[str, Any]:
    """What stands in the form before anybody types."""
    about = row or earlier
    if about is None:
        return {}
    basis = terms[about.basis] if row else evidence.basis_on(terms[about.basis], terms, clock.today())
    values = {
        "basis": basis.reference if basis.id in [one.id for one in bases] else "",
        "site": next((one.reference for one in sites if one.id == about.site), ""),
        "issuer": about.issuer,
    }
    if row is None:
        return values | {"valid_from": evidence.day_after(about)}
    return values | {name: getattr(row, name) for name in proof.FACTS}


def offer_choices(form: EvidenceForm, bases: list[Entry], sites: list[Site]) -> None:
    form.offer_bases(bases)
    form.offer_sites(sites)


async def shown(request: Req, desk: Desk, form: EvidenceForm, row: Evidence | None, status: int = 200) -> Response[Any]:
    return await page(request, desk.template, status, form=form, member=desk.owner, row=row, back=desk.back)


async def propose(request: Req, desk: Desk, reference: str) -> Response[Any]:
    row = await mentioned(desk.owner, reference)
    earlier = await mentioned(desk.owner, request.query_params.get("renews", NEW))
    form, (bases, sites) = EvidenceForm(await request.form()), await choosable(desk.owner, row or earlier)
    offer_choices(form, bases, sites)
    document = await uploaded(form.document.data)
    made: Proposal | None = None

    async def deed() -> str:
        nonlocal made
        basis = next(one for one in bases if one.reference == form.basis.data)
        at = next((one for one in sites if one.reference == form.site.data), None)
        new, why = proof.told(basis, at, form.values, of=row), form.why.data or ""
        paper = await kept(document)
        made = await proposal.propose(desk.owner, EVIDENCE, new, why=why, document=paper, by=desk.by)
        if made is None:
            raise Refused(_("That is what is entered already."))
        return desk.back

    if form.validate():
        with form.refusals():
            if desk.in_public:
                await count_attempt("still-right", origin_of(request), most=120, minutes=15)
            there = await once(form.form_token.data or "", deed)
            return see_other(there, _("The office has been asked to look at it. You get a letter."))
    return await shown(request, desk, form, row, 422)


# --- in the own room -------------------------------------------------------------------------------------------------


async def own_desk(request: Req, of: str) -> Desk:
    row = await own(request, of)
    return Desk(row, (await viewer_of(request)).reference, place(row), "representing/evidence")


@get("/mine/{of:str}/evidence/{reference:str}", guards=[representative])
async def own_form(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    return await form_page(request, await own_desk(request, of), reference)


@post("/mine/{of:str}/evidence/{reference:str}", guards=[representative], request_max_body_size=FILE_LIMIT)
async def own_proposal(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    return await propose(request, await own_desk(request, of), reference)


# --- behind the link -------------------------------------------------------------------------------------------------


async def linked_desk(token: str) -> Desk | None:
    found = await check.opened_by(token)
    if found is None:
        return None
    row, owner = found
    return Desk(
        owner, f"check:{row.year}", f"/still-right/{token}", "representing/still_right_evidence", in_public=True
    )


@get("/still-right/{token:str}/evidence/{reference:str}", guards=[anyone])
async def linked_form(request: Req, token: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    desk = await linked_desk(token)
    return await form_page(request, desk, reference) if desk else await gone(request)


@post("/still-right/{token:str}/evidence/{reference:str}", guards=[anyone], request_max_body_size=FILE_LIMIT)
async def linked_proposal(request: Req, token: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    desk = await linked_desk(token)
    return await propose(request, desk, reference) if desk else await gone(request)


async def gone(request: Req) -> Response[Any]:
    return await page(request, "representing/link_gone", 410)


# --- the paper of a proposal -----------------------------------------------------------------------------------------


@get("/mine/{of:str}/proposals/{reference:str}/document", guards=[representative])
async def own_paper(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[bytes]:
    row, found = await own(request, of), await known(reference)
    if found.organisation != row.id:
        raise NotFoundException
    return await paper(found)


@get("/office/members/proposals/{reference:str}/document", guards=[office])
async def office_paper(request: Req, reference: FromPath[str]) -> Response[bytes]:
    """That the office read it leaves a trace, as with evidence itself."""
    found = await known(reference)
    owner = await Organisation.objects().get(Organisation.id == found.organisation)
    assert owner
    await looked_at((await viewer_of(request)).reference, thing(owner), owner.name)
    return await paper(found)


async def paper(found: Proposal) -> Response[bytes]:
    file = await proposal.paper_of(found)
    if file is None:
        raise NotFoundException
    return download(file.content, file.media_type, file.name)


handlers = [own_form, own_proposal, linked_form, linked_proposal, own_paper, office_paper]
