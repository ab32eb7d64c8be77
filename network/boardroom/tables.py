"""A meeting of the board, who is invited, what is on its agenda, what was decided, and who has to see to what."""

from enum import StrEnum

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from network.files import File
from network.i18n import _
from network.people.tables import Person


class BoardMeeting(Table, tablename="board_meeting"):
    """Its state follows from its dates. Whatever counts takes this row first, by `turns` (decisions/0003)."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    title = Varchar(length=200)
    starts_at = Timestamptz(default=None, null=False)
    ends_at = Timestamptz(default=None, null=True)
    place = Varchar(length=300, default="")
    online_at = Varchar(length=300, default="")  # the address to dial in
    words = Text(default="")  # of whoever invites
    chair = Varchar(length=200, default="")
    minute_taker = Varchar(length=200, default="")
    invited_at = Timestamptz(default=None, null=True)
    late_because = Text(default="")  # why later than the period of notice allows
    cancelled_at = Timestamptz(default=None, null=True)
    cancelled_because = Text(default="")
    opened_at = Timestamptz(default=None, null=True)
    closed_at = Timestamptz(default=None, null=True)
    rules_from = Date(null=True, default=None)  # the version of the bylaws it was opened under, by its first day
    sequence = Integer(default=0)  # of the calendar entry
    turns = Integer(default=0)
    actor = Varchar(length=40, default="")
    planned_at = Timestamptz(default=None, null=False)


class Invited(Table, tablename="board_invited"):
    """Somebody who is invited: a member of the board, or a guest without a vote. `name` as it was then."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    meeting = ForeignKey(BoardMeeting, null=False, on_delete=OnDelete.cascade, index=True)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.set_null, index=True)
    name = Varchar(length=200)
    office = Varchar(length=100, default="")  # the seat, or what the guest is: in the words of the minutes (German)
    email = Varchar(length=254, default="")
    locale = Varchar(length=2, default="de")
    has_vote = Boolean(default=True)
    sent_at = Timestamptz(default=None, null=True)  # the first letter; None: came without an invitation
    answer = Varchar(length=10, default="")  # "coming", "excused"
    answered_at = Timestamptz(default=None, null=True)

    board_invited_meeting_person_uq = Unique([meeting, person])


class BoardPresence(Table, tablename="board_presence"):
    """One of the invited is there, from when to when; who comes back has another row."""

    id: Serial
    invited = ForeignKey(Invited, null=False, on_delete=OnDelete.cascade, index=True)
    online = Boolean(default=False)
    came_at = Timestamptz(default=None, null=False)
    left_at = Timestamptz(default=None, null=True)


class ItemKind(StrEnum):
    TOPIC = "topic"
    MINUTES = "minutes"  # of an earlier meeting, to be approved
    ANY_OTHER = "any_other"  # nothing can be decided there (§§ 28, 32 I 2 BGB)


class BoardItem(Table, tablename="board_item"):
    """`announced_at` is when it went out; without that nothing can be decided on it, unless all are there and agree."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    meeting = ForeignKey(BoardMeeting, null=False, on_delete=OnDelete.cascade, index=True)
    number = Integer()
    kind = Varchar(length=20, default=ItemKind.TOPIC)
    title = Varchar(length=300)
    text = Text(default="")  # what is to be decided, or what it is about
    speaker = Varchar(length=200, default="")
    about = Varchar(length=16, default="")  # whose minutes are to be approved: the reference of the earlier meeting
    announced_at = Timestamptz(default=None, null=True)
    said = Text(default="")  # what the minutes shall tell of it

    @property
    def shown(self) -> str:
        """Its title; what stands on every agenda is called in the reader's language."""
        return _("Any other business") if self.kind == ItemKind.ANY_OTHER else str(self.title)


class BoardPaper(Table, tablename="board_paper"):
    """A file to an item of the agenda."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    item = ForeignKey(BoardItem, null=False, on_delete=OnDelete.cascade, index=True)
    title = Varchar(length=200)
    file = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    added_at = Timestamptz(default=None, null=False)


class Conflict(Table, tablename="board_conflict"):
    """Who has no vote on an item, and why (§§ 28, 34 BGB); that vote leaves the base."""

    id: Serial
    item = ForeignKey(BoardItem, null=False, on_delete=OnDelete.cascade, index=True)
    invited = ForeignKey(Invited, null=False, on_delete=OnDelete.cascade, index=True)
    why = Varchar(length=20)  # "contract", "litigation", "declared"
    since = Timestamptz(default=None, null=False)
    lifted_at = Timestamptz(default=None, null=True)
    actor = Varchar(length=40, default="")


class BoardDecision(Table, tablename="board_decision"):
    """What the board decided in a meeting, with its counts; the resolution book has it, too."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    item = ForeignKey(BoardItem, null=False, on_delete=OnDelete.cascade, index=True)
    title = Varchar(length=300)
    wording = Text()
    represented = Integer()  # members of the board who were there
    banned = Integer(default=0)  # of them, who had no vote in it
    yes = Integer()
    no = Integer()
    abstain = Integer(default=0)
    casting = Varchar(length=10, default="")  # how the chair voted, whose vote decided a tie: "yes", "no"
    outcome = Varchar(length=20)  # resolutions.tables.Outcome
    unannounced = Boolean(default=False)  # it did not stand in the invitation; all were there and agreed to decide
    decided_at = Timestamptz(default=None, null=False)
    resolution = Varchar(length=16, default="", index=True)  # its reference in the resolution book
    actor = Varchar(length=40, default="")


class BoardTask(Table, tablename="board_task"):
    """Something that somebody has to see to by a day."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    title = Varchar(length=300)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.set_null, index=True)
    name = Varchar(length=200)  # of that person, as it was
    due_on = Date(default=None, null=False, index=True)
    item = ForeignKey(BoardItem, null=True, default=None, on_delete=OnDelete.set_null, index=True)
    given_at = Timestamptz(default=None, null=False)
    done_on = Date(null=True, default=None)
    done_by = Varchar(length=40, default="")  # a person's reference
    note = Varchar(length=300, default="")  # what came of it
    actor = Varchar(length=40, default="")


class BoardMinutes(Table, tablename="board_minutes"):
    """Drafted from what happened and edited; once approved they are never changed again."""

    id: Serial
    meeting = ForeignKey(BoardMeeting, null=False, on_delete=OnDelete.cascade, unique=True)
    text = Text()
    drafted_at = Timestamptz(default=None, null=False)
    edited_at = Timestamptz(default=None, null=True)
    edited_by = Varchar(length=40, default="")
    sent_at = Timestamptz(default=None, null=True)
    approved_on = Date(null=True, default=None)
    approved_in = Varchar(length=16, default="")  # the reference of the meeting that did
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)  # as they were approved
