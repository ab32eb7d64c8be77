"""What members' own work leaves about a person: the yearly question, who answered it, and what they proposed."""

from collections.abc import Sequence
from datetime import date

from mailing.addresses import address_key
from network.clock import end_of
from network.database import in_any_case
from network.folding import search_key
from network.i18n import N_, _, format_moment, local, ngettext
from network.members.tables import Organisation
from network.people.viewer import Viewer
from network.representing.rules import FIELDS, REMARK
from network.representing.tables import DataCheck, Proposal
from network.web.dated import Dated
from network.web.handed import Held, Privacy, Subject, Trace
from network.web.kinds import Forgetting, Kind, Portion, Term

MOST = 40
PORTION = 100
NAMING = (DataCheck.email != "") | (DataCheck.confirmed_by != "")
DECIDED = "COALESCE(accepted_at, declined_at)"
REMARKS_LEFT = f"field = '{REMARK}' AND (old <> '' OR new <> '' OR why <> '' OR reason <> '') AND {DECIDED}"


async def known_as(words: Sequence[str]) -> list[Trace]:
    """Who answered the yearly question, under the address to which it went; others are people of the house."""
    rows = await DataCheck.objects(DataCheck.organisation).where(NAMING).order_by(DataCheck.id, ascending=False)
    meant = [row for row in rows if all(word in found_by(row) for word in words)]
    return [
        Trace(
            f"address:{row.email}" if row.email else f"said:{row.confirmed_by}",
            row.confirmed_by or row.email,
            _("The yearly question “Is this still right?” for %(year)s", year=row.year),
            row.email,
            row.organisation.name,
        )
        for row in meant[:MOST]
    ]


def found_by(row: DataCheck) -> str:
    return search_key(row.confirmed_by, row.email, row.organisation.name)


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    return [*[await held(row) for row in await asked_at(subject)], *await proposals_held(subject)]


async def held(row: DataCheck) -> Held:
    owner = await Organisation.objects().get(Organisation.id == row.organisation)
    facts = [
        (_("Organisation"), owner.name if owner else ""),
        (_("E-mail address"), row.email),
        (_("Asked"), format_moment(row.asked_at)),
        (_("Answered by"), row.confirmed_by),
        (_("Answered"), format_moment(row.confirmed_at) if row.confirmed_at else ""),
    ]
    return Held(CHECKS, facts)


async def proposals_held(subject: Subject) -> list[Held]:
    if not subject.references:
        return []
    rows = await (
        Proposal.objects(Proposal.organisation)
        .where(Proposal.made_by.is_in(subject.references))
        .order_by(Proposal.made_at)
    )
    facts = [(format_moment(row.made_at), ", ".join([_(FIELDS[row.field]), row.organisation.name])) for row in rows]
    return [Held(PROPOSALS, facts, each=True)] if facts else []


async def erase(subject: Subject, actor: str) -> None:
    """The answer and the proposal stay, without saying whose they were."""
    del actor
    for row in await asked_at(subject):
        row.email, row.confirmed_by = "", ""
        await row.save([DataCheck.email, DataCheck.confirmed_by])
    if subject.references:
        await Proposal.update({Proposal.made_by: ""}).where(Proposal.made_by.is_in(subject.references))


async def asked_at(subject: Subject) -> list[DataCheck]:
    picked = subject.picked("said")
    found = await DataCheck.objects().where(DataCheck.confirmed_by.is_in(picked)) if picked else []
    for email in subject.emails:
        rows = await DataCheck.objects().where(in_any_case(DataCheck.email, email))
        found += [row for row in rows if address_key(row.email) in subject.keys]
    return sorted({row.id: row for row in found}.values(), key=lambda row: row.id)


# Forgotten -----------------------------------------------------------------------------------------------------------


async def remarks_left(limit: date) -> int:
    found = await Proposal.raw(f"SELECT COUNT(*) AS number FROM proposal WHERE {REMARKS_LEFT} < {{}}", end_of(limit))
    return int(found[0]["number"])


async def next_remark(limit: date) -> date | None:
    rows = await Proposal.raw(
        f"SELECT accepted_at, declined_at FROM proposal WHERE {REMARKS_LEFT} >= {{}} ORDER BY {DECIDED} LIMIT 1",
        end_of(limit),
    )
    return local(rows[0]["accepted_at"] or rows[0]["declined_at"]) if rows else None


async def forget_remarks(limit: date) -> Portion:
    """That there was one and what became of it stays; the words go."""
    gone = await Proposal.raw(
        "UPDATE proposal SET old = '', new = '', why = '', reason = '' WHERE id IN (SELECT id FROM proposal "
        f"WHERE {REMARKS_LEFT} < {{}} ORDER BY id LIMIT {PORTION}) RETURNING id",
        end_of(limit),
    )
    return Portion(len(gone))


ASKED = Dated(DataCheck, DataCheck.asked_at, NAMING, {DataCheck.email: "", DataCheck.confirmed_by: ""})
CHECKS = Kind(
    key="representing.checks",
    room=N_("Members"),
    title=N_("The yearly question “Is this still right?”"),
    whose=N_("Whoever is asked, and whoever answers"),
    what=N_("E-mail address, name of who answered, days"),
    purpose=N_("To keep the directory true"),
    ground=N_("Art. 6 (1) f GDPR"),
    source=N_("Art. 5 (1) e GDPR: the next question shows who answered the last one"),
    then=N_("That and when a member answered stays"),
    forgetting=Forgetting(
        term=Term(24, "months", least=12, most=60),
        after=N_("after the question"),
        counted=lambda number: ngettext("%(num)s answer", "%(num)s answers", number),
        verb=N_("answers to the yearly question forgotten"),
        due=ASKED.due,
        next_after=ASKED.next_after,
        forget=ASKED.forget,
    ),
)
REMARKS = Kind(
    key="representing.remarks",
    room=N_("Members"),
    title=N_("Remarks of members to the office"),
    whose=N_("Whoever is named in them"),
    what=N_("Free text; it may name people"),
    purpose=N_("To keep the directory true"),
    ground=N_("Art. 6 (1) f GDPR"),
    source=N_("Art. 5 (1) e GDPR: done once it is answered; a year for questions"),
    then=N_("That there was a remark stays"),
    forgetting=Forgetting(
        term=Term(12, "months", least=1, most=36),
        after=N_("after the answer"),
        counted=lambda number: ngettext("%(num)s remark", "%(num)s remarks", number),
        verb=N_("remarks of members forgotten"),
        due=remarks_left,
        next_after=next_remark,
        forget=forget_remarks,
    ),
)
PROPOSALS = Kind(
    key="representing.proposals",
    room=N_("Members"),
    title=N_("Proposals of members"),
    whose=N_("Representatives of members"),
    what=N_("Which change somebody proposed, when, and what became of it"),
    purpose=N_("So that decisions can be understood and proved"),
    ground=N_("Art. 6 (1) b GDPR"),
    lasts=N_("For good: the association's history; without the name once the person's entry has gone"),
)
PRIVACY = Privacy(known_as, held_about, erase, (CHECKS, REMARKS, PROPOSALS))
