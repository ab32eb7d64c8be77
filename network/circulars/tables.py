"""A decision in writing, and who is asked."""

from enum import StrEnum

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from network.members.tables import Organisation
from network.people.tables import Person


class Circular(Table):
    """One wording, sent to everybody who has a vote. Whatever counts takes this row first, by `turns`."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    body = Varchar(length=20)  # resolutions.tables.Body: "board", "members"
    kind = Varchar(length=20)  # resolutions.tables.Kind
    title = Varchar(length=300)
    wording = Text()
    reasons = Text(default="")
    until = Date(default=None, null=False)  # the last day to answer
    rules_day = Date(default=None, null=False)  # the bylaws of this day decide, whatever comes into force meanwhile
    sent_at = Timestamptz(default=None, null=False)
    reminded_at = Timestamptz(default=None, null=True)
    decided_at = Timestamptz(default=None, null=True)
    outcome = Varchar(length=20, default="")
    resolution = Varchar(length=16, default="", index=True)  # its reference in the resolution book
    withdrawn_at = Timestamptz(default=None, null=True)
    withdrawn_because = Text(default="")
    actor = Varchar(length=40, default="")
    turns = Integer(default=0)


class Choice(StrEnum):
    NONE = ""
    YES = "yes"
    NO = "no"
    OBJECTION = "objection"  # to deciding without a meeting


class Voter(Table, tablename="circular_voter"):
    """Somebody with a vote: a member of the board, or a member of the association by whom it is represented."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    circular = ForeignKey(Circular, null=False, on_delete=OnDelete.cascade, index=True)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.set_null, index=True)
    organisation = ForeignKey(Organisation, null=True, default=None, on_delete=OnDelete.set_null, index=True)
    name = Varchar(length=200)  # whose vote it is, as the name was
    to_name = Varchar(length=200, default="")  # whom the letter goes to
    email = Varchar(length=254, default="")
    locale = Varchar(length=2, default="de")
    votes = Integer(default=1)
    banned = Boolean(default=False)  # § 34 BGB: leaves the base
    casting = Boolean(default=False)  # the chair's, whose vote decides when the board's are equal (bylaws)
    digest = Varchar(length=64, unique=True)  # of the token in the letter
    choice = Varchar(length=10, default="")
    answered_at = Timestamptz(default=None, null=True)
    answered_by = Varchar(length=200, default="")  # in words, as the one who answered signed

    circular_voter_circular_person_uq = Unique([circular, person])
    circular_voter_circular_organisation_uq = Unique([circular, organisation])
