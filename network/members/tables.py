"""Organisations of every kind; a member is one with a membership that runs today."""

from enum import StrEnum

from piccolo.columns import Date, DoublePrecision, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from network.catalogue.tables import Entry
from network.files import File
from network.people.tables import Person


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
    legal_form = Varchar(length=60, default="")
    founded = Varchar(length=20, default="")  # roughly: "1980", "1995-05-12", "199X" (network/roughly.py)
    facility_type = ForeignKey(Entry, null=True, default=None, on_delete=OnDelete.set_null)
    target_group = Varchar(length=300, default="")
    about_de = Text(default="")
    about_en = Text(default="")
    # of those who offer under § 60 SGB IX
    offered_in = Varchar(length=10, default="")  # "company", "rooms", "both"
    scopes = Varchar(length=20, default="")  # of EV, BBB, AB, with blanks between
    approved_on = Date(null=True, default=None)  # by the employment agency, for EV and BBB
    agreed_on = Date(null=True, default=None)  # with the authority for integration assistance
    listed_on = Date(null=True, default=None)  # wanted in the public directory without being a member
    by_post_since = Date(null=True, default=None)  # wants invitations to the assembly by post


class MembershipKind(StrEnum):
    FULL = "full"
    GUEST = "guest"  # without a vote, and not counted with the members


class Membership(Table):
    id: Serial
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.restrict, index=True)
    number = Varchar(length=20, default="")
    since = Date()
    until = Date(null=True, default=None)  # the last day
    kind = Varchar(length=10, default="full")  # MembershipKind
    full_from = Date(
        null=True, default=None
    )  # of a guest who gave notice before: comes back with the notice taken back

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
    opened_on = Date(null=True, default=None)  # where the day is known; the year is in opened_year in any case
    email = Varchar(length=254, default="")
    phone = Varchar(length=60, default="")
    website = Varchar(length=300, default="")
    placed_by = Varchar(length=20, default="")  # "postal_code": nobody told the coordinates, they are its area's


class EventKind(StrEnum):
    GUEST = "guest"  # admitted as a guest
    FULL = "full"  # admitted, or made a full member
    NOTICE = "notice"  # received and entered by the office
    OWN_NOTICE = "own_notice"  # given by the member itself, here
    SEEN = "seen"  # the office has read a notice that was given here
    STAYED = "stayed"  # a notice was taken back
    BECAME_FULL = "became_full"  # written on the day itself
    LEFT = "left"  # written on the day after the last


class MembershipEvent(Table):
    """A step in the life of a membership, with who and why: admitted as a guest, made full, notice, exit."""

    id: Serial
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.cascade, index=True)
    kind = Varchar(length=20)
    on = Date()  # when it was said or decided
    effective_on = Date(null=True, default=None)  # the first day of what began, the last of what ended
    said_by = Varchar(length=200, default="")  # who gave notice, who decided
    actor = Varchar(length=40, default="")  # who entered it
    why = Text(default="")
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    at = Timestamptz(default=None, null=False)


class FormerName(Table):
    """What an organisation was called, or will be, to a last day. `search`: what finds it then; `key`: folded name."""

    id: Serial
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.cascade, index=True)
    name = Varchar(length=200)
    until = Date()
    key = Varchar(length=200, default="", index=True)
    sorting = Varchar(length=200, default="")
    search = Varchar(length=900, default="")


class FormerAddress(Table):
    """Where a site was or will be, or without a site the organisation's seat. `search`: what was found by then."""

    id: Serial
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.cascade, index=True)
    site = ForeignKey(Site, null=True, default=None, on_delete=OnDelete.cascade, index=True)
    street = Varchar(length=200, default="")
    postal_code = Varchar(length=10, default="")
    town = Varchar(length=100, default="")
    land = Varchar(length=2, default="")
    lat = DoublePrecision(null=True, default=None)
    lon = DoublePrecision(null=True, default=None)
    until = Date()
    search = Varchar(length=900, default="")


class Relation(Table):
    """Where an organisation came from or belongs to; `other` where the house knows it, else only its name."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.cascade, index=True)
    kind = Varchar(length=20)  # "predecessor", "parent", "spun_off"
    other = ForeignKey(Organisation, null=True, default=None, on_delete=OnDelete.set_null)
    other_name = Varchar(length=200, default="")
    since = Varchar(length=20, default="")  # roughly
    until = Varchar(length=20, default="")


class Evidence(Table):
    """What shows that a site, or a whole organisation, works on a legal basis."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.cascade, index=True)
    site = ForeignKey(Site, null=True, default=None, on_delete=OnDelete.cascade, index=True)
    basis = ForeignKey(Entry, null=False, on_delete=OnDelete.restrict)
    issuer = Varchar(length=200, default="")
    sign = Varchar(length=100, default="")  # the issuer's file number
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    valid_from = Date(null=True, default=None)
    valid_until = Date(null=True, default=None, index=True)
    note = Text(default="")


class Offer(Table):
    """A service or an occupational field of an organisation, or of one of its sites."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.cascade, index=True)
    site = ForeignKey(Site, null=True, default=None, on_delete=OnDelete.cascade, index=True)
    entry = ForeignKey(Entry, null=False, on_delete=OnDelete.restrict, index=True)
    since = Varchar(length=20, default="")  # roughly: "199X-early"
    until = Varchar(length=20, default="")
    first_year = Integer(null=True, default=None)
    last_year = Integer(null=True, default=None)


class ProviderStatus(Table):
    """How far somebody is with § 60 SGB IX, from a day on: interested, preparing, applied, operating, ended."""

    id: Serial
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.cascade, index=True)
    status = Varchar(length=20)
    since = Date()
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    note = Text(default="")


class FunctionKind(StrEnum):
    DIRECTOR = "director"
    VOTING_DELEGATE = "voting_delegate"
    CONTRIBUTIONS = "contributions"
    SITE_MANAGER = "site_manager"
    QUALITY = "quality"
    CONTACT = "contact"


class Function(Table, tablename="held_function"):
    """What a person is in an organisation, or at one of its sites, from one day to another."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, index=True)
    organisation = ForeignKey(Organisation, null=False, on_delete=OnDelete.cascade, index=True)
    site = ForeignKey(Site, null=True, default=None, on_delete=OnDelete.cascade, index=True)
    kind = Varchar(length=20)
    title = Varchar(length=120, default="")  # as it is called there
    since = Date(null=True, default=None)
    until = Date(null=True, default=None)  # the last day


class Merge(Table):
    """Two entries of one organisation or person that were joined; what was moved is kept, to undo it."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    kind = Varchar(length=20)  # "organisation", "person"
    kept = Varchar(length=16)
    gone = Varchar(length=16, index=True)  # links to it lead to the one that was kept
    gone_name = Varchar(length=200, default="")
    gone_key = Varchar(length=200, default="", index=True)  # of an organisation: who types its name means the kept one
    moved = Text(default="")  # JSON: the row that went, and which references led to it
    actor = Varchar(length=40, default="")
    merged_at = Timestamptz(default=None, null=False)
    undone_at = Timestamptz(default=None, null=True)


class KeptApart(Table):
    """Two entries that look like one and are two, as somebody said; not offered as duplicates until that is ended."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    kind = Varchar(length=20)  # as of a merge
    one = Varchar(length=16, index=True)
    other = Varchar(length=16, index=True)
    actor = Varchar(length=40, default="")
    said_at = Timestamptz(default=None, null=False)
    ended_at = Timestamptz(default=None, null=True)


class Import(Table):
    """A spreadsheet on its way into the directory: kept with its lines until it is stored or given up."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    file_name = Varchar(length=200)
    actor = Varchar(length=16, default="")
    read_at = Timestamptz(default=None, null=False)
    stored_at = Timestamptz(default=None, null=True)
    columns = Varchar(length=400, default="")  # what files from before 0.2.0 speak of
    ignored_columns = Varchar(length=500, default="")
    remarks = Text(default="")  # what was left aside, a sentence a line
    created = Integer(default=0)
    changed = Integer(default=0)
    unchanged = Integer(default=0)
    undone_at = Timestamptz(default=None, null=True)
    told_columns = Text(default="")  # what the file speaks of, names with a blank between


class ImportLine(Table):
    """One line of the spreadsheet as it was read or mended: `cells` is JSON, column name → text."""

    id: Serial
    load = ForeignKey(Import, null=False, on_delete=OnDelete.cascade, index=True)
    number = Integer()
    cells = Text()
    left_out_at = Timestamptz(null=True, default=None)

    import_line_number_uq = Unique([load, number])


class ImportChange(Table):
    """A row that an import wrote, as it was before (JSON; "" for a new one): for a day it can be undone as a whole."""

    id: Serial
    load = ForeignKey(Import, null=False, on_delete=OnDelete.cascade, index=True)
    table = Varchar(length=40)
    row = Integer()
    before = Text(default="")
    after = Text(default="")
