"""What is held about persons for the register alone: birth dates and towns of a new board, gone once entered."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from network.activity import record
from network.board import ledger
from network.clock import end_of
from network.database import marks
from network.i18n import N_, _, format_day, local, ngettext
from network.people.privacy import those
from network.people.viewer import Viewer
from network.register.tables import Filing, RegisterData
from network.web.handed import Held, Privacy, Subject, Trace
from network.web.kinds import Forgetting, Kind, Portion, Term

# It has served its purpose when the court has decided, and no other application of a board is under way.
SERVED = (
    "FROM register_data d JOIN (SELECT MAX(f.closed_at) AS closed FROM register_filing f "
    "WHERE f.kind IN ('board', 'both')) l ON l.closed >= d.entered_at "
    "WHERE NOT EXISTS (SELECT 1 FROM register_filing o WHERE o.kind IN ('board', 'both') AND o.closed_at IS NULL)"
)


async def closed_by(limit: date) -> list[dict[str, Any]]:
    return await RegisterData.raw(f"SELECT d.id AS id, l.closed AS closed {SERVED} AND l.closed < {{}}", end_of(limit))


async def left(limit: date) -> int:
    return len(await closed_by(limit))


async def next_after(limit: date) -> date | None:
    """The day on which the court decided, if that lies after the limit."""
    found = await RegisterData.raw(f"SELECT l.closed AS closed {SERVED} AND l.closed >= {{}} LIMIT 1", end_of(limit))
    return day_of(found[0]["closed"]) if found else None


def day_of(moment: Any) -> date:
    """SQLite tells moments as text."""
    return local(moment if isinstance(moment, datetime) else datetime.fromisoformat(str(moment)))


async def forget(limit: date) -> Portion:
    ids = [one["id"] for one in await closed_by(limit)]
    if ids:
        await RegisterData.raw(f"DELETE FROM register_data WHERE id IN ({marks(ids)})", *ids)
    return Portion(len(ids))


REGISTER = Kind(
    key="assembly.register",
    room=N_("Assemblies"),
    title=N_("Birth dates and towns for the register"),
    whose=N_("Whoever is to be entered in the register of associations as a member of the board"),
    what=N_("Date of birth, town"),
    purpose=N_("To apply for the entry in the register of associations"),
    ground=N_("§ 67 BGB, § 3 VRV; Art. 6 (1) c GDPR"),
    recipients=N_("The notary and the register court; within the house the office and the board, each look is noted"),
    source=N_("Once it is entered nobody needs it any more (Art. 5 (1) e GDPR)"),
    forgetting=Forgetting(
        term=Term(30, "days", least=1, most=366),
        after=N_("after the court decided"),
        counted=lambda number: ngettext("%(num)s birth date", "%(num)s birth dates", number),
        verb=N_("data for the register forgotten"),
        due=left,
        next_after=next_after,
        forget=forget,
    ),
)

APPLICATIONS = Kind(
    key="register.applications",
    room=N_("Board"),
    title=N_("Applications to the register of associations"),
    whose=N_("Whoever came to the board or left it"),
    what=N_("Name, office, days, what ended it; copies of resignations, decisions and certificates"),
    purpose=N_("To apply for the entry in the register of associations, and to prove that it was applied for"),
    ground=N_("§ 67 BGB; Art. 6 (1) c GDPR"),
    recipients=N_("The notary and the register court; within the house the office and the board"),
    lasts=N_("For good: who represented the association on a day has to be provable"),
)


async def known_as(words: Sequence[str]) -> list[Trace]:
    del words  # whoever is on the board is a person of the house
    return []


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    found = []
    for person in await those(subject):
        for one in await RegisterData.objects().where(RegisterData.person == person.id):
            facts = [(_("Born on"), format_day(one.born_on)), (_("Town of residence"), one.residence)]
            found.append(Held(REGISTER, facts))
    return [*found, *await in_applications(subject)]


async def in_applications(subject: Subject) -> list[Held]:
    """Those of the board between assemblies; what an assembly decided stands in its minutes."""
    ids, book = set(subject.person_ids), await ledger.read()
    theirs = {one.reference for one in book.terms if one.person_id in ids}
    rows = await Filing.objects().where(Filing.assembly == None).order_by(Filing.id) if theirs else []
    stays = _("Who represented the association on a day has to be provable (§ 67 BGB).")
    return [
        Held(APPLICATIONS, [(_("Begun on"), format_day(one.opened_at)), (_("Application to the register"), one.text)],
             stays=stays)
        for one in rows if any(line.partition(":")[2] in theirs for line in one.about.split("\n"))
    ]  # fmt: skip


async def erase(subject: Subject, actor: str) -> None:
    if not subject.person_ids:
        return
    gone = await RegisterData.delete().where(RegisterData.person.is_in(subject.person_ids)).returning(RegisterData.id)
    if gone:
        thing = f"person:{subject.references[0]}"
        await record(actor, N_("data for the register erased with a person"), thing, detail=str(len(gone)))


PRIVACY = Privacy(known_as, held_about, erase, (REGISTER, APPLICATIONS))
