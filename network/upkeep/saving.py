"""Saving and restoring: a backup is one file that goes back into either kind of database.

It is a zip with an SQLite database as of one moment, taken while the house is served, and a manifest with what must be
found in it. From PostgreSQL it is taken like a move into SQLite (moving.py), and restoring is a move out of it.
"""

import asyncio
import hashlib
import json
import os
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from network import clock
from network.errors import Refused
from network.jobs import BACKUP
from network.upkeep import moving
from network.upkeep.ends import lay_out, path_of, shown, snapshot, steps_of, writable
from network.upkeep.moving import Compared, Say, sealed
from network.upkeep.schema import steps_known
from network.upkeep.sheets import migrations, sheets

DATABASE, MANIFEST = "database.sqlite", "manifest.json"
FORMAT = 1
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    format: int
    made_at: str
    engine: str
    sha256: str  # of the database in it
    steps: list[list[str]]  # its migrations: app and name
    tables: dict[str, list[Any]]  # rows and checksum of each


async def backup(url: str, file: Path, say: Say) -> Manifest:
    """One file with everything, as of one moment; whole or not there at all."""
    if file.exists():
        raise Refused(f"{file} is there already. Nothing was written over.")
    if not file.absolute().parent.is_dir():
        raise Refused(f"There is no folder {file.absolute().parent}.")
    if url.startswith("sqlite:") and not path_of(url).exists():
        raise Refused(f"There is no {path_of(url)}.")
    with TemporaryDirectory(dir=file.absolute().parent, prefix=".backup-") as folder:
        copy = Path(folder) / DATABASE
        manifest = await taken(url, copy, say)
        draft = Path(folder) / "draft.zip"
        draft.touch(mode=0o600)
        await asyncio.to_thread(pack, draft, copy, manifest)
        draft.replace(file)
    await remember(url)
    return manifest


async def taken(url: str, copy: Path, say: Say) -> Manifest:
    if url.startswith("sqlite:"):
        await asyncio.to_thread(vacuum, path_of(url), copy)
        engine = "sqlite"
    else:
        async with snapshot(url) as source:
            compared = await moving.carry(source, f"sqlite:{copy}", say, name=shown(url))
        if different := [one.table for one in compared if not one.equal]:
            raise Refused(f"The copy differs from the database in {', '.join(different)}; no backup was made.")
        engine = "postgresql"
    in_one_file(copy)
    async with snapshot(f"sqlite:{copy}") as end:
        steps = sorted(map(list, await steps_of(end)))
        tables = {sheet.name: list(await sealed(end, sheet)) for sheet in [*sheets(), migrations()]}
    return Manifest(FORMAT, clock.now().isoformat(timespec="seconds"), engine, digest_of(copy), steps, tables)


def vacuum(path: Path, copy: Path) -> None:
    """A copy as of one moment, without what was deleted; nobody who writes has to wait."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        connection.execute("VACUUM INTO ?", [str(copy)])
    finally:
        connection.close()


def in_one_file(path: Path) -> None:
    """No log beside it, and nothing wrong inside."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
        [word] = connection.execute("PRAGMA integrity_check(1)").fetchone()
    finally:
        connection.close()
    if word != "ok":
        raise Refused(f"The database is damaged: {word}")


def pack(draft: Path, copy: Path, manifest: Manifest) -> None:
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
        packed.write(copy, DATABASE)
    with draft.open("rb") as written:
        os.fsync(written.fileno())


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


async def remember(url: str) -> None:
    """The database knows when it was saved last: Today, health and the doctor look there."""
    async with writable(url) as end:
        await end.tell(
            f"INSERT INTO heartbeat (name, at) VALUES ('{BACKUP}', '{clock.now()}') "
            "ON CONFLICT (name) DO UPDATE SET at = excluded.at"
        )


async def restore(file: Path, url: str, say: Say) -> tuple[Manifest, list[Compared]]:
    """Everything from a backup into the empty database that `url` names; what is there is never written over."""
    lock = moving.alone_on(url)
    try:
        with unpacked(file, near=path_of(url).parent if url.startswith("sqlite:") else None) as (copy, manifest):
            inside = f"sqlite:{copy}"
            steps = {(app, name) for app, name in manifest.steps}
            if steps - steps_known():
                raise Refused("This backup is of a newer version of Verbund than this one.")
            older = bool(steps_known() - steps)
            if older:
                say("The backup is of an earlier version; it is brought up to date.")
                await lay_out(inside)
            async with snapshot(inside) as source:
                compared = await moving.carry(source, url, say, name=f"backup {manifest.sha256}")
            return manifest, compared if older else with_manifest(compared, manifest)
    finally:
        if lock:
            lock.close()


def with_manifest(compared: list[Compared], manifest: Manifest) -> list[Compared]:
    """Compare with what was counted when the backup was made, not with what was unpacked."""
    return [
        Compared(one.table, (manifest.tables[one.table][0], manifest.tables[one.table][1]), one.target)
        for one in compared
    ]


@contextmanager
def unpacked(file: Path, *, near: Path | None) -> Iterator[tuple[Path, Manifest]]:
    """The database in a backup, if it is what was put in."""
    with TemporaryDirectory(dir=near, prefix=".restore-") as folder:
        try:
            with zipfile.ZipFile(file) as packed:
                manifest = Manifest(**json.loads(packed.read(MANIFEST)))
                copy = Path(packed.extract(DATABASE, folder))
        except FileNotFoundError as error:
            raise Refused(f"There is no {file}.") from error
        except (zipfile.BadZipFile, zlib.error, KeyError, TypeError, ValueError) as error:
            raise Refused(f"{file} is not a whole backup of Verbund: {error}") from error
        if manifest.format != FORMAT or digest_of(copy) != manifest.sha256:
            raise Refused(f"{file} is damaged. Nothing was changed.")
        yield copy, manifest


async def letters_on_their_way(url: str) -> int:
    """They may have been sent after the backup was made."""
    async with snapshot(url) as end:
        letters = await end.ask("SELECT count(*) FROM letter WHERE state = 'queued'")
        deliveries = await end.ask("SELECT count(*) FROM delivery WHERE state = 'queued'")
    return int(letters[0][0] + deliveries[0][0])
