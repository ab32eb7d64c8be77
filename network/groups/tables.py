"""Working groups and who takes part in them, each with days."""

from enum import StrEnum

from piccolo.columns import Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from network.members.tables import Organisation
from network.people.tables import Person


class WorkingGroup(Table):
    """Whatever changes who takes part in it takes its row, by `changes` (decisions/0003)."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    name_de = Varchar(length=200)
    name_en = Varchar(length=200, default="")
    key = Varchar(length=200, default="")  # the folded German name
    purpose_de = Text(default="")
    purpose_en = Text(default="")
    founded_on = Date(default=None, null=False)
    ended_on = Date(null=True, default=None)  # the last day
    end_note = Varchar(length=300, default="")
    meetings_a_year = Integer(null=True, default=None)
    published_at = Timestamptz(null=True, default=None)
    changes = Integer(default=0)

    working_group_ends_after_start = Check('"ended_on" IS NULL OR "ended_on" >= "founded_on"')


class Part(StrEnum):
    """What somebody is in a group."""

    CHAIR = "chair"
    DEPUTY = "deputy"
    PARTICIPANT = "participant"
    GUEST = "guest"  # also of who is no member


class Ending(StrEnum):
    """Why a seat ends; "" where its last day alone is known."""

    NONE = ""
    PART = "part"  # went on as something else
    MEMBERSHIP = "membership"
    GROUP = "group"


class Participation(Table, tablename="group_participation"):
    """Somebody's seat in a group. From when to when it counts also follows from the membership (span.py)."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    working_group = ForeignKey(WorkingGroup, null=False, on_delete=OnDelete.cascade, index=True)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict, index=True)  # None: name erased
    organisation = ForeignKey(Organisation, null=True, default=None, on_delete=OnDelete.restrict, index=True)
    part = Varchar(length=20)
    since = Date(default=None, null=False)
    until = Date(null=True, default=None)  # the last day, as far as it has been written down
    ended_by = Varchar(length=20, default=Ending.NONE)
    note = Varchar(length=300, default="")

    group_participation_part_known = Check("\"part\" IN ('chair', 'deputy', 'participant', 'guest')")
    group_participation_ends_after_start = Check('"until" IS NULL OR "until" >= "since"')
