"""What offices, beginnings and ends are called; titles as somebody wants to be called."""

from network.board.tables import AppointmentKind, Beginning, Ending, SeatKind
from network.i18n import N_, _, format_day
from network.people.person import STYLES as STYLES_KNOWN

TITLES = {
    SeatKind.CHAIR: {"neutral": N_("Chair"), "feminine": N_("Chairwoman"), "masculine": N_("Chairman")},
    SeatKind.DEPUTY: {
        "neutral": N_("Deputy chair"),
        "feminine": N_("Deputy chairwoman"),
        "masculine": N_("Deputy chairman"),
    },
    SeatKind.TREASURER: dict.fromkeys(("neutral", "feminine", "masculine"), N_("Treasurer")),
    SeatKind.SECRETARY: dict.fromkeys(("neutral", "feminine", "masculine"), N_("Secretary")),
    SeatKind.MEMBER: dict.fromkeys(("neutral", "feminine", "masculine"), N_("Member of the board")),
}
STYLES = {
    "neutral": N_("Chair, deputy chair"),
    "feminine": N_("Chairwoman, deputy chairwoman"),
    "masculine": N_("Chairman, deputy chairman"),
}
BEGINNINGS = {
    Beginning.ELECTED: N_("elected"),
    Beginning.RE_ELECTED: N_("re-elected"),
    Beginning.BY_ELECTION: N_("elected for the rest of a term"),
    Beginning.CO_OPTED: N_("taken in by the board until the next assembly"),
    Beginning.APPOINTED_BY_COURT: N_("appointed by the court (§ 29 BGB)"),
    Beginning.ENTERED: N_("from before this software"),
}
ENDINGS = {
    Ending.NONE: N_("regular end"),
    Ending.RESIGNATION: N_("resigned"),
    Ending.REMOVAL: N_("removed by the assembly"),
    Ending.DEATH: N_("died"),
    Ending.EMPLOYMENT: N_("left the member organisation"),
    Ending.OTHER_SEAT: N_("took another seat"),
    Ending.SUCCESSION: N_("until a successor was elected"),
    Ending.OTHER: N_("ended otherwise"),
}
APPOINTMENTS = {
    AppointmentKind.MANAGING_DIRECTOR: N_("Managing director"),
    AppointmentKind.SPECIAL_REPRESENTATIVE: N_("Special representative (§ 30 BGB)"),
}


def title(kind: str, style: str = "neutral") -> str:
    """Such as "Vorsitzende" of a chair who wants to be called so."""
    said = TITLES[SeatKind(kind)]
    words = said.get(style) or said[STYLES_KNOWN[0]]
    return _(words)


def seat_name(kind: str, position: int, of: int) -> str:
    """The seat itself: with its number where there are several of its kind."""
    name = title(kind)
    return _("%(seat)s %(number)s", seat=name, number=position) if of > 1 else name


def beginning(kind: str) -> str:
    return _(BEGINNINGS[Beginning(kind)])


def ending(kind: str) -> str:
    return _(ENDINGS[Ending(kind)])


def appointment(kind: str) -> str:
    return _(APPOINTMENTS[AppointmentKind(kind)])


def span(since: object, until: object) -> str:
    """Such as "7 June 2024 to 7 June 2027"; without an end "since 7 June 2024"."""
    if until:
        return _("%(since)s to %(until)s", since=format_day(since), until=format_day(until))  # type: ignore[arg-type]
    return _("since %(day)s", day=format_day(since))  # type: ignore[arg-type]
