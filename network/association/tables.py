"""What the association says of itself; one installation serves one association."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from network.files import File


class Association(Table):
    """The only row of its table."""

    id: Serial
    full_name = Varchar(length=200)
    short_name = Varchar(length=60)
    legal_form = Varchar(length=60, default="e. V.")
    street = Varchar(length=200, default="")
    postal_code = Varchar(length=10, default="")
    town = Varchar(length=100, default="")
    land = Varchar(length=2, default="")  # whose public holidays count at the registered seat
    email = Varchar(length=254)
    phone = Varchar(length=60, default="")
    register_court = Varchar(length=100, default="")
    register_number = Varchar(length=40, default="")
    vat_id = Varchar(length=20, default="")
    founded_on = Date(null=True, default=None)
    represented_by = Text(default="")
    editor = Varchar(length=200, default="")  # § 18 II MStV
    sender_name = Varchar(length=200, default="")
    sender_email = Varchar(length=254, default="")
    reply_to = Varchar(length=254, default="")
    accent = Varchar(length=7, default="")
    logo = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    claim_de = Varchar(length=300, default="")
    claim_en = Varchar(length=300, default="")
    about_de = Text(default="")
    about_en = Text(default="")
    bylaws_shown_at = Timestamptz(default=None, null=True)  # since when the website tells the bylaws' rules
    turns = Integer(default=0)  # taken first where versions are entered (decisions/0003)
    set_up_at = Timestamptz(default=None, null=False)
    privacy_contact = Varchar(length=300, default="")  # the data protection officer, or who looks after it
    processors = Text(default="")  # whom the association lets work with its data (Art. 28 GDPR), one a line


class Notice(Table):
    """A privacy text for one place (Art. 13 and 14 GDPR), kept in every version that was ever shown."""

    id: Serial
    place = Varchar(length=40)  # "site", "registration", "newsletter"
    version = Varchar(length=12)
    text_de = Text()
    text_en = Text(default="")
    since = Timestamptz(default=None, null=False)

    notice_place_version_uq = Unique([place, version])


class KeepingTime(Table):
    """What the association decided about a kind of data (web.kinds); without a row the kind's own words hold."""

    id: Serial
    kind = Varchar(length=60, unique=True)
    number = Integer()  # in the kind's own unit
    yearly = Boolean(default=False)  # goes in the yearly run, after somebody approved it
    decided_at = Timestamptz(default=None, null=False)


class Bylaws(Table):
    """What the bylaws say, in every version that was in force (the rules that law leaves to them; DOMAIN 3.1).

    `spoken` names the rules that the bylaws really speak of, by their first column; every other column holds what
    counts then: the law (rulebook). A share is a text such as "3/4"; "" is none.
    """

    id: Serial
    valid_from = Date()  # when the register entered it (§ 71 BGB); it is also what decisions remember it by
    adopted_on = Date(null=True, default=None)
    spoken = Text(default="notice_months guest_months votes_by")  # all that there was to say before 0.2.0
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)  # the whole text, a PDF
    note = Text(default="")
    awaited_since = Timestamptz(default=None, null=True)  # decided, not registered: it counts on no day (§ 71 BGB)
    entered_at = Timestamptz(default=None, null=True)  # since when the office knows it to count; None: since ever
    replaced_at = Timestamptz(default=None, null=True)  # until when; put right since, or withdrawn

    notice_months = Integer(default=3)
    notice_to = Varchar(
        length=10, default="year"
    )  # the end of the "year", "half_year", "quarter", "month", or "any" day
    notice_form = Varchar(length=10, default="any")  # "text", "written"
    guest_months = Integer(default=24)  # 0: there are no guest members
    guests_vote = Boolean(default=False)
    arrears_suspend = Boolean(default=False)  # who owes contributions has no vote

    votes_by = Varchar(length=10, default="member")  # one each; "sites": one a site; "classes": by how many sites
    vote_classes = Varchar(length=60, default="")  # such as "1=1 2=2 4=3": votes from so many sites on
    key_date = Varchar(length=10, default="assembly")  # "year": 1 January; "days": so many before the assembly
    key_days = Integer(default=0)
    split_votes = Boolean(default=False)
    proxies = Varchar(length=10, default="none")  # to another "member", to "anybody"
    proxy_form = Varchar(length=10, default="any")  # "text", "written"
    proxies_per_holder = Integer(default=1)  # 0: as many as they like
    proxy_standing = Boolean(default=False)  # for more than one assembly
    delegate_proof = Boolean(default=False)  # whoever casts a member's votes shows an authorisation

    convening_period = Integer(default=0)  # 0: no fixed period, but a reasonable one
    convening_unit = Varchar(length=10, default="days")  # "weeks", "months"
    convening_anchor = Varchar(length=10, default="receipt")  # "dispatch"
    convening_form = Varchar(length=10, default="any")  # "post", "email", "portal"
    minority = Varchar(length=12, default="1/10")  # of the members may demand an assembly
    motion_days = Integer(default=0)  # before the assembly; 0: no deadline
    late_motions = Varchar(length=12, default="discussion")  # "majority": are decided if so many agree
    late_majority = Varchar(length=12, default="")
    virtual_assembly = Varchar(length=30, default="never_without_resolution")  # "allowed"
    written_resolution = Varchar(length=10, default="all")  # "majority": in writing or online, without a meeting
    quorum_members = Varchar(length=12, default="")
    quorum_votes = Varchar(length=12, default="")
    second_meeting = Boolean(default=False)  # the next one has a quorum in any case
    minutes_signed_by = Varchar(length=40, default="chair minute_taker")
    objection_days = Integer(default=0)  # 0: no period

    majority_ordinary = Varchar(length=12, default="more_yes")  # yes more than no; or a share of yes and no
    majority_bylaws = Varchar(length=12, default="3/4")
    majority_purpose = Varchar(length=12, default="all")  # members, also those who are absent
    majority_dissolution = Varchar(length=12, default="3/4")

    election_single = Varchar(length=10, default="absolute")  # "each": yes or no on each candidate
    run_off = Boolean(default=False)
    relative = Boolean(default=False)
    lot = Boolean(default=False)
    en_bloc = Boolean(default=False)
    list_election = Boolean(default=False)
    approval = Boolean(default=False)
    transferable = Boolean(default=False)
    secret = Varchar(length=10, default="assembly")  # decides; "always"; "request" of so many members
    secret_request = Integer(default=0)

    board_seats = Varchar(length=120, default="chair=1")  # such as "chair=1 deputy=2 member=0"
    term_months = Integer(default=0)  # 0: no term, until somebody else is appointed
    reelection_most = Integer(default=0)  # times; 0: without limit
    holdover = Boolean(default=False)  # in office until a successor is
    co_option = Boolean(default=False)
    by_election = Varchar(length=10, default="rest")  # of the term; "new": a whole one
    ends_with_employment = Boolean(default=False)  # who leaves the member leaves the board
    representation = Varchar(length=20, default="majority")  # "two", "chair_and_one", "single"
    special_representative = Boolean(default=False)  # § 30 BGB
    board_paid = Boolean(default=False)  # § 27 III 2 BGB
    board_notice_days = Integer(default=0)  # between invitation and meeting; 0: no fixed period, but a reasonable one
    board_quorum = Varchar(length=12, default="")  # of the members of the board; "": any number
    casting_vote = Boolean(default=False)  # of the chair of the board, when its votes are equal
