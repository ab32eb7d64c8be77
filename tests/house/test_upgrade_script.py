"""deploy/upgrade.sh in the order that it keeps; Docker is a stand-in that knows containers (engine.py), the script is real.

What a new version does to the old one's processes and tables is tried in tests/faults/test_upgrades.py.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
OLD = {"web": ["web-old-1", "web-old-2"], "worker": ["worker-old-1", "worker-old-2"]}


@pytest.fixture
def engine(tmp_path):
    (tmp_path / "bin").mkdir()
    docker = tmp_path / "bin" / "docker"
    docker.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT}/tests/house/engine.py" "$@"\n', encoding="utf-8")
    docker.chmod(0o755)
    containers(tmp_path, OLD)
    return tmp_path


def containers(engine: Path, running: dict[str, list[str]]) -> None:
    least = {name: len(of) for name, of in running.items()}
    state = {"containers": running, "least": least, "number": 0, "told": []}
    (engine / "state.json").write_text(json.dumps(state))


def upgrade(engine: Path) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    surroundings = os.environ | {"PATH": f"{engine / 'bin'}:{os.environ['PATH']}", "ENGINE": str(engine)}
    command = ["sh", str(ROOT / "deploy" / "upgrade.sh")]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    return done, json.loads((engine / "state.json").read_text())


def deeds(state: dict[str, Any]) -> list[str]:
    return [told for told in state["told"] if not told.startswith("compose ps")]


def test_first_the_tables_then_one_process_after_the_other(engine):
    done, state = upgrade(engine)

    assert done.returncode == 0, done.stderr
    assert deeds(state)[:2] == ["compose build", "compose run --rm --no-deps migrate"]
    assert state["containers"] == {
        "web": ["web-new-3", "web-new-4"],
        "worker": ["worker-new-1", "worker-new-2"],
    }
    assert state["least"] == {"web": 2, "worker": 2}  # never fewer than before
    assert all("--wait" in told and "--no-deps" in told for told in deeds(state) if told.startswith("compose up"))


def test_when_the_migration_fails_no_process_is_touched(engine):
    (engine / "fails-migrate").touch()

    done, state = upgrade(engine)

    assert done.returncode == 1
    assert "the old version goes on" in done.stderr
    assert state["containers"] == OLD
    assert len(deeds(state)) == 2


def test_a_new_version_that_does_not_become_well_goes_again_and_the_old_one_stays(engine):
    (engine / "fails-web").touch()

    done, state = upgrade(engine)

    assert done.returncode == 1
    assert "The new web does not become well" in done.stderr
    assert state["containers"]["web"] == OLD["web"]
    assert not any(told.startswith("stop web") for told in deeds(state))


def test_where_nothing_runs_it_says_how_to_begin(engine):
    containers(engine, {"web": [], "worker": []})

    done, state = upgrade(engine)

    assert done.returncode == 1
    assert "docker compose up -d --build" in done.stderr
    assert deeds(state) == []
