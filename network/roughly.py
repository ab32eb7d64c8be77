"""Days known only roughly: "1980", "May 1995", "around 1985", "Anfang der 1990er"; read and said in both languages.

Stored as "1995-05-12", "1995-05", "1995", "1985~" (around), "199X" (the decade), "1995-early", "199X-late" or
"1995-summer".
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from network.folding import folded
from network.i18n import N_, _, day_in, format_day, locale

LONGEST = 20  # characters, as it is stored
YEARS = range(1000, 2200)
AROUND_YEARS = 2  # "around 1985" may be 1983 or 1987
MONTHS_OF = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}
YEARS_OF = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}  # of a decade
CODE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|-(?P<part>[a-z]+)|(?P<about>~))?"
    r"|(?P<decade>\d{3})X(?:-(?P<third>early|mid|late))?"
)

MONTH_WORDS = (
    "januar jaenner january jan",
    "februar february feb",
    "maerz march mar mrz",
    "april apr",
    "mai may",
    "juni june jun",
    "juli july jul",
    "august aug",
    "september sept sep",
    "oktober october okt oct",
    "november nov",
    "dezember december dez dec",
)
MONTHS = {word: number for number, words in enumerate(MONTH_WORDS, start=1) for word in words.split()}
DECADES = {
    "dreissiger": 3, "vierziger": 4, "fuenfziger": 5, "sechziger": 6, "siebziger": 7, "achtziger": 8, "neunziger": 9,
    "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8, "nineties": 9,
}  # fmt: skip
PARTS = {
    "early": "anfang beginn early beginning start",
    "mid": "mitte mid middle",
    "late": "ende late end",
    "spring": "fruehjahr fruehling spring",
    "summer": "sommer summer",
    "autumn": "herbst autumn fall",
}
PART = {word: part for part, words in PARTS.items() for word in words.split()}
AROUND = "um etwa ca circa zirka ungefaehr gegen rund around about approximately approx c ~"
BESIDE = "seit since ab from vom im in am dem den der des the of st nd rd th jahr jahre jahren year"  # say nothing here
IS_AROUND, IS_BESIDE = frozenset(AROUND.split()), frozenset(BESIDE.split())

PART_WORDS = {
    "early": N_("early %(year)s"),
    "mid": N_("mid-%(year)s"),
    "late": N_("late %(year)s"),
    "spring": N_("spring %(year)s"),
    "summer": N_("summer %(year)s"),
    "autumn": N_("autumn %(year)s"),
}
THIRD_WORDS = {"early": N_("early %(year)ds"), "mid": N_("mid-%(year)ds"), "late": N_("late %(year)ds")}
SINCE = {
    "day": N_("since %(day)s"),
    "around": N_("since around %(year)s"),
    "decade": N_("since the %(year)ds"),
    "third": N_("since the %(when)s"),
    "other": N_("since %(when)s"),
}
UNTIL = {
    "day": N_("until %(day)s"),
    "around": N_("until around %(year)s"),
    "decade": N_("until the %(year)ds"),
    "third": N_("until the %(when)s"),
    "other": N_("until %(when)s"),
}


@dataclass(frozen=True, slots=True)
class Rough:
    """What a stored word means; `part` is a third of the year or decade, or a season of the year."""

    year: int
    month: int = 0
    day: int = 0
    part: str = ""
    is_decade: bool = False
    is_around: bool = False


def read(text: str) -> str:
    """What somebody typed, as it is stored; "" for nothing. ValueError says in words what can be read."""
    if not text.strip():
        return ""
    found = day_typed(text) or words_typed(text)
    if found is None or found.year not in YEARS:
        raise ValueError(_("That is no date we can read. “1985”, “May 1995”, “around 1985” or “early 1990s” would do."))
    return stored(found)


def stored(rough: Rough) -> str:
    year = f"{rough.year // 10:03}X" if rough.is_decade else f"{rough.year:04}"
    month = f"-{rough.month:02}" if rough.month else ""
    day = f"-{rough.day:02}" if rough.day else ""
    return f"{year}{month}{day}{f'-{rough.part}' if rough.part else ''}{'~' if rough.is_around else ''}"


def meant(code: str) -> Rough:
    """What is stored, taken apart. ValueError if it is nothing that `read` gives."""
    match = CODE.fullmatch(code)
    if match is None or (match["part"] and match["part"] not in MONTHS_OF):
        raise ValueError(code)
    if match["decade"]:
        return Rough(int(match["decade"]) * 10, part=match["third"] or "", is_decade=True)
    year, month, day = int(match["year"]), int(match["month"] or 0), int(match["day"] or 0)
    if match["month"]:
        date(year, month, day or 1)
    return Rough(year, month, day, part=match["part"] or "", is_around=bool(match["about"]))


def day_typed(text: str) -> Rough | None:
    """Figures alone: 12.5.1995, 12/05/1995, 1995-05-12, 5/1995, 1995-05, and what is stored, as it is stored."""
    plain = text.strip().replace("x", "X")
    try:
        return meant(plain)
    except ValueError:
        pass
    match = re.fullmatch(r"(?:(?P<day>\d{1,2})[./] ?)?(?P<month>\d{1,2})[./] ?(?P<year>\d{4})", plain)
    return possible(int(match["year"]), int(match["month"]), int(match["day"] or 0)) if match else None


def words_typed(text: str) -> Rough | None:
    """Words in any order that leaves one meaning; a word that nobody knows leaves none."""
    words = re.findall(
        r"[a-z]+|\d+|~|[^\sa-z\d.,;:()'’/-]+", re.sub(r"(\d)[' ’]?(?:iger|ern?|s)\b", r"\1 x", folded(text))
    )
    left = [word for word in words if word not in IS_AROUND | IS_BESIDE]
    parts = [PART[word] for word in left if word in PART]
    months = [MONTHS[word] for word in left if word in MONTHS]
    decades = [1900 + 10 * DECADES[word] for word in left if word in DECADES]
    figures = [word for word in left if word.isdecimal()]
    tens, is_around = left.count("x"), not IS_AROUND.isdisjoint(words)
    known = len(parts) + len(months) + len(decades) + len(figures) + tens
    if known != len(left) or len(parts) > 1 or len(months) > 1 or tens + len(decades) > 1:
        return None
    if decades or tens:
        whole = decades or [decade for decade in map(decade_of, figures) if decade]
        is_one = len(whole) == 1 and len(figures) == tens and not months and not is_around
        thirds = [part for part in parts if part in YEARS_OF]
        return Rough(whole[0], part="".join(thirds), is_decade=True) if is_one and len(thirds) == len(parts) else None
    return year_typed(figures, months, parts, is_around)


def decade_of(figures: str) -> int:
    """Of "1990er" and "90er"; 0 for "20er", of which nobody knows the century."""
    year = int(figures) if len(figures) == len("1990") else 1900 + int(figures) if figures > "20" else 1
    return 0 if year % 10 or len(figures) not in (2, 4) else year


def year_typed(figures: list[str], months: list[int], parts: list[str], is_around: bool) -> Rough | None:
    years = [int(word) for word in figures if len(word) == len("1990")]
    days = [int(word) for word in figures if len(word) <= len("31")]
    if len(years) != 1 or len(years) + len(days) != len(figures) or len(days) > len(months):
        return None
    if parts or is_around:
        alone = not months and len(parts) + is_around == 1
        return Rough(years[0], part="".join(parts), is_around=is_around) if alone else None
    return possible(years[0], *months, *days)


def possible(year: int, month: int = 0, day: int = 0) -> Rough | None:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return Rough(year, month, day)


def say(code: str) -> str:
    """In the reader's language, to stand alone: "Anfang der 1990er", "um 1985", "Mai 1995"; "" for nothing."""
    if not code:
        return ""
    rough = meant(code)
    if rough.is_decade:
        return _(THIRD_WORDS[rough.part] if rough.part else N_("%(year)ds"), year=rough.year)
    if rough.part:
        return _(PART_WORDS[rough.part], year=rough.year)
    if rough.is_around:
        return _("around %(year)s", year=rough.year)
    if rough.day:
        return format_day(date(rough.year, rough.month, rough.day))
    return day_in("MMMM y", date(rough.year, rough.month, 1), locale()) if rough.month else str(rough.year)


def since(code: str) -> str:
    """As part of a sentence: "seit Anfang der 1990er", "seit den 1990er Jahren", "since the early 1990s"."""
    return phrase(SINCE, code)


def until(code: str) -> str:
    """As part of a sentence: "bis Ende der 1990er", "bis zum 12. Mai 1995", "until around 1985"."""
    return phrase(UNTIL, code)


def span(first: str, last: str) -> str:
    """From when to when: "seit 1980", "1980 – Ende der 1990er", "bis 2003"; "" if neither is known."""
    if first and last:
        return f"{say(first)} – {say(last)}"
    return since(first) or until(last)


def phrase(words: dict[str, str], code: str) -> str:
    """The words differ with what is known: a day, about a year, a decade."""
    if not code:
        return ""
    rough = meant(code)
    form = "around" if rough.is_around else "day" if rough.day else "other"
    if rough.is_decade:
        form = "third" if rough.part else "decade"
    words_for_it = words[form]
    return _(words_for_it, when=say(code), day=say(code), year=rough.year)


def earliest(code: str) -> date:
    """The first day that may be meant: for sorting, and for what had begun on a day."""
    return bounds(code)[0]


def latest(code: str) -> date:
    """The last day that may be meant: for what had not ended on a day."""
    return bounds(code)[1]


def bounds(code: str) -> tuple[date, date]:
    rough = meant(code)
    if rough.is_decade:
        first, last = YEARS_OF.get(rough.part, (0, 9))
        return date(rough.year + first, 1, 1), date(rough.year + last, 12, 31)
    if rough.is_around:
        return date(rough.year - AROUND_YEARS, 1, 1), date(rough.year + AROUND_YEARS, 12, 31)
    start, end = (rough.month, rough.month) if rough.month else MONTHS_OF.get(rough.part, (1, 12))
    last_day = rough.day or monthrange(rough.year, end)[1]
    return date(rough.year, start, rough.day or 1), date(rough.year, end, last_day)


def runs_on(day: date, first: str, last: str) -> bool:
    """Whether what began and ended roughly then may have been on this day; nothing known is no bound."""
    return (not first or earliest(first) <= day) and (not last or day <= latest(last))


def after(day: date) -> list[str]:
    """What may be stored of the day's year and begins after the day, days themselves left out: for queries."""
    return [code for code in parts_of_year(day.year) if earliest(code) > day]


def before(day: date) -> list[str]:
    """What may be stored of the day's year and ended before the day, days themselves left out."""
    return [code for code in parts_of_year(day.year) if latest(code) < day]


def parts_of_year(year: int) -> list[str]:
    return [f"{year:04}-{month:02}" for month in range(1, 13)] + [f"{year:04}-{part}" for part in MONTHS_OF]
