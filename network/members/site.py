"""A member's site: opened, moved, closed. Postal codes are text and keep their zero."""

from datetime import date
from typing import Any

from network.activity import record
from network.database import DB
from network.errors import Refused
from network.folding import sort_key
from network.i18n import N_, _, format_day
from network.members import former
from network.members.former import found_by
from network.members.organisation import take
from network.members.tables import Organisation, Site
from network.members.whereabouts import POSTAL_CODE, of_postal_code
from network.plausible import refuse_implausible
from network.references import new_reference

FACTS = ("code", "name", "street", "postal_code", "town", "land", "lat", "lon", "opened_year", "places", "email",
         "phone", "website")  # fmt: skip


async def enter(
    organisation: Organisation,
    *,
    postal_code: str,
    town: str,
    code: str = "",
    name: str = "",
    street: str = "",
    land: str = "",
    lat: float | None = None,
    lon: float | None = None,
    opened_year: int | None = None,
    opened_on: date | None = None,
    places: int | None = None,
    email: str = "",
    phone: str = "",
    website: str = "",
    actor: str = "",
) -> Site:
    """Enter a site of an organisation; `land` in two letters. Refused if another site has the code.

    With only the year of its opening it counts from 1 January of that year on, with the day from that day on.
    """
    row = drafted(
        organisation.id, postal_code=postal_code, town=town, code=code, name=name, street=street, land=land,
        lat=lat, lon=lon, opened_year=opened_year, opened_on=opened_on, places=places, email=email, phone=phone,
        website=website,
    )  # fmt: skip
    async with DB.transaction():
        await take(organisation)
        await refuse_code_of_another(row)
        await row.save()
        await record(actor, N_("site entered"), f"organisation:{organisation.reference}", organisation.name, label(row))
    return row


def drafted(organisation_id: int, **facts: Any) -> Site:
    """The row, not stored yet."""
    row = Site(reference=new_reference(), organisation=organisation_id, **facts)
    derive(row)
    return row


def derive(row: Site) -> None:
    row.search = found_by(row.name, row, row.code)
    if row.opened_on:
        row.opened_year = row.opened_on.year
    locate(row)
    row.sorting = sort_key(f"{row.town} {row.name}")[:200]


def locate(row: Site) -> None:
    """Without coordinates a site stands in the middle of its postal code's area, and says so."""
    if row.lat is None or row.lon is None or row.placed_by:
        found = of_postal_code(row.postal_code)
        row.lat, row.lon = found or (None, None)
        row.placed_by = POSTAL_CODE if found else ""


async def change(row: Site, organisation: Organisation, *, actor: str = "", **facts: Any) -> list[str]:
    """Put right what is known of a site; returns the names of what became different.

    The past changes with it. A new address from a day on is `moving.move`.
    """
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    if not changed:
        return []
    async with DB.transaction():
        await take(organisation)
        for name in changed:
            setattr(row, name, facts[name])
        if {"lat", "lon"} & set(changed):
            row.placed_by = ""
        derive(row)
        refuse_closed_before_opened(row)
        await refuse_code_of_another(row)
        await row.save()
        await former.derive(organisation)
        detail = f"{label(row)}: {', '.join(sorted(changed))}"
        await record(actor, N_("site changed"), f"organisation:{organisation.reference}", organisation.name, detail)
    return changed


async def close(row: Site, organisation: Organisation, *, on: date, actor: str = "") -> None:
    """Close a site; `on` is its last day."""
    refuse_implausible(closed_on=on)
    row.closed_on = on
    refuse_closed_before_opened(row)
    async with DB.transaction():
        await take(organisation)
        await Site.update({Site.closed_on: on}).where(Site.id == row.id)
        await record(actor, N_("site closed"), f"organisation:{organisation.reference}", organisation.name, label(row))


async def reopen(row: Site, organisation: Organisation, *, actor: str = "") -> None:
    """The site was not closed after all."""
    async with DB.transaction():
        await take(organisation)
        await Site.update({Site.closed_on: None}).where(Site.id == row.id)
        await record(
            actor, N_("site reopened"), f"organisation:{organisation.reference}", organisation.name, label(row)
        )


async def by_reference(organisation: Organisation, reference: str) -> Site | None:
    return await Site.objects().get((Site.reference == reference) & (Site.organisation == organisation.id))


def is_over(one: Site, day: date) -> bool:
    return one.closed_on is not None and one.closed_on < day


def is_open(one: Site, day: date) -> bool:
    """By the same words as the directory's own query (Lens.is_open)."""
    begun = one.opened_on <= day if one.opened_on else (one.opened_year or 0) <= day.year
    return begun and (one.closed_on is None or one.closed_on >= day)


def refuse_closed_before_opened(row: Site) -> None:
    if row.closed_on and row.opened_on and row.closed_on < row.opened_on:
        raise Refused(_("The site only opened on %(day)s.", day=format_day(row.opened_on)), "closed_on")
    if row.closed_on and row.opened_year and row.closed_on.year < row.opened_year:
        raise Refused(_("The site only opened in %(year)s.", year=row.opened_year), "closed_on")


async def refuse_code_of_another(row: Site) -> None:
    if not row.code:
        return
    other = await Site.objects().where(Site.code == row.code).first()
    if other and other.reference != row.reference:
        raise Refused(_("The site %(site)s has the code %(code)s already.", site=label(other), code=row.code), "code")


def label(row: Site) -> str:
    """What a site is called in a sentence: its name, or its town."""
    return f"{row.name}, {row.town}" if row.name and row.town not in row.name else row.name or row.town
