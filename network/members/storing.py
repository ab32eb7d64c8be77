"""Putting the lines of a spreadsheet into the directory: few statements, however many lines."""

import asyncio
from collections.abc import Sequence
from typing import Any, TypeVar

from network import clock
from network.activity import Activity
from network.database import chunks, enter_all, marks, rows, save_all
from network.i18n import N_
from network.members import former, offer, organisation, site
from network.members.comparing import FACTS, site_facts
from network.members.mentioned import Mention
from network.members.outcome import Change, MemberPlan, Outcome
from network.members.tables import Evidence, Membership, MembershipKind, Offer, Organisation, ProviderStatus, Site
from network.members.undoing import Trace
from network.references import new_reference

Described = Offer | Evidence | ProviderStatus
Dated = TypeVar("Dated", Membership, ProviderStatus)
MENTIONED: dict[type[Described], str] = {
    Offer: N_("offers entered"),
    Evidence: N_("evidence entered"),
    ProviderStatus: N_("provider status entered"),
}


async def put_away(outcomes: list[Outcome], *, load: int, actor: str) -> None:
    """Enter what is new and change what is different; called inside the transaction that compared them.

    How every row was before is kept with the file, so that it can be taken back (undoing).
    """
    trace = Trace(load)
    plans = [outcome.member for outcome in outcomes if outcome.leads and outcome.member]
    fresh = [plan for plan in plans if plan.row is None]
    new_sites = [outcome for outcome in outcomes if outcome.reading.site is not None and outcome.site is None]
    changed_sites = [outcome for outcome in outcomes if outcome.site is not None and outcome.changes]
    await asyncio.to_thread(note, trace, plans, outcomes, changed_sites)
    await enter_members(fresh)
    await change_members([plan for plan in plans if plan.changes])
    joined = await asyncio.to_thread(memberships, [plan for plan in plans if plan.joins])
    await enter_all(joined)
    sites = await asyncio.to_thread(drafted_sites, new_sites)
    await enter_all(sites)
    await save_all(await asyncio.to_thread(different_sites, changed_sites))
    await former.derive_planned([plan.row.id for plan in plans if plan.row])
    new_ids = await ids_of(Site, [row.reference for row in sites])
    at_site = dict(zip(map(id, new_sites), new_ids, strict=True)) | {
        id(one): one.site.id for one in outcomes if one.site
    }
    mentioned = await put_mentioned(plans, outcomes, at_site)
    new = {
        "organisation": [plan.row.id for plan in fresh if plan.row],
        "membership": await begun_then(Membership, joined),
        "site": new_ids,
        "offer": await ids_of(Offer, [row.reference for row in mentioned if isinstance(row, Offer)]),
        "evidence": await ids_of(Evidence, [row.reference for row in mentioned if isinstance(row, Evidence)]),
        "provider_status": await begun_then(
            ProviderStatus, [row for row in mentioned if isinstance(row, ProviderStatus)]
        ),
    }
    await trace.write(new)

    def told() -> list[Activity]:
        return [
            *(entry(actor, N_("organisation entered"), plan) for plan in fresh),
            *(entry(actor, N_("became a member"), plan) for plan in plans if plan.joins),
            *(entry(actor, N_("organisation changed"), plan, names(plan.changes)) for plan in plans if plan.changes),
            *(entry(actor, N_("site entered"), plan, told) for plan, told in by_member(new_sites)),
            *(entry(actor, N_("site changed"), plan, told) for plan, told in by_member(changed_sites)),
            *(
                entry(actor, verb, plan, told)
                for table, verb in MENTIONED.items()
                for plan, told in mentions_of(outcomes, table)
            ),
        ]

    await enter_all(await asyncio.to_thread(told))


def note(trace: Trace, plans: list[MemberPlan], outcomes: list[Outcome], changed_sites: list[Outcome]) -> None:
    trace.note([plan.row for plan in plans if own(plan)])
    trace.note([plan.membership for plan in plans if own(plan) < len(plan.changes)])
    trace.note([outcome.site for outcome in changed_sites])
    for mentioned in (*(plan.mentioned for plan in plans), *(outcome.mentioned for outcome in outcomes)):
        trace.note([one.row for one in mentioned])


async def put_mentioned(plans: list[MemberPlan], outcomes: list[Outcome], at_site: dict[int, int]) -> list[Described]:
    """Offers, evidence and steps of organisations and of their sites; returns the new rows."""
    places: list[tuple[MemberPlan, int | None, list[Mention]]]
    places = [(plan, None, plan.mentioned) for plan in plans]
    places += [(outcome.member, at_site.get(id(outcome)), outcome.mentioned)
               for outcome in outcomes if outcome.member and outcome.member.row and outcome.mentioned]  # fmt: skip
    new: list[Described] = []
    changed: list[Described] = []
    for plan, site_id, mentioned in places:
        assert plan.row
        for one in mentioned:
            at: dict[str, Any] = {} if one.table is ProviderStatus else {"reference": new_reference(), "site": site_id}
            row = one.row or one.table(organisation=plan.row.id, **at, **one.facts)
            for name, value in one.facts.items():
                setattr(row, name, value)
            if isinstance(row, Offer):
                offer.span(row, row.since, row.until)
            (changed if one.row else new).append(row)
    for table in MENTIONED:
        await enter_all([row for row in new if isinstance(row, table)])
        await save_all([row for row in changed if isinstance(row, table)])
    return new


def mentions_of(outcomes: list[Outcome], table: type[Described]) -> list[tuple[MemberPlan, str]]:
    """By member what is new or different, in words."""
    found: dict[int, tuple[MemberPlan, list[str]]] = {}
    for outcome in outcomes:
        if outcome.member:
            mine = [*outcome.mentioned, *(outcome.member.mentioned if outcome.leads else [])]
            words = [one.after for one in mine if one.table is table]
            found.setdefault(id(outcome.member), (outcome.member, []))[1].extend(words)
    return [(plan, "; ".join(words)) for plan, words in found.values() if words]


async def enter_members(plans: list[MemberPlan]) -> None:
    def draft() -> list[Organisation]:
        for plan in plans:
            facts = {name: plan.facts[name] for name in FACTS if name in plan.facts}
            plan.row = organisation.drafted(**facts)
        return [plan.row for plan in plans if plan.row]

    new = await asyncio.to_thread(draft)
    await enter_all(new)
    numbers = await ids_of(Organisation, [row.reference for row in new])
    for row, number in zip(new, numbers, strict=True):
        row.id = number


async def ids_of(table: type[Organisation | Site | Offer | Evidence], references: list[str]) -> list[int]:
    """The numbers that the database gave to new rows, in the order of their references."""
    found: dict[str, int] = {}
    for some in chunks(references):
        found |= {row.reference: row.id for row in await rows(table, f"WHERE reference IN ({marks(some)})", *some)}
    return [found[reference] for reference in references]


async def begun_then(table: type[Dated], entered: Sequence[Dated]) -> list[int]:
    """The same for memberships and steps, of which an organisation has one from a day on."""
    wanted = {(row.organisation, row.since) for row in entered}
    found = []
    for some in chunks({row.organisation for row in entered}):
        stored = await rows(table, f"WHERE organisation IN ({marks(some)})", *some)
        found += [row.id for row in stored if (row.organisation, row.since) in wanted]
    return found


async def change_members(plans: list[MemberPlan]) -> None:
    def change() -> list[Organisation]:
        for plan in plans:
            for one in plan.changes:
                setattr(plan.row if one.column in FACTS else plan.membership, one.column, one.after)
        different = [plan.row for plan in plans if plan.row and own(plan)]
        for row in different:
            organisation.derive(row)
        return different

    await save_all(await asyncio.to_thread(change))
    await save_all([plan.membership for plan in plans if plan.membership and own(plan) < len(plan.changes)])


def own(plan: MemberPlan) -> int:
    """How many of the changes are of the organisation itself and not of its membership."""
    return sum(change.column in FACTS for change in plan.changes)


def memberships(plans: list[MemberPlan]) -> list[Membership]:
    return [
        Membership(
            organisation=plan.row.id,
            number=plan.facts.get("number", ""),
            since=plan.facts["since"],  # told by the file or asked (importing.begin)
            until=plan.facts.get("until"),
            kind=plan.facts.get("kind") or MembershipKind.FULL,
        )
        for plan in plans
        if plan.row
    ]


def drafted_sites(outcomes: list[Outcome]) -> list[Site]:
    return [
        site.drafted(outcome.member.row.id, **site_facts(outcome.reading))
        for outcome in outcomes
        if outcome.member and outcome.member.row
    ]


def different_sites(outcomes: list[Outcome]) -> list[Site]:
    different = [outcome.site for outcome in outcomes if outcome.site]
    for outcome in outcomes:
        for name, value in site_facts(outcome.reading).items():
            setattr(outcome.site, name, value)
        if outcome.site and {"lat", "lon"} & {change.column for change in outcome.changes}:
            outcome.site.placed_by = ""
    for row in different:
        site.derive(row)
    return different


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
