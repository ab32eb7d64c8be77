"""What is kept of registrations, and for how long: names for twelve months, figures for good (DOMAIN 3.6)."""

from datetime import date

from piccolo.columns.combination import Where

from mailing.retention import forget_about
from network.association.keeping import forget_by_itself
from network.clock import end_of
from network.events.access import KEEP_DAYS, needs_left, next_needs
from network.events.tables import Attendee, Registration
from network.i18n import N_, local, ngettext
from network.web.kinds import Forgetting, Kind, Portion, Term

# A registration that still names somebody: who registered, or whom they registered.
NAMED = (
    "(r.name <> '' OR r.email <> '' OR r.phone <> '' "
    "OR EXISTS (SELECT 1 FROM attendee a WHERE a.registration = r.id AND (a.name <> '' OR a.email <> '')))"
)


async def forget_people() -> None:
    """Daily. Twelve months after an event its guests lose name and address; who came from where stays as a number."""
    await forget_by_itself(GUESTS)


async def registrations_left(limit: date) -> int:
    """Registrations that still name somebody, for events that ended on this day or before."""
    found = await Registration.raw(
        "SELECT COUNT(*) AS number FROM registration r JOIN event e ON e.id = r.event "
        f"WHERE e.ends_at < {{}} AND {NAMED}",
        end_of(limit),
    )
    return int(found[0]["number"])


async def next_registrations(limit: date) -> date | None:
    """When the next event ended, or will end, whose registrations name somebody."""
    found = await Registration.raw(
        "SELECT e.ends_at AS ends_at FROM event e WHERE e.ends_at >= {} AND EXISTS "
        f"(SELECT 1 FROM registration r WHERE r.event = e.id AND {NAMED}) ORDER BY e.ends_at LIMIT 1",
        end_of(limit),
    )
    return local(found[0]["ends_at"]) if found else None


async def forget_registrations(limit: date) -> Portion:
    """One event's, the oldest first: its guests, whoever registered them, and the letters to all of them."""
    found = await Registration.raw(
        "SELECT e.id AS id, e.reference AS reference, e.title_de AS title, COUNT(*) AS number FROM registration r "
        f"JOIN event e ON e.id = r.event WHERE e.ends_at < {{}} AND {NAMED} "
        "GROUP BY e.id, e.reference, e.title_de, e.ends_at ORDER BY e.ends_at, e.id LIMIT 1",
        end_of(limit),
    )
    if not found:
        return Portion()
    event = found[0]
    await forget_guests(Attendee.event == event["id"])
    await forget_registrants(Registration.event == event["id"])
    await forget_about(f"event:{event['reference']}")
    return Portion(int(event["number"]), f"event:{event['reference']}", event["title"])


async def forget_guests(which: Where) -> None:
    """Names and addresses go; who came from which organisation stays as a number."""
    await Attendee.update(
        {
            Attendee.name: "",
            Attendee.email: "",
            Attendee.role: "",
            Attendee.diet: "",
            Attendee.sorting: "",
            Attendee.search: "",
        }
    ).where(which)


async def forget_registrants(which: Where) -> None:
    await Registration.update({Registration.name: "", Registration.email: "", Registration.phone: ""}).where(which)


GUESTS = Kind(
    key="events.guests",
    room=N_("Events"),
    title=N_("Registrations for events"),
    whose=N_("Guests of events, and whoever registers them"),
    what=N_("Name, e-mail address, telephone number, organisation, role, meal, whether somebody came"),
    purpose=N_("To hold the event"),
    ground=N_("Art. 6 (1) b GDPR"),
    recipients=N_("The team of the event; whoever has the list of participants on paper"),
    source=N_("Art. 5 (1) e GDPR: questions and the next forum come within a year"),
    then=N_("The numbers stay, without a name"),
    forgetting=Forgetting(
        term=Term(12, "months", least=1, most=36),
        after=N_("after the event"),
        counted=lambda number: ngettext("%(num)s registration", "%(num)s registrations", number),
        verb=N_("guests forgotten, figures kept"),
        due=registrations_left,
        next_after=next_registrations,
        forget=forget_registrations,
    ),
)
NEEDS = Kind(
    key="events.needs",
    room=N_("Events"),
    title=N_("What people need to take part"),
    whose=N_("Guests of events"),
    what=N_("Health data: sign language, wheelchair, companion, other needs in their own words"),
    purpose=N_("So that everybody can take part"),
    ground=N_("explicit consent, Art. 9 (2) a GDPR"),
    recipients=N_("The team of the event; interpreters learn the number alone"),
    source=N_("Promised to whoever tells it, on the form"),
    then=N_("Only the totals stay"),
    forgetting=Forgetting(
        term=Term(KEEP_DAYS, "days"),
        after=N_("after the event"),
        counted=lambda number: ngettext("%(num)s access need", "%(num)s access needs", number),
        verb=N_("access needs deleted, totals kept"),
        due=needs_left,
        next_after=next_needs,
    ),
)
CONTACT = Kind(
    key="events.contact",
    room=N_("Events"),
    title=N_("Contact for an event"),
    whose=N_("People of the office and of organisers"),
    what=N_("Name, e-mail address, telephone number"),
    purpose=N_("So that guests can ask somebody"),
    ground=N_("Art. 6 (1) f GDPR"),
    recipients=N_("The public: it stands on the event's page"),
    lasts=N_("As long as it stands on the event's page"),
)
