"""The people of a group as a list to keep."""

from datetime import date
from typing import Any

from network.groups.seats import Seat, Standing
from network.i18n import N_, _

COLUMNS = (
    N_("Name"), N_("Part"), N_("Organisation"), N_("E-mail address"), N_("First day"), N_("Last day"), N_("Note"),
)  # fmt: skip


def columns() -> list[str]:
    return [_(name) for name in COLUMNS]


def lines(found: list[Seat], day: date) -> list[list[Any]]:
    """Whoever has a seat on the day, and whoever begins later."""
    return [
        [one.who, one.part_words, one.organisation_name, one.email, one.first, one.last, one.note]
        for one in found
        if one.standing(day) != Standing.OVER
    ]
