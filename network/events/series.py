"""Events that follow one another: "2. Austauschforum" is the second of the series "Austauschforum"."""

import re
from dataclasses import dataclass

from network.events.tables import Event, Series
from network.folding import folded
from network.references import new_reference

ORDINAL = re.compile(r"^\s*(\d{1,3})\s*(?:\.|st\b|nd\b|rd\b|th\b)\s*(\S.*)$", re.IGNORECASE)
NAME_ENDS = re.compile(r"\s*(?:[„“\"»«:]|\s[–—-]\s).*$")  # what follows is the theme of the one event
MOST_SUGGESTIONS = 8


@dataclass(frozen=True, slots=True)
class Numbered:
    """A title taken apart."""

    ordinal: int
    rest: str  # without the number, with the theme

    @property
    def name(self) -> str:
        return NAME_ENDS.sub("", self.rest).strip() or self.rest


def numbered(title: str) -> Numbered | None:
    """The number in front of a title, if it has one: "2. Austauschforum", "2nd exchange forum"."""
    found = ORDINAL.match(title)
    return Numbered(int(found[1]), found[2].strip()) if found and int(found[1]) else None


async def series_of(title_de: str, title_en: str = "") -> tuple[Series | None, int | None]:
    """The series that a title names and the event's place in it; a series that is named first is begun."""
    parts = numbered(title_de)
    if parts is None:
        return None, None
    known = [one for one in await Series.objects() if belongs(parts.rest, one.title_de)]
    if known:
        series = max(known, key=lambda one: len(one.title_de))
    else:
        english = numbered(title_en)
        series = Series(
            reference=new_reference(),
            title_de=parts.name,
            title_en=english.name if english else "",
            _exists_in_db=False,
        )
        await series.save()
    return series, parts.ordinal


def belongs(rest: str, name: str) -> bool:
    """As "Austauschforum „Andere Leistungsanbieter“" is one of the series "Austauschforum"."""
    typed, known = folded(rest), folded(name)
    return typed == known or (typed.startswith(known) and not typed[len(known)].isalnum())


async def suggestions() -> list[str]:
    """The next event of each series, the latest series first."""
    rows = await Event.raw(
        "SELECT s.title_de AS title, MAX(e.ordinal) AS last, MAX(e.starts_at) AS held FROM event e "
        "JOIN series s ON s.id = e.series GROUP BY s.id, s.title_de ORDER BY held DESC LIMIT {}",
        MOST_SUGGESTIONS,
    )
    return [f"{row['last'] + 1}. {row['title']}" for row in rows if row["last"]]


def following(title: str, ordinal: int | None) -> str:
    """The same title one further: "2. Austauschforum" becomes "3. Austauschforum", "2nd forum" becomes "3rd forum"."""
    found = ORDINAL.match(title)
    if found is None or ordinal is None:
        return title
    mark = title[found.end(1) : found.start(2)]
    if mark.strip() != ".":
        mark = ordinal_mark(ordinal) + " "
    return f"{ordinal}{mark}{found[2]}"


def ordinal_mark(number: int) -> str:
    """Of an English number: 1st, 2nd, 3rd, 4th, 11th, 22nd."""
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
