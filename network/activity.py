"""Who did what, and when. Every deed leaves its row in its own transaction."""

from collections.abc import Mapping
from datetime import time

from piccolo.columns import Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from network import clock
from network.database import DB, chunks, enter_all, marks, on_sqlite
from network.i18n import N_


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
LOOKED = N_("protected details read")


async def record(actor: str, verb: str, thing: str, label: str = "", detail: str = "") -> None:
    """Note a deed in its own transaction.

    `verb` is an English msgid marked with N_, `thing` is "kind:reference"; no names of guests in `label`.
    """
    await Activity(at=clock.now(), actor=actor, verb=verb, thing=thing, label=label[:300], detail=detail).save()


async def looked_at(actor: str, thing: str, label: str = "") -> None:
    """Note that somebody read protected details of a thing: once a day, however often the page is opened."""
    since = clock.berlin(clock.today(), time.min)
    today = (Activity.actor == actor) & (Activity.thing == thing) & (Activity.verb == LOOKED) & (Activity.at >= since)
    if await Activity.exists().where(today):
        return
    async with DB.transaction():
        if not on_sqlite():  # two pages opened at the same moment; SQLite has one writer anyway
            await Activity.raw("SELECT pg_advisory_xact_lock(hashtext({}))", f"{actor} {thing}")
        if not await Activity.exists().where(today):
            await record(actor, LOOKED, thing, label)


async def looked_at_all(actor: str, labels: Mapping[str, str]) -> None:
    """The same of many things at once, thing → label: in a few statements, however many they are."""
    since = clock.berlin(clock.today(), time.min)
    async with DB.transaction():
        if labels and not on_sqlite():
            await Activity.raw("SELECT pg_advisory_xact_lock(hashtext({}))", actor)
        for things in chunks(labels):
            noted = await Activity.raw(
                f"SELECT thing FROM activity WHERE actor = {{}} AND verb = {{}} AND at >= {{}} "
                f"AND thing IN ({marks(things)})",
                actor, LOOKED, since, *things,
            )  # fmt: skip
            new = [thing for thing in things if thing not in {row["thing"] for row in noted}]
            now = clock.now()
            await enter_all(
                [Activity(at=now, actor=actor, verb=LOOKED, thing=one, label=labels[one][:300]) for one in new]
            )
