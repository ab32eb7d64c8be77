"""The first start: find a Python that is new enough, make the virtual environment, install exactly what the lock names.

    python3 network/setup.py [--tests] [-- arguments for the environment's Python …]

Only the standard library, and words that Python 3.6 understands, so that it can still say "too old". It is silent and
needs no network once a stamp named by the lock's hash is there; the stamp is written last, so that a set-up that was
interrupted is simply done again.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
# Started as a script, Python looks beside it first; the house's own modules must not pass for the standard library's.
sys.path[:] = [place for place in sys.path if os.path.realpath(place or ".") != os.path.join(ROOT, "network")]

import contextlib
import hashlib
import json
import shutil
import subprocess
import time

try:
    import fcntl
except ImportError:  # Windows: two set-ups at the same moment are not held apart there
    fcntl = None  # type: ignore[assignment]

OLDEST, NEWEST = (3, 11), (3, 14)
OLDEST_SQLITE = (3, 35)  # the first with RETURNING
LOCK, TESTS_LOCK = "requirements.lock", os.path.join("tests", "requirements.lock")
MARK, UNFINISHED, STAMP = "verbund.lock", "verbund-unfinished", "verbund-stamp-"
# What an active environment, or a pip told to install elsewhere, would smuggle into ours.
FOREIGN = (
    "VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__",
    "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_REQUIRE_VIRTUALENV", "PIP_CONSTRAINT", "PIP_REQUIREMENT",
    "UV_PYTHON", "UV_SYSTEM_PYTHON", "UV_TARGET", "UV_PREFIX", "UV_CONSTRAINT", "UV_OVERRIDE", "UV_PROJECT_ENVIRONMENT",
)  # fmt: skip
ABOUT_PYTHON = """
import json, sys
about = {"version": list(sys.version_info[:3]), "path": sys.executable, "venv": True, "sqlite": None}
about["path"] = getattr(sys, "_base_executable", None) or sys.executable
try:
    import ensurepip, venv
except ImportError:
    about["venv"] = False
try:
    import sqlite3
    about["sqlite"] = list(sqlite3.sqlite_version_info)
except ImportError:
    pass
print(json.dumps(about))
"""
WHEEL_OF_PIP = """
import ensurepip, glob, os, sysconfig
bundled = os.path.join(os.path.dirname(ensurepip.__file__), "_bundled")
places = [bundled, sysconfig.get_config_var("WHEEL_PKG_DIR") or bundled, "/usr/share/python-wheels"]
print(next((wheel for place in places for wheel in sorted(glob.glob(os.path.join(place, "pip-*.whl")))), ""))
"""


class Sorry(Exception):
    """Why it cannot go on, and what to do about it."""


def main(arguments: list) -> int:
    """Make the environment where it is missing, then hand over to the command after `--`."""
    options, command = arguments, []
    if "--" in arguments:
        cut = arguments.index("--")
        options, command = arguments[:cut], arguments[cut + 1 :]
    if set(options) - {"--tests"}:
        say("usage: setup.py [--tests] [-- arguments for Python]")
        return 2
    venv = os.path.abspath(os.path.expanduser(os.environ.get("VERBUND_VENV") or os.path.join(ROOT, ".venv")))
    lock = TESTS_LOCK if "--tests" in options else LOCK
    try:
        if not is_ready(venv, lock):
            set_up(venv, lock)
    except Sorry as reason:
        say(str(reason))
        return 1
    except OSError as error:
        say(f"{error.filename or venv}: {error.strerror}. Once that is mended, the same command tries again.")
        return 1
    except KeyboardInterrupt:
        say("Interrupted. The next start takes up the set-up again.")
        return 130
    return hand_over(venv, command) if command else 0


def say(text: str) -> None:
    """To the error channel, so that a command's own output stays clean."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


# --- is it there? ---------------------------------------------------------------------------------------------------


def is_ready(venv: str, lock: str) -> bool:
    """The stamp of this lock is there, written by the very Python that the environment still runs."""
    try:
        with open(stamp_of(venv, lock)) as stamp:
            written_by = stamp.read().strip()
    except OSError:
        return False
    return bool(written_by) and written_by == version_in(venv)


def stamp_of(venv: str, lock: str) -> str:
    with open(os.path.join(ROOT, lock), "rb") as file:
        content = file.read().replace(b"\r\n", b"\n")
    return os.path.join(venv, STAMP + hashlib.sha256(content).hexdigest()[:16])


def version_in(venv: str) -> str:
    """The version the environment's Python answers with; empty when it does not run (any more)."""
    code = "import sys; print('%d.%d' % sys.version_info[:2] if sys.prefix != sys.base_prefix else '')"
    ok, answer = run([python_of(venv), "-I", "-c", code])
    return answer.strip() if ok else ""


def python_of(venv: str) -> str:
    return os.path.join(venv, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))


def run(command: list) -> tuple:
    """Whether it went well, and what it said."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment(),
            cwd=ROOT,
            close_fds=False,
        )
        output = process.communicate()[0]
    except OSError as error:
        return False, str(error)
    return process.returncode == 0, output.decode("utf-8", "replace")


def environment() -> dict:
    return {name: value for name, value in os.environ.items() if name not in FOREIGN}


# --- which Python? --------------------------------------------------------------------------------------------------


def newest_python() -> dict:
    """The newest suitable Python on the path; when none will do, the complaint about the best of those found."""
    best, complaint = None, ""
    for candidate in candidates():
        ok, answer = run([candidate, "-c", ABOUT_PYTHON])
        try:
            about = json.loads(answer) if ok else None
        except ValueError:
            about = None
        if about is None:  # a shim that points nowhere
            continue
        wrong = what_is_wrong_with(about)
        if not wrong:
            return about
        if best is None or about["version"] > best:
            best, complaint = about["version"], wrong
    raise Sorry(complaint or f"No Python runs here. Verbund needs Python {dotted(OLDEST)} or newer.")


def candidates() -> list:
    """From the newest named Python to the oldest, then plain `python3` and whoever reads this."""
    names = ["python%d.%d" % (NEWEST[0], minor) for minor in range(NEWEST[1], OLDEST[1] - 1, -1)] + ["python3"]
    folders = [folder for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if folder]
    paths = [os.path.join(folder, name) for name in names for folder in folders]
    return [path for path in paths if os.access(path, os.X_OK) and not os.path.isdir(path)] + [sys.executable]


def what_is_wrong_with(about: dict) -> str:
    version = tuple(about["version"])
    name = "Python " + ".".join(str(part) for part in version)
    if version[:2] < OLDEST:
        return (
            f"{name} is too old: Verbund needs Python {dotted(OLDEST)} or newer. Install it from your system's packages "
            f"or from python.org; it is found by itself when python{dotted(OLDEST)} to python{dotted(NEWEST)} is on PATH."
        )
    if not about["venv"]:
        package = f"python{dotted(version[:2])}-venv"
        return f"{name} comes without its module venv. On Debian and Ubuntu: apt install {package}"
    if not about["sqlite"]:
        return f"{name} was built without SQLite. Install one that has it, from your system's packages or python.org."
    if tuple(about["sqlite"][:2]) < OLDEST_SQLITE:
        return (
            f"SQLite {dotted(about['sqlite'])} in {name} is too old: Verbund needs SQLite {dotted(OLDEST_SQLITE)} or newer. "
            "A newer Python, from your system's packages or python.org, brings one along."
        )
    return ""


def dotted(parts: tuple) -> str:
    return ".".join(str(part) for part in parts)


# --- making it ------------------------------------------------------------------------------------------------------


def set_up(venv: str, lock: str) -> None:
    """Make the environment (anew when it is broken) and install; of two at the same moment the second waits."""
    began = time.time()
    with only_one(venv):
        if is_ready(venv, lock):
            return
        if not is_sound(venv):
            make_environment(venv)
        begin(venv)
        say("Installing the packages Verbund needs; this happens once and takes seconds, on a slow line minutes ...")
        install(venv, lock)
        write_stamps(venv, lock)
    say("Ready after %.0f seconds." % (time.time() - began))


@contextlib.contextmanager
def only_one(venv: str):
    """Hold the environment's folder; refuse one that is not ours to change."""
    if os.path.isdir(venv) and os.listdir(venv) and not {MARK, "pyvenv.cfg"} & set(os.listdir(venv)):
        raise Sorry(f"{venv} is a folder with other things in it. Set VERBUND_VENV to a folder that may be made new.")
    try:
        os.makedirs(venv, exist_ok=True)
        mark = open(os.path.join(venv, MARK), "a")
    except OSError as error:
        raise Sorry(
            f"{venv} cannot be written to ({error.strerror}). Name two folders that can, and start again, for example:\n"
            '  export VERBUND_VENV="$HOME/verbund/venv" VERBUND_DATA="$HOME/verbund/data"'
        )
    with mark:
        if fcntl:
            fcntl.flock(mark, fcntl.LOCK_EX)
            os.set_inheritable(mark.fileno(), True)  # an installer that outlives us still holds the folder
        yield


def is_sound(venv: str) -> bool:
    """It runs, is new enough, and no set-up was cut off in it: installers trust a package that is only half there."""
    version = tuple(int(part) for part in version_in(venv).split(".") if part)
    return version >= OLDEST and not os.path.exists(os.path.join(venv, UNFINISHED))


def begin(venv: str) -> None:
    """From here until the stamp is written the environment counts as broken."""
    with open(os.path.join(venv, UNFINISHED), "w"):
        pass
    for name in os.listdir(venv):
        if name.startswith(STAMP):
            os.remove(os.path.join(venv, name))


def make_environment(venv: str) -> None:
    python = newest_python()
    say(f"Making {venv} with Python {dotted(python['version'])} ...")
    begin(venv)
    for name in set(os.listdir(venv)) - {MARK, UNFINISHED}:
        path = os.path.join(venv, name)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        else:
            os.remove(path)
    ok, output = run([python["path"], "-m", "venv", "--without-pip", venv])
    if not ok:
        raise Sorry(f"The virtual environment could not be made:\n{tail(output)}")


def install(venv: str, lock: str) -> None:
    """By uv, which takes seconds; by pip, from the same file and with the same hashes, where uv does not work."""
    python = python_of(venv)
    exactly = ["--quiet", "--require-hashes", "--only-binary", ":all:", "-r", os.path.join(ROOT, lock)]
    uv = uv_for(venv)
    if uv and run([uv, "pip", "install", "--python", python, *exactly])[0]:
        return
    ok, output = run([*pip_for(venv), *exactly])
    if not ok:
        raise Sorry(
            f"The packages could not be installed:\n{tail(output)}\n"
            "Is there a connection to the package index? The same command tries again."
        )


def uv_for(venv: str) -> str:
    """The uv on the path, else one of our own inside the environment; empty where there is none to be had."""
    found = uv_on_path()
    if found:
        return found
    own = os.path.join(os.path.dirname(python_of(venv)), "uv.exe" if os.name == "nt" else "uv")
    if not os.path.exists(own):
        run([*pip_for(venv), "--quiet", "--no-compile", "--retries", "1", "--only-binary", ":all:", "uv"])
    return own if os.path.exists(own) else ""


def uv_on_path() -> str:
    found = shutil.which("uv")
    return found if found and run([found, "--version"])[0] else ""


def pip_for(venv: str) -> list:
    """The pip that every Python carries in a wheel, run out of it, which spares five seconds; else one installed."""
    ok, wheel = run([python_of(venv), "-I", "-c", WHEEL_OF_PIP])
    if not (ok and wheel.strip()):
        run([python_of(venv), "-m", "ensurepip"])
    pip = [os.path.join(wheel.strip(), "pip")] if ok and wheel.strip() else ["-m", "pip"]
    return [python_of(venv), *pip, "install", "--no-input", "--disable-pip-version-check"]


def write_stamps(venv: str, lock: str) -> None:
    """The tests' lock holds everything that the plain one does, so it stands for both."""
    version = version_in(venv)
    for done in {lock, LOCK}:
        with open(stamp_of(venv, done), "w") as stamp:
            stamp.write(version + "\n")
    os.remove(os.path.join(venv, UNFINISHED))


def tail(output: str) -> str:
    return "\n".join("  " + line for line in output.strip().splitlines()[-12:])


# --- handing over ---------------------------------------------------------------------------------------------------


def hand_over(venv: str, command: list) -> int:
    """Become the environment's Python, in the folder where the person stands, with the house importable from there."""
    chosen = environment()
    if os.path.realpath(os.getcwd()) != ROOT:
        chosen["PYTHONPATH"] = ROOT
    python = [python_of(venv), *command]
    if os.name == "nt":
        return subprocess.call(python, env=chosen)
    sys.stderr.flush()
    os.execve(python[0], python, chosen)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
