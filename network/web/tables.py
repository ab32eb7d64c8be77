"""What the web keeps between requests: forms already taken, and how often somebody tried."""

from piccolo.columns import Integer, Serial, Timestamptz, Varchar
from piccolo.table import Table


class Submission(Table):
    """A form that was taken: sending it a second time leads to the same place and does nothing."""

    id: Serial
    token = Varchar(length=64, unique=True)
    location = Varchar(length=500, default="")
    at = Timestamptz(default=None, null=False, index=True)


class Attempts(Table):
    """How often something was tried from somewhere in a window of time."""

    id: Serial
    key = Varchar(length=120, unique=True)
    tries = Integer(default=0)
    until = Timestamptz(default=None, null=False, index=True)
