"""Persons, their roles with dates, and how they come in."""

from enum import StrEnum

from piccolo.columns import Date, ForeignKey, OnDelete, Serial, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table


class Person(Table):
    id: Serial
    reference = Varchar(length=16, unique=True)
    name = Varchar(length=200)
    email = Varchar(length=254, default="")
    email_key = Varchar(
        length=254, null=True, default=None, unique=True
    )  # mailing.addresses.address_key; None without an address
    search = Varchar(length=700, default="")
    sorting = Varchar(length=200, default="", index=True)
    locale = Varchar(length=2, default="de")
    duty = Varchar(length=120, default="")  # what the demo page says of a person
    since = Timestamptz(default=None, null=False)
    title = Varchar(length=60, default="")  # "Dr."
    phone = Varchar(length=60, default="")
    title_style = Varchar(length=10, default="neutral")  # of an office: "feminine", "masculine" (people.person)


class Publication(Table):
    """A person's consent that one fact of theirs is shown in public: "name", "email", "phone"."""

    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, index=True)
    fact = Varchar(length=20)
    given_on = Date()
    withdrawn_on = Date(null=True, default=None)
    said_by = Varchar(length=40, default="")  # the reference of who entered it: the person, or the office that was told


class RoleKind(StrEnum):
    ADMIN = "admin"
    OFFICE = "office"
    EVENT_TEAM = "event_team"
    MEMBER_REPRESENTATIVE = "member_representative"
    BOARD_MEMBER = "board_member"  # `of` a term of office
    ELECTION_OFFICER = "election_officer"  # `of` an assembly


class Role(Table):
    """What a person may do, from one day to another; `of` is the reference of the thing, "" for the whole house."""

    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, index=True)
    kind = Varchar(length=30)
    of = Varchar(length=16, default="")
    since = Date()
    until = Date(null=True, default=None)  # the last day

    role_kind_known = Check(
        "\"kind\" IN ('admin', 'office', 'event_team', 'member_representative', 'board_member', 'election_officer')"
    )


class SignInLink(Table):
    id: Serial
    digest = Varchar(length=64, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    onward = Varchar(length=500, default="")
    expires_at = Timestamptz(default=None, null=False, index=True)
    used_at = Timestamptz(default=None, null=True)


class Session(Table):
    """A signed-in browser; only the digest of its cookie is stored."""

    id: Serial
    digest = Varchar(length=64, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, index=True)
    began_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False, index=True)
