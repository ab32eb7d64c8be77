"""Who should not vote on the discharge of the board: members for whom one of those speaks who are judged (§ 34 BGB)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from network.assembly import attendance, ban, delegate
from network.assembly.recipients import SPEAKERS
from network.assembly.tables.day import Presence
from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind
from network.board import ledger
from network.board.ledger import Held
from network.database import marks
from network.errors import Refused
from network.folding import folded
from network.i18n import _, format_names, local
from network.members.tables import Function, Organisation

JUDGED = timedelta(days=366)  # whoever was on the board so lately is discharged too


@dataclass(frozen=True, slots=True)
class Concerned:
    """A member, and who of the board speaks for it."""

    organisation: Organisation
    who: Sequence[str]

    @property
    def words(self) -> str:
        return _("%(member)s (%(names)s)", member=self.organisation.name, names=format_names(self.who))


async def proposed(row: Assembly, item: AgendaItem) -> list[Concerned]:
    """Those with a vote who are not banned yet; none under an item of another kind."""
    if item.kind != ItemKind.DISCHARGE:
        return []
    day = local(row.starts_at)
    board = {one.person_id: one for one in (await ledger.read()).terms if is_judged(one, day)}
    spoken: dict[int, set[str]] = {}
    for member, name in [*await by_function(board, day), *await by_presence(row, board)]:
        spoken.setdefault(member, set()).add(name)
    banned, entitled = {one.organisation.id for one in await ban.banned_from(item)}, await attendance.entitled(row)
    wanted = [member for member in spoken if member in entitled and member not in banned]
    if not wanted:
        return []
    known = Organisation.objects().where(Organisation.id.is_in(wanted)).order_by(Organisation.sorting)
    return [Concerned(one, sorted(spoken[one.id])) for one in await known]


def is_judged(term: Held, day: date) -> bool:
    return term.since <= day and (term.last is None or term.last >= day - JUDGED)


async def by_function(board: dict[int, Held], day: date) -> list[tuple[int, str]]:
    """Who manages a member or usually votes for it."""
    if not board:
        return []
    found = await Function.raw(
        f"SELECT f.organisation, f.person FROM held_function f WHERE f.person IN ({marks(board)}) "
        f"AND f.kind IN ({marks(SPEAKERS)}) AND (f.since IS NULL OR f.since <= {{}}) "
        "AND (f.until IS NULL OR f.until >= {})",
        *board, *SPEAKERS, day, day,
    )  # fmt: skip
    return [(one["organisation"], board[one["person"]].who) for one in found]


async def by_presence(row: Assembly, board: dict[int, Held]) -> list[tuple[int, str]]:
    """Who is here for a member, or was named to come for it."""
    names = {folded(name): one.who for one in board.values() for name in (one.name, one.who)}
    here = await Presence.select(Presence.organisation, Presence.name).where(
        (Presence.assembly == row.id) & (Presence.left_at == None)
    )
    told = [(one["organisation"], one["name"]) for one in here]
    told += [(member, one.name) for member, one in (await delegate.delegates_of(row)).items()]
    return [(member, names[folded(name)]) for member, name in told if folded(name) in names]


async def ban_all(row: Assembly, item: AgendaItem, *, actor: str) -> list[str]:
    """All that are proposed, in one press; the names of who is banned by it. Refused while a vote on it is open."""
    found = await proposed(row, item)
    if not found:
        raise Refused(_("Nobody is known whose own discharge is decided on here."))
    for one in found:
        await ban.impose(row, item, one.organisation, why="discharge", note=", ".join(one.who), actor=actor)
    return [one.organisation.name for one in found]
