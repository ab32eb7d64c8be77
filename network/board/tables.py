"""The board's seats, the terms of those who hold them, and what belongs to them."""

from enum import StrEnum

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from network.files import File
from network.people.tables import Person


class SeatKind(StrEnum):
    CHAIR = "chair"
    DEPUTY = "deputy"
    TREASURER = "treasurer"
    SECRETARY = "secretary"
    MEMBER = "member"


class Seat(Table):
    """A place on the board. Whether it exists on a day is asked of the bylaws in force on it (seat.py).

    Whatever changes the board takes the first seat's row, by `changes` (decisions/0003).
    """

    id: Serial
    reference = Varchar(length=16, unique=True)
    kind = Varchar(length=10)
    position = Integer(default=1)  # of several of its kind
    changes = Integer(default=0)

    seat_kind_known = Check("\"kind\" IN ('chair', 'deputy', 'treasurer', 'secretary', 'member')")
    seat_kind_position_uq = Unique([kind, position])


class Beginning(StrEnum):
    ELECTED = "elected"
    RE_ELECTED = "re_elected"
    BY_ELECTION = "by_election"
    CO_OPTED = "co_opted"
    APPOINTED_BY_COURT = "appointed_by_court"  # § 29 BGB
    ENTERED = "entered"  # taken over from before the software


class Ending(StrEnum):
    """Why a term ended before its regular end, or how one without such an end did; "" while nothing ended it.

    A regular end needs no row: it follows from `until`.
    """

    NONE = ""
    RESIGNATION = "resignation"
    REMOVAL = "removal"
    DEATH = "death"
    EMPLOYMENT = "employment"  # left the member, where the bylaws end the office with that
    OTHER_SEAT = "other_seat"
    SUCCESSION = "succession"  # held until somebody was elected
    OTHER = "other"


class Term(Table):
    """Somebody's time on a seat. Days are first and last days in office."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    seat = ForeignKey(Seat, null=False, on_delete=OnDelete.restrict, index=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    since = Date(default=None, null=False)
    until = Date(null=True, default=None)  # the last regular day; None: until somebody else is elected
    accepted_on = Date(null=True, default=None)  # None: nobody knows any more
    began_as = Varchar(length=20, default=Beginning.ELECTED)
    source = Varchar(length=200, default="")  # of what made it: a public reference, or words
    honorary = Boolean(default=True)
    received_on = Date(null=True, default=None)  # the resignation
    ended_on = Date(null=True, default=None)
    ended_by = Varchar(length=20, default=Ending.NONE)
    end_source = Varchar(length=200, default="")

    term_until_after_since = Check('"until" IS NULL OR "until" >= "since"')
    term_ended_after_since = Check('"ended_on" IS NULL OR "ended_on" >= "since"')


class Warned(Table, tablename="term_warning"):
    """That a term ends was told so many months ahead, once."""

    id: Serial
    term = ForeignKey(Term, null=False, on_delete=OnDelete.cascade, index=True)
    months = Integer()
    sent_at = Timestamptz(default=None, null=False)

    term_warning_term_months_uq = Unique([term, months])


class Duty(Table, tablename="board_duty"):
    """One thing to see to after a change of the board: the register, the bank, the keys."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    term = ForeignKey(Term, null=False, on_delete=OnDelete.cascade, index=True)
    occasion = Varchar(length=10)  # "begin", "end"
    kind = Varchar(length=20)
    due_on = Date(default=None, null=False)
    done_on = Date(null=True, default=None)
    done_by = Varchar(length=40, default="")  # a person's reference
    note = Varchar(length=300, default="")

    board_duty_term_occasion_kind_uq = Unique([term, occasion, kind])


class AppointmentKind(StrEnum):
    MANAGING_DIRECTOR = "managing_director"  # an employee, no seat
    SPECIAL_REPRESENTATIVE = "special_representative"  # § 30 BGB, only where the bylaws say so


class Appointment(Table, tablename="board_appointment"):
    """Whom the board or the bylaws put in charge without a seat."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    kind = Varchar(length=30)
    scope = Varchar(length=300, default="")  # for which business
    since = Date(default=None, null=False)
    until = Date(null=True, default=None)
    source = Varchar(length=200, default="")

    board_appointment_until_after_since = Check('"until" IS NULL OR "until" >= "since"')


class Portrait(Table, tablename="board_portrait"):
    """A picture of somebody with the consent to show it. A withdrawn one keeps its days and loses its file."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, index=True)
    file = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    alt_de = Varchar(length=300, default="")
    alt_en = Varchar(length=300, default="")
    given_on = Date(default=None, null=False)
    withdrawn_on = Date(null=True, default=None)
    said_by = Varchar(length=40, default="")  # the reference of who entered it: the person, or the office that was told


class Allowance(Table, tablename="board_allowance"):
    """What an honorary member of the board was paid, in cents."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    kind = Varchar(length=20)  # "flat": for the work; "expenses": against receipts
    paid_on = Date(default=None, null=False)
    cents = Integer()
    note = Text(default="")

    board_allowance_cents_positive = Check('"cents" > 0')
