"""After the assembly: minutes, and what was said against them; a minority's demand for another one."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from network.assembly.tables.meeting import Assembly
from network.files import File
from network.members.tables import Organisation


class Minutes(Table):
    """One version of the minutes, drafted from what happened and edited; signed it is never changed again."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    assembly = ForeignKey(Assembly, null=False, on_delete=OnDelete.cascade, index=True)
    version = Integer(default=1)
    text = Text()
    drafted_at = Timestamptz(default=None, null=False)
    edited_at = Timestamptz(default=None, null=True)
    edited_by = Varchar(length=40, default="")
    signed_at = Timestamptz(default=None, null=True)
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)  # as it was signed
    sent_at = Timestamptz(default=None, null=True)
    objections_until = Date(null=True, default=None)
    turns = Integer(default=0)

    minutes_assembly_version_uq = Unique([assembly, version])


class Signature(Table, tablename="minutes_signature"):
    """Who has to sign, by the bylaws, and when they did."""

    id: Serial
    minutes = ForeignKey(Minutes, null=False, on_delete=OnDelete.cascade, index=True)
    capacity = Varchar(length=20)  # "chair", "minute_taker", "election_officer"
    name = Varchar(length=200)
    signed_on = Date(null=True, default=None)
    actor = Varchar(length=40, default="")


class Objection(Table):
    """What a member says against the minutes, and what became of it."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    minutes = ForeignKey(Minutes, null=False, on_delete=OnDelete.cascade, index=True)
    organisation = ForeignKey(Organisation, null=True, default=None, on_delete=OnDelete.set_null)
    said_by = Varchar(length=200, default="")
    text = Text()
    received_at = Timestamptz(default=None, null=False)
    upheld = Boolean(null=True, default=None)  # None: not decided yet
    answer = Text(default="")
    answered_at = Timestamptz(default=None, null=True)
    actor = Varchar(length=40, default="")


class Demand(Table, tablename="minority_demand"):
    """A minority demands an assembly, with purpose and reasons (§ 37 BGB): a case with its clock.

    The office enters what came on paper; what a member began in its own room is the board's when it is handed over.
    """

    id: Serial
    reference = Varchar(length=16, unique=True)
    purpose = Text()
    reasons = Text()
    received_on = Date()
    initiator = ForeignKey(Organisation, null=True, default=None, on_delete=OnDelete.set_null)  # began it in its room
    handed_over_at = Timestamptz(default=None, null=True)
    needed = Integer()  # supporters, by the rules of that day
    members = Integer()  # on that day
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    assembly = ForeignKey(Assembly, null=True, default=None, on_delete=OnDelete.set_null)  # convened because of it
    refused_on = Date(null=True, default=None)  # by the board
    court_on = Date(null=True, default=None)  # authorised to convene by the court (§ 37 II BGB)
    court = Varchar(length=200, default="")  # which one, under which number
    closed_at = Timestamptz(default=None, null=True)
    outcome = Text(default="")  # why it was refused or withdrawn, in words
    turns = Integer(default=0)
    actor = Varchar(length=40, default="")


class Supporter(Table, tablename="minority_supporter"):
    id: Serial
    demand = ForeignKey(Demand, null=False, on_delete=OnDelete.cascade, index=True)
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.restrict, index=True)
    since = Date()
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)

    minority_supporter_demand_organisation_uq = Unique([demand, organisation])
