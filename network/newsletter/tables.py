"""What the office writes to its readers."""

from piccolo.columns import ForeignKey, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from mailing.tables import MailingList


class Issue(Table):
    """An issue of the newsletter; once sent it does not change any more."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    list = ForeignKey(MailingList, null=False, on_delete=OnDelete.restrict)
    subject_de = Varchar(length=300, default="")
    subject_en = Varchar(length=300, default="")
    body_de = Text(default="")
    body_en = Text(default="")
    provider_statuses = Varchar(length=200, default="")  # blanks between; "" is everybody
    lands = Varchar(length=100, default="")
    author = Varchar(length=16, default="")
    written_at = Timestamptz(default=None, null=False)
    sent_at = Timestamptz(default=None, null=True)
    sending = Varchar(length=16, default="")  # reference of mailing's Sending
