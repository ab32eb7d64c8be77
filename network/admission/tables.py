"""Applications for membership, what came with them, and each step of their way."""

from enum import StrEnum

from piccolo.columns import Date, ForeignKey, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from network.files import File
from network.members.tables import Organisation


class StepKind(StrEnum):
    RECEIVED = "received"
    CONFIRMED = "confirmed"  # the address answered
    EVIDENCE = "evidence"  # the documents were looked through
    VISIT = "visit"
    PROPOSAL = "proposal"  # the board's
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Application(Table):
    """What the public form told. The organisation is named when it is taken in, or known before."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    organisation = ForeignKey(Organisation, null=True, default=None, on_delete=OnDelete.set_null)
    name = Varchar(length=200)
    legal_form = Varchar(length=60, default="")
    street = Varchar(length=200, default="")
    postal_code = Varchar(length=10, default="")
    town = Varchar(length=100, default="")
    land = Varchar(length=2, default="")
    website = Varchar(length=300, default="")
    contact_name = Varchar(length=200)
    contact_email = Varchar(length=254)
    contact_phone = Varchar(length=60, default="")
    sites = Text(default="")  # one a line, as typed
    why = Text(default="")
    locale = Varchar(length=2, default="de")
    committed_at = Timestamptz(default=None, null=True)  # to the service description in force
    commitment = Text(default="")  # the words that were ticked
    digest = Varchar(length=64, default="", index=True)  # of the token in the letter that asks for confirmation
    received_at = Timestamptz(default=None, null=False, index=True)
    closed_at = Timestamptz(default=None, null=True)  # decided or withdrawn


class ApplicationFile(Table):
    id: Serial
    application = ForeignKey(Application, null=False, on_delete=OnDelete.cascade, index=True)
    file = ForeignKey(File, null=False, on_delete=OnDelete.cascade)
    title = Varchar(length=200, default="")


class Step(Table):
    """One step with its day, who took it and why; a step is never changed, the next one follows it."""

    id: Serial
    application = ForeignKey(Application, null=False, on_delete=OnDelete.cascade, index=True)
    kind = Varchar(length=20)
    on = Date()
    said_by = Varchar(length=200, default="")  # who visited, who decided
    actor = Varchar(length=40, default="")  # who entered it
    why = Text(default="")
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    at = Timestamptz(default=None, null=False)
