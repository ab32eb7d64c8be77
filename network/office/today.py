"""Today: what is due in all parts of the house, in the order of its days."""

from datetime import date, datetime, timedelta
from typing import Any

from markupsafe import Markup

from network import clock
from network.clock import BERLIN
from network.i18n import N_, _, format_day, format_short_day
from network.people.viewer import Viewer
from network.web.handed import Due, HandedUp
from network.web.pages import part

NUMBERS = [N_("Two"), N_("Three"), N_("Four"), N_("Five"), N_("Six"), N_("Seven"), N_("Eight"), N_("Nine"), N_("Ten"),
           N_("Eleven"), N_("Twelve")]  # fmt: skip
SHOWN = 8
MORNING, NOON, EVENING = 4, 11, 18


async def due(viewer: Viewer, day: date, handed: HandedUp) -> list[Due]:
    """Everything due, earliest first; what is broken counts as today's, and what has no date of its own comes last."""
    found = [one for slice_ in handed.due for one in await slice_(viewer, day)]
    return sorted(found, key=lambda one: one.day or (day if one.kind == "bad" else date.max))


async def cards(viewer: Viewer, handed: HandedUp) -> tuple[list[Markup], bool]:
    """The slices' cards, drawn; and whether one of them is moving (its values say `live`)."""
    shown = [card for slice_ in handed.cards for card in await slice_(viewer)]
    return [part(card.template, **card.values) for card in shown], any(card.values.get("live") for card in shown)


def lines(items: list[Due], day: date) -> list[dict[str, Any]]:
    """The due things as the template's due_list wants them."""
    names = ("title", "url", "kind", "state", "reason", "action", "action_url")
    return [{"when": when(item.day, day)} | {name: getattr(item, name) for name in names} for item in items]


def when(day: date | None, today: date) -> str:
    if day is None:
        return _("open")
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    if (day - today).days in near:
        return near[(day - today).days]
    return format_short_day(day) if abs(day - today) < timedelta(days=180) else format_day(day)


def greeting(moment: datetime) -> str:
    hour = moment.astimezone(BERLIN).hour
    if MORNING <= hour < NOON:
        return _("Good morning.")
    return _("Good afternoon.") if NOON <= hour < EVENING else _("Good evening.")


def matter(count: int) -> str:
    """What is the matter today, in one sentence."""
    if count == 0:
        return _("Nothing is due.")
    if count == 1:
        return _("One thing is due.")
    number = _(NUMBERS[count - 2]) if count - 2 < len(NUMBERS) else str(count)
    return _("%(number)s things are due.", number=number)


def heading(count: int) -> str:
    return f"{greeting(clock.now())} {matter(count)}"
