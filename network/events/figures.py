"""An event in figures: who registered, who came, from how many organisations."""

from dataclasses import dataclass

from network.events.tables import Attendee, Event
from network.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class Figures:
    """People; organisations are told apart by their folded name, so that one typed differently counts once."""

    seated: int = 0  # with a seat, without those who walked in
    waiting: int = 0
    cancelled: int = 0
    present: int = 0  # with those who walked in
    walk_ins: int = 0
    organisations: int = 0  # of the people with a seat or on the waiting list
    organisations_present: int = 0

    @property
    def registered(self) -> int:
        """Everybody who wanted to come and did not cancel."""
        return self.seated + self.waiting

    @property
    def no_shows(self) -> int:
        """Who had a seat and did not come; it says something only when people have been checked in."""
        return self.seated - (self.present - self.walk_ins) if self.present else 0


def in_words(figures: Figures) -> str:
    """69 with a seat, 5 are waiting, from 42 organisations: so everywhere in the office."""
    if not figures.registered:
        return _("nobody yet")
    parts = []
    if figures.seated:
        parts.append(ngettext("one person with a seat", "%(num)s with a seat", figures.seated))
    if figures.waiting:
        parts.append(ngettext("one person is waiting", "%(num)s are waiting", figures.waiting))
    parts.append(ngettext("from one organisation", "from %(num)s organisations", figures.organisations))
    return ", ".join(parts)


async def figures_of(event: Event) -> Figures:
    return (await figures_for([event.id])).get(event.id, Figures())


async def figures_for(events: list[int]) -> dict[int, Figures]:
    """In one query for any number of events."""
    if not events:
        return {}
    rows = await Attendee.raw(
        "SELECT a.event AS event, "
        "SUM(CASE WHEN a.state = 'seated' AND NOT a.walk_in THEN 1 ELSE 0 END) AS seated, "
        "SUM(CASE WHEN a.state = 'waiting' THEN 1 ELSE 0 END) AS waiting, "
        "SUM(CASE WHEN a.state = 'cancelled' THEN 1 ELSE 0 END) AS cancelled, "
        "SUM(CASE WHEN a.state = 'seated' AND a.present_at IS NOT NULL THEN 1 ELSE 0 END) AS present, "
        "SUM(CASE WHEN a.state = 'seated' AND a.walk_in THEN 1 ELSE 0 END) AS walk_ins, "
        "COUNT(DISTINCT CASE WHEN a.state <> 'cancelled' AND NOT a.walk_in THEN r.organisation_key END) "
        "AS organisations, "
        "COUNT(DISTINCT CASE WHEN a.state = 'seated' AND a.present_at IS NOT NULL THEN r.organisation_key END) "
        "AS organisations_present "
        "FROM attendee a JOIN registration r ON r.id = a.registration "
        f"WHERE a.event IN ({', '.join('{}' for _event in events)}) GROUP BY a.event",
        *events,
    )
    return {row.pop("event"): Figures(**row) for row in rows}
