"""The association's own history, as far as it is not told by other rows."""

from piccolo.columns import Date, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table


class Milestone(Table):
    id: Serial
    reference = Varchar(length=16, unique=True)
    day = Varchar(length=20)  # roughly: "1995-05-12", "1995", "199X"
    sorting = Date()
    title_de = Varchar(length=200)
    title_en = Varchar(length=200, default="")
    text_de = Text(default="")
    text_en = Text(default="")
    published_at = Timestamptz(default=None, null=True)
