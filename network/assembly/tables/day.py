"""What happens on the day: who is there, who may not vote, what is voted on with which counts, and what is noted."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from network.assembly.tables.meeting import AgendaItem, Assembly, Motion
from network.files import File
from network.members.tables import Organisation


class Presence(Table):
    """A member is there from one moment to another, in the room or online; who leaves and comes back has two rows."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    assembly = ForeignKey(Assembly, null=False, on_delete=OnDelete.cascade, index=True)
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.restrict, index=True)
    name = Varchar(length=200)  # who came for it
    place = Varchar(length=10, default="room")  # "online"
    came_at = Timestamptz(default=None, null=False)
    left_at = Timestamptz(default=None, null=True)
    why_left = Varchar(length=200, default="")  # "the line broke"
    actor = Varchar(length=40, default="")


class Guest(Table, tablename="assembly_guest"):
    """Somebody there without a vote: board, managing director, auditor, speaker."""

    id: Serial
    assembly = ForeignKey(Assembly, null=False, on_delete=OnDelete.cascade, index=True)
    name = Varchar(length=200)
    capacity = Varchar(length=200, default="")
    came_at = Timestamptz(default=None, null=False)
    left_at = Timestamptz(default=None, null=True)


class Decision(Table):
    """A vote on one wording. Who held which votes when it was opened is kept with it (`Entitled`)."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    assembly = ForeignKey(Assembly, null=False, on_delete=OnDelete.cascade, index=True)
    item = ForeignKey(AgendaItem, null=False, on_delete=OnDelete.cascade, index=True)
    motion = ForeignKey(Motion, null=True, default=None, on_delete=OnDelete.set_null)
    kind = Varchar(length=20)  # resolutions.tables.Kind
    title = Varchar(length=300)
    wording = Text()
    way = Varchar(length=20, default="hands")  # "paper", "open" (in the software, seen by all)
    rules_from = Date(null=True, default=None)
    opened_at = Timestamptz(default=None, null=True)
    closed_at = Timestamptz(default=None, null=True)
    yes = Integer(null=True, default=None)
    no = Integer(null=True, default=None)
    abstain = Integer(null=True, default=None)
    invalid = Integer(null=True, default=None)
    not_cast = Integer(null=True, default=None)
    outcome = Varchar(length=20, default="")  # resolutions.tables.Outcome
    decided_at = Timestamptz(default=None, null=True)
    resolution = Varchar(length=16, default="", index=True)  # its reference in the resolution book
    bylaws_file = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    actor = Varchar(length=40, default="")


class Entitled(Table):
    """How many votes each member had in a decision or a round of an election, who held them, whether it was banned."""

    id: Serial
    assembly = ForeignKey(Assembly, null=False, on_delete=OnDelete.cascade, index=True)
    vote = Varchar(length=30, index=True)  # "decision:reference", "round:reference"; "assembly:…" when it was closed
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.restrict, index=True)
    holder = ForeignKey(Organisation, null=True, default=None, on_delete=OnDelete.restrict)  # by proxy: who held them
    place = Varchar(length=10, default="")  # "room", "online"; "" with no holder: was not represented
    votes = Integer()
    banned = Boolean(default=False)

    entitled_vote_organisation_uq = Unique([vote, organisation])


class Ballot(Table):
    """An open vote, seen by all: a member's choice in a decision. Secret ones are never stored here."""

    id: Serial
    decision = ForeignKey(Decision, null=False, on_delete=OnDelete.cascade, index=True)
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.restrict, index=True)
    choice = Varchar(length=10)  # "yes", "no", "abstain", "split"
    votes = Integer()
    yes = Integer(default=0)  # where they were split, together the votes; otherwise 0
    no = Integer(default=0)
    abstain = Integer(default=0)
    cast_at = Timestamptz(default=None, null=False)
    actor = Varchar(length=40, default="")

    ballot_decision_organisation_uq = Unique([decision, organisation])


class Assent(Table):
    """An absent member's word on a change of the purpose, in text form (§ 33 I 2 BGB)."""

    id: Serial
    decision = ForeignKey(Decision, null=False, on_delete=OnDelete.cascade, index=True)
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.restrict, index=True)
    agrees = Boolean(default=True)
    received_on = Date()
    said_by = Varchar(length=200, default="")
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    entered_at = Timestamptz(default=None, null=False)
    actor = Varchar(length=40, default="")

    assent_decision_organisation_uq = Unique([decision, organisation])


class VoteBan(Table):
    """Who may not vote on an item, and why (§ 34 BGB); its votes leave the base."""

    id: Serial
    item = ForeignKey(AgendaItem, null=False, on_delete=OnDelete.cascade, index=True)
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.restrict, index=True)
    why = Varchar(length=20)  # "contract", "litigation", "discharge"
    note = Varchar(length=300, default="")
    since = Timestamptz(default=None, null=False)
    lifted_at = Timestamptz(default=None, null=True)
    actor = Varchar(length=40, default="")

    # one that was lifted may be set again: no unique key


class Correction(Table, tablename="count_correction"):
    """A count was announced wrongly and put right: what had been announced stays told, with why and when it changed."""

    id: Serial
    assembly = ForeignKey(Assembly, null=False, on_delete=OnDelete.cascade, index=True)
    vote = Varchar(length=30, index=True)  # "decision:reference", "round:reference"
    announced = Text()  # its counts and what followed from them, in the words of the minutes
    resolution = Varchar(length=16, default="")  # under which it stood in the book; "": it did not
    reason = Text()
    at = Timestamptz(default=None, null=False)
    actor = Varchar(length=40, default="")


class Remark(Table, tablename="assembly_remark"):
    """What the minutes shall tell beside what the software saw itself: a pause, an objection, a declaration."""

    id: Serial
    assembly = ForeignKey(Assembly, null=False, on_delete=OnDelete.cascade, index=True)
    item = ForeignKey(AgendaItem, null=True, default=None, on_delete=OnDelete.set_null)
    at = Timestamptz(default=None, null=False)
    text = Text()
    actor = Varchar(length=40, default="")
