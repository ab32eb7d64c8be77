"""What an organisation's pages tell beyond address and membership: profile, offers, evidence, relations, § 60."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from markupsafe import Markup

from network import clock, files, roughly
from network.catalogue import entry
from network.catalogue.tables import Entry, EntryKind
from network.catalogue.terms import term
from network.i18n import N_, _, locale
from network.members import counted, evidence, offer, provider, relation
from network.members.evidence import Shown
from network.members.offer import Offered
from network.members.tables import Organisation

EVIDENCE_STATES = {
    "later": ("info", N_("valid later")),
    "valid": ("ok", N_("valid")),
    "soon": ("info", N_("ends within six months")),
    "urgent": ("warn", N_("ends within three months")),
    "outdated": ("warn", N_("on a basis that no longer applies")),
    "expired": ("bad", N_("has expired")),
    "renewed": ("", N_("renewed")),
}


def evidence_states() -> dict[str, tuple[str, str]]:
    """The mark and the words."""
    return {state: (kind, _(words)) for state, (kind, words) in EVIDENCE_STATES.items()}


async def described(row: Organisation, day: date) -> dict[str, Any]:
    """For the public page and the office's: what both show."""
    known = await entry.by_id()
    about = row.about_en if locale() == "en" and row.about_en else row.about_de
    return {
        "say": roughly.say,
        "term": term,
        "about": await counted.filled(about, day),
        "facility_type": term(known.get(row.facility_type or 0)),
        "offers": await offer.offered([row.id], day),
        "offers_at": offers_at,
        "bases": bases_by_site(await evidence.of(row, day), day),
        "relations": await relation.of(row, day),
        "provider": await provider_on(row, day, known),
    }


async def described_for_office(row: Organisation, day: date) -> dict[str, Any]:
    """For the office and the organisation's own representatives: all that is known."""
    shown = await evidence.of(row, day)
    every = await offer.offered([row.id])
    return await described(row, day) | {
        "every_offer": every,
        "evidence": shown,
        "evidence_state": evidence_states(),
    }


class Basis(NamedTuple):
    """On what is worked; where that has ended by the day, what came after it."""

    term: Entry
    after: Entry | None
    is_over: bool


def bases_by_site(shown: list[Shown], day: date) -> dict[int | None, list[Basis]]:
    """On what is worked there that day, as far as valid evidence shows it; None: by the organisation as a whole.

    Evidence on an old law is told as what it is, with the successor beside, which it is no evidence for.
    """
    found: dict[int | None, list[Basis]] = {}
    running = [one for one in shown if one.covers(day)]
    held = {(one.row.site, one.basis.id) for one in running}
    for one in running:
        after = one.now if one.now.id != one.basis.id else None
        if after and held & {(one.row.site, after.id), (None, after.id)}:
            continue
        here = found.setdefault(one.row.site, [])
        if all(basis.term.id != one.basis.id for basis in here):
            here.append(Basis(one.basis, after, one.basis.until is not None and one.basis.until < day))
    return found


def offers_at(offers: Sequence[Offered], site: int | None) -> list[tuple[str, list[Offered]]]:
    """Services and fields that are offered there, each under its heading; None: by the organisation as a whole."""
    here = [one for one in offers if one.site == site]
    told = [(title, [one for one in here if one.entry.kind == kind]) for kind, title in headings()]
    return [(title, found) for title, found in told if found]


def by_kind(offers: Iterable[Offered]) -> list[tuple[str, list[Entry]]]:
    """Services and fields that are offered anywhere, each once."""
    terms = {one.entry.id: one.entry for one in offers}
    told = [(title, [row for row in terms.values() if row.kind == kind]) for kind, title in headings()]
    return [(title, found) for title, found in told if found]


def headings() -> list[tuple[EntryKind, str]]:
    return [(EntryKind.SERVICE, _("Services")), (EntryKind.FIELD, _("Occupational fields"))]


async def provider_on(row: Organisation, day: date, known: dict[int, Entry]) -> dict[str, Any] | None:
    """How far it was with § 60 SGB IX on the day; None for who has nothing to do with it. Today tells what is ahead."""
    every = await provider.history(row)
    steps = [step for step in every if step.since <= day]
    ahead = [step for step in every if step.since > day] if day == clock.today() else []
    if not steps and not ahead and not any(getattr(row, fact) for fact in provider.FACTS):
        return None
    terms = {one.code: one for one in known.values() if one.kind == EntryKind.TERM}
    return {
        "steps": steps,
        "ahead": ahead,
        "now": steps[-1] if steps else None,
        "papers": await files.names_of(step.document for step in [*steps, *ahead] if step.document),
        "words": {status: _(words) for status, words in provider.STATUSES.items()},
        "offered_in": _(provider.OFFERED_IN[row.offered_in]) if row.offered_in else "",
        "scopes": Markup(", ").join(term(terms.get(code)) or code for code in row.scopes.split()),
        "approved_on": row.approved_on if row.approved_on and row.approved_on <= day else None,
        "agreed_on": row.agreed_on if row.agreed_on and row.agreed_on <= day else None,
        "listed_on": row.listed_on if row.listed_on and row.listed_on <= day else None,
    }
