"""Offers and evidence that a spreadsheet mentions, beside those of the directory: what is new, what says otherwise.

A file adds and puts right; it ends and removes nothing: what it does not mention may stand in another list.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from network import clock, roughly
from network.catalogue import entry
from network.catalogue.tables import Entry
from network.database import chunks, marks, rows
from network.members.mentions import BASIS, DAYS, OFFERS, EvidenceTold, OfferTold
from network.members.tables import Evidence, Offer, ProviderStatus

Place = tuple[int, int | None]  # an organisation, and one of its sites or None: the whole of it


@dataclass(slots=True)
class Mention:
    """An offer, a piece of evidence or a step that becomes new or different: how it stood, and what the file says."""

    column: str
    before: str
    after: str
    row: Offer | Evidence | ProviderStatus | None
    facts: dict[str, Any]

    @property
    def table(self) -> type[Offer | Evidence | ProviderStatus]:
        """Where it is kept."""
        if self.column == "status":
            return ProviderStatus
        return Offer if self.column.removeprefix("site_") in OFFERS else Evidence


@dataclass(slots=True)
class Described:
    """What the directory has of both, by place."""

    terms: dict[int, Entry] = field(default_factory=dict)
    offers: dict[Place, list[Offer]] = field(default_factory=lambda: defaultdict(list))
    evidence: dict[Place, list[Evidence]] = field(default_factory=lambda: defaultdict(list))


async def describe(organisation_ids: Iterable[int]) -> Described:
    found = Described(await entry.by_id())
    for some in chunks(organisation_ids):
        for offer in await rows(Offer, f"WHERE organisation IN ({marks(some)}) ORDER BY id", *some):
            found.offers[offer.organisation, offer.site].append(offer)
        for paper in await rows(Evidence, f"WHERE organisation IN ({marks(some)}) ORDER BY id", *some):
            found.evidence[paper.organisation, paper.site].append(paper)
    return found


def different(facts: dict[str, Any], known: Described, organisation: int, site: int | None) -> list[Mention]:
    """Of one place; 0 is an organisation or a site that is only coming."""
    prefix = "" if site is None else "site_"
    found = []
    for name in OFFERS:
        here = [row for row in known.offers.get((organisation, site), []) if row.entry in known.terms]
        found += of_offers(prefix + name, facts.get(name, ()), here, known.terms)
    papers = known.evidence.get((organisation, site), [])
    return found + of_evidence(prefix + BASIS, facts.get(BASIS, ()), papers, known.terms)


def of_offers(column: str, told: Iterable[OfferTold], here: list[Offer], terms: dict[int, Entry]) -> list[Mention]:
    left, found = list(here), []
    for one in sorted(told, key=lambda one: not any(fits(one, row) for row in here)):  # those that are there first
        same = [row for row in left if fits(one, row)] or [row for row in left if may_be(one, row)]
        row = next((row for row in same if not is_backwards(one, row)), None)
        if row is not None:
            left.remove(row)
        if row is None or not fits(one, row):
            since, until = one.since or (row.since if row else ""), one.until or (row.until if row else "")
            after = OfferTold(one.entry, one.name, since, until).words
            before = OfferTold(row.entry, terms[row.entry].name_de, row.since, row.until).words if row else ""
            facts = {"entry": one.entry, "since": since, "until": until}
            found.append(Mention(column, before, after, row, facts))
    return found


def fits(told: OfferTold, row: Offer) -> bool:
    return may_be(told, row) and told.since in ("", row.since) and told.until in ("", row.until)


def is_backwards(told: OfferTold, row: Offer) -> bool:
    """What is told and what is known together would end before it begins: then something else is meant."""
    since, until = told.since or row.since, told.until or row.until
    return bool(since and until) and roughly.latest(until) < roughly.earliest(since)


def may_be(told: OfferTold, row: Offer) -> bool:
    """What is told without an end is offered today, and nothing that was over."""
    is_over = bool(row.until) and roughly.latest(row.until) < clock.today()
    return bool(told.entry == row.entry) and bool(told.until or not is_over)


def of_evidence(
    column: str, told: Iterable[EvidenceTold], here: list[Evidence], terms: dict[int, Entry]
) -> list[Mention]:
    left, found = list(here), []
    for one in sorted(told, key=lambda one: not any(agrees(one, row) for row in here)):
        row = next((row for row in same_paper(one, left) if not ends_before(one, row)), None)
        if row is not None:
            left.remove(row)
        if row is None or not agrees(one, row):
            facts = {name: value for name, value in said(one).items() if value not in ("", None)}
            kept = {name: getattr(row, name) for name in ("issuer", "sign", *DAYS)} if row else {}
            after = EvidenceTold(one.basis, one.name, **(kept | facts)).words
            before = EvidenceTold(row.basis, terms[row.basis].name_de, **kept).words if row else ""
            found.append(Mention(column, before, after, row, facts | {"basis": one.basis}))
    return found


def ends_before(told: EvidenceTold, row: Evidence) -> bool:
    first, last = told.valid_from or row.valid_from, told.valid_until or row.valid_until
    return bool(first and last and last < first)


def said(told: EvidenceTold) -> dict[str, Any]:
    return {"issuer": told.issuer, "sign": told.sign, "valid_from": told.valid_from, "valid_until": told.valid_until}


def agrees(told: EvidenceTold, row: Evidence) -> bool:
    facts = said(told)
    return told.basis == row.basis and all(value in ("", None, getattr(row, name)) for name, value in facts.items())


def same_paper(told: EvidenceTold, left: list[Evidence]) -> list[Evidence]:
    """The paper that is meant: one that says all the same, else by its first day or its sign, else the only one."""
    same = [row for row in left if row.basis == told.basis]
    exactly = [row for row in same if all(getattr(row, name) == value for name, value in said(told).items())]
    agreeing = exactly or [row for row in same if agrees(told, row)]
    if agreeing:
        return agreeing
    if told.valid_from or told.sign:
        return [row for row in same if (told.valid_from and row.valid_from == told.valid_from)
                or (told.sign and row.sign == told.sign)]  # fmt: skip
    return same if len(same) == 1 else []
