"""What decisions in writing hold about a person: who was asked by which address, and what somebody answered."""

from collections.abc import Sequence
from datetime import date

from mailing.addresses import address_key
from network.activity import record
from network.circulars.rules import is_open
from network.circulars.tables import Circular, Voter
from network.clock import end_of
from network.database import in_any_case
from network.folding import search_key
from network.i18n import N_, _, format_day, local, ngettext
from network.people.viewer import Viewer
from network.web.handed import Held, Privacy, Subject, Trace
from network.web.kinds import Forgetting, Kind, Portion, Term

MOST, PORTION = 40, 200
NOWHERE = {Voter.to_name: "", Voter.email: ""}


def decided_before(limit: date) -> object:
    """Of circulars that were decided, or withdrawn, on this day or before."""
    closed = (Circular.decided_at < end_of(limit)) | (Circular.withdrawn_at < end_of(limit))
    return (Voter.email != "") & Voter.circular.is_in(Circular.select(Circular.id).where(closed))


async def addresses_left(limit: date) -> int:
    return int(await Voter.count().where(decided_before(limit)))  # type: ignore[arg-type]


async def next_address(limit: date) -> date | None:
    rows = await Voter.select(Voter.circular.decided_at, Voter.circular.withdrawn_at).where(Voter.email != "")
    ends = [row["circular.decided_at"] or row["circular.withdrawn_at"] for row in rows]
    days = [day for end in ends if end and (day := local(end)) > limit]
    return min(days) if days else None


async def forget_addresses(limit: date) -> Portion:
    found = Voter.select(Voter.id).where(decided_before(limit)).order_by(Voter.id).limit(PORTION)  # type: ignore[arg-type]
    ids = [row["id"] for row in await found]
    if ids:
        await Voter.update(NOWHERE).where(Voter.id.is_in(ids))  # type: ignore[arg-type]
    return Portion(len(ids))


ADDRESSES = Kind(
    key="circulars.addresses",
    room=N_("Board"),
    title=N_("Addresses of those who were asked in writing"),
    whose=N_("Members of the board, and whoever votes for a member"),
    what=N_("Name and e-mail address of the letter"),
    purpose=N_("To ask everybody, and to prove it while the decision can be contested"),
    ground=N_("Art. 6 (1) f GDPR"),
    recipients=N_("The office and the board"),
    source=N_("Art. 5 (1) e GDPR: whoever contests a decision does so within a year"),
    forgetting=Forgetting(
        term=Term(12, "months", least=1, most=120),
        after=N_("after the decision"),
        counted=lambda number: ngettext("%(num)s address", "%(num)s addresses", number),
        verb=N_("addresses of decisions in writing forgotten"),
        due=addresses_left,
        next_after=next_address,
        forget=forget_addresses,
        yearly=True,
    ),
)
ANSWERS = Kind(
    key="circulars.answers",
    room=N_("Board"),
    title=N_("Answers to decisions in writing"),
    whose=N_("Members of the board, and whoever votes for a member"),
    what=N_("Name, answer, day"),
    purpose=N_("So that decisions can be understood and proved"),
    ground=N_("§ 32 (3) BGB: the consents in text form; Art. 6 (1) f GDPR"),
    recipients=N_("The office and the board"),
    lasts=N_("For good: the association's history"),
)


async def known_as(words: Sequence[str]) -> list[Trace]:
    """Members of the board stand under their own entry; of members those whom the letters go to."""
    rows = await Voter.objects().where((Voter.email != "") & (Voter.person == None)).order_by(Voter.id, ascending=False)
    found = [row for row in rows if all(word in search_key(row.to_name, row.email, row.name) for word in words)]
    where = _("Asked in writing")
    return [Trace(f"address:{row.email}", row.to_name, where, row.email, row.name) for row in found[:MOST]]


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    told = []
    for voter, row in await concerning(subject):
        facts = [(_("Decision"), row.title), (_("Vote of"), voter.name), (_("E-mail address"), voter.email)]
        stays = _("The decision is still open, and its letters go to this address.") if is_open(row) else ""
        told.append(Held(ADDRESSES, facts, stays=stays))
        if voter.answered_at:
            facts = [(format_day(voter.answered_at), row.title), (_("Name"), voter.answered_by)]
            stays = _("Who agreed in text form is what makes the decision valid (§ 32 (3) BGB).")
            told.append(Held(ANSWERS, facts, stays=stays))
    return told


async def erase(subject: Subject, actor: str) -> None:
    for voter, row in await concerning(subject):
        if not is_open(row):
            await Voter.update(NOWHERE).where(Voter.id == voter.id)  # type: ignore[arg-type]
            await record(actor, N_("address of a decision in writing erased"), f"circular:{row.reference}", row.title)


async def concerning(subject: Subject) -> list[tuple[Voter, Circular]]:
    found: dict[int, Voter] = {}
    if subject.person_ids:
        for row in await Voter.objects().where(Voter.person.is_in(subject.person_ids)):
            found[row.id] = row
    for email in subject.emails:
        for row in await Voter.objects().where(in_any_case(Voter.email, email)):
            if address_key(row.email) in subject.keys:
                found[row.id] = row
    numbers = [row.circular for row in found.values()]
    rows = {row.id: row for row in await Circular.objects().where(Circular.id.is_in(numbers))} if numbers else {}
    return [(voter, rows[voter.circular]) for _id, voter in sorted(found.items())]


PRIVACY = Privacy(known_as, held_about, erase, (ADDRESSES, ANSWERS))
