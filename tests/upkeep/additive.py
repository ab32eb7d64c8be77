"""What a migration does that the version before it could not live with (decisions/0010)."""

import importlib.util
from pathlib import Path
from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Column

GONE = ("drop_tables", "rename_tables", "change_table_schemas")
OF_A_TABLE = ("drop_columns", "rename_columns", "alter_columns", "add_constraints", "drop_constraints")


async def managers_in(folder: Path) -> list[MigrationManager]:
    """The migrations of a folder, read from where they lie and not from what this process has loaded before."""
    return [await loaded(file).forwards() for file in migrations_in(folder)]


def migrations_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*_2*.py"))


def loaded(file: Path) -> Any:
    spec = importlib.util.spec_from_file_location(f"read_{file.stem}", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def complaints(manager: MigrationManager) -> list[str]:
    """Nothing goes, nothing changes its name or its kind, and what old code does not know of fills itself in."""
    new = {table.class_name for table in manager.add_tables}
    found = [name for name in GONE if getattr(manager, name)]
    for name in OF_A_TABLE:
        collection = getattr(manager, name)
        found += [f"{name} of {table}" for table in collection.table_class_names if table not in new]
    for added in manager.add_columns.add_columns:
        if added.table_class_name not in new and not fills_itself_in(added.column):
            found.append(f"{added.table_class_name}.{added.column._meta.name} is neither empty nor has a default")
    if manager.raw:
        found.append("SQL of its own, which nobody but a person can judge")
    return found


def fills_itself_in(column: Column) -> bool:
    params = column._meta.params
    return not column._meta.unique and (bool(params.get("null")) or params.get("default") is not None)
