"""The sixteen Länder, by the letters of ISO 3166-2:DE."""

from network.folding import folded
from network.i18n import N_, _

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


def _known() -> dict[str, str]:
    english = {folded(name): code for code, name in LANDS.items()}
    return english | {folded(name): code for code, name in GERMAN.items()} | ALSO
