"""The checkout as it arrives on other people's machines."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_a_checkout_on_windows_keeps_the_line_ends_that_shells_need(tmp_path):
    if shutil.which("git") is None:
        pytest.skip("no git on this machine")
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    origin.mkdir()
    for name in (".gitattributes", "Makefile", ".ci/run", ".ci/test-tools", "network/setup.py"):
        (origin / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, origin / name)
    git = ["git", "-c", "user.name=Verbund", "-c", "user.email=verbund@example.org", "-c", "core.autocrlf=true"]

    for command in (["init"], ["add", "--all"], ["commit", "--message", "begin"]):
        subprocess.run([*git, *command], cwd=origin, check=True, capture_output=True)
    subprocess.run([*git, "clone", str(origin), str(clone)], check=True, capture_output=True)

    files = [path for path in clone.rglob("*") if path.is_file() and ".git" not in path.parts]
    assert len(files) == 5
    assert [path.name for path in files if b"\r" in path.read_bytes()] == []
    assert all(os.access(clone / ".ci" / name, os.X_OK) for name in ("run", "test-tools"))


@pytest.mark.parametrize("script", ["run", "test-tools"])
def test_the_scripts_of_ci_are_bash_that_parses(script):
    assert subprocess.run(["bash", "-n", str(ROOT / ".ci" / script)], check=False).returncode == 0
