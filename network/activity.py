"""Who did what, and when. Every deed leaves its row in its own transaction."""

from piccolo.columns import Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from network import clock


class Activity(Table):
    """The actor is a public reference ("" for visitors, "worker" for the house), so that erasing a person works."""

    id: Serial
    at = Timestamptz(default=None, null=False, index=True)
    actor = Varchar(length=40, default="")
    verb = Varchar(length=120)
    thing = Varchar(length=80, index=True)
    label = Varchar(length=300, default="")
    detail = Text(default="")


WORKER = "worker"


async def record(actor: str, verb: str, thing: str, label: str = "", detail: str = "") -> None:
    """Note a deed in its own transaction.

    `verb` is an English msgid marked with N_, `thing` is "kind:reference"; no names of guests in `label`.
    """
    await Activity(at=clock.now(), actor=actor, verb=verb, thing=thing, label=label[:300], detail=detail).save()
