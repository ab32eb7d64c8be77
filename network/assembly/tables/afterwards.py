"""After the assembly: minutes, what was said against them, and what goes to the register."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from network.assembly.tables.meeting import Assembly
from network.association.tables import Bylaws
from network.files import File
from network.members.tables import Organisation
from network.people.tables import Person


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


class Filing(Table, tablename="register_filing"):
    """An application to the register of associations: a changed board, changed bylaws (§§ 67, 71 BGB)."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    assembly = ForeignKey(Assembly, null=True, default=None, on_delete=OnDelete.set_null)
    kind = Varchar(length=20)  # "board", "bylaws", "both"
    about = Text(default="")  # references of resolutions and terms, a line each
    text = Text(default="")  # the application as it was written
    opened_at = Timestamptz(default=None, null=False)
    notary = Varchar(length=200, default="")
    certified_on = Date(null=True, default=None)
    filed_on = Date(null=True, default=None)
    registered_on = Date(null=True, default=None)
    entry = Varchar(length=100, default="")  # the register's number and sheet
    objected_on = Date(null=True, default=None)  # the court asks for something (Zwischenverfügung)
    objection = Text(default="")
    answer_until = Date(null=True, default=None)
    answered_on = Date(null=True, default=None)
    refused_on = Date(null=True, default=None)
    bylaws = ForeignKey(Bylaws, null=True, default=None, on_delete=OnDelete.set_null)  # the version that waits for it
    turns = Integer(default=0)
    closed_at = Timestamptz(default=None, null=True)
    actor = Varchar(length=40, default="")


class FilingStep(Table, tablename="register_filing_step"):
    """A line of the checklist: what is to be there, and since when it is."""

    id: Serial
    filing = ForeignKey(Filing, null=False, on_delete=OnDelete.cascade, index=True)
    kind = Varchar(length=30)
    done_on = Date(null=True, default=None)
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    note = Varchar(length=300, default="")
    actor = Varchar(length=40, default="")

    register_filing_step_filing_kind_uq = Unique([filing, kind])


class RegisterData(Table, tablename="register_data"):
    """Birth date and town of somebody on the board, for the register alone. Each look at it is written down."""

    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, unique=True)
    born_on = Date(null=True, default=None)
    residence = Varchar(length=100, default="")
    entered_at = Timestamptz(default=None, null=False)
    actor = Varchar(length=40, default="")


class Demand(Table, tablename="minority_demand"):
    """A minority demands an assembly, with purpose and reasons (§ 37 BGB): a case with its clock."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    purpose = Text()
    reasons = Text()
    received_on = Date()
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
