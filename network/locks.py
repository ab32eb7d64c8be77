"""An embedded database has one server; a lock file beside it says so, and where that server answers."""

import fcntl
from pathlib import Path
from typing import IO


def take_lock(database_url: str) -> tuple[IO[str] | None, str]:
    """Return the held lock, or the address of who holds it; PostgreSQL has as many servers as it likes."""
    if not database_url.startswith("sqlite:"):
        return None, ""
    path = Path(database_url.removeprefix("sqlite:")).with_suffix(".lock")
    file = path.open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        address = file.read().strip() or "starting"
        file.close()
        return None, address
    return file, ""


def remember(lock: IO[str], address: str) -> None:
    lock.seek(0)
    lock.truncate()
    lock.write(address)
    lock.flush()
