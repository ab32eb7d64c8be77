"""`make test` says what it cannot run, counts it again at the end, and never passes over a failure."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NO_POSTGRES = "no PostgreSQL answers at 127.0.0.1:9/postgres; make test-tools installs it"
NO_CHROMIUM = "no Chromium on this machine; make test-tools installs it"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with one test of each outcome, and the real runner."""
    tests = tmp_path / "tests"
    (tests / "house").mkdir(parents=True)
    (tests / "journeys").mkdir()
    shutil.copy(ROOT / "tests" / "run.py", tests)
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\naddopts = "-q --import-mode=importlib"\n')
    (tests / "test_one.py").write_text(
        "import os, pytest\n\n\ndef test_good(): pass\n\n\ndef test_engine(): assert os.environ['TEST_ENGINE'] == 'sqlite'\n\n\n"
        "@pytest.mark.skip('the sun shines')\ndef test_never(): pass\n"
    )
    (tests / "house" / "test_house.py").write_text("def test_house(): pass\n")
    (tests / "journeys" / "test_journey.py").write_text("def test_there(): pass\n\n\ndef test_back(): pass\n")
    return tmp_path


def make_test(project: Path, *arguments: str) -> tuple[int, list[str]]:
    """The exit code and what it printed, without what differs from machine to machine."""
    environment = {
        **os.environ,
        "PATH": str(project),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "TEST_POSTGRES_URL": "postgresql://postgres@127.0.0.1:9/postgres",
    }
    command = [sys.executable, "tests/run.py", *arguments]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, re.sub(r" in \d+ s:", ":", done.stdout).splitlines()


def test_what_cannot_run_is_said_first_and_counted_last(project):
    code, said = make_test(project)

    assert code == 0
    assert said[:4] == [
        "What will run here",
        "  yes  every test on SQLite",
        f"  no   every test on PostgreSQL: {NO_POSTGRES}",
        f"  no   the journeys in a browser: {NO_CHROMIUM}",
    ]
    end = said[said.index("What came of it") :]
    assert end == [
        "What came of it",
        "  every test on SQLite: 3 passed, 0 failed, 1 skipped: good",
        "      1 skipped: the sun shines",
        "  every test on PostgreSQL: 0 passed, 0 failed, 3 skipped: not run",
        f"      3 skipped: {NO_POSTGRES}",
        "  the journeys in a browser: 0 passed, 0 failed, 2 skipped: not run",
        f"      2 skipped: {NO_CHROMIUM}",
        "3 passed, 0 failed, 6 skipped",
    ]


@pytest.mark.parametrize(
    ("source", "last_line"),
    [
        ("def test_bad(): assert 1 == 2\n", "3 passed, 1 failed, 1 skipped"),
        ("import nowhere\n", "0 passed, 1 failed, 0 skipped"),
        ("import os; os._exit(3)\n", "0 passed, 0 failed, 0 skipped"),
    ],
    ids=["a failing test", "a broken file", "a crash"],
)
def test_whatever_goes_wrong_makes_it_fail(project, source, last_line):
    (project / "tests" / "test_two.py").write_text(source)

    code, said = make_test(project, "--only", "sqlite")

    assert (code, said[-1]) == (1, last_line)


def test_finding_no_test_at_all_is_a_failure(project):
    shutil.rmtree(project / "tests" / "house")
    (project / "tests" / "test_one.py").unlink()

    code, said = make_test(project, "--only", "sqlite")

    assert (code, said[-2:]) == (
        1,
        [
            "  every test on SQLite: 0 passed, 0 failed, 0 skipped: no tests were found",
            "0 passed, 0 failed, 0 skipped",
        ],
    )


def test_asking_for_a_test_that_only_one_part_has_is_no_failure(project):
    assert make_test(project, "--only", "sqlite", "-k", "nothing_like_it")[0] == 0
