"""A PostgreSQL of the test's own, which can be stopped and begun again without anybody else noticing."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.server import free_port
from tests.faults.clocks import Clock

PROGRAMS = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
MISSING = (
    "initdb and pg_ctl are not installed (make test-tools)"
    if PROGRAMS is None or not (PROGRAMS / "initdb").exists()
    else "PostgreSQL does not run as root, and there is no runuser to become somebody else"
    if IS_ROOT and not shutil.which("runuser")
    else ""
)


class Postgres:
    """A cluster in a folder of its own; as root it belongs to the user postgres, as PostgreSQL refuses to be root's."""

    def __init__(self, folder: Path | None = None, clock: Clock | None = None) -> None:
        self.folder, self.port = folder or Path(tempfile.mkdtemp(prefix="verbund-postgres-")), free_port()
        self.clock = clock

    @property
    def url(self) -> str:
        """The server's own database; others are made from there."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        if IS_ROOT:
            shutil.chown(self.folder, "postgres")
        self.run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        options = (
            "fsync = off",
            "max_connections = 100",
            "max_wal_size = 64MB",  # on a small disk, too
            "listen_addresses = '127.0.0.1'",
            "timezone = 'UTC'",
        )
        with (self.folder / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\n".join((*options, f"port = {self.port}", "unix_socket_directories = ''")) + "\n")

    def start(self) -> None:
        self.control("start", "--log", str(self.folder / "log"))

    def stop(self, mode: str = "fast") -> None:
        """`fast` rolls back what runs; `immediate` is what a power failure does."""
        self.control("stop", "--mode", mode)

    @property
    def is_running(self) -> bool:
        return self.run("pg_ctl", "status", demand=False) == 0

    def control(self, *what: str) -> None:
        self.run("pg_ctl", "--wait", "--timeout=60", *what)

    def run(self, program: str, *arguments: str, demand: bool = True) -> int:
        assert PROGRAMS
        command = [str(PROGRAMS / program), "--pgdata", str(self.folder), *arguments]
        if self.clock and "start" in arguments:
            command = ["env", *(f"{name}={value}" for name, value in self.clock.environment.items()), *command]
        if IS_ROOT:
            command = ["runuser", "-u", "postgres", "--", *command]
        with tempfile.TemporaryFile() as out:  # no pipe: the server would hold it open
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd="/", check=False)
            out.seek(0)
            assert done.returncode == 0 or not demand, out.read().decode(errors="replace")
        return done.returncode


@contextmanager
def own_postgres(folder: Path | None = None, clock: Clock | None = None) -> Iterator[Postgres]:
    server = Postgres(folder, clock)
    try:
        server.make()
        server.start()
        yield server
    finally:
        if (server.folder / "postmaster.pid").exists():
            server.stop("immediate")
        shutil.rmtree(server.folder)
