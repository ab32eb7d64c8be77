"""The spreadsheet beside the directory: what each line would enter, change or leave as it is."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from network import clock
from network.database import chunks, marks, rows
from network.folding import folded, number_key, organisation_key
from network.i18n import _, format_day
from network.members import organisation as organisations
from network.members import providing, question
from network.members.borders import misplaced
from network.members.headings import ABOUT, DESCRIBED, column_name
from network.members.identity import ask_of_twice_named, same_identity, who
from network.members.lands import land_name, land_of_postal_code
from network.members.mentioned import describe, different
from network.members.outcome import Change, Known, MemberPlan, Outcome
from network.members.reading import Reading
from network.members.sheet import clean, spoken
from network.members.tables import Membership, Organisation, ProviderStatus, Site

COLUMN_OF = {"code": "site_code", "name": "site_name", "street": "site_street", "postal_code": "site_postal_code",
             "town": "site_town", "land": "site_land", "opened_year": "opened", "opened_on": "opened",
             "closed_on": "closed", "email": "site_email", "phone": "site_phone", "website": "site_website",
             }  # fmt: skip
FACT_OF = {"opened": "opened_year", "closed": "closed_on"}
FACTS = (*organisations.FACTS, *organisations.MORE, *providing.FACTS)  # of an organisation's row
COORDINATES = {"lat", "lon"}
PLACE = ("postal_code", "land", *sorted(COORDINATES))
NEAR = 1e-6  # degrees: a few centimetres, which spreadsheets round away


@dataclass(frozen=True, slots=True)
class Wanted:
    """By what the lines name their members and sites, and whether they tell of offers, evidence or § 60."""

    keys: set[str]
    numbers: set[str]
    codes: set[str]
    described: bool = False
    provider: bool = False


def wanted_by(readings: Iterable[Reading]) -> Wanted:
    keys = {organisation_key(reading.member.get("name", ""))[:200] for reading in readings}
    numbers = {number_key(reading.member.get("number", "")) for reading in readings}
    codes = {str(reading.site.get("code", "")) for reading in readings if reading.site}
    is_told = any(name in facts for reading in readings for facts in (reading.member, reading.site or {})
                  for name in DESCRIBED)  # fmt: skip
    provider = any(name in reading.member for reading in readings for name in (*providing.STEP, *providing.FACTS))
    return Wanted(keys - {""}, numbers - {""}, codes - {""}, is_told, provider)


async def known(wanted: Wanted) -> Known:
    """Read of the directory what the lines may mean, in portions that let others in between."""
    told = Known()
    for membership in await rows(Membership, "ORDER BY since"):
        told.memberships.setdefault(membership.organisation, []).append(membership)
        if membership.number:
            told.by_number[number_key(membership.number)] = membership.organisation
    for some in chunks(wanted.keys):
        await add(told, await rows(Organisation, f"WHERE key IN ({marks(some)}) ORDER BY id", *some))
    ids = {told.by_number[number] for number in wanted.numbers if number in told.by_number}
    for others in chunks(ids - told.by_id.keys()):
        await add(told, await rows(Organisation, f"WHERE id IN ({marks(others)})", *others))
    for some in chunks(wanted.codes):
        told.by_code |= {row.code: row for row in await rows(Site, f"WHERE code IN ({marks(some)})", *some)}
        await asyncio.sleep(0)
    if wanted.described:
        told.described = await describe(told.by_id)
    for ids_here in chunks(told.by_id if wanted.provider else ()):
        here = f"WHERE organisation IN ({marks(ids_here)}) ORDER BY since, id"
        for step in await rows(ProviderStatus, here, *ids_here):
            told.steps.setdefault(step.organisation, []).append(step)
    return told


async def add(told: Known, found: list[Organisation]) -> None:
    for row in found:
        told.by_id[row.id] = row
        told.by_key.setdefault(row.key, []).append(row.id)
    ids = [row.id for row in found]
    if ids:
        for site in await rows(Site, f"WHERE organisation IN ({marks(ids)}) ORDER BY id", *ids):
            told.sites.setdefault(site.organisation, []).append(site)
    await asyncio.sleep(0)


def compare(readings: list[Reading], told: Known) -> list[Outcome]:
    """Line by line; what is wrong is added to the reading's problems. Pure: `told` is all it knows."""
    outcomes = by_member(readings)
    named: dict[str, MemberPlan] = {}
    for outcome in outcomes:
        if outcome.leads and outcome.member:
            recognise(outcome, outcome.member, told)
            ask_of_twice_named(outcome, outcome.member, named)
    for outcome in outcomes:
        if outcome.member and outcome.reading.site is not None:
            compare_site(outcome, outcome.member, told)
    return outcomes


def by_member(readings: list[Reading]) -> list[Outcome]:
    """The lines of one member belong together, wherever they stand in the file."""
    plans: dict[str, MemberPlan] = {}
    number_of: dict[str, str] = {}
    for reading in readings:
        name, number = reading.member.get("name"), reading.member.get("number")
        if name and number:
            number_of.setdefault(organisation_key(name), number)
    outcomes = []
    for reading in readings:
        outcome = Outcome(reading)
        outcomes.append(outcome)
        if identity := identity_of(reading, number_of):
            outcome.leads = identity not in plans
            outcome.member = plans.setdefault(identity, MemberPlan(reading.number))
            gather(outcome.member, reading)
        else:
            reading.problems.setdefault("name", _("%(column)s is missing", column=column_name("name")))
    return outcomes


def identity_of(reading: Reading, number_of: dict[str, str]) -> str:
    """By its number, else by its name; lines without a number belong to the number that the same name has elsewhere."""
    key = organisation_key(reading.member.get("name", ""))
    number = reading.member.get("number") or number_of.get(key)
    return f"number:{number_key(number)}" if number else f"key:{key}" if key else ""


def gather(plan: MemberPlan, reading: Reading) -> None:
    """Take the line's facts of its member; two lines must not contradict each other."""
    plan.is_another = plan.is_another or reading.another
    for name, value in reading.member.items():
        if name not in plan.facts:
            plan.facts[name] = value
            plan.told_in[name] = reading.number
        elif plan.facts[name] != value and not same_identity(name, plan.facts[name], value):
            reading.problems[name] = _(
                "%(column)s is different from line %(line)s of the same member",
                column=column_name(name),
                line=spoken(plan.told_in[name]),
            )


def recognise(outcome: Outcome, plan: MemberPlan, told: Known) -> None:
    """Find the member in the directory and what would become different."""
    reading, number = outcome.reading, plan.facts.get("number", "")
    plan.row, outcome.answers = who(plan.facts, told, reading.problems, is_another=plan.is_another)
    if plan.row is None and "name" not in plan.facts:
        nobody = _("Nobody has the number %(number)s; please enter the name", number=number)
        reading.problems.setdefault("name", nobody)
        return
    ask_of_place("", plan.facts, plan.row, reading)
    fill_land("land", plan.facts, plan.row, reading)
    memberships = told.memberships.get(plan.row.id, []) if plan.row else []
    plan.membership = meant(memberships, plan.facts)
    if plan.row:
        for name in FACTS:
            if name in plan.facts and says_otherwise(name, getattr(plan.row, name), plan.facts[name]):
                plan.changes.append(Change(name, getattr(plan.row, name), plan.facts[name]))
    plan.mentioned = different(plan.facts, told.described, plan.row.id if plan.row else 0, None)
    plan.mentioned += providing.different(
        plan.facts, told.steps.get(plan.row.id if plan.row else 0, []), reading.problems
    )
    compare_membership(outcome, plan, memberships)


def ask_of_place(prefix: str, facts: dict[str, Any], row: Organisation | Site | None, reading: Reading) -> None:
    """What is told of a place has to go together, unless the directory has it just so."""
    told = {name: facts[name] for name in PLACE if name in facts}
    if row and not any(is_different(getattr(row, name), value) for name, value in told.items()):
        return
    for name, words in misplaced(told).items():
        if name not in COORDINATES or not COORDINATES & reading.problems.keys():  # else the cell has its own sentence
            reading.problems.setdefault(name if name in COORDINATES else prefix + name, words)


def fill_land(column: str, facts: dict[str, Any], row: Organisation | Site | None, reading: Reading) -> None:
    """Where a place is told by its postal code alone. What the directory has of the same place stays, and an empty
    cell of a file that has the column says nothing new of it.
    """
    code = facts.get("postal_code", "")
    stays = row and row.postal_code == code and (row.land or column not in reading.silent)
    if "land" in facts or stays:
        return
    if land := land_of_postal_code(code):
        facts["land"] = land
        reading.remarks.append(_("%(land)s follows from the postal code %(code)s.", land=land_name(land), code=code))


def says_otherwise(name: str, before: Any, after: Any) -> bool:
    """Of a text a file keeps the paragraphs and not each line."""
    return bool(clean(before) != after if name in ABOUT else before != after)


def meant(memberships: list[Membership], facts: dict[str, Any]) -> Membership | None:
    """The one that began on the day that is told, else the one that runs, else the last."""
    today = clock.today()
    begun_then = [one for one in memberships if one.since == facts.get("since")]
    running = [one for one in memberships if one.since <= today and (one.until is None or one.until >= today)]
    return next(iter([*begun_then, *running, *memberships[-1:]]), None)


def compare_membership(outcome: Outcome, plan: MemberPlan, every: list[Membership]) -> None:
    reading, facts, running = outcome.reading, plan.facts, plan.membership
    day = facts.get("since") or clock.today()
    ended = running is not None and running.until is not None and running.until < day
    if facts.get("kind") == "":
        if running is not None and not ended:
            reading.problems["kind"] = _("In the directory this is a member; memberships end on the member's page")
        return
    same = running is not None and "since" not in facts and facts.get("until") == running.until
    if running is None or (ended and not same and facts.get("since") != running.since):
        plan.joins = True
        return
    if facts.get("number") and running.number and not same_identity("number", running.number, facts["number"]):
        reading.problems["number"] = _("In the directory this member has the number %(number)s", number=running.number)
        outcome.answers = question.same_or_another(running.number)
    since, until = facts.get("since") or running.since, facts.get("until") or running.until
    if until and until < since:
        reading.problems["since"] = _("The end lies before the beginning")
    for other in every:
        if other.id != running.id and overlap(other, since, until):
            words = _("A membership since %(day)s stands in the way", day=format_day(other.since))
            reading.problems["since"] = words
    for name in ("number", "since", "until", "kind"):
        before = getattr(running, name)
        if name in facts and before != facts[name] and not same_identity(name, before, facts[name]):
            plan.changes.append(Change(name, getattr(running, name), facts[name]))


def overlap(one: Membership, since: date, until: date | None) -> bool:
    return (until is None or one.since <= until) and (one.until is None or one.until >= since)


def compare_site(outcome: Outcome, plan: MemberPlan, told: Known) -> None:
    reading, facts = outcome.reading, site_facts(outcome.reading)
    mark = mark_of(facts)
    if mark in plan.taken:
        reading.problems.setdefault("site_postal_code", _("An earlier line names the same site"))
        return
    plan.taken.add(mark)
    owner = told.by_code.get(facts.get("code", ""))
    if owner and (plan.row is None or owner.organisation != plan.row.id):
        words = _("Another member's site has the number %(code)s", code=facts["code"])
        reading.problems["site_code"] = words
        return
    candidates = told.sites.get(plan.row.id, []) if plan.row else []
    free = [row for row in candidates if f"row:{row.id}" not in plan.taken]
    found = owner or next((row for row in free if not changes_of(row, facts)), None) or recognised_site(facts, free)
    ask_of_place("site_", reading.site or {}, found, reading)
    fill_land("site_land", reading.site or {}, found, reading)
    facts = site_facts(reading)
    refuse_closed_before_opened(reading, facts, found)
    outcome.mentioned = different(reading.site or {}, told.described, plan.row.id if plan.row else 0,
                                  found.id if found else 0)  # fmt: skip
    if found is None:
        if recognised_site(facts, candidates):
            reading.problems.setdefault("site_postal_code", _("An earlier line names the same site"))
        return
    if f"row:{found.id}" in plan.taken:
        reading.problems.setdefault("site_postal_code", _("An earlier line names the same site"))
        return
    plan.taken.add(f"row:{found.id}")
    outcome.site = found
    outcome.changes = changes_of(found, facts)


def changes_of(row: Site, facts: dict[str, Any]) -> list[Change]:
    return [
        Change(COLUMN_OF.get(name, name), getattr(row, name), value)
        for name, value in facts.items()
        if is_different(getattr(row, name), value)
    ]


def is_different(before: Any, after: Any) -> bool:
    if isinstance(before, float) and isinstance(after, float):
        return abs(before - after) > NEAR
    return bool(before != after)


def refuse_closed_before_opened(reading: Reading, facts: dict[str, Any], row: Site | None) -> None:
    """Also where one of the days stands in the directory."""
    closed = facts.get("closed_on") or (row.closed_on if row else None)
    year = facts.get("opened_year") or (row.opened_year if row else None)
    day = facts.get("opened_on") or (row.opened_on if row and "opened_year" not in facts else None)
    if closed and ((day and closed < day) or (year and closed.year < year)):
        reading.problems.setdefault("closed", _("The end lies before the beginning"))


def site_facts(reading: Reading) -> dict[str, Any]:
    """The reading's words for a site in the words of the table, without what has rows of its own."""
    told = reading.site or {}
    return {FACT_OF.get(name, name): value for name, value in told.items() if name not in DESCRIBED}


def mark_of(facts: dict[str, Any]) -> str:
    if code := facts.get("code"):
        return f"code:{code}"
    place = [facts.get(name, "") for name in ("postal_code", "street", "name", "town")]
    return "place:" + "|".join(folded(part) for part in place)


def recognised_site(facts: dict[str, Any], candidates: list[Site]) -> Site | None:
    """Without a number a site is known by postal code and street, or by its name where no street is told."""
    near = [row for row in candidates if row.postal_code == facts.get("postal_code")]
    if "code" in facts:
        near = [row for row in near if not row.code]
    if street := folded(facts.get("street", "")):
        near = [row for row in near if folded(row.street) in (street, "")]
    name = folded(facts.get("name", ""))
    called = [row for row in near if folded(row.name) == name]
    unnamed = [row for row in near if not row.name or not name]
    if street and near:
        return (called or near)[0] if len(near) == 1 or called else None
    return called[0] if name and called else unnamed[0] if len(unnamed) == 1 else None
