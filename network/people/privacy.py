"""What the house holds about a person it knows: name and address, roles, consents, browsers that are signed in."""

from network.activity import Activity, record
from network.database import references_to
from network.folding import search_key, sort_key
from network.i18n import N_, _, format_day, format_moment
from network.people import roles
from network.people.publication import FACTS
from network.people.tables import Person, Publication, Role, RoleKind, Session, SignInLink
from network.people.viewer import Viewer
from network.web.handed import Held, Privacy, Subject

MOST = 20
OWN = (Role, Publication, Session, SignInLink)


async def known_as(text: str) -> list[Subject]:
    rows = await Person.objects().where(Person.search.like(f"%{text}%")).order_by(Person.sorting).limit(MOST)
    return [Subject(row.email, row.name, row.id, row.reference) for row in rows]


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    person = await Person.objects().get(Person.id == subject.person_id)
    if person is None:
        return []
    return [entry_of(person), *await roles_of(person), *await consents_of(person), *await sessions_of(person)]


def entry_of(person: Person) -> Held:
    facts = [
        (_("Name"), f"{person.title} {person.name}".strip()),
        (_("E-mail address"), person.email),
        (_("Telephone"), person.phone),
        (_("Language"), person.locale),
        (_("Known since"), format_moment(person.since)),
    ]
    return Held(room(), _("Entry as a person"), facts, _("To work together with the association (Art. 6 (1) f GDPR)."))


async def roles_of(person: Person) -> list[Held]:
    rows = await Role.objects().where(Role.person == person.id).order_by(Role.since)
    facts = [(kind_label(row.kind), span(row)) for row in rows]
    basis = _("Who could do what on which day, to protect everybody's data (Art. 32 GDPR).")
    return [Held(room(), _("Roles"), facts, basis)] if facts else []


async def consents_of(person: Person) -> list[Held]:
    rows = await Publication.objects().where(Publication.person == person.id).order_by(Publication.given_on)
    facts = [
        (_(FACTS[row.fact]), _("from %(since)s to %(until)s", since=format_day(row.given_on), until=until(row)))
        for row in rows
    ]
    return [Held(room(), _("Consent to publication"), facts, _("Consent (Art. 6 (1) a GDPR)."))] if facts else []


async def sessions_of(person: Person) -> list[Held]:
    rows = await Session.objects().where(Session.person == person.id).order_by(Session.began_at)
    facts = [(_("Signed in"), format_moment(row.began_at)) for row in rows]
    return [Held(room(), _("Browsers that are signed in"), facts, _("For twelve hours at most."))] if facts else []


async def erase(subject: Subject, actor: str) -> None:
    """The entry with its roles, consents and sessions; of whom history still tells only the name stays.

    Refused for the last person who looks after the settings.
    """
    person = await Person.objects().get(Person.id == subject.person_id)
    if person is None:
        return
    if await Role.exists().where((Role.person == person.id) & (Role.kind == RoleKind.ADMIN)):
        await roles.end(person, RoleKind.ADMIN, actor=actor)
    await Activity.update({Activity.label: ""}).where(Activity.thing == f"person:{person.reference}")
    if await is_told_of(person):
        await keep_the_name(person)
    else:
        await Person.delete().where(Person.id == person.id)
    await record(actor, N_("person erased"), f"person:{person.reference}")


async def is_told_of(person: Person) -> bool:
    """Whether an upper slice still names them, after those slices have erased what may go."""
    for column in references_to(Person):
        table = column._meta.table  # noqa: SLF001  Piccolo's own way to a column's table
        if table not in OWN and await table.exists().where(column == person.id):
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


def room() -> str:
    return _("People and roles")


def kind_label(kind: str) -> str:
    return _(roles.WORDS[RoleKind(kind)])


def span(row: Role) -> str:
    since = format_day(row.since)
    return _("from %(since)s to %(until)s", since=since, until=format_day(row.until) if row.until else _("today"))


def until(row: Publication) -> str:
    return format_day(row.withdrawn_on) if row.withdrawn_on else _("today")


PRIVACY = Privacy(known_as, held_about, erase)
