"""What members propose, and whether they answered the yearly question."""

from piccolo.columns import ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from network.files import File
from network.members.tables import Organisation


class Proposal(Table):
    """A change to a protected field, waiting for the office's yes or no."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.cascade, index=True)
    thing = Varchar(length=80)  # "organisation:reference", "site:reference"
    field = Varchar(length=40)
    old = Text(default="")
    new = Text(default="")
    why = Text(default="")
    made_by = Varchar(length=40, default="")  # a person's reference
    made_at = Timestamptz(default=None, null=False)
    accepted_at = Timestamptz(default=None, null=True)
    declined_at = Timestamptz(default=None, null=True)
    decided_by = Varchar(length=40, default="")
    reason = Text(default="")
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)  # the paper that shows it


class DataCheck(Table):
    """The yearly "Is this still right?" to one member; only the digest of its link is stored."""

    id: Serial
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.cascade, index=True)
    year = Integer()
    digest = Varchar(length=64, unique=True)
    email = Varchar(length=254, default="")
    asked_at = Timestamptz(default=None, null=False)
    reminded_at = Timestamptz(default=None, null=True)
    reminded_again_at = Timestamptz(default=None, null=True)
    confirmed_at = Timestamptz(default=None, null=True)
    confirmed_by = Varchar(length=200, default="")
    corrections = Integer(default=0)

    data_check_organisation_year_uq = Unique([organisation, year])
