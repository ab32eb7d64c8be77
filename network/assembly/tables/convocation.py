"""Who was invited how, and who speaks for whom."""

from enum import StrEnum

from piccolo.columns import Boolean, Date, ForeignKey, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from network.assembly.tables.meeting import Assembly
from network.files import File
from network.members.tables import Organisation
from network.people.tables import Person


class Channel(StrEnum):
    EMAIL = "email"
    POST = "post"
    HANDED = "handed"


class Dispatch(Table):
    """One try to invite one member: when, by which way, to which address, with what result. Never changed afterwards.

    Of an e-mail the result is its letter's; what came back later, or was posted, is written down here.
    """

    id: Serial
    reference = Varchar(length=16, unique=True)
    assembly = ForeignKey(Assembly, null=False, on_delete=OnDelete.cascade, index=True)
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.restrict, index=True)
    what = Varchar(length=20, default="invitation")  # "supplement", "change", "cancellation", "minutes"
    batch = Varchar(length=16, default="", index=True)  # what went out together, for one stack of envelopes
    copy = Boolean(default=False)  # to somebody who acts for the member, beside the member itself
    channel = Varchar(length=10, default=Channel.EMAIL)
    name = Varchar(length=200, default="")  # to whom
    address = Text(default="")  # e-mail, or the lines on the envelope
    letter = Varchar(length=16, default="", index=True)  # the reference of the letter in the outbox
    locale = Varchar(length=2, default="de")
    subject = Varchar(length=500, default="")  # of what goes by post: it is printed from here
    text = Text(default="")
    digest = Varchar(length=64, default="", index=True)  # of the token in it that opens agenda and papers
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)  # the receipt of the post office
    made_at = Timestamptz(default=None, null=False)
    posted_on = Date(null=True, default=None)
    returned_at = Timestamptz(default=None, null=True)  # it came back, or the other side refused it later
    returned_because = Text(default="")
    received_on = Date(null=True, default=None)  # confirmed by the member
    actor = Varchar(length=40, default="")


class Delegate(Table):
    """Who casts a member's votes in an assembly: its legal representative, or somebody authorised."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    assembly = ForeignKey(Assembly, null=False, on_delete=OnDelete.cascade, index=True)
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.restrict, index=True)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.set_null)
    name = Varchar(length=200)
    email = Varchar(length=254, default="")
    capacity = Varchar(length=20, default="delegate")  # "legal" representative, "delegate", "substitute"
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    named_at = Timestamptz(default=None, null=False)
    withdrawn_at = Timestamptz(default=None, null=True)
    actor = Varchar(length=40, default="")


class Proxy(Table):
    """A member's votes given to another member (or to somebody, where the bylaws allow that) for one assembly."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    assembly = ForeignKey(Assembly, null=False, on_delete=OnDelete.cascade, index=True)
    giver = ForeignKey(Organisation, null=False, on_delete=OnDelete.restrict, index=True)
    holder = ForeignKey(Organisation, null=True, default=None, on_delete=OnDelete.restrict, index=True)
    holder_name = Varchar(length=200, default="")  # where it is nobody's organisation
    form = Varchar(length=20, default="text")  # "written"
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    given_on = Date()
    instructions = Text(default="")
    entered_at = Timestamptz(default=None, null=False)
    revoked_at = Timestamptz(default=None, null=True)
    actor = Varchar(length=40, default="")


class Suspension(Table, tablename="vote_suspension"):
    """A member has no vote while it owes contributions, where the bylaws say so: ticked by the office, with why."""

    id: Serial
    assembly = ForeignKey(Assembly, null=False, on_delete=OnDelete.cascade, index=True)
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.restrict, index=True)
    note = Varchar(length=300, default="")
    since = Timestamptz(default=None, null=False)
    lifted_at = Timestamptz(default=None, null=True)
    actor = Varchar(length=40, default="")
