"""The minutes that write themselves: who was there and until when, items, motions, counts, elections, as Markdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from network.assembly import (
    acceptance,
    agenda,
    announced,
    ballot,
    course,
    decision,
    election,
    entering,
    floor,
    open_vote,
    quorate,
    ranked_ballot,
    standing,
)
from network.assembly.meeting import MODES
from network.assembly.tables.day import Correction, Decision, Presence, Remark
from network.assembly.tables.elections import Election, Round
from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind, Mode
from network.assembly.verdict import LOTS, YES_NO
from network.i18n import _, format_clock, format_day, format_moment, format_names, format_weekday, ngettext, speaking
from network.resolutions import book
from network.resolutions.counts import abstentions
from network.resolutions.tables import Resolution


async def drafted(row: Assembly) -> str:
    """The whole draft, in German: the association's minutes are German, whoever asks for them."""
    with speaking("de"):
        parts = [await beginning(row), await attendance(row), await guests(row)]
        remarks, known = await course.remarks_of(row), await written_in(row)
        items = await agenda.items_of(row)
        parts += [await section(known, item, [one for one in remarks if one.item == item.id]) for item in items]
        parts.append(ending(row, [one for one in remarks if one.item is None]))
    return "\n\n".join(part for part in parts if part) + "\n"


# --- the frame -------------------------------------------------------------------------------------------------------


async def beginning(row: Assembly) -> str:
    where = place_of(row)
    opened = row.opened_at or row.starts_at
    lines = [
        _("The general assembly took place on %(day)s %(where)s.", day=format_weekday(row.starts_at), where=where),
        _("%(chair)s opened it at %(at)s and chaired it; %(taker)s took the minutes.", chair=row.chair or "…",
          at=format_clock(opened), taker=row.minute_taker or "…"),
    ]  # fmt: skip
    if row.election_officer:
        lines.append(_("Elections were led by %(name)s.", name=row.election_officer))
    if row.convened_at:
        lines.append(_("It was convened on %(day)s with its agenda.", day=format_day(row.convened_at)))
    if row.late_because:
        lines.append(_("It was convened later than the bylaws ask for: %(why)s", why=row.late_because))
    return " ".join(lines)


def place_of(row: Assembly) -> str:
    if row.mode == Mode.VIRTUAL:
        return _("online")
    house = ", ".join(part for part in (row.venue, row.town) if part)
    told = _("in %(place)s", place=house or "…")
    both = _(MODES[Mode.HYBRID])
    return f"{told} ({both})" if row.mode == Mode.HYBRID else told


def ending(row: Assembly, remarks: Sequence[Remark]) -> str:
    told = [noted(one) for one in remarks]
    if row.closed_at:
        told.append(_("The assembly was closed at %(at)s.", at=format_clock(row.closed_at)))
    return "\n\n".join(told)


# --- who was there ---------------------------------------------------------------------------------------------------


async def attendance(row: Assembly) -> str:
    votes = await floor.votes_in(row)
    seen, spells = await floor.floor_of(row, votes), await floor.presences(row)
    heading = _("Attendance and quorum")
    return "\n\n".join([f"## {heading}", table_of(seen, spells), *await quorum(row, votes)])


def table_of(seen: floor.Floor, spells: Sequence[Presence]) -> str:
    """A line for each member: its votes, who came for it from when to when, or who held its votes."""
    head = [_("Member"), _("Votes"), _("Represented by"), _("Time")]
    lines = ["| " + " | ".join(head) + " |", "| --- | --- | --- | --- |"]
    by_member: dict[int, list[Presence]] = {}
    for one in spells:
        by_member.setdefault(one.organisation, []).append(one)
    for line in seen.lines:
        mine = by_member.get(line.organisation.id, [])
        names = format_names(dict.fromkeys(one.name for one in mine)) if mine else ""
        by_proxy = line.holder or line.could_hold
        who = names or (_("proxy to %(name)s", name=by_proxy) if by_proxy else _("not represented"))
        times = "; ".join(span(one) for one in mine)
        lines.append(f"| {plain(line.organisation.name)} | {line.holding.votes} | {plain(who)} | {times} |")
    return "\n".join(lines)


def span(one: Presence) -> str:
    until = format_clock(one.left_at) if one.left_at else _("end")
    told = f"{format_clock(one.came_at)}–{until}"
    where = _(floor.HERE[one.place])
    return f"{told} ({where})" if one.place == "online" else told


async def quorum(row: Assembly, votes: floor.Votes) -> list[str]:
    """How many votes were represented when, and whether that was enough."""
    turns = await floor.over_time(row, votes)
    if not turns:
        return []
    first, *later = gathered(turns, await agenda.items_of(row))
    told = [
        _("When it was opened, %(votes)s of %(total)s votes of %(members)s members were represented.",
          votes=first.votes, total=sum(votes.entitled.values()), members=first.members),
        await quorate.when_opened(row),
    ]  # fmt: skip
    if later:
        changes = "; ".join(
            ngettext("from %(at)s one vote", "from %(at)s %(num)s votes", turn.votes, at=format_clock(turn.at))
            for turn in later
        )
        told.append(_("Later: %(changes)s.", changes=changes))
    return [" ".join(told)]


def gathered(turns: Sequence[floor.Turn], items: Sequence[AgendaItem]) -> list[floor.Turn]:
    """Who comes after the opening and before the first item is told together; each one's time stands in the table."""
    called = min((one.begun_at for one in items if one.begun_at), default=None)
    if called is None:
        return list(turns)
    before = [one for one in turns[1:] if one.at <= called]
    return [turns[0], *before[-1:], *(one for one in turns[1:] if one.at > called)]


async def guests(row: Assembly) -> str:
    found = await course.guests_of(row)
    names = [f"{one.name} ({one.capacity})" if one.capacity else one.name for one in found]
    return _("Guests without a vote: %(names)s.", names=format_names(names)) if names else ""


# --- the items -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """What happened, read once for the whole agenda."""

    row: Assembly
    decisions: Sequence[Decision]
    elections: Sequence[Election]
    banned: Mapping[str, Sequence[str]]  # members by the vote they were banned from, as it was fixed
    numbers: Mapping[str, str]  # in the resolution book, by the resolution's reference
    corrected: Mapping[str, Sequence[Correction]]  # by the vote: what had been announced before


async def written_in(row: Assembly) -> Known:
    decisions, corrected = await decision.decisions_of(row), await announced.before_in(row)
    stood = [one.resolution for told in corrected.values() for one in told]
    entered = [one for one in (*(one.resolution for one in decisions), *stood) if one]
    found = await Resolution.objects().where(Resolution.reference.is_in(entered)) if entered else []
    numbers = {one.reference: book.number_of(one) for one in found}
    return Known(row, decisions, await election.elections_of(row), await standing.banned_in(row), numbers, corrected)


async def section(known: Known, item: AgendaItem, remarks: Sequence[Remark]) -> str:
    heading = _("Item %(number)s: %(title)s", number=item.number, title=agenda.title_of(item))
    told = [f"## {heading}"]
    if item.begun_at is None:
        told.append(_("This item was not dealt with."))
    if item.said:
        told.append(item.said)
    told += [noted(one) for one in remarks]
    told += [await vote(known, one) for one in known.decisions if one.item == item.id and one.decided_at]
    told += [await elected(known, one) for one in known.elections if one.item == item.id]
    if len(told) == 1:
        formal = item.kind == ItemKind.FORMAL
        told.append(_("This item was dealt with.") if formal else _("This item was discussed; nothing was decided."))
    return "\n\n".join(told)


def noted(one: Remark) -> str:
    return f"{format_clock(one.at)}: {one.text}"


def banned(known: Known, vote: str) -> list[str]:
    return [_("%(member)s did not vote on this (§ 34 BGB).", member=name) for name in known.banned.get(vote, ())]


async def vote(known: Known, one: Decision) -> str:
    """The wording, all five numbers (KG 22 W 61/19) and the arithmetic."""
    number = known.numbers.get(one.resolution, "")
    title = numbered(f"**{one.title}**", number)
    quoted = "\n".join(f"> {line}" for line in one.wording.splitlines())
    name = decision.vote_of(one)
    result = " ".join([await vote_told(known.row, one), *await quorum_at_count(known.row, one)])
    told = [title, quoted, *banned(known, name), result, *put_right(known, name)]
    return "\n\n".join([*told, *await cast_openly(one)])


async def vote_told(row: Assembly, one: Decision) -> str:
    result = await decision.judged(row, one, decision.counted_in(one))
    counted = _(
        "Voted %(way)s at %(at)s: %(yes)s yes, %(no)s no, %(abstentions)s, %(invalid)s invalid, "
        "%(not_cast)s not cast, of %(represented)s votes represented.",
        way=_(decision.WAYS[one.way]), at=moment(one.decided_at), yes=one.yes, no=one.no,
        abstentions=abstentions(one.abstain or 0), invalid=one.invalid, not_cast=one.not_cast,
        represented=result.represented,
    )  # fmt: skip
    return f"{counted} {result.words}"


def put_right(known: Known, vote: str) -> list[str]:
    """That another result had been announced, until when, and why it was wrong."""
    return [
        _("Corrected on %(at)s. Announced before that: %(announced)s Reason: %(reason)s", at=format_moment(one.at),
          announced=numbered(one.announced, known.numbers.get(one.resolution, "")), reason=one.reason)
        for one in known.corrected.get(vote, ())
    ]  # fmt: skip


def numbered(words: str, number: str) -> str:
    return f"{words} ({number})" if number else words


async def quorum_at_count(row: Assembly, one: Decision) -> list[str]:
    assert one.opened_at
    assert one.decided_at
    found = await quorate.at_count(row, one.opened_at, one.decided_at)
    return [found.words] if found else []


async def cast_openly(one: Decision) -> list[str]:
    """Who voted how, where everybody was told that it is seen by all."""
    told = "; ".join(f"{choice}: {names}" for choice, names in await open_vote.told_of(one))
    return [_("Cast openly, with the number of votes: %(told)s.", told=told)] if told else []


async def elected(known: Known, of: Election) -> str:
    told = [f"**{of.title}**"]
    counted = [one for one in await ballot.rounds_of(of) if one.counted_at]
    numbers = {name: book.number_of(row) for name, row in (await entering.in_book(counted)).items()}
    for one in counted:
        told += banned(known, ballot.vote_of(one))
        told.append(numbered(await round_told(one), numbers.get(one.reference, "")))
        told += put_right(known, ballot.vote_of(one))
    if not counted:
        told.append(_("This election was not held."))
    for answer in await acceptance.acceptances_of(of):
        if answer.accepted_at:
            at = format_moment(answer.accepted_at)
            told.append(_("%(name)s accepts the election (%(at)s).", name=answer.candidate.name, at=at))
        elif answer.declined_at:
            told.append(_("%(name)s does not accept the election.", name=answer.candidate.name))
    return "\n\n".join(told)


async def round_told(one: Round) -> str:
    """All five numbers, as of any vote."""
    lines = await ballot.lines_of(one)
    heading = _("Ballot %(number)s", number=one.number)
    if one.mode not in LOTS:
        way = _(decision.WAYS[one.way])
        heading = f"{heading} ({way})"
    if one.mode == "transferable":
        report = await ranked_ballot.report_of(one)
        names = format_names(report.elected) if report else ""
        return f"{heading}: " + _("Elected: %(names)s.", names=names)
    given = format_names(votes_of(line.candidate.name, line.yes, line.no) for line in lines)
    judged = await ballot.told(one)
    if one.mode in YES_NO:  # the words of the others tell these themselves
        given = f"{given}, {besides(one)}"
    return f"{heading}: {judged.words}" if one.mode in LOTS else f"{heading}: {given}. {judged.words}"


def besides(one: Round) -> str:
    """What became of the votes that name nobody."""
    return _(
        "%(abstentions)s, %(invalid)s invalid, %(not_cast)s not cast, of %(represented)s votes represented",
        abstentions=abstentions(one.abstain or 0), invalid=one.invalid or 0, not_cast=one.not_cast or 0,
        represented=one.represented,
    )  # fmt: skip


def votes_of(name: str, yes: int | None, no: int | None) -> str:
    if no is None:
        return ngettext("%(name)s %(num)s vote", "%(name)s %(num)s votes", yes or 0, name=name)
    return _("%(name)s %(yes)s yes, %(no)s no", name=name, yes=yes or 0, no=no)


def moment(at: datetime | None) -> str:
    return format_clock(at) if at else ""


def plain(text: str) -> str:
    """A cell of the table: no mark in a name may end it."""
    return text.replace("|", "/").replace("\n", " ")
