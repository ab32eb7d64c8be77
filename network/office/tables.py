"""What people of the office keep for themselves."""

from piccolo.columns import ForeignKey, OnDelete, Serial, Varchar
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
