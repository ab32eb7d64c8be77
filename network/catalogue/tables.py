"""Entries of the catalogues, each valid from one day to another."""

from enum import StrEnum

from piccolo.columns import Date, ForeignKey, Integer, OnDelete, Serial, Text, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table


class EntryKind(StrEnum):
    LEGAL_BASIS = "legal_basis"  # § 51, § 60 SGB IX; § 56 SGB XII in its old wording
    SERVICE = "service"  # counselling, support, training
    FIELD = "field"  # occupational fields
    FACILITY_TYPE = "facility_type"
    TERM = "term"  # what only the glossary explains: EV, BBB, AB


class Entry(Table):
    """A term of a catalogue; what ended stays, and names what came after it."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    kind = Varchar(length=20, index=True)
    code = Varchar(length=40)
    name_de = Varchar(length=200)
    name_en = Varchar(length=200, default="")
    text_de = Text(default="")  # the glossary
    text_en = Text(default="")
    since = Date(null=True, default=None)
    until = Date(null=True, default=None)  # the last day
    successor: "ForeignKey[Entry]" = ForeignKey("self", null=True, default=None, on_delete=OnDelete.set_null)
    position = Integer(default=0)

    entry_kind_code_uq = Unique([kind, code])
