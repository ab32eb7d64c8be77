"""What the directory holds about a person: functions, addresses of organisations that are theirs, who decided what."""

from collections.abc import Sequence

from mailing.addresses import address_key
from network import clock
from network.activity import record
from network.database import in_any_case
from network.folding import search_key
from network.i18n import N_, _, format_day
from network.members import function
from network.members.retention import HISTORY, NUMBERS, ORGANISATIONS, PEOPLE, VOTERS, forget_merges
from network.members.tables import Function, MembershipEvent, Organisation
from network.people.privacy import those
from network.people.tables import Person
from network.people.viewer import Viewer
from network.web.handed import Held, Privacy, Subject, Trace
from network.web.kinds import Kind

MOST = 40
FUNCTIONS = Kind(
    key="members.functions",
    room=N_("Members"),
    title=N_("Functions in member organisations"),
    whose=N_("People with a function in a member's house"),
    what=N_("Function, what it is called there, organisation, site, first and last day"),
    purpose=N_("To reach the right person in a member organisation"),
    ground=N_("Art. 6 (1) f GDPR"),
    recipients=N_("The member's own representatives; the public only where the person agreed to it"),
    lasts=N_("As long as the entry as a person"),
)
IMPORTS = Kind(
    key="members.imports",
    room=N_("Members"),
    title=N_("Spreadsheets read in"),
    whose=N_("Whoever is named in them"),
    what=N_("The lines as they were read"),
    purpose=N_("To keep the directory"),
    ground=N_("Art. 6 (1) b and f GDPR"),
    lasts=N_("30 days after they were stored, 90 days where nobody stores them"),
)


async def known_as(words: Sequence[str]) -> list[Trace]:
    return [*await holders_known_as(words), *await deciders_known_as(words)]


async def holders_known_as(words: Sequence[str]) -> list[Trace]:
    """By name and organisation together: "heide ruhrpunkt"."""
    each = "(p.search LIKE {} OR o.search LIKE {})"
    rows = await Function.raw(
        "SELECT p.reference AS reference, p.name AS name, p.email AS email, f.kind AS kind, o.name AS organisation "
        "FROM held_function f JOIN person p ON p.id = f.person JOIN organisation o ON o.id = f.organisation WHERE "
        + " AND ".join([each] * len(words))
        + f" ORDER BY p.sorting, f.id LIMIT {MOST}",
        *[f"%{word}%" for word in words for _twice in range(2)],
    )
    return [
        Trace(
            f"person:{row['reference']}", row["name"], function.named()[row["kind"]], row["email"], row["organisation"]
        )
        for row in rows
        if any(word in search_key(row["name"], row["email"]) for word in words)
    ]


async def deciders_known_as(words: Sequence[str]) -> list[Trace]:
    """Whoever is named in the steps of memberships: as typed, and the same words are one."""
    rows = await MembershipEvent.select(MembershipEvent.said_by).where(MembershipEvent.said_by != "")
    meant = {row["said_by"] for row in rows if all(word in search_key(row["said_by"]) for word in words)}
    return [Trace(f"said:{name}", name, _("Named in the steps of a membership")) for name in sorted(meant)[:MOST]]


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    return [
        *[function_held(row) for one in await those(subject) for row in await function.of_person(one)],
        *[organisation_held(row) for row in await with_address(subject)],
        *await decisions_held(subject),
    ]


def function_held(row: function.Held) -> Held:
    facts = [(_("Organisation"), row.organisation_name), (_("From when to when"), row.days)]
    began = row.kind in HISTORY and (row.since is None or row.since <= clock.today())
    history = _("Who voted for a member belongs to the association's history; name, function and days stay for good.")
    return Held(VOTERS if began else FUNCTIONS, facts, named=row.what, stays=history if began else "")


def organisation_held(row: Organisation) -> Held:
    stays = _("It is the organisation's address. Give it another one on its page first if it is to go.")
    return Held(ORGANISATIONS, [(_("Organisation"), row.name)], named=_("Address of an organisation"), stays=stays)


async def decisions_held(subject: Subject) -> list[Held]:
    names = subject.picked("said")
    if not names:
        return []
    rows = await (
        MembershipEvent.select(MembershipEvent.said_by, MembershipEvent.on, MembershipEvent.organisation.name)
        .where(MembershipEvent.said_by.is_in(names))
        .order_by(MembershipEvent.on)
    )
    facts = [(format_day(row["on"]), f"{row['said_by']}, {row['organisation.name']}") for row in rows]
    stays = _("Who decided about a membership belongs to the association's history and stays for good.")
    return [Held(VOTERS, facts, named=_("Named in the steps of a membership"), stays=stays)] if facts else []


async def with_address(subject: Subject) -> list[Organisation]:
    found: list[Organisation] = []
    for email in subject.emails:
        rows = await Organisation.objects().where(in_any_case(Organisation.email, email)).order_by(Organisation.sorting)
        found += [row for row in rows if address_key(row.email) in subject.keys]
    return found


async def erase(subject: Subject, actor: str) -> None:
    """Functions that are no history; a delegate's ends today. What was kept to take a merge apart goes, too."""
    for person in await those(subject):
        await erase_functions(person, actor)
        await forget_merges(person)


async def erase_functions(person: Person, actor: str) -> None:
    today = clock.today()
    mine = Function.person == person.id
    going = await Function.select(Function.id, Function.kind, Function.since).where(mine)
    ids = [row["id"] for row in going if row["kind"] not in HISTORY or (row["since"] and row["since"] > today)]
    if ids:
        await Function.delete().where(Function.id.is_in(ids))
        await record(actor, N_("functions erased with a person"), f"person:{person.reference}", detail=str(len(ids)))
    open_end = (Function.until == None) | (Function.until > today)
    await Function.update({Function.until: today, Function.title: ""}).where(mine & open_end)


PRIVACY = Privacy(known_as, held_about, erase, (PEOPLE, NUMBERS, FUNCTIONS, VOTERS, ORGANISATIONS, IMPORTS))
