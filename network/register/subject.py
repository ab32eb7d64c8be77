"""What has to be filed: of an assembly the changed bylaws and the changed board, between assemblies the board alone.

A change of the bylaws counts only when it is registered (§ 71 I 1 BGB). Whoever came to the board is in office from the
acceptance on, elected early from the day after the predecessor's last; of the board the register only tells, once it
has changed (§ 67 BGB).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from network import clock
from network.assembly import announced, decision
from network.assembly.meeting import thing
from network.assembly.tables.day import Decision
from network.assembly.tables.elections import Election
from network.assembly.tables.meeting import Assembly
from network.board import duty, ledger
from network.board.duty import BEGIN, END
from network.board.ledger import Held, Ledger
from network.board.tables import Ending
from network.i18n import _, format_names
from network.resolutions.tables import Outcome

BY_ELECTION = "election:"  # how the source of a term begins that came from an assembly of the house
BY_ASSEMBLY = ("assembly:", "resolution:")  # the same of what ended one


@dataclass(frozen=True, slots=True)
class Subject:
    """What has to be filed in one application."""

    bylaws: Sequence[Decision]
    came: Sequence[Held]
    went: Sequence[Held]

    @property
    def board(self) -> bool:
        return bool(self.came or self.went)

    def __bool__(self) -> bool:
        return bool(self.bylaws) or self.board

    @property
    def kind(self) -> str:
        if self.bylaws and self.board:
            return "both"
        return "bylaws" if self.bylaws else "board"

    @property
    def days(self) -> list[date]:
        """On which the board becomes another one, the first one first."""
        left = [day for one in self.went if (day := changes_with(END, one))]
        return sorted([*left, *(one.since for one in self.came)])

    @property
    def changes_on(self) -> date | None:
        """The first day on which the board is another one."""
        return next(iter(self.days), None)

    @property
    def waits_until(self) -> date | None:
        """Who was elected early is not in office yet: the register is told from this day on. None: at once."""
        first = self.changes_on
        return first if first and first > clock.today() and not self.bylaws else None

    @property
    def signed_on(self) -> date:
        """Whoever is on the board on this day signs."""
        return self.waits_until or clock.today()

    @property
    def things(self) -> list[str]:
        """As an application remembers them."""
        return [
            *(f"decision:{one.reference}" for one in self.bylaws),
            *(f"{BEGIN}:{one.reference}" for one in self.came),
            *(f"{END}:{one.reference}" for one in self.went),
        ]

    @property
    def words(self) -> str:
        """Of a changed board: who came and who left."""
        came, went = (format_names(one.who for one in terms) for terms in (self.came, self.went))
        if came and went:
            return _("New on the board: %(came)s; leaving it: %(went)s", came=came, went=went)
        if came:
            return _("New on the board: %(came)s", came=came)
        return _("Leaving the board: %(went)s", went=went) if went else ""


def changes_with(occasion: str, term: Held) -> date | None:
    """The first day on which the board is another one by this term's begin or end."""
    if occasion == BEGIN:
        return term.since
    return term.last + ledger.ONE_DAY if term.last else None


# --- of an assembly --------------------------------------------------------------------------------------------------


async def of_assembly(row: Assembly) -> Subject:
    """Adopted changes of the bylaws, and who came to the board or left it by this assembly.

    Whoever goes on in the same office changes nothing that the register tells.
    """
    decisions = await decision.decisions_of(row)
    adopted = [one for one in decisions if one.kind in decision.CHANGES_BYLAWS and one.outcome == Outcome.ADOPTED]
    book = await ledger.read()
    elections = await Election.select(Election.reference).where(Election.assembly == row.id)
    by_election = {f"{BY_ELECTION}{one['reference']}" for one in elections}
    elected = [one for one in book.terms if one.source in by_election]
    stood = [one.resolution for one in decisions]
    stood += [one.resolution for told in (await announced.before_in(row)).values() for one in told]
    sources = {f"resolution:{one}" for one in stood if one}
    removed = [one for one in book.terms if one.ended_by == Ending.REMOVAL and one.end_source in sources]
    co_opted = [one for one in book.terms if one.end_source == thing(row)]
    return Subject(adopted, *changed(book, elected, [*removed, *co_opted]))


def changed(book: Ledger, begun: Sequence[Held], ended: Sequence[Held]) -> tuple[list[Held], list[Held]]:
    """Who came and who went, with those whose seats the new ones took; nobody who only goes on."""
    before = {one.id: book.forerunner(one) for one in begun}
    came = [one for one in begun if not goes_on(before[one.id], one)]
    left = [one for one in before.values() if one and one not in begun and one.person_id not in people(begun)]
    went = {one.id: one for one in (*left, *ended) if one in came or one.person_id not in people(came)}
    return came, list(went.values())


def goes_on(before: Held | None, after: Held) -> bool:
    return before is not None and before.person_id == after.person_id


def people(terms: Sequence[Held]) -> set[int]:
    return {one.person_id for one in terms}


# --- of the board between assemblies ---------------------------------------------------------------------------------


async def of_board(*, told: Iterable[str]) -> Subject:
    """Who came to the board or left it otherwise than by an assembly, and of whom the register has not been told.

    `told` are the things of which an application is under way, or which belong to an assembly. What lies ahead waits
    until what has happened is applied for.
    """
    known = set(told)
    book = await ledger.read()
    open_ = [(one.occasion, book.by_id(one.term)) for one in await duty.to_tell("register")]
    free = [
        (occasion, one)
        for occasion, one in open_
        if f"{occasion}:{one.reference}" not in known and not by_assembly(one, occasion)
    ]
    here = nearest(free)
    begun = [one for occasion, one in here if occasion == BEGIN]
    came, went = changed(book, begun, [one for occasion, one in here if occasion == END])
    return Subject([], came, [one for one in went if one.id in ids(here) or follows(book, one, came)])


def nearest(those: Sequence[tuple[str, Held]]) -> list[tuple[str, Held]]:
    days = {pair: changes_with(*pair) or clock.today() for pair in those}
    limit = max(clock.today(), min(days.values(), default=clock.today()))
    return [pair for pair in those if days[pair] <= limit]


def by_assembly(term: Held, occasion: str) -> bool:
    """Who was elected or removed by an assembly of the house is filed with what else it decided."""
    return term.source.startswith(BY_ELECTION) if occasion == BEGIN else term.end_source.startswith(BY_ASSEMBLY)


def ids(those: Iterable[tuple[str, Held]]) -> set[int]:
    return {one.id for _occasion, one in those}


def follows(book: Ledger, before: Held, came: Sequence[Held]) -> bool:
    """Somebody took the seat on the day after: of both the register is told in one."""
    after = book.follower(before)
    return (
        after in came and before.last is not None and after is not None and after.since == before.last + ledger.ONE_DAY
    )


async def remembered(about: str) -> Subject:
    """What an application of the board was begun for; a term that was struck out since is in it no more."""
    book = await ledger.read()
    things = [line.partition(":")[::2] for line in about.split("\n")]
    known = [(kind, term) for kind, reference in things if (term := book.known(reference))]
    return Subject([], [term for kind, term in known if kind == BEGIN], [term for kind, term in known if kind == END])
