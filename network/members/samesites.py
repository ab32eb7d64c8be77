"""Sites that two entries of one organisation both have: the same street, or the same name, in one postal code."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from network.folding import folded
from network.i18n import _, format_day
from network.members import site
from network.members.likeness import place_of, sounding
from network.members.tables import Organisation, Site

FACTS = ("code", "name", "street", "land", "opened_year", "opened_on", "places", "email", "phone", "website")


@dataclass(frozen=True, slots=True)
class SameSite:
    """Two rows for one site; `sure` where the address says so and nothing else contradicts."""

    mine: Site
    theirs: Site
    sure: bool

    @property
    def key(self) -> str:
        return f"{self.mine.reference} {self.theirs.reference}"

    @property
    def words(self) -> str:
        street = self.mine.street or self.theirs.street
        place = f"{self.mine.postal_code} {self.mine.town}"
        return ", ".join(part for part in (self.mine.name or self.theirs.name, street, place) if part)

    @property
    def contradictions(self) -> list[str]:
        """Where both say something else: what the kept one says stays."""
        pairs = [(fact, getattr(self.mine, fact), getattr(self.theirs, fact)) for fact in (*FACTS, "closed_on")]
        return [f"{said(mine)} / {said(theirs)}" for _fact, mine, theirs in pairs if differ(mine, theirs)]


def said(value: Any) -> str:
    return format_day(value) if isinstance(value, date) else _("open") if value is None else str(value)


def differ(mine: Any, theirs: Any) -> bool:
    both = mine not in (None, "") and theirs not in (None, "")
    return both and sounding(folded(str(mine))) != sounding(folded(str(theirs)))


async def pairs(kept: Organisation, gone: Organisation) -> list[SameSite]:
    """Each site in one pair at most, the surest first."""
    mine, theirs = [
        await Site.objects().where(Site.organisation == row.id).order_by(Site.sorting).order_by(Site.id)
        for row in (kept, gone)
    ]
    found = [
        SameSite(one, other, sure=is_sure(one, other)) for one in mine for other in theirs if may_be_one(one, other)
    ]
    taken: set[str] = set()
    once = []
    for pair in sorted(found, key=lambda pair: (not pair.sure, not same_street(pair.mine, pair.theirs))):
        if not taken & {pair.mine.reference, pair.theirs.reference}:
            taken |= {pair.mine.reference, pair.theirs.reference}
            once.append(pair)
    return once


def may_be_one(mine: Site, theirs: Site) -> bool:
    """In one postal code, with nothing else in street or name; or with the same number in the same town."""
    if mine.code and mine.code == theirs.code:
        return True
    if mine.postal_code != theirs.postal_code:
        return False
    return not (mine.street and theirs.street) or same_street(mine, theirs)


def same_street(mine: Site, theirs: Site) -> bool:
    return bool(mine.street) and place_of("-", mine.street) == place_of("-", theirs.street)


def is_sure(mine: Site, theirs: Site) -> bool:
    """The same street; with nobody having told one, the same name, or none. One open and one closed are two."""
    if bool(mine.closed_on) != bool(theirs.closed_on):
        return False
    if mine.street and theirs.street:
        return same_street(mine, theirs)
    return folded(mine.name) == folded(theirs.name) and folded(mine.town) == folded(theirs.town)


def fill(mine: Site, theirs: Site) -> None:
    """What only the other row knew of the site."""
    for fact in FACTS:
        if getattr(mine, fact) in (None, ""):
            setattr(mine, fact, getattr(theirs, fact))
    if theirs.lat is not None and not theirs.placed_by and (mine.lat is None or mine.placed_by):
        mine.lat, mine.lon, mine.placed_by = theirs.lat, theirs.lon, ""
    site.derive(mine)
