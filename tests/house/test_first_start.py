"""The first start on machines of every kind: each line of DESIGN "First start" that is about the set-up.

Where not the packages but the set-up's own steps matter, a small script on the path plays uv and writes down its calls.
"""

import ast
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys._base_executable  # type: ignore[attr-defined]  # not the environment's own: that of a fresh machine
NOBODY = 65534
FILES = ("network/setup.py", "requirements.lock", "tests/requirements.lock", "Makefile")
INSTALLING = "Installing the packages Verbund needs; this happens once and takes seconds, on a slow line minutes ...\n"
READY = "Ready after 0 seconds.\n"


class Machine:
    """A checkout without .git in a folder with blanks and umlauts, and a path on which only what we put there is found."""

    def __init__(self, folder: Path) -> None:
        self.tools = folder / "tools"
        self.tools.mkdir()
        self.checkout = folder / "Büro der Geschäftsstelle"
        self.venv = self.checkout / ".venv"
        self.calls = folder / "calls"
        for name in FILES:
            target = self.checkout / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target)

    def tool(self, name: str, script: str) -> Path:
        path = self.tools / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    def uv(self, deed: str = "") -> None:
        self.tool("uv", f'[ "$1" = --version ] && exit 0\necho "${{10##*/}}" >>"{self.calls}"\n{deed}')

    def python(self, name: str, version: str, *, venv: str = "true", sqlite: str = "[3, 45, 0]") -> Path:
        """A Python that says this of itself, and otherwise is the one that runs these tests."""
        about = f'{{"version": [{version.replace(".", ", ")}], "path": "%s", "venv": {venv}, "sqlite": {sqlite}}}'
        return self.tool(name, f'[ "$1" = -c ] && printf \'{about}\\n\' "$0" && exit 0\nexec "{PYTHON}" "$@"')

    def start(self, *arguments: str, python: str = PYTHON, **more: str) -> subprocess.CompletedProcess[str]:
        """`python3 network/setup.py …` as a person types it, with nothing of our own environment."""
        return run([python, "network/setup.py", *arguments], self.surroundings(**more))

    def start_as(self, unfit: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The same, started by a Python that will not do."""
        code = f"import runpy, sys; sys.executable = {str(unfit)!r}; sys.argv = ['', *sys.argv[1:]]"
        code += "; runpy.run_path('network/setup.py', run_name='__main__')"
        return run([PYTHON, "-c", code, *arguments], self.surroundings())

    def surroundings(self, **more: str) -> dict:
        environment = {
            "PATH": str(self.tools),
            "HOME": os.environ.get("HOME", "/"),
            "PYTHONIOENCODING": "utf-8",
            **more,
        }
        return {
            "cwd": self.checkout,
            "env": environment,
            "stdin": subprocess.DEVNULL,
            "capture_output": True,
            "text": True,
        }

    def installed(self) -> list[str]:
        return self.calls.read_text().split() if self.calls.exists() else []


def run(command: list[str], surroundings: dict) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, check=False, **surroundings)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    machine.uv()
    return machine


# --- which Python ---------------------------------------------------------------------------------------------------


def test_the_newest_python_on_the_path_is_taken(machine):
    machine.tool("python3.14", "exit 127")  # a shim that points nowhere
    machine.python("python3.13", "3.13.1")
    machine.python("python3.12", "3.12.9")

    started = machine.start()

    assert started.stderr == f"Making {machine.venv} with Python 3.13.1 ...\n{INSTALLING}{READY}"


def test_an_older_python_that_is_complete_beats_a_newer_one_without_venv(machine):
    machine.python("python3.13", "3.13.1", venv="false")
    machine.python("python3.12", "3.12.9")

    started = machine.start()

    assert started.stderr.splitlines()[0] == f"Making {machine.venv} with Python 3.12.9 ..."


@pytest.mark.parametrize(
    ("unfit", "sentence"),
    [
        (
            {"version": "3.6.15"},
            (
                "Python 3.6.15 is too old: Verbund needs Python 3.11 or newer. Install it from your system's packages "
                "or from python.org; it is found by itself when python3.11 to python3.14 is on PATH.\n"
            ),
        ),
        (
            {"version": "3.11.2", "venv": "false"},
            "Python 3.11.2 comes without its module venv. On Debian and Ubuntu: apt install python3.11-venv\n",
        ),
        (
            {"version": "3.12.1", "sqlite": "null"},
            "Python 3.12.1 was built without SQLite. Install one that has it, from your system's packages or python.org.\n",
        ),
        (
            {"version": "3.11.4", "sqlite": "[3, 34, 1]"},
            (
                "SQLite 3.34.1 in Python 3.11.4 is too old: Verbund needs SQLite 3.35 or newer. "
                "A newer Python, from your system's packages or python.org, brings one along.\n"
            ),
        ),
    ],
    ids=["too old", "no venv", "no SQLite", "old SQLite"],
)
def test_a_python_that_will_not_do_is_named_with_what_to_do(machine, unfit, sentence):
    started = machine.start_as(machine.python("python3", **unfit))

    assert (started.stderr, started.returncode, machine.installed()) == (sentence, 1, [])


def test_old_pythons_understand_the_set_up_so_that_it_can_tell_them():
    source = (ROOT / "network" / "setup.py").read_text()

    parsed = ast.parse(source, feature_version=(3, 6))

    imported = {name.name for node in ast.walk(parsed) if isinstance(node, ast.Import) for name in node.names}
    assert [node for node in ast.walk(parsed) if isinstance(node, ast.ImportFrom)] == []
    assert imported <= sys.stdlib_module_names


def test_modules_beside_the_set_up_do_not_pass_for_the_standard_library(machine):
    for name in ("json", "calendar", "contextlib", "shutil", "time", "subprocess"):
        (machine.checkout / "network" / f"{name}.py").write_text("raise SystemExit('the wrong module')\n")

    assert machine.start("--", "-c", "import calendar, json").returncode == 0


# --- once and no more -----------------------------------------------------------------------------------------------


def test_a_second_start_installs_nothing_and_says_nothing(machine):
    machine.start()
    machine.uv("exit 1")

    again = machine.start("--", "-c", "print('here')", PIP_NO_INDEX="1")

    assert (again.stdout, again.stderr, machine.installed()) == ("here\n", "", ["requirements.lock"])


def test_the_environment_for_tests_serves_the_plain_start_too(machine):
    machine.start("--tests")
    machine.start()
    machine.start("--tests")

    assert len(machine.installed()) == 1


def test_a_changed_lock_is_installed_and_ends_what_stood_for_the_old_one(machine):
    lock = machine.checkout / "requirements.lock"
    old = lock.read_bytes()
    machine.start("--tests")
    lock.write_bytes(old + b"# changed\n")
    machine.start()
    lock.write_bytes(old)
    machine.start("--tests")

    assert len(machine.installed()) == 3


def test_line_ends_of_windows_in_the_lock_change_nothing(machine):
    lock = machine.checkout / "requirements.lock"
    machine.start()
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    machine.start()

    assert len(machine.installed()) == 1


def test_two_starts_at_the_same_moment_install_once(machine):
    machine.uv("/bin/sleep 0.5")
    with ThreadPoolExecutor() as pool:
        both = list(pool.map(lambda _: machine.start(), range(2)))

    assert ([start.returncode for start in both], len(machine.installed())) == ([0, 0], 1)


def test_an_environment_whose_python_is_gone_is_made_anew(machine):
    machine.start()
    link = machine.venv / "bin" / "python"
    link.unlink()
    link.symlink_to("/nowhere/python3.11")

    again = machine.start("--", "-c", "print('here')")

    assert (again.stdout, len(machine.installed())) == ("here\n", 2)


# --- when it goes wrong ---------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_set_up_killed_in_the_middle_repairs_itself(machine):
    """uv dies with us and leaves half a package that looks installed: the worst that an interruption leaves behind."""
    packages = '"${4%/bin/python}"/lib/python3.*/site-packages'
    machine.uv(
        f'cd {packages} && /bin/mkdir litestar litestar-2.25.0.dist-info && echo "raise SystemExit" >litestar/__init__.py\n'
        'printf "Metadata-Version: 2.1\\nName: litestar\\nVersion: 2.25.0\\n" >litestar-2.25.0.dist-info/METADATA\n'
        "kill -9 $PPID"
    )
    hard = {"LC_ALL": "C", "TZ": "Asia/Kolkata", "PYTHONIOENCODING": ""}
    killed = machine.start(**hard)
    (machine.tools / "uv").unlink()
    if (ours := Path(sys.executable).with_name("uv")).exists():
        (machine.tools / "uv").symlink_to(ours)

    repaired = machine.start("--", "-c", "import litestar, piccolo, uvicorn; print('works')", **registry(), **hard)
    offline = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    again = machine.start("--", "-c", "import litestar; print('still')", **offline, **hard)

    assert (killed.returncode, machine.installed()) == (-signal.SIGKILL, ["requirements.lock"])
    assert (repaired.stdout, repaired.stderr.splitlines()[1] + "\n") == ("works\n", INSTALLING)
    assert (again.stdout, again.stderr) == ("still\n", "")


def registry() -> dict[str, str]:
    """How this machine reaches its packages, whatever that is."""
    return {
        name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_", "SSL_", "HTTP", "http"))
    }


def test_packages_that_cannot_be_had_are_said_in_words_and_tried_again(machine):
    machine.uv("exit 1")
    failed = machine.start(PIP_NO_INDEX="1", PIP_CONFIG_FILE=os.devnull)
    machine.uv()
    again = machine.start()

    assert failed.returncode == 1
    assert failed.stderr.splitlines()[-1] == (
        "Is there a connection to the package index? The same command tries again."
    )
    assert "Traceback" not in failed.stderr
    assert (again.returncode, list(machine.venv.glob("verbund-unfinished"))) == (0, [])


def test_a_folder_with_other_things_in_it_is_left_alone(machine, tmp_path):
    photographs = tmp_path / "photographs"
    photographs.mkdir()
    (photographs / "board.jpg").touch()

    started = machine.start(VERBUND_VENV=str(photographs))

    assert started.returncode == 1
    assert started.stderr == (
        f"{photographs} is a folder with other things in it. Set VERBUND_VENV to a folder that may be made new.\n"
    )
    assert [path.name for path in photographs.iterdir()] == ["board.jpg"]


def test_an_active_environment_is_not_touched(machine, tmp_path):
    active = tmp_path / "active"
    subprocess.run([PYTHON, "-m", "venv", "--without-pip", active], check=True)
    before = snapshot(active)

    started = machine.start(
        "--",
        "-c",
        "import sys; print(sys.prefix)",
        python=str(active / "bin" / "python"),
        VIRTUAL_ENV=str(active),
        PATH=f"{active / 'bin'}:{machine.tools}",
        PIP_TARGET=str(active),
        PYTHONPATH=str(active),
    )

    assert (started.stdout, snapshot(active)) == (f"{machine.venv}\n", before)
    assert str(active) not in (machine.venv / "pyvenv.cfg").read_text()


def snapshot(folder: Path) -> dict[str, int]:
    return {str(path): path.lstat().st_mtime_ns for path in folder.rglob("*")}


# --- a checkout that cannot be written to ---------------------------------------------------------------------------


@pytest.fixture
def readonly_machine() -> Iterator[tuple[Machine, Path, dict]]:
    """Root may write everywhere, so there the person is nobody; else the folder is simply closed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        machine = Machine(folder)
        machine.uv()
        own = folder / "own"
        own.mkdir()
        person = {}
        if os.geteuid() == 0:
            machine.calls.touch()
            for place in (own, machine.calls):
                os.chown(place, NOBODY, NOBODY)
            person = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        machine.checkout.chmod(stat.S_IRUSR | stat.S_IXUSR | stat.S_IROTH | stat.S_IXOTH)
        yield machine, own, person
        machine.checkout.chmod(0o755)


def python_for(person: dict) -> str:
    """A Python that this person may run: root's own may lie where nobody else can look."""
    for candidate in (PYTHON, "/usr/bin/python3", "/usr/local/bin/python3"):
        try:
            code = "import sys, ensurepip; sys.exit(sys.version_info < (3, 11))"
            if subprocess.run([candidate, "-c", code], check=False, **person).returncode == 0:
                return candidate
        except OSError:
            continue
    pytest.skip("no Python on this machine that somebody other than root may run")


def test_a_checkout_that_cannot_be_written_to_offers_two_folders(readonly_machine):
    machine, own, person = readonly_machine
    command = [python_for(person), "network/setup.py", "--", "-c", "import sys; print(sys.prefix)"]

    refused = run(command, machine.surroundings() | person)
    offered = machine.surroundings(VERBUND_VENV=str(own / "venv"), VERBUND_DATA=str(own / "data"))
    started = run(command, offered | person)

    assert refused.returncode == 1
    assert refused.stderr == (
        f"{machine.venv} cannot be written to (Permission denied). "
        "Name two folders that can, and start again, for example:\n"
        '  export VERBUND_VENV="$HOME/verbund/venv" VERBUND_DATA="$HOME/verbund/data"\n'
    )
    assert (started.stdout, started.returncode) == (f"{own / 'venv'}\n", 0)


# --- handing over ---------------------------------------------------------------------------------------------------


def test_the_command_gets_its_arguments_as_they_are_and_its_exit_code_comes_back(machine):
    started = machine.start("--", "-c", "import sys; print(sys.argv[1:]); sys.exit(7)", "two words", "--", "Ä")

    assert (started.stdout, started.returncode) == ("['two words', '--', 'Ä']\n", 7)


def test_it_starts_from_any_folder(machine, tmp_path):
    (machine.checkout / "network" / "__init__.py").touch()
    surroundings = machine.surroundings() | {"cwd": tmp_path}
    setup = str(machine.checkout / "network" / "setup.py")

    started = run([PYTHON, setup, "--", "-c", "import network, os; print(os.getcwd())"], surroundings)

    assert (started.stdout, machine.venv.is_dir()) == (f"{tmp_path}\n", True)


def test_make_takes_the_newest_python_where_none_is_called_python3(machine):
    make = shutil.which("make")
    if make is None:
        pytest.skip("no make on this machine")
    machine.python("python3.13", "3.13.1")
    machine.python("python3.12", "3.12.9")

    planned = run([make, "-n", "run"], machine.surroundings())

    assert planned.stdout == "python3.13 network/setup.py -- -m network demo\n"
