"""A representative's own organisation: all that is known of it, and its address and name to edit."""

from dataclasses import replace
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.database import DB
from network.i18n import _
from network.members import (
    contacts,
    described,
    directory,
    exporting,
    former,
    function,
    membership,
    organisation,
    site,
    vcards,
    votes,
)
from network.members.function import Held
from network.members.lands import land_name
from network.members.rules import may_correct_person, represents
from network.members.selection import Selection
from network.members.tables import Organisation, Site
from network.people import publication
from network.people.tables import Person
from network.people.viewer import Viewer, representative, viewer_of
from network.representing import answer, check, proposal
from network.representing.colleague import representatives
from network.representing.forms.own import OrganisationForm, facts_of
from network.representing.rules import FIELDS, PROTECTED
from network.web.addresses import url
from network.web.asof import as_of, day_of
from network.web.pages import download, page, see_other
from network.web.parted import parted

Req = Request[Any, Any, Any]
FACTS = (*PROTECTED, "street", "postal_code", "town", "land", "email", "phone", "website")


async def own(request: Req, reference: str) -> Organisation:
    """The organisation, if whoever looks represents it: of others nobody learns that they exist."""
    row = await organisation.by_reference(reference)
    if row is None or not represents(await viewer_of(request), row):
        raise NotFoundException
    return row


def place(row: Organisation) -> str:
    return f"/mine/{row.reference}"


@get("/mine", guards=[representative])
async def mine(request: Req) -> Response[Any]:
    """The only one at once; whoever represents several chooses."""
    rows = await check.members_named((await viewer_of(request)).represented)
    if len(rows) == 1:
        return await all_of(request, rows[0])
    return await page(request, "representing/several", rows=rows)


@get("/mine/{reference:str}", guards=[representative])
async def own_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    return await all_of(request, await own(request, reference))


async def all_of(request: Req, row: Organisation) -> Response[Any]:
    """Everything, to be edited; as of another day what was true on it, to be read."""
    viewer, shown = await viewer_of(request), as_of(request)
    before = await former.all_of(row)
    sites = await Site.objects().where(Site.organisation == row.id).order_by(Site.sorting).order_by(Site.id)
    then = [former.site_then(one, before.addresses, shown.day) for one in sites]
    begun = [one for one in then if not shown.other or site.is_open(one, shown.day) or site.is_over(one, shown.day)]
    held = [one for one in await function.holding(row, shown.day) if not shown.other or one.runs(shown.day)]
    if shown.past:
        held = await function.shown_on(held, shown.day)
    people = parted(request, "people", held)
    return await page(
        request,
        "representing/mine",
        as_of=shown,
        day=shown.day,
        member=before.organisation_on(row, shown.day),
        changes=[] if shown.other else [replace(one, back="") for one in before.told(row, sites, shown.day)],
        membership=await membership.membership_on(row, shown.day),
        votes=await votes.votes_of(row, shown.day),
        open_sites=[one for one in begun if not site.is_over(one, shown.day)],
        other_sites=[one for one in begun if site.is_over(one, shown.day)],
        site_label=site.label,
        land_name=land_name,
        people=replace(people, items=[await as_seen_by(viewer, one, row) for one in people.items]),
        people_before=await function.held_before(row, shown.day),
        published=publication.words(),
        colleagues=await representatives(row),
        proposals=await proposal.open_ones(row),
        decided=await proposal.decided(row, most=5),
        confirmed_on=await check.confirmed_on(row),
        **await described.described_for_office(row, shown.day),
    )


async def as_seen_by(viewer: Viewer, one: Held, row: Organisation) -> Held:
    """Addresses and numbers of people who have to do with others as well are not the organisation's to read."""
    someone = await Person.objects().get(Person.id == one.person_id)
    if someone and await may_correct_person(viewer, someone, row):
        return one
    return one.in_public_eyes()


@get("/mine/{reference:str}/edit", guards=[representative])
async def edit_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await own(request, reference)
    form = OrganisationForm(**{name: getattr(row, name) for name in FACTS})
    return await page(request, "representing/edit", form=form, member=row)


@post("/mine/{reference:str}/edit", guards=[representative])
async def edit(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await own(request, reference)
    form = OrganisationForm(await request.form())
    if form.validate():
        with form.refusals():
            asked = await store(row, form, (await viewer_of(request)).reference)
            return see_other(place(row), said_of(asked))
    return await page(request, "representing/edit", 422, form=form, member=row)


def said_of(asked: list[str]) -> str:
    if not asked:
        return _("The changes are stored.")
    return _("The changes are stored. The office has been asked about: %(fields)s.", fields=", ".join(asked))


async def store(row: Organisation, form: OrganisationForm, actor: str) -> list[str]:
    """What the member may change is changed; what it may not is proposed. Returns the words for what was."""
    facts = facts_of(form.values)
    why, on = facts.pop("why"), form.moved_on.data
    wanted = {name: facts.pop(name) for name in PROTECTED}
    async with DB.transaction():
        await answer.change(row, facts, on=on, renamed=wanted["name"] != row.name, actor=actor)
        made = [
            await proposal.propose(row, name, value, why=why, on=on if name == "name" else None, by=actor)
            for name, value in wanted.items()
        ]
    return [_(FIELDS[one.field]) for one in made if one]


@get("/mine/{reference:str}/vcf", guards=[representative])
async def own_cards(request: Req, reference: FromPath[str]) -> Response[bytes]:
    """The own organisation, its sites and its people for an address book, as the page shows them."""
    row, viewer, today = await own(request, reference), await viewer_of(request), clock.today()
    people = [await as_seen_by(viewer, one, row) for one in await function.holding(row, today) if one.runs(today)]
    found = contacts.of_one(row, (await directory.sites_of([row.id], today)).get(row.id, []), people)
    return download(vcards.cards(found, clock.now()), vcards.TYPE, f"{exporting.file_name(row.name, today)}.vcf")


@get("/mine/{reference:str}/export", guards=[representative])
async def export_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    """Which sheets and columns of what is known of the own organisation."""
    row = await own(request, reference)
    sheets, ticked = (request.query_params.getall(name, []) for name in ("sheet", "columns"))
    shown = as_of(request)
    return await page(
        request,
        "representing/export",
        member=row,
        as_of=shown,
        kept={"on": shown.day.isoformat()} if shown.other else {},
        file=lambda kind: url(f"{place(row)}/as/{kind}"),
        sheets=exporting.offers(sheets, ticked, office=False),
    )


@get("/mine/{reference:str}/as/{kind:str}", guards=[representative])
async def own_sheets(request: Req, reference: FromPath[str], kind: FromPath[str]) -> Response[Any]:
    """All that the own page shows, and nothing of anybody else, as of a day."""
    row, viewer = await own(request, reference), await viewer_of(request)
    if kind not in ("xlsx", "csv"):
        raise NotFoundException
    asked = (request.query_params.getall(name, []) for name in ("sheet", "columns"))
    selection = Selection(day=day_of(request), standing="all", only=row.id)
    wanted = exporting.chosen(*asked, office=False, day=selection.day)
    eyes = exporting.Eyes(see=lambda held: as_seen_by(viewer, held, row))
    return await exporting.taken_along(kind, selection, wanted, eyes, row.name)


handlers = [export_form, own_sheets, mine, own_page, edit_form, edit, own_cards]
