"""Several things in one cell of a spreadsheet: "Beratung (seit Anfang der 1990er); Förderung", written and read."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from network import roughly

BETWEEN = re.compile(r"\s+[–-]\s+")
ENDS = re.compile(r"(?:bis(?: zum| zur)?|until)\s+", re.IGNORECASE)
BRACKETS = re.compile(r"(.*\S)\s*\(([^()]*)\)")


def joined(parts: Iterable[str]) -> str:
    """With a semicolon between; whatever holds one itself, or a quotation mark, stands in quotation marks."""
    return "; ".join(quoted(one_line(part)) for part in parts)


def quoted(part: str) -> str:
    return '"' + part.replace('"', '""') + '"' if ";" in part or '"' in part else part


def joined_beside(values: Sequence[str | date | float | None]) -> str | date | None:
    """Facts of several things, each in the place of its thing: empty ones keep their place. One alone is itself."""
    if not any(values):
        return ""
    if len(values) == 1 and isinstance(values[0], date):
        return values[0]
    return joined([value.strftime("%d.%m.%Y") if isinstance(value, date) else str(value or "") for value in values])


def one_line(text: str) -> str:
    return " ".join(text.split())


def divided(text: str) -> list[str]:
    """The parts of a cell, without the quotation marks in which they stand."""
    parts, part, inside = [], "", False
    for letter in text:
        inside ^= letter == '"'
        if letter == ";" and not inside:
            parts.append(part.strip())
            part = ""
        else:
            part += letter
    return [unquoted(one) for one in (*parts, part.strip())]


def unquoted(part: str) -> str:
    is_quoted = len(part) > 1 and part.startswith('"') and part.endswith('"')
    return part[1:-1].replace('""', '"') if is_quoted else part


def spanned(name: str, span: str) -> str:
    return f"{name} ({span})" if span else name


def span_of(text: str) -> tuple[str, str, str]:
    """Name, since and until (as network.roughly stores them) of "Beratung (seit Anfang der 1990er)".

    ValueError where what stands in the brackets is no time.
    """
    match = BRACKETS.fullmatch(text)
    if match is None:
        return text, "", ""
    first, *last = BETWEEN.split(match[2].strip(), maxsplit=1)
    if last:
        return match[1], roughly.read(first), roughly.read(last[0])
    ends = ENDS.match(first)
    return (match[1], "", roughly.read(first[ends.end() :])) if ends else (match[1], roughly.read(first), "")


def without_span(text: str) -> str:
    match = BRACKETS.fullmatch(text)
    return match[1] if match else text
