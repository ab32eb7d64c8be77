"""What the office's own rooms hold about a person: letters, the activity, and what somebody keeps here."""

from collections.abc import Sequence
from datetime import timedelta

from mailing import retention
from mailing.retention import forget
from mailing.tables import Letter
from network.activity import Activity
from network.association.keeping import kept
from network.database import in_any_case
from network.folding import search_key
from network.i18n import N_, _, format_day, format_moment, local, ngettext
from network.office.log import LOG, deeds_of, told_of
from network.office.tables import SavedFilter
from network.people.viewer import Viewer
from network.settings import settings
from network.web.handed import Held, Privacy, Subject, Trace
from network.web.kinds import Back, Forgetting, Kind, Term

MOST = 40


async def known_as(words: Sequence[str]) -> list[Trace]:
    return [*await readers_known_as(words), *await labels_known_as(words)]


async def readers_known_as(words: Sequence[str]) -> list[Trace]:
    """Whom somebody of this name was written to. Letters have no column for that, and lose their readers in a year."""
    rows = await Letter.raw(
        "SELECT DISTINCT to_name, to_email FROM letter WHERE to_email <> '' ORDER BY to_name, to_email"
    )
    meant = [row for row in rows if is_meant(words, row["to_name"], row["to_email"])]
    where = _("Letters in the outbox")
    return [Trace(f"address:{row['to_email']}", row["to_name"], where, row["to_email"]) for row in meant[:MOST]]


async def labels_known_as(words: Sequence[str]) -> list[Trace]:
    """Lines of the activity about an entry that is gone: the name stands there still."""
    rows = await Activity.raw(
        "SELECT DISTINCT thing, label FROM activity WHERE thing LIKE 'person:%' AND label <> '' "
        "AND NOT EXISTS (SELECT 1 FROM person p WHERE 'person:' || p.reference = thing) ORDER BY label"
    )
    meant = [row for row in rows if is_meant(words, row["label"])]
    where = _("Activity about an entry that is gone")
    return [Trace(f"told:{row['thing'].partition(':')[2]}", row["label"], where) for row in meant[:MOST]]


def is_meant(words: Sequence[str], *told: str) -> bool:
    text = search_key(*told)
    return all(word in text for word in words)


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    return [*await letters_held(subject), *await filters_held(subject), *await activity_held(subject)]


async def letters_held(subject: Subject) -> list[Held]:
    facts: list[tuple[str, str]] = []
    for email in subject.emails:
        rows = await (
            Letter.select(Letter.subject, Letter.written_at)
            .where(in_any_case(Letter.to_email, email))
            .order_by(Letter.written_at)
        )
        facts += [(format_moment(row["written_at"]), row["subject"]) for row in rows]
    return [Held(LETTERS, facts, each=True)] if facts else []


async def filters_held(subject: Subject) -> list[Held]:
    ids = subject.person_ids
    rows = await SavedFilter.objects().where(SavedFilter.person.is_in(ids)).order_by(SavedFilter.name) if ids else []
    facts = [(row.name, f"{row.room}?{row.query}") for row in rows]
    return [Held(FILTERS, facts, each=True)] if facts else []


async def activity_held(subject: Subject) -> list[Held]:
    """What others did with the entry, line by line; what somebody did, counted by deed. That stays, and until when."""
    found = []
    if references := [*subject.references, *subject.picked("told")]:
        facts = [(format_moment(row.at), _(row.verb)) for row in await told_of(references)]
        found += [Held(LOG, facts, each=True, named=_("What was done with the entry"))] if facts else []
    deeds = await deeds_of(subject.references) if subject.references else []
    if deeds:
        one = await kept(LOG)
        stays = _(
            "Who did what is kept for everybody's protection, without a name once the entry has gone (Art. 32 GDPR)."
        )
        until = one.due_on(local(deeds[-1].at)) - timedelta(days=1)
        found.append(Held(LOG, counted(deeds), named=_("What they did here"), stays=stays, until=until))
    return found


def counted(deeds: Sequence[Activity]) -> list[tuple[str, str]]:
    by_verb: dict[str, list[Activity]] = {}
    for row in deeds:
        by_verb.setdefault(row.verb, []).append(row)
    return [
        (
            _(verb),
            ngettext(
                "once, on %(day)s", "%(num)s times, last on %(day)s", len(rows), day=format_day(local(rows[-1].at))
            ),
        )
        for verb, rows in by_verb.items()
    ]


async def erase(subject: Subject, actor: str) -> None:
    del actor
    for email in subject.emails:
        await forget("lower(to_email) = {}", email.lower())
    if subject.person_ids:
        await SavedFilter.delete().where(SavedFilter.person.is_in(subject.person_ids))
    if told := [f"person:{one}" for one in subject.picked("told")]:
        await Activity.update({Activity.label: ""}).where(Activity.thing.is_in(told))


async def proving() -> list[Back]:
    number = await retention.letters_proving()
    why = ngettext(
        "%(num)s letter proves a consent and goes with its evidence",
        "%(num)s letters prove a consent and go with its evidence",
        number,
    )
    return [Back(number, why)] if number else []


LETTERS = Kind(
    key="office.letters",
    room=N_("Outbox"),
    title=N_("Letters"),
    whose=N_("Whoever is written to"),
    what=N_("Name, e-mail address, the words, calendar entries, enclosures, what the mail server answered"),
    purpose=N_("To show what was written to whom"),
    ground=N_("Art. 6 (1) b and f GDPR"),
    recipients=N_("The mail server"),
    source=N_("Decided by whoever installed the house (KEEP_LETTERS_DAYS)"),
    then=N_("Kind and date stay"),
    forgetting=Forgetting(
        term=Term(settings().keep_letters_days, "days"),
        after=N_("after it was written"),
        counted=lambda number: ngettext("%(num)s letter", "%(num)s letters", number),
        verb=retention.FORGOTTEN,
        due=retention.letters_left,
        next_after=retention.next_letter,
        held_back=proving,
    ),
)
FILTERS = Kind(
    key="office.filters",
    room=N_("Office"),
    title=N_("Saved choices of lists"),
    whose=N_("Whoever works here"),
    what=N_("Name of the choice, what was looked for"),
    purpose=N_("To find a choice again"),
    ground=N_("Art. 6 (1) b GDPR"),
    lasts=N_("As long as somebody works here, or until they remove it"),
)
ATTEMPTS = Kind(
    key="office.attempts",
    room=N_("Office"),
    title=N_("Attempts, counted"),
    whose=N_("Whoever sends a form or asks for a link"),
    what=N_("IP address or e-mail address, how often within some minutes"),
    purpose=N_("To keep off whoever tries too often"),
    ground=N_("Art. 6 (1) f and 32 GDPR"),
    lasts=N_("For some minutes, and an hour at most afterwards"),
)
PRIVACY = Privacy(known_as, held_about, erase, (LETTERS, LOG, FILTERS, ATTEMPTS))
