"""A small disk in memory, which can be filled to its last byte without anybody else noticing."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

PAGE = bytes(4096)


class Disk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def free_bytes(self) -> int:
        return shutil.disk_usage(self.folder).free

    def fill(self) -> None:
        """As somebody else's file does that grows and grows; what others free meanwhile, it takes too when called again."""
        with (self.folder / "ballast").open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(PAGE)
            except OSError:
                return

    def free(self) -> None:
        (self.folder / "ballast").unlink(missing_ok=True)


@contextmanager
def small_disk(megabytes: int) -> Iterator[Disk]:
    folder = Path(tempfile.mkdtemp(prefix="verbund-disk-"))
    mount(folder, megabytes)
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


def mount(folder: Path, megabytes: int) -> None:
    options = f"size={megabytes}m,mode=0755"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "verbund", str(folder)], check=True, capture_output=True)


@cache
def missing() -> str:
    """Why no small disk can be had here; "" when it can."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("mount"):
        return "only root can mount a small tmpfs"
    try:
        with small_disk(1):
            return ""
    except subprocess.CalledProcessError as error:
        return f"this machine lets nobody mount a small tmpfs: {error.stderr.decode(errors='replace').strip()}"
