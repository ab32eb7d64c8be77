"""The sixteen Länder, by the letters of ISO 3166-2:DE, and which of them a postal code lies in."""

import bisect
import csv
from functools import cache
from pathlib import Path

from network.folding import folded
from network.i18n import N_, _
from network.members.whereabouts import of_postal_code

LANDS = {
    "BW": N_("Baden-Württemberg"),
    "BY": N_("Bavaria"),
    "BE": N_("Berlin"),
    "BB": N_("Brandenburg"),
    "HB": N_("Bremen"),
    "HH": N_("Hamburg"),
    "HE": N_("Hesse"),
    "MV": N_("Mecklenburg-Western Pomerania"),
    "NI": N_("Lower Saxony"),
    "NW": N_("North Rhine-Westphalia"),
    "RP": N_("Rhineland-Palatinate"),
    "SL": N_("Saarland"),
    "SN": N_("Saxony"),
    "ST": N_("Saxony-Anhalt"),
    "SH": N_("Schleswig-Holstein"),
    "TH": N_("Thuringia"),
}
GERMAN = {
    "BY": "Bayern", "HE": "Hessen", "MV": "Mecklenburg-Vorpommern", "NI": "Niedersachsen", "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz", "SN": "Sachsen", "ST": "Sachsen-Anhalt", "TH": "Thüringen",
}  # fmt: skip
ALSO = {"nrw": "NW", "bawue": "BW", "meckpomm": "MV", "nds": "NI", "rlp": "RP", "freistaat bayern": "BY",
        "freistaat sachsen": "SN", "freistaat thueringen": "TH", "freie und hansestadt hamburg": "HH",
        "freie hansestadt bremen": "HB"}  # fmt: skip


def land_name(code: str) -> str:
    """In the language being spoken; "" for no Land."""
    return _(LANDS[code]) if code in LANDS else ""


def land_choices() -> list[tuple[str, str]]:
    """For a select: code and name, sorted by name."""
    return sorted(((code, land_name(code)) for code in LANDS), key=lambda pair: folded(pair[1]))


def land_code(text: str) -> str | None:
    """The Land that somebody means by "Hessen", "HE" or "Hesse"; None when it is none."""
    word = folded(text).removeprefix("de-").strip(". ")
    if word.upper() in LANDS:
        return word.upper()
    return _known().get(word)


def land_of_postal_code(code: str) -> str:
    """The Land of a place with this postal code; "" where that is not certain, or the code is nobody's."""
    runs = postal_runs()
    place = bisect.bisect_right(runs, (code, "99999", "")) - 1
    inside = place >= 0 and runs[place][0] <= code <= runs[place][1]
    return runs[place][2] if inside and of_postal_code(code) else ""


@cache
def postal_runs() -> list[tuple[str, str, str]]:
    """First and last code and the Land; where they are from says the file."""
    with Path(__file__).with_name("postal_lands.csv").open(encoding="utf-8", newline="") as file:
        lines = csv.reader(line for line in file if not line.startswith("#"))
        return sorted((first, last, land) for first, last, land in lines)


def _known() -> dict[str, str]:
    english = {folded(name): code for code, name in LANDS.items()}
    return english | {folded(name): code for code, name in GERMAN.items()} | ALSO
