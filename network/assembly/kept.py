"""Kinds of data about people that assemblies hold: why, how long, and how each goes. Rehearsals are gone before."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from piccolo.columns import Column
from piccolo.table import Table

from network.assembly.tables.convocation import Delegate, Dispatch, Proxy
from network.assembly.tables.elections import Candidate, RoundCount
from network.assembly.tables.meeting import Assembly
from network.clock import end_of
from network.files import File
from network.i18n import N_, local, ngettext
from network.web.dated import Dated
from network.web.kinds import Forgetting, Kind, Portion, Term

PORTION = 200
ROOM = N_("Assemblies")
CONTESTED = N_(
    "Art. 5 (1) e GDPR: whether members were convened and represented rightly is asked as long as claims may arise "
    "(§§ 195, 199 BGB)"
)
NOWHERE: dict[Any, Any] = {Dispatch.name: "", Dispatch.address: "", Dispatch.subject: "", Dispatch.text: "",
                           Dispatch.digest: ""}  # fmt: skip
UNWRITTEN: dict[Any, Any] = {Candidate.email: "", Candidate.about: "", Candidate.digest: ""}


def over(limit: date) -> Any:
    """Assemblies that took place, or were to take place, on this day or before."""
    return Assembly.select(Assembly.id).where(Assembly.starts_at < end_of(limit))


async def next_day(table: type[Table], there: Any, of: Column, limit: date) -> date | None:
    """Of rows that still hold something, the first later day of an assembly."""
    start = of.starts_at  # type: ignore[attr-defined]
    row = await table.select(start.as_alias("at")).where(there & (start >= end_of(limit))).order_by(start).first()
    return local(row["at"]) if row else None


async def some(table: type[Table], those: Any) -> list[int]:
    key = table._meta.primary_key  # noqa: SLF001  Piccolo's own way
    rows = await table.select(key).where(those).order_by(key).limit(PORTION)
    return [row["id"] for row in rows]


# --- letters ---------------------------------------------------------------------------------------------------------

SENT = Dated(Dispatch, Dispatch.assembly.starts_at, Dispatch.address != "", NOWHERE)
LETTERS = Kind(
    key="assembly.letters",
    room=ROOM,
    title=N_("Proof of dispatch"),
    whose=N_("Whoever got an invitation, a supplement or minutes for a member"),
    what=N_("Name, postal or e-mail address, the letter, its result"),
    purpose=N_("To convene every member, and to prove it"),
    ground=N_("§ 32 (1) BGB; Art. 6 (1) b and f GDPR"),
    recipients=N_("The office and the board; a court, if the assembly is contested"),
    source=CONTESTED,
    then=N_("The member, the day, the way and the result stay"),
    forgetting=Forgetting(
        term=Term(36, "months", least=12, most=120),
        after=N_("after the assembly"),
        counted=lambda number: ngettext("%(num)s letter of an assembly", "%(num)s letters of assemblies", number),
        verb=N_("addresses of invitations forgotten"),
        due=SENT.due,
        next_after=SENT.next_after,
        forget=SENT.forget,
        yearly=True,
    ),
)


# --- authorisations --------------------------------------------------------------------------------------------------

AUTHORISED = (Delegate.email != "") | (Delegate.document != None)
ON_PAPER = Proxy.document != None


async def authorisations_left(limit: date) -> int:
    delegates = await Delegate.count().where(AUTHORISED & Delegate.assembly.is_in(over(limit)))
    return int(delegates) + int(await Proxy.count().where(ON_PAPER & Proxy.assembly.is_in(over(limit))))


async def next_authorisation(limit: date) -> date | None:
    days = [
        await next_day(Delegate, AUTHORISED, Delegate.assembly, limit),
        await next_day(Proxy, ON_PAPER, Proxy.assembly, limit),
    ]
    return min((day for day in days if day), default=None)


async def forget_authorisations(limit: date) -> Portion:
    number = 0
    for table, there in ((Delegate, AUTHORISED), (Proxy, ON_PAPER)):
        ids = await some(table, there & table.assembly.is_in(over(limit)))
        await without_papers(table, ids)
        if ids and table is Delegate:
            await Delegate.update({Delegate.email: ""}).where(Delegate.id.is_in(ids))
        number += len(ids)
    return Portion(number)


async def without_papers(table: type[Delegate | Proxy | Candidate], ids: Sequence[int]) -> None:
    """The files of these rows go."""
    if not ids:
        return
    rows = await table.select(table.document).where(table.id.is_in([*ids]) & (table.document != None))
    if rows:
        await table.update({table.document: None}).where(table.id.is_in([*ids]))
        await File.delete().where(File.id.is_in([row["document"] for row in rows]))


AUTHORISATIONS = Kind(
    key="assembly.authorisations",
    room=ROOM,
    title=N_("Authorisations and proxies"),
    whose=N_("Whoever casts the votes of a member"),
    what=N_("E-mail address, the signed authorisation or proxy"),
    purpose=N_("To let the right people vote, and to prove it"),
    ground=N_("§ 32 (1), § 38 BGB; Art. 6 (1) b and f GDPR"),
    recipients=N_("The office, the board and who leads the elections"),
    source=CONTESTED,
    then=N_("Who cast whose votes stays in attendance list and minutes"),
    forgetting=Forgetting(
        term=Term(36, "months", least=12, most=120),
        after=N_("after the assembly"),
        counted=lambda number: ngettext("%(num)s authorisation", "%(num)s authorisations", number),
        verb=N_("authorisations for assemblies forgotten"),
        due=authorisations_left,
        next_after=next_authorisation,
        forget=forget_authorisations,
        yearly=True,
    ),
)


# --- candidates ------------------------------------------------------------------------------------------------------

ON_BALLOTS = RoundCount.select(RoundCount.candidate)
TOLD = (Candidate.email != "") | (Candidate.about != "") | Candidate.id.not_in(ON_BALLOTS)


async def candidates_left(limit: date) -> int:
    return int(await Candidate.count().where(TOLD & Candidate.election.assembly.is_in(over(limit))))


async def next_candidate(limit: date) -> date | None:
    return await next_day(Candidate, TOLD, Candidate.election.assembly, limit)


async def forget_candidates(limit: date) -> Portion:
    ids = await some(Candidate, TOLD & Candidate.election.assembly.is_in(over(limit)))
    await unwrite(ids)
    return Portion(len(ids))


async def unwrite(ids: Sequence[int]) -> None:
    """Whoever stood on a ballot keeps the name, which stands in the minutes; who did not was never a candidate."""
    if not ids:
        return
    these = Candidate.id.is_in([*ids])
    await without_papers(Candidate, ids)
    await Candidate.delete().where(these & Candidate.id.not_in(ON_BALLOTS))
    await Candidate.update(UNWRITTEN).where(these)


CANDIDATES = Kind(
    key="assembly.candidates",
    room=ROOM,
    title=N_("Candidates"),
    whose=N_("Whoever was proposed for an election"),
    what=N_("Name, e-mail address, who proposed them, their consent, their lines about themselves"),
    purpose=N_("To ask whether they agree to stand, and to tell the members who does"),
    ground=N_("Art. 6 (1) f GDPR; of who agreed Art. 6 (1) b GDPR"),
    recipients=N_("The office and the board; of who agreed all members"),
    source=N_("Art. 5 (1) e GDPR: whoever contests an election does so within a year"),
    then=N_("Who stood on a ballot stays by name in minutes and resolution book"),
    forgetting=Forgetting(
        term=Term(12, "months", least=1, most=60),
        after=N_("after the assembly"),
        counted=lambda number: ngettext("%(num)s candidate", "%(num)s candidates", number),
        verb=N_("details of candidates forgotten"),
        due=candidates_left,
        next_after=next_candidate,
        forget=forget_candidates,
        yearly=True,
    ),
)


# --- for good --------------------------------------------------------------------------------------------------------

HISTORY = N_("For good: minutes and attendance list are the association's memory")
ATTENDANCE = Kind(
    key="assembly.attendance",
    room=ROOM,
    title=N_("Attendance and votes"),
    whose=N_("Whoever came for a member, cast its votes or was a guest"),
    what=N_("Name, for whom, from when to when, in the room or online; openly cast votes by member"),
    purpose=N_("So that quorum and results can be understood and proved"),
    ground=N_("§ 32 (1), § 58 no. 4 BGB; Art. 6 (1) c and f GDPR"),
    recipients=N_("The office and the board; all members with the minutes; the register court"),
    lasts=HISTORY,
)
MINUTES = Kind(
    key="assembly.minutes",
    room=ROOM,
    title=N_("Minutes of assemblies"),
    whose=N_("Whoever chaired, wrote, signed, led elections, moved, spoke, stood for election or objected"),
    what=N_("Name, what they did or said, when they signed"),
    purpose=N_("So that decisions can be understood and proved"),
    ground=N_("§ 58 no. 4, §§ 67, 71 BGB; Art. 6 (1) c and f GDPR"),
    recipients=N_("All members; the register court"),
    lasts=HISTORY,
)
