"""What people of the office keep for themselves, and the yearly runs in which data are forgotten."""

from piccolo.columns import Date, ForeignKey, Integer, OnDelete, Serial, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from network.people.tables import Person


class SavedFilter(Table):
    """A choice of a list under a name; `room` is the list's path, `query` what stands behind the question mark."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, index=True)
    room = Varchar(length=100)
    name = Varchar(length=80)
    query = Varchar(length=1000, default="")

    saved_filter_name_uq = Unique([person, room, name])


class DeletionRun(Table):
    """What somebody looked at and approved on a day; it goes in portions, and its parts tell how far it is."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    day = Date()  # as of which it was reckoned what is due
    approved_by = Varchar(length=40, default="")
    approved_at = Timestamptz(default=None, null=False)
    finished_at = Timestamptz(default=None, null=True)


class DeletionPart(Table):
    """One kind of data in a run: how many were due when it was approved, and how many have gone so far."""

    id: Serial
    run = ForeignKey(DeletionRun, null=False, on_delete=OnDelete.cascade, index=True)
    kind = Varchar(length=60)  # the key of web.kinds
    until = Date()  # what began on this day or before
    expected = Integer()
    done = Integer(default=0)
    finished_at = Timestamptz(default=None, null=True)

    deletion_part_run_kind_uq = Unique([run, kind])
