"""The minutes of the board that write themselves: who was there, the quorum, items, decisions, tasks; as Markdown."""

from collections.abc import Sequence

from network.boardroom import agenda, attendance, course, invited, meeting
from network.boardroom.course import Decided, Happened
from network.boardroom.tables import BoardItem, BoardMeeting, BoardMinutes, BoardPresence, BoardTask, Conflict, Invited
from network.i18n import N_, _, format_clock, format_day, format_weekday, speaking

WHY = {
    "contract": N_("%(name)s did not vote on this: a contract with this person was decided on (§ 34 BGB)."),
    "litigation": N_("%(name)s did not vote on this: a lawsuit with this person was decided on (§ 34 BGB)."),
    "declared": N_("%(name)s declared a conflict of interest and did not vote on this."),
}


async def drafted(row: BoardMeeting) -> str:
    """The whole draft, in German: the association's minutes are German, whoever asks for them."""
    with speaking("de"):
        people, spells = await invited.invited_to(row), await attendance.spells_of(row)
        happened = await course.of_meeting(row)
        parts = [beginning(row), await who_was_there(row, people, spells)]
        parts += [await section(item, happened.get(item.id, Happened())) for item in await agenda.items_of(row)]
        if row.closed_at:
            parts.append(_("The meeting was closed at %(at)s.", at=format_clock(row.closed_at)))
    return "\n\n".join(part for part in parts if part) + "\n"


def beginning(row: BoardMeeting) -> str:
    told = [
        _("The board met on %(day)s (%(where)s).", day=format_weekday(row.starts_at), where=meeting.where(row)),
        _("%(chair)s opened the meeting at %(at)s and chaired it; %(taker)s took the minutes.", chair=row.chair or "…",
          at=format_clock(row.opened_at or row.starts_at), taker=row.minute_taker or "…"),
    ]  # fmt: skip
    if row.invited_at:
        told.append(_("It was invited on %(day)s with its agenda.", day=format_day(row.invited_at)))
    if row.late_because:
        told.append(_("It was invited later than the rules ask for: %(why)s", why=row.late_because))
    return " ".join(told)


async def who_was_there(
    row: BoardMeeting, people: Sequence[Invited], spells: Sequence[BoardPresence]
) -> str:  # fmt: skip
    """A line for each: from when to when, or that they were excused; and the quorum when it was opened."""
    heading = _("Attendance and quorum")
    head = [_("Name"), _("Office held"), _("Time")]
    lines = ["| " + " | ".join(head) + " |", "| --- | --- | --- |"]
    for one in people:
        mine = [spell for spell in spells if spell.invited == one.id]
        excused = _("excused") if one.answer == "excused" else _("absent")
        office = one.office if one.has_vote else _("%(office)s, guest", office=one.office)
        lines.append(f"| {plain(one.name)} | {plain(office)} | {'; '.join(map(span, mine)) or excused} |")
    came = {spell.invited for spell in spells}
    quorum = attendance.reckoned(await attendance.share_of(row), [one for one in people if one.id in came], people)
    return "\n\n".join([f"## {heading}", "\n".join(lines), quorum.words])


def span(one: BoardPresence) -> str:
    until = format_clock(one.left_at) if one.left_at else _("end")
    told = f"{format_clock(one.came_at)}–{until}"
    return " ".join([told, "({})".format(_("online"))]) if one.online else told


async def section(item: BoardItem, happened: Happened) -> str:
    heading = _("Item %(number)s: %(title)s", number=item.number, title=item.shown)
    told = [f"## {heading}", item.said]
    told.append(await approval(item))
    told += [banned(one) for one in happened.conflicts]
    told += [decided(one) for one in happened.decisions]
    told += [to_do(happened.tasks)] if happened.tasks else []
    if len([part for part in told if part]) == 1:
        told.append(_("Nothing was written down."))
    return "\n\n".join(part for part in told if part)


async def approval(item: BoardItem) -> str:
    """Of the minutes that the item is about; "" while they are not."""
    earlier = await meeting.by_reference(item.about) if item.about else None
    if earlier is None:
        return ""
    approved = (BoardMinutes.meeting == earlier.id) & (BoardMinutes.approved_on != None)
    if not await BoardMinutes.exists().where(approved):
        return ""
    return _("The minutes of the meeting on %(day)s are approved.", day=format_day(earlier.starts_at))


def banned(one: Conflict) -> str:
    return _(WHY[one.why], name=one.invited.name)


def decided(one: Decided) -> str:
    """The wording, all counts and the arithmetic."""
    made = one.row
    title = f"**{made.title}**" + (f" ({one.number})" if one.number else "")
    quoted = "\n".join(f"> {line}" for line in made.wording.splitlines())
    counted = _(
        "%(at)s: %(yes)s yes, %(no)s no, %(abstain)s abstentions, of %(present)s present.",
        at=format_clock(made.decided_at), yes=made.yes, no=made.no, abstain=made.abstain, present=made.represented,
    )  # fmt: skip
    surprise = (
        _("It did not stand in the invitation; all members of the board were there and agreed to deciding on it.")
        if made.unannounced
        else ""
    )
    return "\n\n".join([title, quoted, " ".join(part for part in (counted, one.words, surprise) if part)])


def to_do(tasks: Sequence[BoardTask]) -> str:
    lines = [
        "- " + _("%(name)s: %(task)s, until %(day)s", name=one.name, task=one.title, day=format_day(one.due_on))
        for one in tasks
    ]
    return "\n".join([_("Tasks:"), "", *lines])


def plain(text: str) -> str:
    """A cell of the table: no mark in a name may end it."""
    return text.replace("|", "/").replace("\n", " ")
