"""Evidence as members propose it, with its paper: kept as told until the office agrees, then entered or put right."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from network.catalogue import entry
from network.catalogue.tables import Entry
from network.errors import Refused
from network.files import File
from network.i18n import _, format_day
from network.members import evidence
from network.members.evidence import refuse_backwards, refuse_outside
from network.members.site import label
from network.members.tables import Evidence, Organisation, Site

FACTS = ("issuer", "sign", "valid_from", "valid_until")
DAYS = ("valid_from", "valid_until")
NO_END = date.max


def told(basis: Entry, site: Site | None, facts: Mapping[str, Any], *, of: Evidence | None = None) -> str:
    """What is proposed, as it is kept: JSON. `of` is the evidence that is put right; without it this is a new one.

    Refused if it ends before it begins, or for days on which its basis did not apply.
    """
    refuse_backwards(facts.get("valid_from"), facts.get("valid_until"))
    refuse_outside(basis, facts.get("valid_from"), facts.get("valid_until"))
    days = {name: str(facts[name]) if facts.get(name) else "" for name in DAYS}
    rest = {"issuer": facts.get("issuer") or "", "sign": facts.get("sign") or ""}
    place = {"basis": basis.reference, "site": site.reference if site else "", "of": of.reference if of else ""}
    return json.dumps(place | rest | days, sort_keys=True)


def same_place(one: str, other: str) -> bool:
    """Of two proposals for the same basis and place, or about the same evidence, the newer is meant."""
    first, second = json.loads(one), json.loads(other)
    return all(first[name] == second[name] for name in ("basis", "site", "of"))


async def current(row: Organisation, new: str) -> str:
    """What stands there today: the evidence that is put right, else the latest for the same basis and place; or ""."""
    wanted = json.loads(new)
    terms = await entry.by_id()
    sites = {one.id: one for one in await Site.objects().where(Site.organisation == row.id)}
    found = [(one, sites.get(one.site)) for one in await evidence.of_all([row.id])]
    for one, site in sorted(found, key=lambda pair: (pair[0].valid_until or NO_END, pair[0].id), reverse=True):
        basis = terms[one.basis]
        meant = one.reference == wanted["of"] if wanted["of"] else is_at(basis, site, wanted)
        if meant:
            facts = {name: getattr(one, name) for name in FACTS}
            return told(basis, site, facts, of=one if wanted["of"] else None)
    return ""


def is_at(basis: Entry, site: Site | None, wanted: Mapping[str, str]) -> bool:
    return bool(basis.reference == wanted["basis"] and (site.reference if site else "") == wanted["site"])


async def in_words(value: str) -> str:
    """Such as "§ 51 SGB IX, Bonn, Rentenversicherung Demo, AZ 7, since 1 January 2026, until 31 December 2030"."""
    if not value:
        return ""
    facts = json.loads(value)
    basis = await entry.by_reference(facts["basis"])
    site = await Site.objects().get(Site.reference == facts["site"]) if facts["site"] else None
    first, last = (date.fromisoformat(facts[name]) if facts[name] else None for name in DAYS)
    parts = [
        entry.name_of(basis) if basis else _("a legal basis since removed"),
        label(site) if site else _("the whole organisation"),
        facts["issuer"],
        facts["sign"],
        _("since %(day)s", day=format_day(first)) if first else "",
        _("until %(day)s", day=format_day(last)) if last else "",
    ]
    return ", ".join(part for part in parts if part)


async def enter(row: Organisation, value: str, document: File | None, *, actor: str) -> None:
    """The office agrees: evidence is entered with its paper, or put right. Refused when what it is about is gone."""
    facts = json.loads(value)
    basis = await entry.by_reference(facts["basis"])
    site = await Site.objects().get((Site.reference == facts["site"]) & (Site.organisation == row.id))
    if basis is None or (facts["site"] and site is None):
        raise Refused(_("The legal basis or the site of this evidence is not known any more."))
    known = {"issuer": facts["issuer"], "sign": facts["sign"]}
    days = {name: date.fromisoformat(facts[name]) if facts[name] else None for name in DAYS}
    if not facts["of"]:
        await evidence.enter(row, basis, site=site, document=document, actor=actor, **known, **days)
        return
    one = await evidence.by_reference(facts["of"])
    if one is None or one.organisation != row.id:
        raise Refused(_("The evidence that was to be put right is not there any more."))
    await evidence.change(one, row, basis, site=site, document=document, actor=actor, **known, **days)
