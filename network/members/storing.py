"""Putting the lines of a spreadsheet into the directory: few statements, however many lines."""

from network import clock
from network.activity import Activity
from network.database import chunks
from network.i18n import N_
from network.members import organisation, site
from network.members.comparing import Change, MemberPlan, Outcome, site_facts
from network.members.tables import Membership, Organisation, Site


async def put_away(outcomes: list[Outcome], *, actor: str) -> None:
    """Enter what is new and change what is different; called inside the transaction that compared them."""
    plans = [outcome.member for outcome in outcomes if outcome.leads and outcome.member]
    fresh = [plan for plan in plans if plan.row is None]
    different = [plan for plan in plans if plan.changes]
    new_sites = [outcome for outcome in outcomes if outcome.reading.site is not None and outcome.site is None]
    changed_sites = [outcome for outcome in outcomes if outcome.site is not None and outcome.changes]
    await enter_members(fresh)
    for plan in different:
        await change_member(plan)
    await join([plan for plan in plans if plan.joins])
    await enter_sites(new_sites)
    for outcome in changed_sites:
        await change_site(outcome)
    said = [
        *(entry(actor, N_("organisation entered"), plan) for plan in fresh),
        *(entry(actor, N_("became a member"), plan) for plan in plans if plan.joins),
        *(entry(actor, N_("organisation changed"), plan, names(plan.changes)) for plan in different),
        *(entry(actor, N_("site entered"), plan, told) for plan, told in by_member(new_sites)),
        *(entry(actor, N_("site changed"), plan, told) for plan, told in by_member(changed_sites)),
    ]
    for rows in chunks(said):
        await Activity.insert(*rows)


async def enter_members(plans: list[MemberPlan]) -> None:
    for plan in plans:
        plan.row = organisation.drafted(**{name: plan.facts[name] for name in organisation.FACTS if name in plan.facts})
    for some in chunks(plans):
        await Organisation.insert(*(plan.row for plan in some if plan.row))


async def change_member(plan: MemberPlan) -> None:
    assert plan.row
    own = [change for change in plan.changes if change.column in organisation.FACTS]
    for change in own:
        setattr(plan.row, change.column, change.after)
    if own:
        organisation.derive(plan.row)
        await plan.row.save()
    if plan.membership and len(own) < len(plan.changes):
        for change in plan.changes:
            if change.column not in organisation.FACTS:
                setattr(plan.membership, change.column, change.after)
        await plan.membership.save()


async def join(plans: list[MemberPlan]) -> None:
    rows = [
        Membership(
            organisation=plan.row.id,
            number=plan.facts.get("number", ""),
            since=plan.facts["since"],  # told by the file or asked (importing.begin)
            until=plan.facts.get("until"),
        )
        for plan in plans
        if plan.row
    ]
    for some in chunks(rows):
        await Membership.insert(*some)


async def enter_sites(outcomes: list[Outcome]) -> None:
    rows = [
        site.drafted(outcome.member.row.id, **site_facts(outcome.reading))
        for outcome in outcomes
        if outcome.member and outcome.member.row
    ]
    for some in chunks(rows):
        await Site.insert(*some)


async def change_site(outcome: Outcome) -> None:
    assert outcome.site
    for name, value in site_facts(outcome.reading).items():
        setattr(outcome.site, name, value)
    site.derive(outcome.site)
    await outcome.site.save()


def entry(actor: str, verb: str, plan: MemberPlan, detail: str = "") -> Activity:
    """Whoever looks at a member later sees what a spreadsheet brought or changed."""
    assert plan.row
    thing = f"organisation:{plan.row.reference}"
    return Activity(at=clock.now(), actor=actor, verb=verb, thing=thing, label=plan.row.name, detail=detail)


def names(changes: list[Change]) -> str:
    return ", ".join(sorted(change.column for change in changes))


def by_member(outcomes: list[Outcome]) -> list[tuple[MemberPlan, str]]:
    """One entry for all of a member's sites."""
    places: dict[int, tuple[MemberPlan, list[str]]] = {}
    for outcome in outcomes:
        if outcome.member:
            places.setdefault(id(outcome.member), (outcome.member, []))[1].append(place(outcome))
    return [(plan, "; ".join(told)) for plan, told in places.values()]


def place(outcome: Outcome) -> str:
    facts = outcome.reading.site or {}
    told = f"{facts.get('postal_code', '')} {facts.get('town', '')}"
    return f"{told}: {names(outcome.changes)}" if outcome.changes else told
