"""The resolution book: one row for each decision of any body, in the order in which it was announced."""

from enum import StrEnum
from typing import Any

from piccolo.columns import Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from network.files import File


class Body(StrEnum):
    ASSEMBLY = "assembly"
    BOARD = "board"
    MEMBERS = "members"  # in writing, without a meeting (§ 32 III BGB)


class Kind(StrEnum):
    """What is decided decides the majority (DOMAIN 3.1)."""

    ORDINARY = "ordinary"
    DISCHARGE = "discharge"
    BYLAWS = "bylaws"
    PURPOSE = "purpose"
    DISSOLUTION = "dissolution"
    VIRTUAL = "virtual"  # lets later assemblies be virtual (§ 32 II 2 BGB)
    REMOVAL = "removal"
    CONTRIBUTIONS = "contributions"
    ELECTION = "election"


class Outcome(StrEnum):
    ADOPTED = "adopted"
    REJECTED = "rejected"
    PENDING = "pending"  # adopted by all present; the absent have not all agreed yet (§ 33 I 2 BGB)


class Year(Table, tablename="resolution_year"):
    """Owns the numbers of one year's resolutions of one body: taken first, so that none is given twice or left out."""

    id: Serial
    body = Varchar(length=20)
    year = Integer()
    last = Integer(default=0)

    resolution_year_body_year_uq = Unique([body, year])


class Resolution(Table):
    """What was decided, under which rules and with which counts. Never changed: a later one takes its place."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    body = Varchar(length=20)
    year = Integer()
    number = Integer()  # within the body and year: "MV 2027-3"
    kind = Varchar(length=20)
    title = Varchar(length=300)
    wording = Text()
    outcome = Varchar(length=20)
    taken_at = Timestamptz(default=None, null=False)
    effective_on = Date(null=True, default=None)  # of the bylaws: when the register entered it (§ 71 BGB)
    rules_from = Date(null=True, default=None)  # the version of the bylaws it was taken under, by its first day
    rules_known_at = Timestamptz(default=None, null=True)  # as that version stood then, whatever was put right since
    represented = Integer(default=0)  # votes; each of the five is among them
    total = Integer(null=True, default=None)  # members there were, where all of them have to agree
    yes = Integer(default=0)
    no = Integer(default=0)
    abstain = Integer(default=0)
    invalid = Integer(default=0)
    not_cast = Integer(default=0)
    banned = Integer(default=0)  # left the base before (§ 34 BGB)
    casting = Varchar(length=10, default="")  # how the chair of the board voted, whose vote decided a tie: "yes", "no"
    agreed_later = Integer(default=0)  # absent members, in text form (§ 33 I 2 BGB)
    declined_later = Integer(default=0)
    search = Text(default="")  # number, title and wording, folded
    source = Varchar(
        length=80, default="", index=True
    )  # "decision:reference", "meeting:reference", "circular:reference"
    replaces: ForeignKey[Any] = ForeignKey("self", null=True, default=None, on_delete=OnDelete.set_null)
    corrects_because = Text(default="")  # why the one it replaces was counted wrongly; "": it was decided anew
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    actor = Varchar(length=40, default="")
    entered_at = Timestamptz(default=None, null=False)

    resolution_body_year_number_uq = Unique([body, year, number])
