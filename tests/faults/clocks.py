"""Clocks that are wrong, and clocks that are set while everything runs. A jump moves no stopwatch, as on real machines."""

import tempfile
from pathlib import Path

FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)
MISSING = "" if FAKETIME else "libfaketime is not installed (make test-tools)"
STOPWATCHES = {"DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


def ahead_by(seconds: int) -> dict[str, str]:
    """The surroundings of a process whose clock is wrong by so much from its first moment on."""
    return {"LD_PRELOAD": str(FAKETIME), "FAKETIME": f"{seconds:+d}s"} | STOPWATCHES if FAKETIME else {}


class Clock:
    """The clock of all processes that are begun with its `environment`; it can be set at any moment."""

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="verbund-clock-"))
        folder.chmod(0o755)  # PostgreSQL is somebody else
        self.file = folder / "clock"
        self.set(0)

    def set(self, seconds: int) -> None:
        """So far from the true time."""
        draft = self.file.with_suffix(".new")
        draft.write_text(f"{seconds:+d}\n", encoding="ascii")
        draft.chmod(0o644)
        draft.replace(self.file)  # nobody reads half of it

    @property
    def environment(self) -> dict[str, str]:
        told = {"LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1"}
        return told | STOPWATCHES if FAKETIME else {}
