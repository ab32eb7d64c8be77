"""Which column of an office's spreadsheet means what, whatever it is called and wherever it stands."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from network.folding import folded
from network.members.headings import ADDRESS, DESCRIBED, GROUPS, HOUSES, MEANING, OF_SITES, VAGUE, WHOSE

HEADER_WITHIN = 40  # lines
Rows = Sequence[Sequence[str]]


@dataclass(slots=True)
class Header:
    """Where the header stands (from 0), what each column means, and the columns that mean nothing to us."""

    row: int
    columns: dict[int, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    @property
    def has_sites(self) -> bool:
        return any(meaning in OF_SITES for meaning in self.columns.values())


def find_header(rows: Rows) -> Header | None:
    """The row that names most columns, below any title rows; None if no row names a member and one thing more."""
    most, found = 1, -1
    for index in range(len(rows[:HEADER_WITHIN])):
        known = set(meanings(titles_at(rows, index))) - {""}
        if known & {"name", "number"} and len(known) > most:
            most, found = len(known), index
    return read_header(rows, found) if found >= 0 else None


def titles_at(rows: Rows, index: int) -> list[str]:
    """The row's headings; those of the row above where that one says whose they are, in cells joined over several."""
    own, above = list(rows[index]), list(rows[index - 1]) if index else []
    if not set(GROUPS.values()) <= {GROUPS.get(heading(text)) for text in above if text}:
        return own
    titles, group = [], ""
    for place in range(max(len(own), len(above))):
        text, over = (row[place] if place < len(row) else "" for row in (own, above))
        group = GROUPS.get(heading(over), "") if over else group
        titles.append(WHOSE.get((group, MEANING.get(heading(text), "")), text) if text else over)
    return titles


def meanings(titles: Sequence[str]) -> list[str]:
    """What the row's headings mean; "Einrichtung" is the site, or the member where no other column names it."""
    words = [heading(text) for text in titles]
    told = [MEANING.get(word, "") for word in words]
    others = {meaning for word, meaning in zip(words, told, strict=True) if word not in HOUSES}
    if "name" in told or ("number" in told and not any(meaning.startswith("site_") for meaning in others)):
        return told
    return ["name" if word in HOUSES else meaning for word, meaning in zip(words, told, strict=True)]


def heading(text: str) -> str:
    """A heading without what varies: "Straße / Nr." is "strasse nr", "Standort(e)" is "standort"."""
    return " ".join(re.sub(r"\([^)]*\)|[^a-z0-9]+", " ", folded(text)).split())


def read_header(rows: Rows, index: int) -> Header:
    titles, below = titles_at(rows, index), rows[index + 1 :]
    header = Header(index)
    for (place, text), told in zip(enumerate(titles), meanings(titles), strict=True):
        if meaning := free_meaning(header, told):
            header.columns[place] = meaning
        elif text:
            header.unknown.append(text)
    look_below(header, titles, below)
    whose_address(header, titles)
    return header


def free_meaning(header: Header, meaning: str) -> str:
    """What the heading means, unless a column left of it means the same: then its second meaning, or none."""
    taken = header.columns.values()
    if meaning not in taken:
        return meaning
    second = f"site_{meaning}" if meaning in ADDRESS else "second_name"  # first the member's address, then the site's
    return second if meaning in (*ADDRESS, "name") and second not in taken else ""


def look_below(header: Header, titles: Sequence[str], below: Rows) -> None:
    """Some headings need a look at what stands below: "Standorte" may hold names, codes, or only how many there are."""
    for place, meaning in list(header.columns.items()):
        values = {row[place] for row in below if place < len(row) and row[place]}
        if meaning == "site_name" and values and all(re.fullmatch(r"\d{1,3}", value) for value in values):
            drop(header, place, titles)  # a number of sites is counted, never typed
        elif meaning in ("name", "site_name") and values and all(map(is_code, values)):
            code = "number" if meaning == "name" else "site_code"
            if code not in header.columns.values():
                header.columns[place] = code
    tell_second_name(header, titles)
    drop_running_number(header, titles, below)


def tell_second_name(header: Header, titles: Sequence[str]) -> None:
    """Either "Mitglied" held the codes, or the site's name follows the member's; else it is somebody else's name."""
    for place, meaning in list(header.columns.items()):
        if meaning == "second_name":
            del header.columns[place]
            taken = header.columns.values()
            if "name" not in taken:
                header.columns[place] = "name"
            elif header.has_sites and "site_name" not in taken:
                header.columns[place] = "site_name"
            else:
                header.unknown.append(titles[place])


def drop_running_number(header: Header, titles: Sequence[str], below: Rows) -> None:
    """In a list of sites "Nr." often counts the lines: then one member has many."""
    at = {meaning: place for place, meaning in header.columns.items()}
    if not header.has_sites or "number" not in at or "name" not in at:
        return
    number, name = at["number"], at["name"]
    if heading(titles[number]) not in VAGUE:
        return
    numbers: dict[str, set[str]] = defaultdict(set)
    above = ""
    for row in below:
        above = row[name] if name < len(row) and row[name] else above
        if number < len(row) and row[number]:
            numbers[above].add(row[number])
    if any(len(found) > 1 for found in numbers.values()):
        drop(header, number, titles)


def drop(header: Header, place: int, titles: Sequence[str]) -> None:
    del header.columns[place]
    header.unknown.append(titles[place])


def whose_address(header: Header, titles: Sequence[str]) -> None:
    """In a list of sites the address is the site's, and so is what is offered, unless a column says the member's."""
    for place, meaning in list(header.columns.items()):
        taken = header.columns.values()
        if header.has_sites and meaning in (*ADDRESS, *DESCRIBED) and f"site_{meaning}" not in taken:
            header.columns[place] = f"site_{meaning}"
    for place, meaning in list(header.columns.items()):
        if meaning.startswith("own_"):
            if meaning.removeprefix("own_") in header.columns.values():
                drop(header, place, titles)
            else:
                header.columns[place] = meaning.removeprefix("own_")
    taken = header.columns.values()
    if "site_town" not in taken:
        for place, meaning in list(header.columns.items()):
            if meaning == "site_name":
                header.columns[place] = "site_town"  # "Standort: Kassel"


def is_code(value: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z]{0,3}-?\d{1,6}", value))
