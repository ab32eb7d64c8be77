"""Organisations of every kind; a member is one with a membership that runs today."""

from piccolo.columns import Date, DoublePrecision, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class Organisation(Table):
    """Anybody's organisation, member or guest. `key` folds the name: the same one typed differently is the same."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    name = Varchar(length=200)
    key = Varchar(length=200, index=True)
    street = Varchar(length=200, default="")
    postal_code = Varchar(length=10, default="")
    town = Varchar(length=100, default="")
    land = Varchar(length=2, default="")
    email = Varchar(length=254, default="")
    phone = Varchar(length=60, default="")
    website = Varchar(length=300, default="")
    search = Varchar(length=900, default="")
    sorting = Varchar(length=200, default="", index=True)
    since = Timestamptz(default=None, null=False)


class Membership(Table):
    id: Serial
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.restrict, index=True)
    number = Varchar(length=20, default="")
    since = Date()
    until = Date(null=True, default=None)  # the last day

    membership_ends_after_start = Check('"until" IS NULL OR "until" >= "since"')


class Site(Table):
    """A place of a member; postal codes are text and keep their zero."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.restrict, index=True)
    code = Varchar(length=20, default="")
    name = Varchar(length=200, default="")
    street = Varchar(length=200, default="")
    postal_code = Varchar(length=10)
    town = Varchar(length=100)
    land = Varchar(length=2, default="")
    lat = DoublePrecision(null=True, default=None)
    lon = DoublePrecision(null=True, default=None)
    opened_year = Integer(null=True, default=None)
    closed_on = Date(null=True, default=None)
    places = Integer(null=True, default=None)
    search = Varchar(length=900, default="")
    sorting = Varchar(length=200, default="")


class Import(Table):
    """A spreadsheet on its way into the directory: kept with its lines until it is stored or given up."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    file_name = Varchar(length=200)
    actor = Varchar(length=16, default="")
    read_at = Timestamptz(default=None, null=False)
    stored_at = Timestamptz(default=None, null=True)
    columns = Varchar(length=400, default="")  # what the file speaks of, names with a blank between
    ignored_columns = Varchar(length=500, default="")
    remarks = Text(default="")  # what was left aside, a sentence a line
    created = Integer(default=0)
    changed = Integer(default=0)
    unchanged = Integer(default=0)


class ImportLine(Table):
    """One line of the spreadsheet as it was read or mended: `cells` is JSON, column name → text."""

    id: Serial
    load = ForeignKey(Import, null=False, on_delete=OnDelete.cascade, index=True)
    number = Integer()
    cells = Text()
    left_out_at = Timestamptz(null=True, default=None)

    import_line_number_uq = Unique([load, number])
