"""What groups hand up: a group without a chair, seats that end soon, what a search finds, and whose seats they are."""

from datetime import date, timedelta
from itertools import groupby

from network import clock
from network.folding import folded
from network.groups import overview, seats, words
from network.groups.overview import Listed
from network.groups.seats import Seat
from network.groups.tables import Part
from network.i18n import _, format_day, format_names, ngettext
from network.members import organisation as organisations
from network.people.person import person_by_reference
from network.people.viewer import Viewer
from network.web.addresses import url
from network.web.handed import Card, Due, Found

PLACE = "/office/groups"
SOON = timedelta(days=30)
MOST_FOUND, MOST_NAMED, SINGLY = 10, 3, 3  # so many groups have a line each


def place(reference: str) -> str:
    return url(f"{PLACE}/{reference}")


async def due(viewer: Viewer, day: date) -> list[Due]:
    if not viewer.is_office:
        return []
    listed = [one for one in await overview.of_day(day) if one.runs]
    return [*nobody_chairs(without_chair(listed)), *ending(listed, day)]


def without_chair(listed: list[Listed]) -> list[Listed]:
    return [one for one in listed if one.runs and one.chair is None and one.coming_chair is None]


def nobody_chairs(vacant: list[Listed]) -> list[Due]:
    if len(vacant) > SINGLY:
        title = ngettext("One working group has no chair", "%(num)s working groups have no chair", len(vacant))
        return [
            Due(title, url(PLACE), kind="warn", state=_("vacant"), action=_("Which they are"), action_url=url(PLACE))
        ]
    return [
        Due(
            title=_("%(group)s has no chair", group=words.name_of(one.row)),
            url=place(one.row.reference),
            kind="warn",
            state=_("vacant"),
            reason=_("Nobody is entered who leads the group."),
            action=_("Enter a chair"),
            action_url=url(f"{PLACE}/{one.row.reference}/people/new?part={Part.CHAIR.value}"),
        )
        for one in vacant
    ]


def ending(listed: list[Listed], day: date) -> list[Due]:
    """Seats that end within a month, a line for each group and day; who goes on as something else does not leave."""
    leaving = [(seat, one) for one in listed for seat in one.running if seat.last and seat.last <= day + SOON]
    leaving = [(seat, one) for seat, one in leaving if not goes_on(seat, one)]
    found = sorted(leaving, key=lambda pair: (pair[0].last or day, pair[0].group_name))
    lines = [
        [seat for seat, _one in those]
        for _key, those in groupby(found, key=lambda pair: (pair[0].last, pair[0].group_id))
    ]
    return [seats_end(those) for those in lines] if len(lines) <= SINGLY else [many_end(lines)]


def goes_on(seat: Seat, one: Listed) -> bool:
    assert seat.last
    after = seat.last + timedelta(days=1)
    return any(other.runs(after) for other in one.held if seat.person_id and other.person_id == seat.person_id)


def many_end(lines: list[list[Seat]]) -> Due:
    """A member who leaves has seats in many groups."""
    leaving = [seat for those in lines for seat in those]
    names = list(dict.fromkeys(those[0].group_name for those in lines))
    return Due(
        title=ngettext(
            "One seat in working groups ends soon", "%(num)s seats in working groups end soon", len(leaving)
        ),
        url=url(PLACE),
        day=leaving[0].last,
        kind="warn" if any(one.part == Part.CHAIR for one in leaving) else "info",
        state=_("seats in groups end"),
        reason=f"{format_names(first_of(names))}.",
        action=_("Which they are"),
        action_url=url(PLACE),
    )


def first_of(names: list[str]) -> list[str]:
    return names if len(names) <= MOST_NAMED else [*names[:MOST_NAMED], _("others")]


def seats_end(leaving: list[Seat]) -> Due:
    first = leaving[0]
    assert first.last
    chairs = any(one.part == Part.CHAIR for one in leaving)
    names = first_of([one.who for one in leaving])
    why = _("The membership ends with that day.") if all(one.by_membership for one in leaving) else ""
    lead = _("From the next day on nobody leads the group.") if chairs else ""
    return Due(
        title=ngettext(
            "%(group)s: one seat ends on %(day)s",
            "%(group)s: %(num)s seats end on %(day)s",
            len(leaving),
            group=first.group_name,
            day=format_day(first.last),
        ),
        url=place(first.group),
        day=first.last,
        kind="warn" if chairs else "info",
        state=_("seat in a group ends"),
        reason=" ".join(part for part in (f"{format_names(names)}.", why, lead) if part),
    )


async def found(viewer: Viewer, text: str) -> list[Found]:
    """Groups by name, those of today first."""
    if not viewer.is_office:
        return []
    wanted, room = folded(text).split(), _("Working group")
    hits = [
        Found(room, words.name_of(one.row), place(one.row.reference), line_of(one))
        for one in await overview.of_day(clock.today())
        if all(word in folded(f"{one.row.name_de} {one.row.name_en} {room}") for word in wanted)
    ]
    return hits[:MOST_FOUND] if wanted else []


def line_of(one: Listed) -> str:
    if one.is_over:
        return _("until %(day)s", day=format_day(one.row.ended_on)) if one.row.ended_on else ""
    return _("Chair of the group: %(name)s", name=one.chair.who) if one.chair else ""


async def beside(viewer: Viewer, reference: str) -> list[Card]:
    """On an organisation's page: who takes part for it today or later."""
    row = await organisations.by_reference(reference) if viewer.is_office else None
    return card(await seats.of_organisation(row), person=False) if row else []


async def beside_person(viewer: Viewer, reference: str) -> list[Card]:
    """On a person's page: their seats."""
    row = await person_by_reference(reference) if viewer.is_office else None
    return card(await seats.of_person(row), person=True) if row else []


def card(found: list[Seat], *, person: bool) -> list[Card]:
    if not found:
        return []
    today = clock.today()
    over = seats.before(found, today)
    now = [one for one in found if one not in over]
    return [Card("groups/beside", {"now": now, "over": over, "person": person})]
