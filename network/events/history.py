"""What was done to an event, and by whom."""

from typing import Any

from network.activity import WORKER, Activity
from network.events.tables import Event
from network.i18n import _

MOST = 30


async def history_of(event: Event) -> list[dict[str, Any]]:
    """The latest first, in words."""
    rows = await Activity.raw(
        "SELECT a.at AS at, a.actor AS actor, a.verb AS verb, a.detail AS detail, p.name AS name FROM activity a "
        "LEFT JOIN person p ON p.reference = a.actor WHERE a.thing = {} ORDER BY a.id DESC LIMIT {}",
        f"event:{event.reference}",
        MOST,
    )
    return [{"at": row["at"], "what": _(verb), "who": who(row)} for row in rows if (verb := row["verb"])]


def who(row: dict[str, Any]) -> str:
    if row["name"]:
        return str(row["name"])
    if row["actor"] == WORKER:
        return _("by itself")
    return _("a person since deleted") if row["actor"] else _("a visitor")
