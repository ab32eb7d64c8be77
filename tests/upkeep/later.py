"""A later version of the house, made up for a test: this checkout with one migration more."""

import shutil
from pathlib import Path

from tests.upkeep.houses import ROOT

MIGRATION = """
from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.apps.migrations.tables import Migration
from piccolo.columns.column_types import Integer, Text, Varchar
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check

ID = "{id}"
VERSION = "1.38.0"
DESCRIPTION = "made up"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="network", description=DESCRIPTION)
    column = {{"null": False, "primary_key": False, "unique": False, "index": False,
               "index_method": IndexMethod.btree, "choices": None, "db_column_name": None, "secret": False}}
{steps}
    return manager
"""
ADDITIVE = """
    manager.add_table("Badge", tablename="badge", schema=None, columns=None)
    manager.add_column(table_class_name="Badge", tablename="badge", column_name="words", column_class=Text,
                       params=column | {"default": ""})
    for name, table in [("Event", "event"), ("Registration", "registration"), ("Attendee", "attendee")]:
        manager.add_column(table_class_name=name, tablename=table, column_name="colour", column_class=Varchar,
                           params=column | {"length": 20, "default": "blue"})
"""


def colours(name: str) -> str:
    """A new column of one table."""
    return (
        f'    manager.add_column(table_class_name="{name}", tablename="{name.lower()}", column_name="tint",'
        ' column_class=Text, params=column | {"default": ""})\n'
    )


LOSING = """
    async def lose():
        await Migration.raw("DELETE FROM consent WHERE id < 5")
    manager.add_raw(lose)
"""
# Fails in the middle: the first column is new, the second is there already.
FAILING = """
    for column_name in ("shade", "slug"):
        manager.add_column(table_class_name="Event", tablename="event", column_name=column_name, column_class=Integer,
                           params=column | {"default": 0})
"""
# What the version before could not live with, and how the rule calls it.
UNKIND = {
    "drop_tables": 'manager.drop_table("Notice", tablename="notice")',
    "rename_tables": 'manager.rename_table("Site", "site", "Place", "place")',
    "drop_columns of Event": 'manager.drop_column("Event", "event", "town")',
    "rename_columns of Event": 'manager.rename_column("Event", "event", "town", "city")',
    "alter_columns of Event": 'manager.alter_column("Event", "event", "town", params={"null": False})',
    "add_constraints of Event": 'manager.add_constraint("Event", "event", "one", Check, {"condition": "1 = 1"})',
    "drop_constraints of Event": 'manager.drop_constraint("Event", "event", "event_ends_after_start")',
    "Event.shade is neither empty nor has a default": 'manager.add_column("Event", "event", "shade",'
    ' column_class=Integer, params=column | {"default": None})',
    "SQL of its own, which nobody but a person can judge": "manager.add_raw(print)",
}
MENDED = FAILING.replace('"slug"', '"hue"')


def version(folder: Path, *steps: str) -> Path:
    """Where the later version lies; each of `steps` is a migration of its own, in this order."""
    code = folder / "later"
    for part in ("network", "mailing", "templates"):
        shutil.copytree(ROOT / part, code / part, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    for number, step in enumerate(steps, start=1):
        migration = code / "network" / "migrations" / f"network_2999_01_0{number}.py"
        migration.write_text(MIGRATION.format(id=f"2999-01-0{number}T00:00:00:000000", steps=step), encoding="utf-8")
    return code
