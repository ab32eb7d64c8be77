"""Every test that can run on this machine, one process per engine and one for the browser; what cannot is counted too.

make test [ARGS="--one-at-a-time --only sqlite --only journeys -k waiting …"]; what is not ours goes to pytest.
"""

import argparse
import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
TOOLS = "make test-tools installs it"
FOUND_NOTHING = 5  # how pytest ends then
PROGRESS = re.compile(r"^[.sxXFE]+ *\[ *\d+%\]")


@dataclass
class Part:
    """One pytest process: what it runs, why it cannot, and what came of it."""

    name: str
    title: str
    paths: list[str]
    engine: str
    missing: str = ""
    wrong: str = ""
    seconds: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    skips: Counter[str] = field(default_factory=Counter)

    def command(self, *more: str) -> list[str]:
        return [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *self.paths, *more]

    def environment(self) -> dict[str, str]:
        return {**os.environ, "TEST_ENGINE": self.engine}

    @property
    def failed(self) -> bool:
        return bool(self.wrong or self.counts["failed"])


def main() -> int:
    options, for_pytest = arguments()
    found = tools()
    chosen = [part for part in parts(found) if not options.only or part.name in options.only]
    announce(chosen, found)
    run_all([part for part in chosen if not part.missing], for_pytest, at_once=not options.one_at_a_time)
    for part in chosen:
        if part.missing:
            count_without_running(part, for_pytest)
    return sum_up(chosen)


def arguments() -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(description=__doc__, prog="tests/run.py", allow_abbrev=False)
    parser.add_argument("--one-at-a-time", action="store_true", help="the two engines one after the other")
    parser.add_argument("--only", action="append", choices=["sqlite", "postgres", "journeys"])
    return parser.parse_known_args()


# --- what is there --------------------------------------------------------------------------------------------------


def tools() -> dict[str, str]:
    """Each tool with what was found of it; empty when it is not there."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
    browsers = (shutil.which(name, path=path) for name in ("chromium", "chromium-browser", "google-chrome"))
    return {
        "PostgreSQL": asyncio.run(version_of_postgres()),
        "Chromium": next((found for found in browsers if found), ""),
        "smtp-sink": shutil.which("smtp-sink", path=path) or "",
        "pdftotext": shutil.which("pdftotext", path=path) or "",
    }


async def version_of_postgres() -> str:
    try:
        connection = await asyncpg.connect(POSTGRES, timeout=5)
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return ""
    try:
        return f"PostgreSQL {await connection.fetchval('SHOW server_version')} at {POSTGRES.rpartition('@')[2]}"
    finally:
        await connection.close()


def parts(found: dict[str, str]) -> list[Part]:
    journeys = ROOT / "tests" / "journeys"
    all_parts = [
        Part("sqlite", "every test on SQLite", ["tests", "--ignore=tests/journeys"], "sqlite"),
        Part(
            "postgres",
            "every test on PostgreSQL",
            ["tests", "--ignore=tests/journeys", "--ignore=tests/house"],
            "postgres",
            missing="" if found["PostgreSQL"] else f"no PostgreSQL answers at {POSTGRES.rpartition('@')[2]}; {TOOLS}",
        ),
        Part(
            "journeys",
            "the journeys in a browser",
            ["tests/journeys"],
            "sqlite",
            missing="" if found["Chromium"] else f"no Chromium on this machine; {TOOLS}",
        ),
    ]
    return all_parts if journeys.is_dir() else all_parts[:-1]


def announce(chosen: list[Part], found: dict[str, str]) -> None:
    print("What will run here")
    for part in chosen:
        print(f"  {'no ' if part.missing else 'yes'}  {part.title}{': ' + part.missing if part.missing else ''}")
    for tool, where in found.items():
        print(f"       {tool}: {where or 'not found; tests that need it are skipped and counted below'}")
    print(flush=True)


# --- running --------------------------------------------------------------------------------------------------------


def run_all(runnable: list[Part], for_pytest: list[str], *, at_once: bool) -> None:
    """The engines side by side, each having its own databases; the browser alone, because it measures patience."""
    engines = [part for part in runnable if part.name != "journeys"]
    groups = [engines] if at_once else [[part] for part in engines]
    for group in [*groups, [part for part in runnable if part.name == "journeys"]]:
        threads = [threading.Thread(target=run, args=(part, for_pytest)) for part in group]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def run(part: Part, for_pytest: list[str]) -> None:
    """Show progress line by line while it runs, everything else in one piece at the end."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = part.command(f"--junitxml={report}", "-o", "junit_logging=no", *for_pytest)
        said = []
        with subprocess.Popen(
            command,
            cwd=ROOT,
            env=part.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            for line in process.stdout or ():
                if PROGRESS.match(line):
                    print(f"{part.name:9}{line}", end="", flush=True)
                else:
                    said.append(line)
        part.seconds = time.monotonic() - began
        read_report(part, report)
    judge(part, process.returncode, narrowed=bool(for_pytest))
    if part.failed:
        print(f"\n----- {part.title} -----\n{''.join(said)}", flush=True)


def read_report(part: Part, report: Path) -> None:
    if not report.exists():
        part.wrong = "pytest ended without a report"
        return
    for case in ET.parse(report).iter("testcase"):
        outcomes = {child.tag: child for child in case}
        if {"failure", "error"} & outcomes.keys():
            part.counts["failed"] += 1
        elif (skipped := outcomes.get("skipped")) is not None:
            part.counts["skipped"] += 1
            part.skips[skipped.get("message") or "no reason given"] += 1
        else:
            part.counts["passed"] += 1


def judge(part: Part, code: int, *, narrowed: bool) -> None:
    """Finding no test at all is wrong, unless somebody asked for some by name."""
    if code == FOUND_NOTHING and not narrowed:
        part.wrong = "no tests were found"
    elif code not in {0, 1, FOUND_NOTHING}:
        part.wrong = part.wrong or f"pytest ended with {code}"
    elif code == 1 and not part.counts["failed"]:
        part.wrong = "pytest reported a failure"


def count_without_running(part: Part, for_pytest: list[str]) -> None:
    """How many tests are not run, so that the end can say it."""
    process = subprocess.run(
        part.command("--collect-only", "-q", "-q", *for_pytest),
        cwd=ROOT,
        env=part.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    number = sum(int(count) for count in re.findall(r"^\S+\.py: (\d+)$", process.stdout, re.MULTILINE))
    part.counts["skipped"] += number
    part.skips[part.missing] += number


# --- the end --------------------------------------------------------------------------------------------------------


def sum_up(chosen: list[Part]) -> int:
    total: Counter[str] = Counter()
    print("\nWhat came of it")
    for part in chosen:
        total.update(part.counts)
        outcome = "not run" if part.missing else part.wrong or ("failed" if part.failed else "good")
        print(f"  {part.title}: {counted(part.counts)} in {part.seconds:.0f} s: {outcome}")
        for reason, number in part.skips.most_common():
            print(f"      {number} skipped: {reason}")
    print(counted(total), flush=True)
    return 1 if any(part.failed for part in chosen) else 0


def counted(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[outcome]} {outcome}" for outcome in ("passed", "failed", "skipped"))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
