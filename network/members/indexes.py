"""Indexes that table classes cannot tell of: made after the migrations, as far as they are missing (decisions/0013)."""

from network.members import trigrams
from network.members.tables import Site

COVERING = {  # all that is asked of many rows at once stands in the index, beside what they are looked up by
    "site": ("organisation", "closed_on", "opened_on", "opened_year", "land"),
    "held_function": ("person", "organisation", "since", "until"),
}


async def lay_out() -> None:
    await trigrams.lay_out()
    for table, columns in COVERING.items():
        named = ", ".join(f'"{column}"' for column in columns)
        await Site.raw(f'CREATE INDEX IF NOT EXISTS "{table}_covering" ON "{table}" ({named})')
