"""Two kinds of roles more. A check cannot be changed, only replaced: on SQLite together with its table (STACK A2)."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from network.database import on_sqlite
from network.people.tables import Role

ID = "2026-11-25T23:06:43:000000"
VERSION = "1.38.0"
DESCRIPTION = "roles of the board and of election officers"

KNOWN = (
    "CHECK (\"kind\" IN ('admin', 'office', 'event_team', 'member_representative', 'board_member', 'election_officer'))"
)
COLUMNS = '"id", "person", "kind", "of", "since", "until"'
# Nothing points at a role, so the table can go and come back within the transaction.
ON_SQLITE = (
    'CREATE TABLE "role_known" ("id" INTEGER PRIMARY KEY NOT NULL, "person" INTEGER NOT NULL REFERENCES "person" ("id") '
    'ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null, "kind" VARCHAR(30) NOT NULL DEFAULT \'\', '
    '"of" VARCHAR(16) NOT NULL DEFAULT \'\', "since" DATE NOT NULL DEFAULT CURRENT_DATE, "until" DATE DEFAULT null, '
    f'CONSTRAINT "role_kind_known" {KNOWN})',
    f'INSERT INTO "role_known" ({COLUMNS}) SELECT {COLUMNS} FROM "role"',
    'DROP TABLE "role"',
    'ALTER TABLE "role_known" RENAME TO "role"',
    'CREATE INDEX role_person ON "role" ("person")',
)
ON_POSTGRES = (
    'ALTER TABLE "role" DROP CONSTRAINT "role_kind_known"',
    f'ALTER TABLE "role" ADD CONSTRAINT "role_kind_known" {KNOWN}',
)


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="network", description=DESCRIPTION
    )

    async def widen():
        for statement in ON_SQLITE if on_sqlite() else ON_POSTGRES:
            await Role.raw(statement)

    manager.add_raw(widen)
    return manager
