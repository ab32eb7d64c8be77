"""The floor: everything that the chair and the room see at a moment, read in a few questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from network import clock
from network.assembly import attendance, ballot
from network.assembly.course import current_item
from network.assembly.meeting import State, state_of
from network.assembly.roll import Given, Holding, Roll, Spell, changes, roll
from network.assembly.ruling import quorums, rules_of
from network.assembly.tables.convocation import Delegate
from network.assembly.tables.day import Decision, Presence
from network.assembly.tables.elections import Candidate, Election, Round
from network.assembly.tables.meeting import AgendaItem, Assembly
from network.database import marks, rows
from network.i18n import N_
from network.members.tables import Organisation
from network.resolutions.quorum import Quorum

HERE = {"room": N_("in the room"), "online": N_("online")}


@dataclass(frozen=True, slots=True)
class Line:
    """One member: its votes and where they are."""

    organisation: Organisation
    holding: Holding
    presence: Presence | None = None
    delegate: str = ""
    holder: str = ""  # the member that holds its votes by proxy
    could_hold: str = ""  # the member they were given to, which is not there


@dataclass(frozen=True, slots=True)
class Floor:
    roll: Roll
    lines: tuple[Line, ...]
    members: Quorum
    votes: Quorum

    @property
    def has_quorum(self) -> bool:
        return self.members.is_reached and self.votes.is_reached

    @property
    def here(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.presence)

    @property
    def away(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.presence)


@dataclass(frozen=True, slots=True)
class Votes:
    """What every roll is made from: votes by member, who was there when, and proxies."""

    entitled: Mapping[int, int]
    spells: Sequence[Spell]
    proxies: Sequence[Given]


async def votes_in(row: Assembly) -> Votes:
    return Votes(await attendance.entitled(row), await attendance.spells_of(row), await attendance.proxies_of(row))


async def floor_of(row: Assembly, votes: Votes | None = None) -> Floor:
    """As it is now; of a closed assembly as it was at its end. `votes` where they have been read already."""
    moment, votes = last_moment(row), votes or await votes_in(row)
    proxies = votes.proxies
    found = roll(votes.entitled, votes.spells, proxies, moment)
    known = await named(list(votes.entitled))
    present = {one.organisation: one for one in await presences(row) if one.left_at is None}
    delegates = await delegates_of(row)
    given = {one.giver: one.holder for one in proxies if one.covers(moment)}
    lines = tuple(
        Line(
            organisation=known[one.member], holding=one, presence=present.get(one.member),
            delegate=delegates.get(one.member, ""), holder=name_of(known, one.holder),
            could_hold="" if one.holder else name_of(known, given.get(one.member)),
        )
        for one in sorted(found.holdings, key=lambda one: known[one.member].sorting)
    )  # fmt: skip
    return Floor(found, lines, *quorums(row, found, await rules_of(row)))


def last_moment(row: Assembly) -> datetime:
    return row.closed_at or clock.now()


def name_of(known: Mapping[int, Organisation], member: int | None) -> str:
    return known[member].name if member is not None and member in known else ""


async def named(members: list[int]) -> dict[int, Organisation]:
    found = await rows(Organisation, f"WHERE id IN ({marks(members)})", *members) if members else []
    return {row.id: row for row in found}


async def presences(row: Assembly) -> list[Presence]:
    return await rows(Presence, "WHERE assembly = {} ORDER BY came_at, id", row.id)


async def delegates_of(row: Assembly) -> dict[int, str]:
    """Who was named to come for whom."""
    named_now = await rows(Delegate, "WHERE assembly = {} AND withdrawn_at IS NULL ORDER BY named_at, id", row.id)
    return {one.organisation: one.name for one in named_now}


# --- votes under way -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Poll:
    """The ballot that is open in an election, or the last one counted."""

    election: Election
    round: Round
    candidates: tuple[Candidate, ...]


async def open_decision(row: Assembly) -> Decision | None:
    running = (Decision.assembly == row.id) & (Decision.opened_at != None) & (Decision.decided_at == None)
    return await Decision.objects().get(running)


async def last_counted(row: Assembly) -> Decision | Poll | None:
    """The vote or the ballot that was counted last; once an item is called, only of this item or counted since then."""
    now = await current_item(row)
    vote, poll = await last_decision(row, now), await last_poll(row, now)
    if vote and poll:
        return vote if vote.decided_at > poll.round.counted_at else poll
    return vote or poll


async def last_decision(row: Assembly, now: AgendaItem | None = None) -> Decision | None:
    done = (Decision.assembly == row.id) & (Decision.decided_at != None)
    if now:
        done &= (Decision.item == now.id) | (Decision.decided_at > now.begun_at)
    return await Decision.objects().where(done).order_by(Decision.decided_at, ascending=False).first()


async def last_poll(row: Assembly, now: AgendaItem | None = None) -> Poll | None:
    done = (Round.election.assembly == row.id) & (Round.counted_at != None)
    if now:
        done &= (Round.election.item == now.id) | (Round.counted_at > now.begun_at)
    last = Round.objects().where(done).order_by(Round.counted_at, ascending=False).order_by(Round.id, ascending=False)
    one = await last.first()
    return await poll_of(one) if one else None


async def open_poll(row: Assembly) -> Poll | None:
    one = await Round.objects().get((Round.election.assembly == row.id) & (Round.counted_at == None))
    return await poll_of(one) if one else None


async def poll_of(one: Round) -> Poll:
    names = tuple([line.candidate for line in await ballot.lines_of(one)])
    return Poll(await ballot.election_of(one), one, names)


# --- the quorum over time --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Turn:
    """From this moment on so many votes of so many members were represented."""

    at: datetime
    votes: int
    members: int


LATEST = 12  # changes that a page shows; all of them stand in the attendance list and the minutes


async def over_time(row: Assembly, votes: Votes | None = None, *, latest: int = 0) -> list[Turn]:
    """Every change since the assembly was opened, or the `latest` of them, and how it stood then."""
    if state_of(row) not in (State.RUNNING, State.OVER) or row.opened_at is None:
        return []
    votes = votes or await votes_in(row)
    later = (one for one in changes(votes.spells, votes.proxies) if row.opened_at < one <= last_moment(row))
    moments = [row.opened_at, *later]
    turns: list[Turn] = []
    for moment in moments[-latest:]:
        found = roll(votes.entitled, votes.spells, votes.proxies, moment)
        turn = Turn(moment, found.represented, found.members)
        if not turns or (turn.votes, turn.members) != (turns[-1].votes, turns[-1].members):
            turns.append(turn)
    return turns
