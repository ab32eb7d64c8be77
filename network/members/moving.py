"""From a day on an organisation has another name or seat, or a site another address; what was stays for before.

A day ahead is planned: until then the rows say what counts today, and the worker changes them on the day (planned.py).
"""

from collections.abc import Sequence
from copy import copy
from datetime import date
from functools import partial
from typing import Any

from network import clock
from network.activity import record
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, format_day
from network.members import former, organisation, planned, site
from network.members.former import ADDRESS, DAY, OPEN, PLACE, Ended
from network.members.organisation import take
from network.members.tables import FormerAddress, FormerName, Organisation, Site
from network.plausible import refuse_implausible


async def change(
    row: Organisation, *, on: date | None = None, is_another: bool = False, actor: str = "", **facts: Any
) -> None:
    """What the office typed: with a day, name and address are true from that day on; without one they were wrong.

    Refused with the name that another one has, unless somebody says that they are two (`is_another`).
    """
    async with DB.transaction():
        if not is_another:
            await organisation.refuse_name_of_another(row, facts.get("name", row.name))
        if on:
            address = {fact: facts[fact] for fact in ADDRESS if fact in facts}
            moves, renamed = is_elsewhere(row, address), facts.get("name", row.name) != row.name
            if not moves and not renamed:
                raise Refused(_("With a day goes a new name or a new address; both are as they were."), "moved_on")
            if renamed:
                await rename(row, facts["name"], on=on, actor=actor)
            if moves:
                await move_seat(row, on=on, actor=actor, **address)
            facts = without_planned(facts, on, ("name", *ADDRESS))
        await organisation.change(row, actor=actor, **facts)


async def change_site(row: Site, of: Organisation, *, on: date | None = None, actor: str = "", **facts: Any) -> None:
    """The same of a site. Coordinates that stood in the form before belong to the old place."""
    async with DB.transaction():
        if on:
            if not is_elsewhere(row, facts):
                raise Refused(_("With a day goes a new address; this is the one it has."), "moved_on")
            if (facts.get("lat"), facts.get("lon")) == (row.lat, row.lon):
                facts = {name: value for name, value in facts.items() if name not in ("lat", "lon")}
            await move(row, of, on=on, actor=actor, **{name: facts[name] for name in PLACE if name in facts})
            facts = without_planned(facts, on, PLACE)
        if row.placed_by and facts.get("lat") is None and facts.get("lon") is None:
            facts = {name: value for name, value in facts.items() if name not in ("lat", "lon")}
        await site.change(row, of, actor=actor, **facts)


async def rename(row: Organisation, name: str, *, on: date, actor: str = "") -> None:
    """Called `name` from the day on; the day may lie ahead. Refused before a new name that is entered already."""
    if not name:
        raise Refused(_("An organisation needs a name."), "name")
    async with DB.transaction():
        await ready(row)
        known = await former.names_of(row)
        if name == (planned.last(known) or row).name:
            raise Refused(_("This is its name already."), "name")
        refuse_before_last(known, on)
        if on > clock.today():
            await planned.enter(row, known, {"name": name}, on, partial(FormerName, organisation=row.id))
        else:
            await FormerName(organisation=row.id, name=row.name, until=on - DAY).save()
            row.name = name
            organisation.derive(row)
            await row.save()
        await former.derive(row)
        await record(actor, N_("organisation renamed"), thing(row), name, format_day(on))


async def move_seat(row: Organisation, *, on: date, actor: str = "", **address: str) -> None:
    """The organisation's own address is another one from the day on. `address`: street, postal_code, town, land."""
    async with DB.transaction():
        await ready(row)
        known = [one for one in await former.addresses_of(row) if one.site is None]
        before = planned.last(known) or row
        refuse_unmoved(before, address)
        refuse_before_last(known, on)
        if on > clock.today():
            facts = {fact: getattr(before, fact) for fact in ADDRESS} | address
            await planned.enter(row, known, facts, on, partial(FormerAddress, organisation=row.id))
        else:
            was = {fact: getattr(row, fact) for fact in ADDRESS}
            await FormerAddress(organisation=row.id, until=on - DAY, **was).save()
            settle(row, address)
            organisation.derive(row)
            await row.save()
        await former.derive(row)
        await record(actor, N_("organisation moved"), thing(row), row.name, format_day(on))


async def move(row: Site, of: Organisation, *, on: date, actor: str = "", **address: Any) -> None:
    """The site stands elsewhere from the day on. `address`: street, postal_code, town, land, lat, lon.

    Without coordinates it gets those of its new postal code. Refused before it opened and after it closed.
    """
    async with DB.transaction():
        await ready(of, row)
        known = [one for one in await former.addresses_of(of) if one.site == row.id]
        before = planned.last(known) or row
        refuse_unmoved(before, address)
        refuse_while_closed(row, on)
        refuse_before_last(known, on)
        there = copy(row)
        settle(there, {fact: getattr(before, fact) for fact in ADDRESS})
        settle(there, {"lat": None, "lon": None, "placed_by": ""} | address)
        site.derive(there)
        make = partial(FormerAddress, organisation=of.id, site=row.id)
        if on > clock.today():
            await planned.enter(row, known, {fact: getattr(there, fact) for fact in PLACE}, on, make)
        else:
            await make(until=on - DAY, **{fact: getattr(row, fact) for fact in PLACE}).save()
            row.__dict__.update(there.__dict__)
            await row.save()
        await former.derive(of)
        await record(actor, N_("site moved"), thing(of), of.name, f"{site.label(row)}: {format_day(on)}")


async def take_back(row: Organisation, one: FormerName | FormerAddress, *, actor: str = "") -> None:
    """It did not come to it, or was entered by mistake: the latest new name or address goes, the one before is back."""
    async with DB.transaction():
        await ready(row)
        known = await alike(row, one)
        if one.until == OPEN and planned.last(known):
            await planned.drop(known)
        elif one.until != OPEN:
            await put_back(row, one)
        await former.derive(row)
        await record(actor, N_("move or new name taken back"), thing(row), row.name)


async def ready(row: Organisation, place: Site | None = None) -> None:
    """Taken, and with what was due this morning, should the worker be late."""
    await take(row)
    if await planned.settle(row):
        await former.derive(row)
        if place and (found := await Site.objects().get(Site.id == place.id)):
            place.__dict__.update(found.__dict__)


async def alike(row: Organisation, one: FormerName | FormerAddress) -> Sequence[Any]:
    """All names, or all addresses of the same place."""
    if isinstance(one, FormerName):
        return await former.names_of(row)
    return [other for other in await former.addresses_of(row) if other.site == one.site]


async def put_back(row: Organisation, one: FormerName | FormerAddress) -> None:
    if isinstance(one, FormerName):
        row.name = one.name
    elif one.site is None:
        settle(row, {fact: getattr(one, fact) for fact in ADDRESS})
    else:
        await back_at(one)
    organisation.derive(row)
    await row.save()
    await one.remove()


async def back_at(one: FormerAddress) -> None:
    place = await Site.objects().get(Site.id == one.site)
    assert place
    settle(place, {fact: getattr(one, fact) for fact in PLACE} | {"placed_by": ""})
    site.derive(place)
    await place.save()


async def formerly(row: Organisation, name: str, *, until: date, actor: str = "") -> None:
    """It had this name until the day; what it is called now stays. Refused for a day that has its former name."""
    async with DB.transaction():
        await take(row)
        if any(one.until == until for one in await former.names_of(row)):
            raise Refused(_("For this day another former name is entered."), "until")
        await FormerName(organisation=row.id, name=name, until=until).save()
        await former.derive(row)
        await record(actor, N_("former name entered"), thing(row), row.name, f"{name}: {format_day(until)}")


def settle(row: Organisation | Site, facts: dict[str, Any]) -> None:
    for fact, value in facts.items():
        setattr(row, fact, value)


def without_planned(facts: dict[str, Any], on: date, names: Sequence[str]) -> dict[str, Any]:
    """What is true from today on."""
    return {name: value for name, value in facts.items() if on <= clock.today() or name not in names}


def is_elsewhere(row: Organisation | Site | FormerAddress, address: dict[str, Any]) -> bool:
    return any(getattr(row, fact) != address.get(fact, getattr(row, fact)) for fact in ADDRESS)


def refuse_unmoved(row: Organisation | Site | FormerAddress, address: dict[str, Any]) -> None:
    if not is_elsewhere(row, address):
        raise Refused(_("This is the address already."), "street")


def refuse_while_closed(row: Site, on: date) -> None:
    if row.closed_on and on > row.closed_on:
        raise Refused(_("The site closes on %(day)s, before that.", day=format_day(row.closed_on)), "moved_on")
    if row.opened_on and on <= row.opened_on:
        raise Refused(_("The site only opened on %(day)s.", day=format_day(row.opened_on)), "moved_on")
    if row.opened_year and not row.opened_on and on <= date(row.opened_year, 1, 1):
        raise Refused(_("The site only opened in %(year)s.", year=row.opened_year), "moved_on")


def refuse_before_last(known: list[Ended], on: date) -> None:
    """History is entered in its order: what was true before a later change cannot be told from a day alone."""
    refuse_implausible(moved_on=on)
    ends = [one.until for one in known if one.until != OPEN]
    if ends and on - DAY <= ends[-1]:
        day = format_day(ends[-1] + DAY)
        raise Refused(_("A change on %(day)s is entered already; this one has to come after it.", day=day), "moved_on")


def thing(row: Organisation) -> str:
    return f"organisation:{row.reference}"
