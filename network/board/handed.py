"""What the board hands up: what is the matter with it, terms that end, and what has to be seen to after a change."""

from datetime import date, timedelta

from network import clock
from network.board import appointment, duty, leaver, ledger, representation, warning
from network.board.ledger import Board, Held, Ledger, Standing
from network.folding import folded
from network.i18n import _, format_day, format_names, ngettext
from network.people.viewer import Viewer
from network.web.addresses import url
from network.web.handed import Card, Due, Found

PLACE = "/office/board"
KINDS = {9: "info", 6: "warn", 3: "warn"}
MOST_FOUND = 10


def term_url(one: Held) -> str:
    return url(f"{PLACE}/terms/{one.reference}")


async def waiting_for(viewer: Viewer) -> int:
    """Vacant seats, people who are only still in office, and changes with something left to see to."""
    if not viewer.is_office:
        return 0
    book = await ledger.read_if_any()
    if book is None:
        return 0
    board = book.board(clock.today())
    return len(board.vacant) + len(board.held_over) + len(await duty.changes(book))


async def due(viewer: Viewer, day: date) -> list[Due]:
    """For the office."""
    if not viewer.is_office:
        return []
    book = await ledger.read_if_any()
    if book is None or not any(one.since <= day for one in book.terms):
        return []
    board = book.board(day)
    told = [*(alarms(board) or alarm_ahead(book, board)), *beyond(board), *vacancies(book, board), *ends(book, day)]
    return [*told, *to_see_to(await duty.changes(book)), *leavers(await leaver.found(book, day))]


def alarms(board: Board) -> list[Due]:
    """Nobody can act for the association."""
    acting = representation.of_board(board)
    if acting.able:
        return []
    title = _("There is no board (§ 29 BGB)") if not board.holders else _("Nobody can represent the association")
    return [Due(title, url(PLACE), board.day, "bad", _("alarm"), acting.words, _("What can be done"), url(PLACE))]


def alarm_ahead(book: Ledger, board: Board) -> list[Due]:
    """It is known already from which day on nobody can act."""
    lost = representation.lost_ahead(book, board)
    if lost is None:
        return []
    day, acting = lost
    title = _("From %(day)s on nobody can represent the association", day=format_day(day))
    return [Due(title, url(PLACE), day, "bad", _("alarm"), acting.words, _("What can be done"), url(PLACE))]


def beyond(board: Board) -> list[Due]:
    """Whose term has ended, and who stays until somebody is elected; by the day on which it ended."""
    found: dict[date, list[Held]] = {}
    for one in board.held_over:
        assert one.until
        found.setdefault(one.until, []).append(one)
    return [
        Due(
            title=ngettext(
                "%(names)s is in office beyond the term",
                "%(names)s are in office beyond their term",
                len(terms),
                names=format_names(one.who for one in terms),
            ),
            url=url(PLACE),
            day=until,
            kind="bad",
            state=_("term has ended"),
            reason=_("The term ended on %(day)s. By the bylaws they stay until a successor is elected.",
                     day=format_day(until)),
            action=_("Enter an election"),
            action_url=url(f"{PLACE}/terms/new"),
        )
        for until, terms in sorted(found.items())
    ]  # fmt: skip


def vacancies(book: Ledger, board: Board) -> list[Due]:
    if not board.holders:  # said already, and louder
        return []
    return [
        Due(
            title=_("A seat is vacant: %(seat)s", seat=one.name),
            url=url(PLACE),
            day=vacant_since(book, board, one.place),
            kind="warn",
            state=_("vacant"),
            reason=_("The board itself may fill it until the next assembly, as the bylaws say.")
            if board.bylaws.co_option
            else _("Only the assembly can fill it, by an election."),
            action=_("Fill the seat"),
            action_url=url(f"{PLACE}/terms/new?seat={one.kind}-{one.position}"),
        )
        for one in board.vacant
        if one.coming is None
    ]


def vacant_since(book: Ledger, board: Board, place: tuple[str, int]) -> date | None:
    last = [one.last for one in book.of_seat(place) if one.last and one.last < board.day]
    return max(last) + timedelta(days=1) if last else None


def ends(book: Ledger, day: date) -> list[Due]:
    """Nine, six and three months ahead. From half a year on it stands where it was told, before what lies ahead."""
    return [
        Due(
            title=ngettext(
                "The term of %(names)s ends on %(day)s",
                "The terms of %(names)s end on %(day)s",
                len(one.terms),
                names=format_names(term.who for term in one.terms),
                day=format_day(one.until),
            ),
            url=url(PLACE),
            day=one.until if one.months == warning.STAGES[0] else warning.days(one.until)[one.months],
            kind=KINDS[one.months],
            state=ngettext("less than one month", "less than %(num)s months", one.months),
            reason=_("An assembly has to elect before that day.")
            if one.holdover
            else _("An assembly has to elect before that day, or there is no board afterwards (§ 29 BGB)."),
        )
        for one in warning.endings(book, day)
    ]


def to_see_to(changes: list[duty.Change]) -> list[Due]:
    return [
        Due(
            title=one.words,
            url=term_url(one.term),
            day=min(row.due_on for row in one.open),
            kind="warn",
            state=ngettext("one thing to see to", "%(num)s things to see to", len(one.open)),
            reason=duty.words(one.open[0]),
            action=_("See to it"),
            action_url=term_url(one.term),
        )
        for one in changes
    ]


def leavers(those: list[Held]) -> list[Due]:
    return [
        Due(
            title=_("%(name)s has no function in a member organisation any more", name=one.who),
            url=term_url(one),
            kind="warn",
            state=_("to decide"),
            reason=_("By the bylaws the office ends with that. If it is so, please enter the day."),
            action=_("Enter the end"),
            action_url=url(f"{PLACE}/terms/{one.reference}/end"),
        )
        for one in those
    ]


async def cards(viewer: Viewer) -> list[Card]:
    """Somebody's own seat, and when their term ends."""
    book = await ledger.read_if_any() if viewer.on_board else None
    day = clock.today()
    mine = next((one for one in book.of_person(viewer.person_id) if one.holds(day)), None) if book else None
    if mine is None:
        return []
    last = mine.ended_on or mine.until
    left = _("Your term ends on %(day)s.", day=format_day(last)) if last and last >= day else ""
    return [Card("board/card", {"term": mine, "left": left, "held_over": mine.standing(day) == Standing.HOLDOVER})]


async def found(viewer: Viewer, text: str) -> list[Found]:
    """Whoever sits or sat on the board, by name or by what the seat is called, and who is appointed."""
    if not viewer.is_office:
        return []
    wanted, room = folded(text).split(), _("Board")
    book = await ledger.read()
    hits = [
        Found(room, one.label, term_url(one), one.span)
        for one in sorted(book.terms, key=lambda one: one.since, reverse=True)
        if all(word in folded(f"{one.label} {room}") for word in wanted)
    ]
    hits += [
        Found(room, f"{one.title}: {one.who}", url(f"{PLACE}/appointments/{one.row.reference}"), one.span)
        for one in await appointment.every()
        if all(word in folded(f"{one.title} {one.who}") for word in wanted)
    ]
    return hits[:MOST_FOUND] if wanted else []
