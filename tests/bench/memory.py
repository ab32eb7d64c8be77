"""What `serve` with the worker inside keeps in memory, at rest and after a day on which 10,000 letters leave."""

import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.bench.row import Row
from tests.bench.server import ROOT, Server, demo

MOST_MB = 130
LETTERS = 10_000
PATIENCE_SECONDS = 120
# Each is a copy of one that the demo has written, to somebody else.
WRITE = """
INSERT INTO letter ({columns})
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {letters})
SELECT {values} FROM n, (SELECT * FROM letter WHERE template = 'newsletter/please_confirm' LIMIT 1) AS one
"""
OTHERWISE = {
    "reference": "'bench' || n.i",
    "message_id": "'<bench' || n.i || '@example.org>'",
    "to_email": "'reader' || n.i || '@example.org'",
    "state": "'queued'",
    "sent_at": "NULL",
    "due_at": "one.written_at",
    "leased_until": "NULL",
    "leased_by": "''",
    "attempts": "0",
    "answer": "''",
}


def measure() -> Iterator[Row]:
    with sink() as port, demo(SMTP_URL=f"smtp://127.0.0.1:{port}") as server:
        time.sleep(3)
        idle = server.resident_mb
        yield Row("serve with the worker, idle", idle, "MB resident", f"≤ {MOST_MB}", idle <= MOST_MB)
        began = time.monotonic()
        most = send(server)
        seconds = time.monotonic() - began
        after = server.resident_mb
    note = f"{most:.0f} MB at most on the way; {LETTERS / seconds:.0f} letters/s"
    yield Row(
        f"after {LETTERS:,} letters sent inside serve", after, "MB resident", f"≤ {MOST_MB}", after <= MOST_MB, note
    )


def send(server: Server) -> float:
    """Put the letters into the outbox and wait until all have left; how much memory it took at most."""
    most = server.resident_mb
    with closing(sqlite3.connect(server.data / "demo.sqlite", timeout=30)) as database:
        names = [row[1] for row in database.execute("PRAGMA table_info(letter)") if row[1] != "id"]
        values = ", ".join(OTHERWISE.get(name, f"one.{name}") for name in names)
        with database:
            database.execute(WRITE.format(columns=", ".join(names), letters=LETTERS, values=values))
        until = time.monotonic() + PATIENCE_SECONDS
        while database.execute("SELECT 1 FROM letter WHERE state = 'queued' LIMIT 1").fetchone():
            if time.monotonic() > until:
                raise TimeoutError("the letters do not leave")
            most = max(most, server.resident_mb)
            time.sleep(0.2)
        sent = database.execute(
            "SELECT count(*) FROM letter WHERE state = 'sent' AND reference LIKE 'bench%'"
        ).fetchone()
    if sent != (LETTERS,):
        raise RuntimeError(f"{sent[0]} of {LETTERS} letters arrived")
    return most


@contextmanager
def sink(seconds: float = 0.0) -> Iterator[int]:
    """A mail server in a process of its own; `seconds` is what it takes for each message."""
    folder = Path(tempfile.mkdtemp(prefix="verbund-bench-sink-"))
    process = subprocess.Popen([sys.executable, "-m", "tests.smtp_sink", str(folder), str(seconds)], cwd=ROOT)
    try:
        while not (folder / "port").exists():
            time.sleep(0.05)
        yield int((folder / "port").read_text())
    finally:
        process.kill()
        process.wait()
