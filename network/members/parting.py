"""What was joined is taken apart: two entries again, each with what it had (merging)."""

import json
from itertools import pairwise
from typing import Any

from piccolo.table import Table

from network import clock
from network.activity import record
from network.database import DB, save_all
from network.errors import Refused
from network.i18n import N_, _, format_day
from network.members import belongings, directory, rooms, telling
from network.members.belongings import RowKey, number, ref
from network.members.merging import called, derive, one_of, take
from network.members.tables import Membership, Merge, Organisation, Site
from network.people.tables import Person
from network.rowkeeping import (
    all_tables,
    as_if_over,
    by_id,
    facts_in,
    point,
    put_back,
    row_from,
    say,
    stands_in_the_way,
)

DERIVED = ("key", "search", "sorting", "email_key")  # of entries and sites: they follow from the rest


async def undo(row: Merge, *, actor: str = "") -> None:
    """Two entries again, each with what it had. Refused with words, and nothing done, when something stands in the way.

    What came to the kept one since stays with it; what was removed since stays removed.
    """
    async with DB.transaction():
        await directory.wait_for_others()
        done = await Merge.update({Merge.undone_at: clock.now()}).where(
            (Merge.id == row.id) & (Merge.undone_at == None)
        ).returning(Merge.id)  # fmt: skip
        if not done:
            raise Refused(_("This was taken apart already."))
        kept = await one_of(row.kind, row.kept)
        if kept is None:
            raise Refused(_("The entry that was kept has itself been merged since. Please take that apart first."))
        await take(row.kind, [kept])
        gone = await bring_back(json.loads(row.moved), kept)
        await refuse_impossible(row.kind, kept, gone)
        await record(actor, N_("merge taken apart"), f"{row.kind}:{row.kept}", called(kept), row.gone_name)


async def bring_back(told: dict[str, Any], kept: Table) -> Table:
    """Everything backwards. Rows have the numbers that they had, or new ones where those have been given away."""
    for name, before, after in reversed(told["changes"]):
        await restore(all_tables()[name], before, after, kept)
    numbers: dict[RowKey, int] = {}
    back = []
    for name, text in told["gone"]:
        back.append(await enter_again(name, text, numbers))
    for name, column, ids, of_table, was, became in told["keys"]:
        rows = await by_id(all_tables()[name], ids)
        if any(row.__dict__[column] != became for row in rows.values()):
            raise Refused(_("Something that went over has been given to somebody else since. Nothing was taken apart."))
        await point(all_tables()[name], column, list(rows), numbers[of_table, was])
    for name, column, start, ids in told["texts"]:
        rows = await by_id(all_tables()[name], ids)
        same = [one for one, row in rows.items() if row.__dict__[column] == start + ref(kept)]
        await say(all_tables()[name], column, same, start + ref(back[0]))
    for name, text in told["twice"]:
        await enter_again(name, text, numbers)
    return back[0]


async def restore(table: type[Table], before: str, after: str, kept: Table) -> None:
    """Only what the merge itself changed, and only where it is still as the merge left it."""
    was, became = facts_in(table, before), facts_in(table, after)
    follows = DERIVED if issubclass(table, (Organisation, Person, Site)) else ()
    different = [fact for fact in was if was[fact] != became[fact] and fact not in follows]
    row = (await by_id(table, [was["id"]])).get(was["id"])
    if row is None or not different:
        return
    changed = [fact for fact in different if row.__dict__[fact] != became[fact]]
    if changed and isinstance(row, type(kept)):
        raise Refused(
            _("%(name)s has been changed since (%(fields)s). Nothing was taken apart.",
              name=called(kept), fields=", ".join(telling.fact_words(fact) for fact in changed))
        )  # fmt: skip
    row.__dict__.update({fact: was[fact] for fact in different if fact not in changed})
    derive(row)
    await save_all([row])


async def enter_again(name: str, text: str, numbers: dict[RowKey, int]) -> Table:
    row = row_from(all_tables()[name], text)
    row.__dict__.update(as_if_over(row, numbers))
    why, other = await stands_in_the_way(row)
    if why == "taken" and isinstance(other, Person):
        raise Refused(_("%(name)s has the e-mail address of the other entry now. Nothing was taken apart.",
                        name=other.name))  # fmt: skip
    if why:
        raise Refused(_("Something that was entered or removed since stands in the way (%(what)s). "
                        "Nothing was taken apart.", what=rooms.room(name)))  # fmt: skip
    was = number(row)
    row.__dict__["id"] = numbers[name, was] = await put_back(row)
    return row


async def refuse_impossible(kind: str, kept: Table, gone: Table) -> None:
    """What was entered since must not contradict what comes back."""
    for entry in (kept, gone) if kind == "organisation" else ():
        rows = await Membership.objects().where(Membership.organisation == number(entry)).order_by(Membership.since)
        for one, other in pairwise(rows):
            if belongings.overlap(one.__dict__, other.__dict__):
                raise Refused(
                    _("%(name)s would have two memberships in the same days: since then one was entered that begins on "
                      "%(day)s. Nothing was taken apart.", name=called(entry), day=format_day(other.since))
                )  # fmt: skip
