"""The terms that every house begins with, laid out once."""

import tomllib
from pathlib import Path
from typing import Any

from network.catalogue.tables import Entry
from network.database import DB, enter_all
from network.references import new_reference

BEGINNING = Path(__file__).with_name("beginning.toml")


async def lay_out() -> None:
    """Enter the beginning set, unless there is an entry: a house that came up from an older version has none yet.

    It is nobody's deed: the activity does not tell of it.
    """
    if await Entry.exists():
        return
    terms = beginning()
    async with DB.transaction():
        await enter_all([drafted(kind, place, term) for kind, place, term in terms])
        ids = {(row["kind"], row["code"]): row["id"] for row in await Entry.select(Entry.id, Entry.kind, Entry.code)}
        for kind, _place, term in terms:
            if "successor" in term:
                after, ended = ids[kind, term["successor"]], ids[kind, term["code"]]
                await Entry.update({Entry.successor: after}).where(Entry.id == ended)


def beginning() -> list[tuple[str, int, dict[str, Any]]]:
    """Kind, place in its kind, and facts of each term."""
    kinds: dict[str, list[dict[str, Any]]] = tomllib.loads(BEGINNING.read_text(encoding="utf-8"))
    return [(kind, place, term) for kind, terms in kinds.items() for place, term in enumerate(terms, start=1)]


def drafted(kind: str, place: int, term: dict[str, Any]) -> Entry:
    facts = {name: value for name, value in term.items() if name != "successor"}
    return Entry(reference=new_reference(), kind=kind, position=place, **facts)
