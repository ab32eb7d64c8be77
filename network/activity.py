"""Who did what, and when. Every deed leaves its row in its own transaction."""

from collections.abc import Mapping
from datetime import date, time

from piccolo.columns import Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from network import clock
from network.database import DB, after_commit, alone, chunks, enter_all, marks
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
NEEDS_READ = N_("access needs read")
EXPORTED = N_("protected details taken along")
MOST_REMEMBERED = 10_000
_noted: set[tuple[date, str, str, str]] = set()


async def record(actor: str, verb: str, thing: str, label: str = "", detail: str = "") -> None:
    """Note a deed in its own transaction.

    `verb` is an English msgid marked with N_, `thing` is "kind:reference"; no names of guests in `label`.
    """
    await Activity(at=clock.now(), actor=actor, verb=verb, thing=thing, label=label[:300], detail=detail).save()


async def looked_at(actor: str, thing: str, label: str = "", *, verb: str = LOOKED) -> None:
    """Note that somebody read protected details of a thing: once a day, however often the page is opened."""
    mark = (clock.today(), actor, thing, verb)
    if mark in _noted:
        return
    since = clock.berlin(clock.today(), time.min)
    today = (Activity.actor == actor) & (Activity.thing == thing) & (Activity.verb == verb) & (Activity.at >= since)
    if not await Activity.exists().where(today):
        async with DB.transaction():
            await alone(f"{actor} {thing}")  # two pages opened at the same moment
            if not await Activity.exists().where(today):
                await record(actor, verb, thing, label)
    after_commit(lambda: remember(mark))


async def looked_at_all(actor: str, labels: Mapping[str, str]) -> None:
    """The same of many things at once, thing → label: in a few statements, however many they are."""
    since = clock.berlin(clock.today(), time.min)
    async with DB.transaction():
        await alone(actor)
        for things in chunks(labels):
            noted = await Activity.raw(
                f"SELECT thing FROM activity WHERE actor = {{}} AND verb = {{}} AND at >= {{}} "
                f"AND thing IN ({marks(things)})",
                actor, LOOKED, since, *things,
            )  # fmt: skip
            known = {row["thing"] for row in noted}
            new = [thing for thing in things if thing not in known]
            now = clock.now()
            await enter_all(
                [Activity(at=now, actor=actor, verb=LOOKED, thing=one, label=labels[one][:300]) for one in new]
            )


def remember(mark: tuple[date, str, str, str]) -> None:
    """What is known to stand there spares the database the question on every page of the day."""
    if len(_noted) > MOST_REMEMBERED:
        _noted.clear()
    _noted.add(mark)


def forget_noted() -> None:
    """Between tests."""
    _noted.clear()


async def taken_along(actor: str, thing: str, label: str, people: int) -> None:
    """Note that protected details left the house in a file: each time, and of how many people."""
    await record(actor, EXPORTED, thing, label, str(people))
