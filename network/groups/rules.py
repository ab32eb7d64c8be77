"""Who may do what with working groups (DOMAIN 6), and what a group and its seats cannot be."""

from collections.abc import Iterable
from datetime import date

from network.errors import Refused
from network.groups.seats import Seat
from network.groups.span import Days, Span, membership_at
from network.groups.tables import Part, Participation, WorkingGroup
from network.i18n import _, format_day
from network.members.tables import Organisation
from network.people.viewer import Viewer

ALONE = {Part.CHAIR, Part.DEPUTY}  # one at a time


def may_edit(viewer: Viewer) -> bool:
    """The office; the board reads."""
    return viewer.is_office


def refuse_days_without_a_group(group: WorkingGroup, row: Participation) -> None:
    if row.until and row.until < row.since:
        raise Refused(_("The end lies before the beginning"), "until")
    if row.since < group.founded_on:
        raise Refused(_("The group was only founded on %(day)s.", day=format_day(group.founded_on)), "since")
    if group.ended_on:
        for field, day in (("since", row.since), ("until", row.until)):
            if day and day > group.ended_on:
                raise Refused(_("The last day of the group is %(day)s.", day=format_day(group.ended_on)), field)


def refuse_without_membership(row: Participation, organisation: Organisation | None, runs: Iterable[Days]) -> None:
    """A seat is a member's; only guests come from anywhere."""
    if row.part == Part.GUEST:
        return
    if organisation is None:
        raise Refused(
            _("Please name the member; without one somebody can only be a guest of the group."), "organisation"
        )
    run = membership_at(row.since, runs)
    if run is None or run[0] > row.since:
        raise Refused(
            _("%(name)s is no member on %(day)s. Its people can be guests of the group.",
              name=organisation.name, day=format_day(row.since)),
            "organisation",
        )  # fmt: skip


def refuse_rivals(row: Participation, span: Span, others: Iterable[Seat]) -> None:
    """Nobody twice in a group on one day, and one chair and one deputy at a time."""
    for one in others:
        if one.reference == row.reference or not one.span.overlaps(span):
            continue
        facts = {"name": one.who, "days": one.days}
        if row.person and one.person_id == row.person:
            raise Refused(_("%(name)s has a seat in these days already: %(days)s.", **facts), "since")
        if row.part in ALONE and one.part == row.part:
            if row.part == Part.CHAIR:
                raise Refused(_("One person chairs at a time, and in these days it is %(name)s: %(days)s.", **facts),
                              "part")  # fmt: skip
            raise Refused(_("There is one deputy at a time, and in these days it is %(name)s: %(days)s.", **facts),
                          "part")  # fmt: skip


def refuse_seats_outside(founded_on: date, ended_on: date | None, found: Iterable[Seat]) -> None:
    """A group cannot be shorter than what is written of its seats."""
    for one in found:
        if one.written.first < founded_on:
            raise Refused(
                _("%(name)s takes part since %(day)s already.", name=one.who, day=format_day(one.written.first)),
                "founded_on",
            )
        if ended_on and one.written.first > ended_on:
            raise Refused(
                _("The seat of %(name)s only begins on %(day)s. Please put that right first.",
                  name=one.who, day=format_day(one.written.first)),
                "on",
            )  # fmt: skip
