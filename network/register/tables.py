"""Applications to the register of associations, the steps of their way, and the data that only the register gets."""

from piccolo.columns import Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from network.assembly.tables.meeting import Assembly
from network.association.tables import Bylaws
from network.files import File
from network.people.tables import Person


class Filing(Table, tablename="register_filing"):
    """An application to the register of associations: a changed board, changed bylaws (§§ 67, 71 BGB).

    What an assembly decided has the assembly; a board that changed between assemblies has none.
    """

    id: Serial
    reference = Varchar(length=16, unique=True)
    assembly = ForeignKey(Assembly, null=True, default=None, on_delete=OnDelete.set_null)
    kind = Varchar(length=20)  # "board", "bylaws", "both"
    about = Text(default="")  # "begin:" and "end:" with a term's reference, "decision:" with its own; a line each
    text = Text(default="")  # the application as it was written
    opened_at = Timestamptz(default=None, null=False)
    notary = Varchar(length=200, default="")
    certified_on = Date(null=True, default=None)
    filed_on = Date(null=True, default=None)
    registered_on = Date(null=True, default=None)
    entry = Varchar(length=100, default="")  # the register's number and sheet
    objected_on = Date(null=True, default=None)  # the court asks for something (Zwischenverfügung)
    objection = Text(default="")
    answer_until = Date(null=True, default=None)
    answered_on = Date(null=True, default=None)
    refused_on = Date(null=True, default=None)
    bylaws = ForeignKey(Bylaws, null=True, default=None, on_delete=OnDelete.set_null)  # the version that waits for it
    turns = Integer(default=0)
    closed_at = Timestamptz(default=None, null=True)
    actor = Varchar(length=40, default="")


class FilingStep(Table, tablename="register_filing_step"):
    """A line of the checklist: what is to be there, and since when it is."""

    id: Serial
    filing = ForeignKey(Filing, null=False, on_delete=OnDelete.cascade, index=True)
    kind = Varchar(length=30)
    done_on = Date(null=True, default=None)
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    note = Varchar(length=300, default="")
    actor = Varchar(length=40, default="")

    register_filing_step_filing_kind_uq = Unique([filing, kind])


class RegisterData(Table, tablename="register_data"):
    """Birth date and town of somebody on the board, for the register alone. Each look at it is written down."""

    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, unique=True)
    born_on = Date(null=True, default=None)
    residence = Varchar(length=100, default="")
    entered_at = Timestamptz(default=None, null=False)
    actor = Varchar(length=40, default="")
