"""What cells of a spreadsheet say of offers and evidence: terms of the catalogues, each with its time or its paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from network import roughly
from network.catalogue.tables import Entry, EntryKind
from network.folding import folded
from network.i18n import _, format_day
from network.members import listwords
from network.members.daywords import day
from network.members.evidence import outside
from network.members.headings import column_name

OFFERS = {"services": EntryKind.SERVICE, "fields": EntryKind.FIELD}
BASIS = "basis"  # the column by which all facts of the evidence are known
EVIDENCE = (BASIS, "issuer", "sign", "valid_from", "valid_until")
DAYS = ("valid_from", "valid_until")
MOST = 60  # in one cell


@dataclass(frozen=True, slots=True)
class OfferTold:
    """`since` and `until` as network.roughly stores them; "" leaves what is known."""

    entry: int
    name: str
    since: str = ""
    until: str = ""

    @property
    def words(self) -> str:
        return listwords.spanned(self.name, roughly.span(self.since, self.until))


@dataclass(frozen=True, slots=True)
class EvidenceTold:
    """What is "" or None leaves what is known."""

    basis: int
    name: str
    issuer: str = ""
    sign: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def words(self) -> str:
        first = _("since %(day)s", day=format_day(self.valid_from)) if self.valid_from else ""
        last = _("until %(day)s", day=format_day(self.valid_until)) if self.valid_until else ""
        return ", ".join(part for part in (self.name, self.issuer, self.sign, first, last) if part)


class Terms:
    """The catalogues, asked by name in either language or by code."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.by_word: dict[tuple[str, str], Entry] = {}
        for one in entries:
            for word in (one.code, one.name_en, one.name_de):
                if word:
                    self.by_word.setdefault((one.kind, folded(word)), one)

    def find(self, kind: EntryKind, text: str) -> Entry | None:
        return self.by_word.get((kind, folded(text)))


def offers(name: str, text: str, terms: Terms, unknown: list[str]) -> tuple[OfferTold, ...]:
    """Of one cell; what no catalogue knows goes to `unknown`. ValueError where a time cannot be read."""
    found = []
    for part in parts_of(name, text):
        if row := terms.find(OFFERS[name], part):  # brackets may belong to the name
            found.append(OfferTold(row.id, row.name_de))
            continue
        word = listwords.without_span(part)
        if row := terms.find(OFFERS[name], word):
            _name, since, until = listwords.span_of(part)
            if since and until and roughly.latest(until) < roughly.earliest(since):
                raise ValueError(_("The end lies before the beginning"))
            found.append(OfferTold(row.id, row.name_de, since, until))
        elif part:
            unknown.append(part)
    return tuple(found)


def evidence(cells: Mapping[str, str], prefix: str, terms: Terms, unknown: list[str]) -> tuple[EvidenceTold, ...]:
    """Of the cells of a place (`prefix` "site_" or ""), whose parts belong together in their order.

    ValueError(column, words) where one names more things than there are legal bases, or a day cannot be read.
    """
    bases = parts_of(BASIS, cells.get(prefix + BASIS, ""))
    facts = {name: parts_of(name, cells.get(prefix + name, "")) for name in EVIDENCE[1:]}
    for name, parts in facts.items():
        if len(parts) > len(bases):
            raise MisfitError(prefix + name, _("There are more entries than under “%(column)s”",
                                          column=column_name(prefix + BASIS)))  # fmt: skip
    found = []
    for place, word in enumerate(bases):
        told = {name: parts[place] for name, parts in facts.items() if place < len(parts)}
        if row := terms.find(EntryKind.LEGAL_BASIS, word):
            days = {name: day_in(prefix + name, told.get(name, "")) for name in DAYS}
            refuse_backwards(prefix, **days)
            if why := outside(row, days["valid_from"], days["valid_until"]):
                raise MisfitError(prefix + BASIS, why)
            found.append(
                EvidenceTold(row.id, row.name_de, told.get("issuer", "")[:200], told.get("sign", "")[:100], **days)
            )
        elif word:
            unknown.append(word)
    return tuple(found)


def refuse_backwards(prefix: str, valid_from: date | None, valid_until: date | None) -> None:
    if valid_from and valid_until and valid_until < valid_from:
        raise MisfitError(f"{prefix}valid_until", _("The end lies before the beginning"))


class MisfitError(ValueError):
    """What is wrong in a certain column."""

    def __init__(self, column: str, words: str) -> None:
        super().__init__(words)
        self.column = column


def parts_of(name: str, text: str) -> list[str]:
    parts = listwords.divided(text) if text else []
    if len(parts) > MOST:
        raise MisfitError(name, _("There are more than %(most)s entries in one cell", most=MOST))
    return parts


def day_in(column: str, text: str) -> date | None:
    try:
        return day(column, text) if text else None
    except ValueError as problem:
        raise MisfitError(column, str(problem)) from problem
