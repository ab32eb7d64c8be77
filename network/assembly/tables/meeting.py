"""The assembly itself, what is on its agenda, and the papers to it."""

from enum import StrEnum
from typing import Any

from piccolo.columns import Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from network.files import File
from network.members.tables import Organisation


class Mode(StrEnum):
    IN_PERSON = "in_person"
    HYBRID = "hybrid"
    VIRTUAL = "virtual"


class Assembly(Table):
    """A general assembly from the first plan to the last paper. Its state follows from its dates.

    Whatever counts (numbers, presences, votes) takes this row first, by `turns` (decisions/0003).
    """

    id: Serial
    reference = Varchar(length=16, unique=True)
    title = Varchar(length=200)
    mode = Varchar(length=20, default=Mode.IN_PERSON)
    occasion = Varchar(length=20, default="ordinary")  # "extraordinary", "minority" (§ 37 BGB)
    starts_at = Timestamptz(default=None, null=False)
    ends_at = Timestamptz(default=None, null=True)
    venue = Varchar(length=200, default="")
    street = Varchar(length=200, default="")
    postal_code = Varchar(length=10, default="")
    town = Varchar(length=100, default="")
    land = Varchar(length=2, default="")  # whose public holidays count
    online_at = Varchar(length=300, default="")  # the address to dial in
    rights_de = Text(default="")  # how rights are exercised electronically (§ 32 II 3 BGB)
    rights_en = Text(default="")
    authorised_by = Varchar(length=16, default="")  # virtual: the resolution that allows it (§ 32 II 2 BGB)
    welcome = Text(default="")  # words of the board in the invitation
    key_date = Date(null=True, default=None)  # whose sites and memberships give the votes; decided when it is convened
    rules_from = Date(null=True, default=None)  # the version of the bylaws it was convened under, by its first day
    chair = Varchar(length=200, default="")
    minute_taker = Varchar(length=200, default="")
    election_officer = Varchar(length=200, default="")
    convened_at = Timestamptz(default=None, null=True)
    convened_by = Varchar(length=40, default="")
    invitation = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)  # as it went out
    late_because = Text(default="")  # why it was convened later than the bylaws allow
    motions_until = Date(null=True, default=None)  # where the board set a later day than the bylaws
    shown_at = Timestamptz(default=None, null=True)  # since when members see the day and may hand in motions
    approved_at = Timestamptz(default=None, null=True)  # by the board: agenda and invitation may go out
    approved_by = Varchar(length=40, default="")
    cancelled_because = Text(default="")
    opened_at = Timestamptz(default=None, null=True)
    closed_at = Timestamptz(default=None, null=True)
    cancelled_at = Timestamptz(default=None, null=True)
    rehearsal_of: ForeignKey[Any] = ForeignKey(
        "self", null=True, default=None, on_delete=OnDelete.cascade
    )  # no letter leaves, no term begins
    second_of = Varchar(length=16, default="")  # the assembly without a quorum that it follows, by reference
    sequence = Integer(default=0)  # of the calendar entry
    turns = Integer(default=0)
    actor = Varchar(length=40, default="")
    planned_at = Timestamptz(default=None, null=False)


class ItemKind(StrEnum):
    FORMAL = "formal"  # opening, quorum, agenda
    REPORT = "report"
    DISCUSSION = "discussion"
    RESOLUTION = "resolution"
    DISCHARGE = "discharge"
    BYLAWS = "bylaws"
    PURPOSE = "purpose"
    DISSOLUTION = "dissolution"
    VIRTUAL = "virtual"
    REMOVAL = "removal"
    CONTRIBUTIONS = "contributions"
    ELECTION = "election"
    ANY_OTHER = "any_other"  # "Verschiedenes": nothing can be decided there (§ 32 I 2 BGB)


class AgendaItem(Table):
    """`announced_at` is when it went out to the members; without that nothing can be decided on it (§ 32 I 2 BGB)."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    assembly = ForeignKey(Assembly, null=False, on_delete=OnDelete.cascade, index=True)
    number = Integer()
    kind = Varchar(length=20, default=ItemKind.RESOLUTION)
    title_de = Varchar(length=300)
    title_en = Varchar(length=300, default="")
    text = Text(default="")  # what is to be decided, in its wording
    speaker = Varchar(length=200, default="")
    minutes_planned = Integer(null=True, default=None)
    announced_at = Timestamptz(default=None, null=True)
    told_at = Timestamptz(default=None, null=True)  # too late to be decided: the members know of it all the same
    begun_at = Timestamptz(default=None, null=True)
    ended_at = Timestamptz(default=None, null=True)
    said = Text(default="")  # what the minutes shall tell of it


class Paper(Table):
    """A file to an item, or the old and the new text of what a change of the bylaws touches."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    item = ForeignKey(AgendaItem, null=False, on_delete=OnDelete.cascade, index=True)
    title = Varchar(length=200)
    file = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    old_text = Text(default="")
    new_text = Text(default="")
    position = Integer(default=0)
    added_at = Timestamptz(default=None, null=False)


class Motion(Table):
    """What a member wants put on the agenda. Received after the deadline it is for discussion only."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    assembly = ForeignKey(Assembly, null=False, on_delete=OnDelete.cascade, index=True)
    organisation = ForeignKey(Organisation, null=True, default=None, on_delete=OnDelete.set_null)
    mover = Varchar(length=200, default="")  # in words: "the board", or the member's name as it was
    kind = Varchar(length=20, default=ItemKind.RESOLUTION)
    title = Varchar(length=300)
    wording = Text()
    reasons = Text(default="")
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    received_at = Timestamptz(default=None, null=False)
    late = Varchar(length=20, default="")  # "discussion", "majority": by the rules of the day it was received
    item = ForeignKey(AgendaItem, null=True, default=None, on_delete=OnDelete.set_null)
    accepted_at = Timestamptz(default=None, null=True)
    withdrawn_at = Timestamptz(default=None, null=True)
    declined_at = Timestamptz(default=None, null=True)
    reason = Text(default="")
    actor = Varchar(length=40, default="")
