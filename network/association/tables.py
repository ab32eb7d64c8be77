"""What the association says of itself; one installation serves one association."""

from piccolo.columns import Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
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
    set_up_at = Timestamptz(default=None, null=False)


class Notice(Table):
    """A privacy text for one place (Art. 13 and 14 GDPR), kept in every version that was ever shown."""

    id: Serial
    place = Varchar(length=40)  # "site", "registration", "newsletter"
    version = Varchar(length=12)
    text_de = Text()
    text_en = Text(default="")
    since = Timestamptz(default=None, null=False)

    notice_place_version_uq = Unique([place, version])


class Bylaws(Table):
    """What the bylaws say, in every version that was in force (the rules that law leaves to them; DOMAIN 3.1)."""

    id: Serial
    valid_from = Date()  # when the register entered it
    notice_months = Integer(default=3)
    notice_to = Varchar(
        length=10, default="year"
    )  # the end of the "year", "half_year", "quarter", "month", or "any" day
    guest_months = Integer(default=24)  # 0: there are no guest members
    votes_by = Varchar(length=10, default="member")  # one each; "sites": one a site; "classes": by how many sites
    vote_classes = Varchar(length=60, default="")  # such as "1=1 2=2 4=3": votes from so many sites on
    note = Text(default="")
