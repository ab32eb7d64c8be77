"""The office's pages of one member: what is known of it, taking in, changing, ending."""

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from markupsafe import Markup

from network import clock
from network.activity import looked_at
from network.catalogue import entry
from network.catalogue.tables import Entry, EntryKind
from network.errors import Refused
from network.folding import organisation_key
from network.i18n import _
from network.members import (
    former,
    function,
    guest,
    joined,
    life,
    membership,
    moving,
    notice,
    organisation,
    site,
    votes,
)
from network.members.described import described_for_office
from network.members.forms.office import MemberEditForm, MembershipForm, NewMemberForm, facts_of
from network.members.lands import land_name
from network.members.membership import AS_ENTERED
from network.members.question import ANOTHER
from network.members.tables import Membership, MembershipKind, Organisation, Site
from network.people import publication
from network.people.viewer import office, viewer_of
from network.web.asof import AsOf, as_of
from network.web.beside import cards_beside
from network.web.forms import Form
from network.web.once import once
from network.web.pages import page, see_other
from network.web.parted import parted

Req = Request[Any, Any, Any]


async def known(reference: str) -> Organisation:
    found = await organisation.by_reference(reference)
    if found is None:
        raise NotFoundException
    return found


def place(row: Organisation) -> str:
    return f"/office/members/{row.reference}"


@get("/office/members/{reference:str}", guards=[office])
async def organisation_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    if kept := await joined.kept_instead("organisation", reference):
        return see_other(f"/office/members/{kept}")
    row = await known(reference)
    shown = as_of(request)
    before = await former.all_of(row)
    sites = await Site.objects().where(Site.organisation == row.id).order_by(Site.sorting).order_by(Site.id)
    then = [former.site_then(one, before.addresses, shown.day) for one in sites]
    memberships = await membership.history(row)
    merged = [] if shown.other else await joined.latest("organisation", row.reference)
    return await page(
        request,
        "members/office_member",
        as_of=shown,
        member=before.organisation_on(row, shown.day),
        changes=[] if shown.other else before.told(row, sites, shown.day),
        membership=latest(memberships, shown.day, ahead=not shown.other),
        memberships=memberships,
        **await standing(row, memberships, shown),
        open_sites=[one for one in then if site.is_open(one, shown.day)],
        other_sites=[
            one
            for one in then
            if not site.is_open(one, shown.day) and (not shown.other or site.is_over(one, shown.day))
        ],
        site_label=site.label,
        land_name=land_name,
        day=shown.day,
        merged=merged,
        merged_by=await life.names_of({one.actor for one in merged}),
        unread=[] if shown.other else await notice.unread(row),
        beside=[] if shown.other else await handed_up(request, row),  # what is under way now
        **await who_is_what(request, row, shown),
        **await described_for_office(row, shown.day),
    )


async def who_is_what(request: Req, row: Organisation, shown: AsOf) -> dict[str, Any]:
    """The people of an organisation; that somebody saw addresses which are not public is noted.

    On another day those who held a function then, with what of them stood in public then.
    """
    people = [one for one in await function.holding(row, shown.day) if not shown.other or one.runs(shown.day)]
    if shown.past:
        people = await function.shown_on(people, shown.day)
    if any(one.private for one in people):
        await looked_at((await viewer_of(request)).reference, function.thing(row), row.name)
    return {
        "people": parted(request, "people", people),
        "people_before": await function.held_before(row, shown.day),
        "published": publication.words(),
    }


async def handed_up(request: Req, row: Organisation) -> list[Markup]:
    """The cards that upper slices have for this organisation, drawn."""
    return await cards_beside(request, await viewer_of(request), "organisation", row.reference)


def latest(memberships: list[Membership], day: date, *, ahead: bool) -> Membership | None:
    """The one that runs on the day, or else the last that had begun; `ahead`: or rather one that is still to come."""
    begun = [one for one in memberships if one.since <= day]
    coming = [one for one in memberships if one.since > day] if ahead else []
    runs = begun and (begun[-1].until is None or begun[-1].until >= day)
    return begun[-1] if begun and (runs or not coming) else next(iter(coming), None)


async def standing(row: Organisation, memberships: list[Membership], shown: AsOf) -> dict[str, Any]:
    """The votes of the day, the time that a guest is one, what follows on it, and how it all came, up to a past day."""
    now = latest(memberships, shown.day, ahead=False)
    is_guest = now is not None and now.kind == MembershipKind.GUEST
    later = [] if shown.other else [one for one in memberships if one.since > shown.day and now]
    return {
        "votes": await votes.votes_of(row, shown.day),
        "guest_until": await guest.set_time(now) if now and is_guest else None,
        "next": next(iter(later), None),
        "last_day": await last_day(row, latest(memberships, shown.day, ahead=not shown.other), shown),
        "steps": [step for step in await life.timeline(row) if not shown.past or step.day <= shown.day],
    }


async def last_day(row: Organisation, now: Membership | None, shown: AsOf) -> date | None:
    """When it ends, or ended; on a past day only if notice had been given by then."""
    if now is None or now.until is None:
        return None
    ahead = shown.past and now.until >= shown.day
    return now.until if not ahead or await life.notice_was_given(row, now.until, shown.day) else None


@get("/office/members/new", guards=[office])
async def new_form(request: Req) -> Response[Any]:
    form = NewMemberForm(since=clock.today())
    return await page(request, "members/office_member_form", form=form, member=None)


@post("/office/members/new", guards=[office])
async def take_in(request: Req) -> Response[Any]:
    form = NewMemberForm(await request.form())
    viewer = await viewer_of(request)
    found = await organisation.known(organisation_key(form.name.data or ""))
    answers = await as_one(found, form.since.data or clock.today()) if found else {}
    form.ask(answers)

    async def deed() -> str:
        meant = form.same_as.data or ""
        if found and meant not in answers:
            no = _("%(name)s is entered already. Please say who is meant.", name=found.name)
            is_member = AS_ENTERED not in answers
            raise Refused(_("%(name)s is a member already.", name=found.name) if is_member else no, "same_as")
        facts = {name: value for name, value in facts_of(form).items() if name != "same_as"}
        return place(await membership.admit(**facts, meant=meant, actor=viewer.reference))

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The member is in the directory."))
    return await page(request, "members/office_member_form", 422, form=form, member=None)


async def as_one(found: Organisation, since: date) -> dict[str, str]:
    """The answers: that the known one becomes the member, with or without what was typed, or that it is another."""
    known_as = " · ".join(part for part in (found.name, found.street, found.town) if part)
    becomes = {
        AS_ENTERED: _("Yes. %(name)s becomes the member; what stands there stays", name=known_as),
        "typed": _("Yes. %(name)s becomes the member; what is typed here replaces what stands there", name=known_as),
    }
    is_member = await membership.membership_on(found, since)
    return ({} if is_member else becomes) | {ANOTHER: _("No, it is another organisation of the same name")}


@get("/office/members/{reference:str}/edit", guards=[office])
async def edit_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known(reference)
    types = await types_for(row)
    chosen = next((one.reference for one in types if one.id == row.facility_type), "")
    shown = {name: getattr(row, name) for name in (*organisation.FACTS, *organisation.MORE)}
    form = MemberEditForm(**shown | {"facility_type": chosen})
    form.offer_types(types)
    return await page(request, "members/office_member_form", form=form, member=row, ahead=await former.ahead(row))


@post("/office/members/{reference:str}/edit", guards=[office])
async def edit(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known(reference)
    types = await types_for(row)
    form = MemberEditForm(await request.form())
    form.offer_types(types)
    if form.validate():
        with form.refusals():
            chosen = next((one.id for one in types if one.reference == form.facility_type.data), None)
            actor = (await viewer_of(request)).reference
            facts = told(form) | {"facility_type": chosen}
            await moving.change(row, on=form.moved_on.data, is_another=form.is_another.data, actor=actor, **facts)
            return see_other(place(row), _("The changes are stored."))
    ahead = await former.ahead(row)
    return await page(request, "members/office_member_form", 422, form=form, member=row, ahead=ahead)


def told(form: Form) -> dict[str, Any]:
    """The facts, without the question whether they changed or were wrong."""
    return {name: value for name, value in facts_of(form).items() if name not in ("what", "moved_on", "is_another")}


async def types_for(row: Organisation) -> list[Entry]:
    """The types of facility that apply today, and the one it has, though it may have ended."""
    today = clock.today()
    every = await entry.of_kind(EntryKind.FACILITY_TYPE)
    return [one for one in every if entry.applies(one, today) or one.id == row.facility_type]


@get("/office/members/{reference:str}/membership", guards=[office])
async def membership_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known(reference)
    running = await running_of(row)
    form = (
        MembershipForm(number=running.number, since=running.since, kind=running.kind)
        if running
        else MembershipForm(since=clock.today())
    )
    return await page(request, "members/office_membership", form=form, member=row, running=running)


@post("/office/members/{reference:str}/membership", guards=[office])
async def set_membership(request: Req, reference: FromPath[str]) -> Response[Any]:
    """Correct the running membership, or begin one."""
    row = await known(reference)
    running = await running_of(row)
    form = MembershipForm(await request.form())
    actor = (await viewer_of(request)).reference
    if form.validate():
        with form.refusals():
            number, since, kind = form.number.data or "", form.since.data, form.kind.data
            assert since
            if running:
                await membership.correct(running, row, since=since, number=number, kind=kind, actor=actor)
                return see_other(place(row), _("The changes are stored."))
            await membership.join(row, since=since, number=number, kind=kind, actor=actor)
            return see_other(place(row), _("The membership is entered."))
    return await page(request, "members/office_membership", 422, form=form, member=row, running=running)


async def running_of(row: Organisation) -> Membership | None:
    return await membership.membership_on(row, clock.today()) or await membership.coming(row)
