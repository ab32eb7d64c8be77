"""What SQLite holds and PostgreSQL would refuse: SQLite keeps to no length, and takes a zero byte in a text."""

from piccolo.columns import ForeignKey, Integer, Serial, Text, Varchar

from network.upkeep.ends import End
from network.upkeep.sheets import Field, Sheet, sheets

SHOWN = 5
LARGEST = 2**31 - 1


async def misfits(source: End) -> list[str]:
    """A line for each value, the first of each column."""
    if not source.url.startswith("sqlite:"):
        return []
    found = [
        f'{sheet.name} {key}: "{field.name}" {words}'
        for sheet in sheets()
        for field in sheet.fields
        for condition, words in conditions(field)
        for (key,) in await source.ask(f'SELECT "id" FROM "{sheet.name}" WHERE {condition} LIMIT {SHOWN}')
    ]
    return found + await orphans(source)


def conditions(field: Field) -> list[tuple[str, str]]:
    name = f'"{field.name}"'
    if field.kind in (Integer, ForeignKey, Serial):
        return [(f"{name} NOT BETWEEN {-LARGEST} AND {LARGEST}", "is too large a number")]
    if field.kind not in (Varchar, Text):
        return []
    zero = (f"instr({name}, char(0)) > 0", "holds a zero byte")
    if not field.length:
        return [zero]
    return [zero, (f"length({name}) > {field.length}", f"is longer than {field.length} characters")]


async def orphans(end: End) -> list[str]:
    """Rows that point to a row that is not there; both engines prevent it, unless somebody switched that off."""
    return [line for sheet in sheets() for line in await orphans_in(end, sheet)]


async def orphans_in(end: End, sheet: Sheet) -> list[str]:
    found = []
    for field in sheet.fields:
        if field.to:
            rows = await end.ask(
                f'SELECT a."id", a."{field.name}" FROM "{sheet.name}" a LEFT JOIN "{field.to}" b '
                f'ON b."id" = a."{field.name}" WHERE a."{field.name}" IS NOT NULL AND b."id" IS NULL LIMIT {SHOWN}'
            )
            found += [f"{sheet.name} {key}: points to {field.to} {other}, which is not there" for key, other in rows]
    return found
