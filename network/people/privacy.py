"""What the house holds about a person it knows: name and address, roles, consents, browsers that are signed in."""

from collections.abc import Sequence
from typing import Any

from network.activity import Activity, record
from network.database import references_to
from network.folding import search_key, sort_key
from network.i18n import LANGUAGE_NAMES, N_, _, format_day, format_moment
from network.people import roles
from network.people.publication import FACTS
from network.people.tables import Person, Publication, Role, RoleKind, Session, SignInLink
from network.people.viewer import Viewer
from network.references import new_reference
from network.web.handed import Held, Privacy, Subject, Trace
from network.web.kinds import Kind

MOST = 40
# What goes with somebody's entry: their own, and what they keep for themselves in rooms above.
OWN = {"role", "publication", "session", "sign_in_link", "saved_filter"}

ENTRY = Kind(  # how long is told where functions are known (members.retention)
    key="people.entries",
    room=N_("People and roles"),
    title=N_("Entry as a person"),
    whose=N_("People with a function in a member's house, or with a role here"),
    what=N_("Name, title, e-mail address, language; functions and roles with their days"),
    purpose=N_("To work together with the association and its members"),
    ground=N_("Art. 6 (1) f GDPR"),
    recipients=N_("The member's own representatives; the public only where the person agreed to it"),
    source=N_("Art. 5 (1) e GDPR: questions about what somebody did come within a year"),
    lasts=N_("As long as somebody has a function or a role"),
    then=N_("Who voted for a member stays by name"),
)
ROLES = Kind(
    key="people.roles",
    room=N_("People and roles"),
    title=N_("Roles"),
    whose=N_("People with a role here"),
    what=N_("What somebody may do, with the first and the last day"),
    purpose=N_("To know who could do what on which day, and so protect everybody's data"),
    ground=N_("Art. 6 (1) f and 32 GDPR"),
    lasts=N_("As long as the entry as a person"),
)
CONSENTS = Kind(
    key="people.publication",
    room=N_("People and roles"),
    title=N_("Consent to publication"),
    whose=N_("People with a function in a member's house"),
    what=N_("Which fact may stand in public, from when to when, who said so"),
    purpose=N_("To show in public only what somebody agreed to, and to be able to prove it"),
    ground=N_("Art. 6 (1) a and 7 (1) GDPR"),
    recipients=N_("The public, as long as the consent lasts"),
    lasts=N_("As long as the entry as a person; the public sees nothing any more from the day of withdrawal"),
)
SIGN_IN = Kind(
    key="people.sign_in",
    room=N_("People and roles"),
    title=N_("Browsers that are signed in"),
    whose=N_("People with a role here"),
    what=N_("When a browser signed in; of its cookie only a fingerprint"),
    purpose=N_("To know who is at work"),
    ground=N_("Art. 6 (1) b and f GDPR"),
    lasts=N_("For twelve hours, a link for a day"),
)


async def known_as(words: Sequence[str]) -> list[Trace]:
    wanted: Any = Person.id > 0
    for word in words:
        wanted &= Person.search.like(f"%{word}%")
    rows = await Person.objects().where(wanted).order_by(Person.sorting).limit(MOST)
    return [trace_of(row, _("Entry as a person")) for row in rows]


def trace_of(person: Person, where: str, organisation: str = "") -> Trace:
    return Trace(f"person:{person.reference}", person.name, where, person.email, organisation)


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    found: list[Held] = []
    for person in await those(subject):
        found += [entry_of(person), *await roles_of(person), *await consents_of(person), *await sessions_of(person)]
    return found


async def those(subject: Subject) -> list[Person]:
    ids = subject.person_ids
    return await Person.objects().where(Person.id.is_in(ids)).order_by(Person.id) if ids else []


def entry_of(person: Person) -> Held:
    facts = [
        (_("Name"), f"{person.title} {person.name}".strip()),
        (_("E-mail address"), person.email),
        (_("Telephone"), person.phone),
        (_("Language"), LANGUAGE_NAMES.get(person.locale, person.locale)),
        (_("Known since"), format_moment(person.since)),
    ]
    return Held(ENTRY, facts)


async def roles_of(person: Person) -> list[Held]:
    rows = await Role.objects().where(Role.person == person.id).order_by(Role.since)
    facts = [(kind_label(row.kind), span(row)) for row in rows]
    return [Held(ROLES, facts, each=True)] if facts else []


async def consents_of(person: Person) -> list[Held]:
    rows = await Publication.objects().where(Publication.person == person.id).order_by(Publication.given_on)
    facts = [
        (_(FACTS[row.fact]), _("from %(since)s to %(until)s", since=format_day(row.given_on), until=until(row)))
        for row in rows
    ]
    return [Held(CONSENTS, facts, each=True)] if facts else []


async def sessions_of(person: Person) -> list[Held]:
    rows = await Session.objects().where(Session.person == person.id).order_by(Session.began_at)
    facts = [(_("Signed in"), format_moment(row.began_at)) for row in rows]
    return [Held(SIGN_IN, facts, each=True)] if facts else []


async def erase(subject: Subject, actor: str) -> None:
    """The entry with its roles, consents and sessions; of whom history still tells only the name stays.

    Refused for the last person who looks after the settings.
    """
    for person in await those(subject):
        if await Role.exists().where((Role.person == person.id) & (Role.kind == RoleKind.ADMIN)):
            await roles.end(person, RoleKind.ADMIN, actor=actor)
        await let_go(person)
        await record(actor, N_("person erased"), f"person:{person.reference}")


async def let_go(person: Person) -> None:
    """What only this person's entry is about goes; the name stays where an upper slice still tells of them.

    What they did here stays in the activity, and nobody reads there any more who it was.
    """
    await Activity.update({Activity.label: ""}).where(Activity.thing == f"person:{person.reference}")
    if await is_told_of(person):
        await Activity.update({Activity.actor: new_reference()}).where(Activity.actor == person.reference)
        await keep_the_name(person)
    else:
        await Person.delete().where(Person.id == person.id)


async def is_told_of(person: Person) -> bool:
    """Whether an upper slice still names them, after those slices have erased what may go."""
    for column in references_to(Person):
        table = column._meta.table  # noqa: SLF001  Piccolo's own way to a column's table
        if table._meta.tablename not in OWN and await table.exists().where(column == person.id):  # noqa: SLF001
            return True
    return False


async def keep_the_name(person: Person) -> None:
    await Role.delete().where(Role.person == person.id)
    await Publication.delete().where(Publication.person == person.id)
    await Session.delete().where(Session.person == person.id)
    await SignInLink.delete().where(SignInLink.person == person.id)
    person.email, person.email_key, person.phone, person.title, person.duty = "", None, "", "", ""
    person.search, person.sorting = search_key(person.name)[:700], sort_key(person.name)
    await person.save()


def kind_label(kind: str) -> str:
    return _(roles.WORDS[RoleKind(kind)])


def span(row: Role) -> str:
    since = format_day(row.since)
    return _("from %(since)s to %(until)s", since=since, until=format_day(row.until) if row.until else _("today"))


def until(row: Publication) -> str:
    return format_day(row.withdrawn_on) if row.withdrawn_on else _("today")


PRIVACY = Privacy(known_as, held_about, erase, (ENTRY, ROLES, CONSENTS, SIGN_IN))
