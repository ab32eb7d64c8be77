"""Putting the people of a spreadsheet into the directory, each line by the verbs that a form would call."""

from typing import Any

from network.errors import Refused
from network.i18n import _
from network.members import function
from network.members.sheet import spoken
from network.members.staff import OF_FUNCTION, OF_PERSON, Staffing, kind_of, said
from network.members.undoing import Trace
from network.people import person as persons
from network.people.tables import Person

MOST = 2_000  # lines; more take longer than somebody waits


async def put_away(outcomes: list[Staffing], *, load: int, actor: str) -> None:
    """Called inside the transaction that compared them. Refused with the line that a verb refuses."""
    if len(outcomes) > MOST:
        raise Refused(_("The table has more than %(most)s lines. Please divide it into several files.", most=MOST))
    trace, entered = Trace(load), dict[str, Person]()
    new: dict[str, list[int]] = {"person": [], "held_function": []}
    for one in outcomes:
        columns = {change.column for change in one.told}
        trace.note([one.person if columns & {*OF_PERSON} else None, one.row if columns & {*OF_FUNCTION} else None])
    for one in outcomes:
        if one.kind == "same":
            continue
        try:
            await put(one, entered, new, actor)
        except Refused as no:
            number = spoken(one.reading.number)
            raise Refused(_("Line %(line)s: %(problem)s", line=number, problem=no.words)) from no
    await trace.write(new)


async def put(one: Staffing, entered: dict[str, Person], new: dict[str, list[int]], actor: str) -> None:
    assert one.house
    facts, known = said(one, OF_PERSON), one.person or entered.get(one.who)
    if known is None:
        known = await persons.enter(one.reading.member["person"], actor=actor, **facts)
        entered[one.who] = known
        new["person"].append(known.id)
    elif facts:
        before = {name: getattr(known, name) for name in ("email", "title", "phone")}
        await persons.correct(known, name=known.name, actor=actor, **(before | facts))
    of = said(one, OF_FUNCTION)
    if one.row is None:
        kind = kind_of(one.reading.member["function"])[0]
        row = await function.appoint(one.house, known, kind, site=one.site, actor=actor, **of)
        new["held_function"].append(row.id)
    else:
        kept: dict[str, Any] = {"title": one.row.title, "since": one.row.since, "until": one.row.until}
        await function.correct(one.row, one.house, site=one.site, actor=actor, **(kept | of))
