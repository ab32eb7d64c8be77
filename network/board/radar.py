"""The radar: all terms on one line of time, drawn, and the same as a table."""

from dataclasses import dataclass
from datetime import date, timedelta

from network.board import warning
from network.board.appointment import Appointed
from network.board.ledger import Held, Ledger, Standing
from network.board.seat import order
from network.board.words import seat_name
from network.i18n import _, format_day

WIDE, LEFT, LANE, TOP = 960, 190, 34, 26  # in the drawing's own units
MOST_YEARS = 15  # back from today; what is older stands in the table alone
LETTER = 7.4  # how wide one is, about


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    width: float
    kind: str  # "running", "holdover", "over", "coming"
    words: str  # all of it, for whoever points at it
    label: str = ""  # what fits into it


@dataclass(frozen=True, slots=True)
class Mark:
    """A warning: so many months ahead of the end."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    name: str
    y: int
    bars: list[Bar]
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Drawing:
    lanes: list[Lane]
    years: list[tuple[float, int]]
    now: float
    height: int
    wide: int = WIDE
    left: int = LEFT
    lane: int = LANE


@dataclass(frozen=True, slots=True)
class Scale:
    first: date
    last: date

    def x(self, day: date) -> float:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(LEFT + min(max(share, 0.0), 1.0) * (WIDE - LEFT - 10), 1)


def drawn(book: Ledger, appointed: list[Appointed], day: date) -> Drawing:
    """A lane for each seat that anybody holds, held or will hold, and for whoever is appointed."""
    scale = scale_of(book, day)
    sittings = {one.place for one in book.board(day).sittings}
    places = sorted(sittings | {one.place for one in book.terms if reaches(one, scale)}, key=order)
    kinds = [kind for kind, _position in places]
    lanes = [
        Lane(
            seat_name(*place, of=kinds.count(place[0])),
            TOP + number * LANE,
            [bar for one in book.of_seat(place) for bar in bars_of(one, scale, day)],
            [mark for one in book.of_seat(place) for mark in marks_of(book, one, scale, day)],
        )
        for number, place in enumerate(places)
    ]
    for kind in dict.fromkeys(one.row.kind for one in appointed):
        those = [one for one in appointed if one.row.kind == kind]
        bars = [bar for one in those if (bar := bar_of(one, scale, day))]
        lanes.append(Lane(those[0].title, TOP + len(lanes) * LANE, bars, []))
    years = [(scale.x(date(year, 1, 1)), year) for year in range(scale.first.year, scale.last.year + 1)]
    return Drawing(lanes, years, scale.x(day), TOP + len(lanes) * LANE + 8)


def scale_of(book: Ledger, day: date) -> Scale:
    """Whole years: from the first term, within limits, to a year beyond the last end."""
    first = max(min((one.since.year for one in book.terms), default=day.year), day.year - MOST_YEARS)
    ends = [one.until or one.last or day for one in book.terms]
    return Scale(date(first, 1, 1), date(max([day, *ends]).year, 12, 31))


def reaches(one: Held, scale: Scale) -> bool:
    return one.last is None or one.last >= scale.first


def bars_of(one: Held, scale: Scale, day: date) -> list[Bar]:
    """A term, and in another bar the time beyond its regular end."""
    regular_end = one.last if one.last and (one.until is None or one.last <= one.until) else one.until
    end = regular_end or scale.last
    if not reaches(one, scale):
        return []
    standing = one.standing(day)
    kind = "running" if standing == Standing.HOLDOVER else standing.value
    found = [bar(one, scale, one.since, end, kind)]
    if one.until and regular_end == one.until and (one.last is None or one.last > one.until) and day > one.until:
        beyond = one.until + timedelta(days=1)
        found.append(
            Bar(
                scale.x(beyond),
                span(scale, beyond, one.last or day),
                "holdover",
                _("%(name)s stays in office", name=one.who),
            )
        )
    return found


def bar(one: Held, scale: Scale, since: date, end: date, kind: str) -> Bar:
    width = span(scale, since, end)
    label = next((text for text in (one.who, one.name.split()[-1]) if len(text) * LETTER < width - 12), "")
    return Bar(scale.x(since), width, kind, f"{one.title}: {one.who}, {format_day(since)} – {format_day(end)}", label)


def bar_of(one: Appointed, scale: Scale, day: date) -> Bar | None:
    end = one.row.until or scale.last
    if end < scale.first:
        return None
    width = span(scale, one.row.since, end)
    kind = "coming" if one.row.since > day else "over" if end < day else "running"
    label = one.who if len(one.who) * LETTER < width - 12 else ""
    return Bar(scale.x(one.row.since), width, kind, f"{one.title}: {one.who}", label)


def span(scale: Scale, since: date, until: date) -> float:
    return round(max(scale.x(until) - scale.x(since), 2.0), 1)


def marks_of(book: Ledger, one: Held, scale: Scale, day: date) -> list[Mark]:
    """Where it is told that the running term ends."""
    if one.until is None or one.until < day or not one.holds(day) or book.follower(one) or one.ended_on:
        return []
    return [
        Mark(scale.x(told), _("%(months)s months before the end: %(day)s", months=months, day=format_day(told)))
        for months, told in warning.days(one.until).items()
    ]
