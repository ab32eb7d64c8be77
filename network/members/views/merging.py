"""The office's pages of entries that may be one: the pairs, both side by side, joined, taken apart, left as two."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from piccolo.table import Table

from network.activity import looked_at
from network.folding import folded
from network.i18n import N_, _
from network.members import (
    apart,
    belongings,
    duplicates,
    function,
    joined,
    merging,
    namesakes,
    parting,
    samesites,
    telling,
)
from network.members.belongings import KINDS, number, ref
from network.members.forms.merging import FindForm, MergeForm, merge_form
from network.members.life import names_of
from network.members.likeness import Pair
from network.members.membership import members_among
from network.members.tables import KeptApart, Merge, Organisation
from network.people.rules import out_of_reach
from network.people.viewer import Viewer, office, viewer_of
from network.rowkeeping import by_id
from network.web.once import once
from network.web.pages import number_of, numbered, page, see_other

Req = Request[Any, Any, Any]
MOST_HITS = 12


@dataclass(frozen=True, slots=True)
class Room:
    """Where entries of a kind stand in the office, and who finds those that may be one."""

    kind: str
    place: str
    finder: ModuleType
    heading: str
    nobody: str

    @property
    def table(self) -> type[Any]:
        return KINDS[self.kind]

    @property
    def pairs(self) -> str:
        return f"{self.place}/duplicates"


MEMBERS = Room("organisation", "/office/members", duplicates, N_("Organisations that may be entered twice"),
               N_("No two organisations look alike."))  # fmt: skip
PEOPLE = Room("person", "/office/people", namesakes, N_("People who may be entered twice"),
              N_("No two people look alike."))  # fmt: skip
ROOMS = {room.kind: room for room in (MEMBERS, PEOPLE)}


def room_of(request: Req) -> Room:
    return PEOPLE if request.url.path.startswith(PEOPLE.place) else MEMBERS


# --- the pairs -------------------------------------------------------------------------------------------------------


@get([MEMBERS.pairs, PEOPLE.pairs], guards=[office])
async def pairs_page(request: Req) -> Response[Any]:
    """All pairs, or those of one entry (?of=…), for whom another can be looked up by name as well."""
    room, viewer = room_of(request), await viewer_of(request)
    one = await reachable(request, room, request.query_params["of"]) if "of" in request.query_params else None
    form = FindForm(request.query_params)
    hidden = await out_of_reach(viewer) if room is PEOPLE else set()
    found = [pair for pair in await (room.finder.of(one) if one else room.finder.pairs()) if not touches(pair, hidden)]
    shown = numbered(found, number_of(request))
    hits = await named(room, one, form.q.data or "") if one and form.q.data else []
    said = [] if one else await apart.all_of(room.kind)
    merged = await joined.latest(room.kind, ref(one) if one else "")
    return await page(
        request, "members/office_duplicates", room=room, one=one, form=form, reasons=room.finder.words(), shown=shown,
        merged=merged, said=said, hits=[hit for hit in hits if number(hit) not in hidden],
        names=await names_of({row.actor for row in said} | {row.actor for row in merged}),
        **await entries_in(room, [*shown["items"]], hits, [*[row.kept for row in merged], *sides(said)]),
    )  # fmt: skip


def touches(pair: Pair, hidden: set[int]) -> bool:
    return bool({pair.one, pair.other} & hidden)


async def named(room: Room, one: Table, text: str) -> list[Any]:
    """Others with all these words in name or address."""
    wanted = room.table.id != number(one)
    for word in folded(text).split()[:8]:
        wanted &= room.table.search.like(f"%{word.replace('%', '')}%")
    return list(await room.table.objects().where(wanted).order_by(room.table.sorting).limit(MOST_HITS))


def sides(said: Sequence[KeptApart]) -> list[str]:
    return [reference for row in said for reference in (row.one, row.other)]


async def entries_in(room: Room, pairs: Sequence[Pair], hits: Sequence[Table], more: Sequence[str]) -> dict[str, Any]:
    """The rows of which a page tells, and a line that tells each from the other. `more`: references."""
    told = await apart.numbers_of(room.kind, set(more))
    rows = await by_id(room.table, {side for pair in pairs for side in (pair.one, pair.other)} | set(told.values()))
    rows |= {number(row): row for row in hits}
    return {
        "rows": rows,
        "by_reference": {ref(row): row for row in rows.values()},
        "lines": await lines_of(room, list(rows.values())),
    }


async def lines_of(room: Room, rows: Sequence[Any]) -> dict[int, str]:
    if room is PEOPLE:
        return await function.houses_of([row.id for row in rows])
    members = await members_among([row.id for row in rows])
    return {
        row.id: " · ".join(
            part for part in (f"{row.postal_code} {row.town}".strip(), _("member") if row.id in members else "") if part
        )
        for row in rows
    }


# --- both side by side -----------------------------------------------------------------------------------------------


async def reachable(request: Req, room: Room, reference: str) -> Any:
    """The entry, unless it is one that this viewer may not join with another."""
    row = await merging.one_of(room.kind, reference)
    hidden = await out_of_reach(await viewer_of(request)) if room is PEOPLE else set()
    if row is None or row.id in hidden:
        raise NotFoundException
    return row


@get([MEMBERS.pairs + "/{kept:str}/{gone:str}", PEOPLE.pairs + "/{kept:str}/{gone:str}"], guards=[office])
async def merge_page(request: Req, kept: FromPath[str], gone: FromPath[str]) -> Response[Any]:
    room = room_of(request)
    return await compared(request, room, await reachable(request, room, kept), await reachable(request, room, gone))


async def compared(
    request: Req, room: Room, kept: Any, gone: Any, *, form: MergeForm | None = None, status: int = 200
) -> Response[Any]:
    form = form or await form_of(room, kept, gone)
    choice = form.choice({fact: getattr(gone, fact) for fact in merging.FACTS[room.kind]})
    moving = await merging.preview(room.kind, kept, gone, choice.sites)
    if room is PEOPLE:
        await note_reading(await viewer_of(request), kept, gone)
    return await page(
        request, "members/office_merge", status, room=room, kept=kept, gone=gone, form=form, moving=moving,
        going=await telling.going(moving), lines=await lines_of(room, [kept, gone]),
        said=await apart.between(room.kind, ref(kept), ref(gone)),
        consents=await belongings.consents_that_end(kept, gone, choice.facts) if room is PEOPLE else [],
    )  # fmt: skip


async def note_reading(viewer: Viewer, *people: Any) -> None:
    for one in people:
        if viewer.person_id != one.id:
            await looked_at(viewer.reference, f"person:{one.reference}", one.name)


async def form_of(room: Room, kept: Any, gone: Any, typed: Any = None) -> MergeForm:
    sites = await samesites.pairs(kept, gone) if isinstance(kept, Organisation) else []
    facts = await telling.differing(room.kind, kept, gone)
    of_two = merge_form(facts, sites, await merging.preview(room.kind, kept, gone))
    return of_two(typed) if typed is not None else of_two(seen=merging.seen(room.kind, kept, gone))


@post([MEMBERS.pairs + "/{kept:str}/{gone:str}", PEOPLE.pairs + "/{kept:str}/{gone:str}"], guards=[office])
async def merge(request: Req, kept: FromPath[str], gone: FromPath[str]) -> Response[Any]:
    room = room_of(request)
    if await joined.kept_instead(room.kind, gone) == kept:  # pressed twice
        return see_other(f"{room.place}/{kept}")
    one, other = await reachable(request, room, kept), await reachable(request, room, gone)
    form = await form_of(room, one, other, await request.form())
    facts = {fact: getattr(other, fact) for fact in merging.FACTS[room.kind]}

    async def deed() -> str:
        actor = (await viewer_of(request)).reference
        await merging.merge(room.kind, one, other, form.choice(facts), actor=actor)
        return f"{room.place}/{kept}"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("Both are one entry now."))
    form.seen.data = merging.seen(room.kind, one, other)
    return await compared(request, room, one, other, form=form, status=422)


@post("/office/members/merges/{reference:str}/undo", guards=[office])
async def take_apart(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await Merge.objects().get(Merge.reference == reference)
    if row is None:
        raise NotFoundException
    room = ROOMS[row.kind]
    if room is PEOPLE and not row.undone_at and await merging.one_of(row.kind, row.kept):
        await reachable(request, room, row.kept)
    await parting.undo(row, actor=(await viewer_of(request)).reference)
    return see_other(room.pairs, _("They are two entries again, each with what it had."))


# --- two after all ---------------------------------------------------------------------------------------------------


@post([MEMBERS.pairs + "/{one:str}/{other:str}/apart", PEOPLE.pairs + "/{one:str}/{other:str}/apart"], guards=[office])
async def keep_apart(request: Req, one: FromPath[str], other: FromPath[str]) -> Response[Any]:
    room = room_of(request)
    mine, theirs = await reachable(request, room, one), await reachable(request, room, other)
    actor = (await viewer_of(request)).reference
    await apart.keep(room.kind, (one, mine.name), (other, theirs.name), actor=actor)
    said = _("%(one)s and %(other)s are two and are not offered again.", one=mine.name, other=theirs.name)
    return see_other(room.pairs, said)


@post([MEMBERS.pairs + "/apart/{reference:str}/end", PEOPLE.pairs + "/apart/{reference:str}/end"], guards=[office])
async def may_be_one(request: Req, reference: FromPath[str]) -> Response[Any]:
    room = room_of(request)
    if not await apart.take_back(reference, actor=(await viewer_of(request)).reference):
        raise NotFoundException
    return see_other(room.pairs, _("They are offered again."))


handlers = [pairs_page, merge_page, merge, take_apart, keep_apart, may_be_one]
