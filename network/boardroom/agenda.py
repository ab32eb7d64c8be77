"""The agenda of a board meeting, and the papers to it."""

from collections import defaultdict
from dataclasses import dataclass

from network import clock
from network.activity import record
from network.boardroom.meeting import State, refuse_over, state_of, taken, thing
from network.boardroom.tables import BoardItem, BoardMeeting, BoardMinutes, BoardPaper, ItemKind
from network.database import DB
from network.errors import Refused
from network.files import File, keep_document
from network.files import Paper as Document
from network.i18n import N_, _, format_day, speaking
from network.references import new_reference


async def lay_out(row: BoardMeeting, *, actor: str) -> None:
    """What stands on every agenda: the minutes that nobody has approved yet, and any other business; in German."""
    for earlier in await unapproved():
        await add_minutes(row, earlier, actor=actor)
    with speaking("de"):
        await add(row, _("Any other business"), kind=ItemKind.ANY_OTHER, actor=actor)


async def add_minutes(row: BoardMeeting, earlier: BoardMeeting, *, actor: str) -> None:
    """So that they are approved; once is enough."""
    if not any(one.about == earlier.reference for one in await items_of(row)):
        with speaking("de"):
            title = _("Minutes of the meeting on %(day)s", day=format_day(earlier.starts_at))
        await add(row, title, kind=ItemKind.MINUTES, about=earlier.reference, actor=actor)


async def unapproved() -> list[BoardMeeting]:
    """Meetings whose minutes are written and wait to be approved, the earliest first; none twice on open agendas."""
    waiting = BoardMinutes.select(BoardMinutes.meeting).where(BoardMinutes.approved_on == None)
    found = await BoardMeeting.objects().where(BoardMeeting.id.is_in(waiting)).order_by(BoardMeeting.starts_at)
    going = (BoardItem.about != "") & (BoardItem.meeting.closed_at == None) & (BoardItem.meeting.cancelled_at == None)
    taken_up = {one["about"] for one in await BoardItem.select(BoardItem.about).where(going)}
    return [one for one in found if one.reference not in taken_up]


async def add(
    row: BoardMeeting, title: str, *, actor: str, kind: ItemKind = ItemKind.TOPIC, text: str = "", speaker: str = "",
    about: str = "",
) -> BoardItem:  # fmt: skip
    """Put an item on the agenda, before "any other business" as long as nobody is invited; behind all others later.

    What was not announced can be talked about; it is decided only if all are there and agree (§§ 28, 32 I 2 BGB).
    Refused once the meeting is closed or called off.
    """
    async with DB.transaction():
        held = await taken(row)
        refuse_over(held)
        before = await items_of(row)
        number = len(before) + 1
        if before and before[-1].kind == ItemKind.ANY_OTHER and not held.invited_at:
            number = before[-1].number
            await BoardItem.update({BoardItem.number: number + 1}).where(BoardItem.id == before[-1].id)
        item = BoardItem(
            reference=new_reference(), meeting=row.id, number=number, kind=kind, title=title, text=text,
            speaker=speaker, about=about,
        )  # fmt: skip
        await item.save()
        await record(actor, N_("item added to a board meeting"), thing(row), row.title, title)
    return item


async def change(row: BoardMeeting, item: BoardItem, *, title: str, text: str, speaker: str, actor: str) -> None:
    """Put an item right. Title and wording that went out stay: the board was invited to decide on them."""
    async with DB.transaction():
        refuse_over(await taken(row))
        still = await fresh(row, item.reference)
        if still.announced_at and (still.title, still.text) != (title, text):
            raise Refused(_("This item went out with the invitation: its title and wording stay (§§ 28, 32 (1) BGB)."))
        still.title, still.text, still.speaker = title, text, speaker
        await still.save()
        await record(actor, N_("item of a board meeting changed"), thing(row), row.title, title)


async def remove(row: BoardMeeting, item: BoardItem, *, actor: str) -> None:
    """Take an item off, with its papers. Refused once it went out."""
    async with DB.transaction():
        refuse_over(await taken(row))
        still = await fresh(row, item.reference)
        if still.announced_at:
            raise Refused(_("This item went out with the invitation. The board itself can take it off the agenda."))
        await still.remove()
        for number, one in enumerate(await items_of(row), start=1):
            await BoardItem.update({BoardItem.number: number}).where(BoardItem.id == one.id)
        await record(actor, N_("item taken off a board meeting"), thing(row), row.title, still.title)


async def move(row: BoardMeeting, item: BoardItem, *, up: bool, actor: str) -> None:
    """One place up or down; at the end of the list nothing happens. Refused once people are invited."""
    async with DB.transaction():
        held = await taken(row)
        if state_of(held) != State.PLANNED:
            raise Refused(_("The agenda went out with the invitation; its numbers stay as they are."))
        order = await items_of(row)
        here = next(place for place, one in enumerate(order) if one.id == item.id)
        there = here + (-1 if up else 1)
        if not 0 <= there < len(order):
            return
        order[here], order[there] = order[there], order[here]
        for number, one in enumerate(order, start=1):
            await BoardItem.update({BoardItem.number: number}).where(BoardItem.id == one.id)
        await record(actor, N_("agenda of a board meeting put in order"), thing(row), row.title)


async def note(row: BoardMeeting, item: BoardItem, said: str, *, actor: str) -> None:
    """What the minutes shall tell of an item, beside what the software sees itself."""
    async with DB.transaction():
        refuse_over(await taken(row))
        await BoardItem.update({BoardItem.said: said}).where(BoardItem.id == item.id)
        await record(actor, N_("noted for the minutes of the board"), thing(row), row.title, item.title)


async def fresh(row: BoardMeeting, reference: str) -> BoardItem:
    found = await item_by_reference(row, reference)
    if found is None:
        raise Refused(_("The agenda has changed meanwhile. Please look at it once more."))
    return found


async def items_of(row: BoardMeeting) -> list[BoardItem]:
    mine = BoardItem.meeting == row.id
    return await BoardItem.objects().where(mine).order_by(BoardItem.number).order_by(BoardItem.id)


async def item_by_reference(row: BoardMeeting, reference: str) -> BoardItem | None:
    return await BoardItem.objects().get((BoardItem.meeting == row.id) & (BoardItem.reference == reference))


# --- papers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper as pages show it; the content of its file stays where it is."""

    reference: str
    title: str
    added_late: bool  # after the invitation had gone out


async def attach(
    row: BoardMeeting, item: BoardItem, *, document: Document | None, title: str, actor: str
) -> BoardPaper:  # fmt: skip
    """Add a PDF, PNG or JPEG to an item. Refused without one, and once the meeting is closed or called off."""
    if document is None:
        raise Refused(_("Please choose a file."), "document")
    async with DB.transaction():
        refuse_over(await taken(row))
        file = await keep_document(*document)
        paper = BoardPaper(
            reference=new_reference(), item=item.id, title=title or file.name, file=file.id, added_at=clock.now()
        )
        await paper.save()
        await record(actor, N_("paper added to a board meeting"), thing(row), row.title, paper.title)
    return paper


async def take_away(row: BoardMeeting, reference: str, *, actor: str) -> None:
    """Refused once people were told of the paper."""
    async with DB.transaction():
        held = await taken(row)
        refuse_over(held)
        paper = await paper_by_reference(row, reference)
        if paper is None:
            return
        if held.invited_at and paper.added_at <= held.invited_at:
            raise Refused(_("This paper went out with the invitation."))
        await paper.remove()
        if paper.file:
            await File.delete().where(File.id == paper.file)
        await record(actor, N_("paper of a board meeting removed"), thing(row), row.title, paper.title)


async def paper_by_reference(row: BoardMeeting, reference: str) -> BoardPaper | None:
    return await BoardPaper.objects().get((BoardPaper.reference == reference) & (BoardPaper.item.meeting == row.id))


async def file_of(row: BoardMeeting, reference: str) -> File | None:
    paper = await paper_by_reference(row, reference)
    return await File.objects().get(File.id == paper.file) if paper and paper.file else None


async def papers_of(row: BoardMeeting) -> dict[int, list[Listed]]:
    """By item, in the order in which they were added."""
    found: dict[int, list[Listed]] = defaultdict(list)
    for one in await BoardPaper.objects().where(BoardPaper.item.meeting == row.id).order_by(BoardPaper.id):
        late = bool(row.invited_at and one.added_at > row.invited_at)
        found[one.item].append(Listed(one.reference, one.title, late))
    return found
