"""Every released schema with data in it, as it was: released/<version>.zip is a backup made on the day of the release.

`python -m tests.upkeep.releases VERSION` in the surroundings of an empty database lays it out: the migrations of that
release and no later ones, and then its rows.
"""

import asyncio
import sys
from hashlib import sha256
from pathlib import Path

from piccolo.apps.migrations.auto.schema_snapshot import SchemaSnapshot
from piccolo.apps.migrations.commands.base import BaseMigrationManager
from piccolo.apps.migrations.commands.forwards import run_forwards
from piccolo.conf.apps import Finder
from piccolo.table import sort_table_classes

from network.settings import settings
from network.upkeep import moving
from network.upkeep.ends import ROOT, snapshot, writable
from network.upkeep.saving import Manifest, unpacked
from network.upkeep.sheets import Sheet, sheet

RELEASED = Path(__file__).parent / "released"
APPS = ("mailing", "network")  # in the order in which they migrate


def versions() -> list[str]:
    return sorted(file.stem for file in RELEASED.glob("*.zip"))


def manifest_of(version: str) -> Manifest:
    with unpacked(RELEASED / f"{version}.zip", near=None) as (_copy, manifest):
        return manifest


def last_step(version: str, app: str) -> str:
    return max(name for of, name in manifest_of(version).steps if of == app)


def frozen(version: str) -> dict[str, str]:
    """Path and checksum of each migration that belongs to this release."""
    lines = (RELEASED / f"{version}.sha256").read_text(encoding="ascii").splitlines()
    return {path: digest for digest, path in (line.split("  ") for line in lines)}


def digests() -> dict[str, str]:
    """The same of today's migrations."""
    files = sorted(file for app in APPS for file in (ROOT / app / "migrations").glob(f"{app}_*.py"))
    return {file.relative_to(ROOT).as_posix(): sha256(file.read_bytes()).hexdigest() for file in files}


async def lay_out(version: str) -> None:
    for app in APPS:
        await run_forwards(app, last_step(version, app))
    tables = await tables_of(version)
    with unpacked(RELEASED / f"{version}.zip", near=settings().data) as (copy, _manifest):
        async with snapshot(f"sqlite:{copy}") as source, writable(settings().database_url) as target:
            for table in tables:
                await moving.copy(source, target, table, lambda _words: None)
            await target.settle(tables)


async def tables_of(version: str) -> list[Sheet]:
    """Parents before their children, with the columns that they had then."""
    found = []
    for app in APPS:
        managers = await BaseMigrationManager().get_migration_managers(
            Finder().get_app_config(app), max_migration_id=last_step(version, app)
        )
        found += [table.to_table_class() for table in SchemaSnapshot(managers=managers).get_snapshot()]
    return [sheet(table) for table in sort_table_classes(found)]


if __name__ == "__main__":
    asyncio.run(lay_out(sys.argv[1]))
