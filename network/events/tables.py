"""Events, who registers for them, who has a seat and who waits."""

from enum import StrEnum

from piccolo.columns import (
    Boolean,
    ForeignKey,
    Integer,
    LazyTableReference,
    OnDelete,
    Serial,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check
from piccolo.table import Table

from network.members.tables import Organisation


class Mode(StrEnum):
    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"


class Series(Table):
    """Events that follow one another: the 1., 2., 3. Austauschforum."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    title_de = Varchar(length=200)
    title_en = Varchar(length=200, default="")


class Event(Table):
    """What happened to it is dated; its state follows from the dates (rules.state_of)."""

    id: Serial
    reference = Varchar(length=16, unique=True)  # also the UID of its calendar entry
    slug = Varchar(length=120, unique=True)
    series = ForeignKey(Series, null=True, default=None, on_delete=OnDelete.set_null)
    ordinal = Integer(null=True, default=None)
    follows: ForeignKey["Event"] = ForeignKey(
        LazyTableReference("Event", module_path="network.events.tables"),
        null=True,
        default=None,
        on_delete=OnDelete.set_null,
    )
    title_de = Varchar(length=200)
    title_en = Varchar(length=200, default="")
    lead_de = Varchar(length=400, default="")
    lead_en = Varchar(length=400, default="")
    description_de = Text(default="")
    description_en = Text(default="")
    mode = Varchar(length=10, default=Mode.IN_PERSON)
    starts_at = Timestamptz(default=None, null=False, index=True)
    ends_at = Timestamptz(default=None, null=False)
    venue = Varchar(length=200, default="")
    street = Varchar(length=200, default="")
    postal_code = Varchar(length=10, default="")
    town = Varchar(length=100, default="")
    access_de = Text(default="")  # how to get in: steps, lift, hearing loop
    access_en = Text(default="")
    online_address = Varchar(length=500, default="")  # told only to people with a seat
    costs_de = Varchar(length=300, default="")
    costs_en = Varchar(length=300, default="")
    closing_de = Text(default="")  # said on the last page of a registration
    closing_en = Text(default="")
    seats = Integer(default=70)
    deadline = Timestamptz(default=None, null=False)  # the first moment that is too late
    waiting_list = Boolean(default=True)
    smaller_may_pass = Boolean(default=True)
    ring_days = Integer(default=2)  # from so many days before on, freed seats are offered by telephone
    most_people = Integer(default=10)
    contact_name = Varchar(length=200, default="")
    contact_email = Varchar(length=254, default="")
    contact_phone = Varchar(length=60, default="")
    created_at = Timestamptz(default=None, null=False)
    announced_at = Timestamptz(default=None, null=True)  # save the date
    published_at = Timestamptz(default=None, null=True)
    closed_at = Timestamptz(default=None, null=True)
    cancelled_at = Timestamptz(default=None, null=True)
    cancel_reason = Text(default="")
    needs_totals = Text(default="")  # JSON, kept when the needs themselves are deleted
    sequence = Integer(default=0)  # of the public calendar entry
    version = Integer(default=0)  # counts every deed that counts seats

    event_mode_known = Check("\"mode\" IN ('in_person', 'online', 'hybrid')")
    event_seats_positive = Check('"seats" >= 0')
    event_ends_after_start = Check('"ends_at" > "starts_at"')


class CoOrganiser(Table):
    id: Serial
    event = ForeignKey(Event, null=False, on_delete=OnDelete.cascade, index=True)
    name = Varchar(length=200)


class Registration(Table):
    """One form, filled in by somebody for one to ten people of one organisation."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    key = Varchar(length=22, unique=True)  # the link by which it is changed
    event = ForeignKey(Event, null=False, on_delete=OnDelete.restrict, index=True)
    organisation_name = Varchar(length=200)
    organisation_key = Varchar(length=200, index=True)
    organisation = ForeignKey(Organisation, null=True, default=None, on_delete=OnDelete.set_null, index=True)
    name = Varchar(length=200)
    email = Varchar(length=254)
    phone = Varchar(length=40, default="")  # for a seat that becomes free when it is too late to write
    locale = Varchar(length=2, default="de")
    notice_version = Varchar(length=12, default="")
    source = Varchar(length=10, default="form")  # form, office, door
    at = Timestamptz(default=None, null=False)


class WaitlistEntry(Table):
    """A place in the queue, in the order of the rows; its people get seats only together."""

    id: Serial
    event = ForeignKey(Event, null=False, on_delete=OnDelete.restrict, index=True)
    registration = ForeignKey(Registration, null=False, on_delete=OnDelete.restrict)
    since = Timestamptz(default=None, null=False)
    ended_at = Timestamptz(default=None, null=True)


class AttendeeState(StrEnum):
    SEATED = "seated"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class Attendee(Table):
    """One person at one event, as typed: it never edits or signs in a person of the house."""

    id: Serial
    reference = Varchar(length=16, unique=True)  # also the UID of the invitation
    key = Varchar(length=22, unique=True)  # the link "I cannot come"
    event = ForeignKey(Event, null=False, on_delete=OnDelete.restrict, index=True)
    registration = ForeignKey(Registration, null=False, on_delete=OnDelete.restrict, index=True)
    entry = ForeignKey(WaitlistEntry, null=True, default=None, on_delete=OnDelete.restrict, index=True)
    name = Varchar(length=200)
    email = Varchar(length=254, default="")
    role = Varchar(length=120, default="")
    diet = Varchar(length=200, default="")
    state = Varchar(length=10, index=True)
    registered_at = Timestamptz(default=None, null=False)
    seated_at = Timestamptz(default=None, null=True)
    cancelled_at = Timestamptz(default=None, null=True)
    cancelled_by = Varchar(length=12, default="")  # self, registrant, office
    sequence = Integer(default=-1)  # of the last invitation sent; -1: none yet
    present_at = Timestamptz(default=None, null=True)
    walk_in = Boolean(default=False)
    sorting = Varchar(length=200, default="")
    search = Varchar(length=700, default="")

    attendee_state_known = Check("\"state\" IN ('seated', 'waiting', 'cancelled')")


class AccessNeed(Table):
    """Health data (Art. 9 GDPR): for the event team only, deleted 30 days after the event."""

    id: Serial
    attendee = ForeignKey(Attendee, null=False, unique=True, on_delete=OnDelete.cascade)
    needs = Varchar(length=100, default="")  # of dgs, loop, wheelchair, companion; blanks between
    other = Varchar(length=500, default="")
    consented_at = Timestamptz(default=None, null=False)


class Report(Table):
    """What the association says of an event afterwards, under a permanent address."""

    id: Serial
    event = ForeignKey(Event, null=False, unique=True, on_delete=OnDelete.restrict)
    title_de = Varchar(length=300)
    title_en = Varchar(length=300, default="")
    body_de = Text()
    body_en = Text(default="")
    open_questions_de = Text(default="")  # a line each; the next event begins with them
    open_questions_en = Text(default="")
    author = Varchar(length=200, default="")
    written_at = Timestamptz(default=None, null=False)
    published_at = Timestamptz(default=None, null=True)
