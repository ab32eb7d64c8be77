"""A sheet that tells of people and their functions alone: recognised by its headings, and its lines."""

import re
from collections.abc import Sequence

from network.members.columns import HEADER_WITHIN, Header, Rows, heading
from network.members.headings import ADDRESS, MEANING, OF_PEOPLE, WORDS

# Folded, as in headings.WORDS.
OWN_WORDS = [
    ("person", "name|name vorname|vorname name|vorname nachname|vor und nachname|vorname und nachname|person"),
    ("person", "vor und zuname|ansprechpartner|ansprechpartnerin|ansprechpartner in|ansprechperson|kontaktperson"),
    ("person", "kontakt|mitarbeiter|mitarbeiterin|mitarbeiter in|full name|contact|contact person"),
    ("person", "first and last name"),
    ("first_name", "vorname|first name|given name"),
    ("last_name", "nachname|familienname|zuname|surname|last name|family name"),
    ("person_title", "titel|akademischer titel|akad titel|title"),
    ("function", "funktion|funktionen|position|rolle|aufgabe|taetigkeit|stelle|function|role|job title"),
    ("function_title", "wie sie dort heisst|bezeichnung der funktion|as it is called there"),
    ("place", "standort|ort standort|standortname|site|wo|where"),
    ("since", "seit|ab|von|erster tag|since|from|first day"),
    ("until", "bis|letzter tag|until|last day"),
    ("person_phone", "mobil|handy|durchwahl|mobile"),
]
OTHERS = {"email": "person_email", "phone": "person_phone", "name": "name", "number": "number"}
MEANINGS = {
    **{word: OTHERS[column] for column, words in WORDS if column in OTHERS for word in words.split("|")},
    "einrichtung": "name",
    **{word: column for column, words in OWN_WORDS for word in words.split("|")},
}


def find_header(rows: Rows) -> Header | None:
    """The row with a person, whose organisation it is, and a function; None where there are addresses of houses."""
    for index, titles in enumerate(rows[:HEADER_WITHIN]):
        header = read_header(titles, index)
        told = set(header.columns.values())
        named = "person" in told or {"first_name", "last_name"} <= told
        if named and told & {"name", "number"} and "function" in told and not tells_of_houses(titles):
            return header
    return None


def tells_of_houses(titles: Sequence[str]) -> bool:
    """A list of members may name a contact of each, too."""
    meant = {MEANING.get(heading(text), "").removeprefix("site_").removeprefix("own_") for text in titles}
    return bool(meant & {*ADDRESS} - {"town"}) or "opened" in meant


def read_header(titles: Sequence[str], index: int) -> Header:
    header = Header(index)
    for place, text in enumerate(titles):
        meaning = MEANINGS.get(heading(text), "")
        if meaning and meaning not in header.columns.values():
            header.columns[place] = meaning
        elif text:
            header.unknown.append(text)
    return header


def is_of_people(header: Header) -> bool:
    return "function" in header.columns.values()


def lines_of(rows: Rows, header: Header) -> list[tuple[int, dict[str, str]]]:
    """Below the header; an organisation left blank is the one above."""
    found, above = [], dict[str, str]()
    for number, row in enumerate(rows[header.row + 1 :], header.row + 2):
        cells = {name: " ".join(row[place].split()) for place, name in header.columns.items() if place < len(row)}
        cells = {name: text for name, text in cells.items() if text}
        if not cells or row == rows[header.row]:
            continue
        house = {name: text for name, text in cells.items() if name in ("name", "number")}
        above = house or above
        found.append((number, above | with_whole_name(cells)))
    return found


def with_whole_name(cells: dict[str, str]) -> dict[str, str]:
    """Of two columns, or written "Brandt, Ella"."""
    parts = (cells.pop("first_name", ""), cells.pop("last_name", ""))
    whole = " ".join(part for part in parts if part) or cells.get("person", "")
    if turned := re.fullmatch(r"([^,]+), ([^,]+)", whole):
        whole = f"{turned[2]} {turned[1]}"
    return cells | ({"person": whole} if whole else {})


def in_order(names: set[str]) -> list[str]:
    return [name for name in OF_PEOPLE if name in names]
