"""What a change has to keep before any test runs: format, lint, types, import rule, translations, migrations."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMPORT_RULE = "import sys; from importlinter.cli import lint_imports_command as lint; sys.exit(lint())"
CHECKS = {
    "format": ["-m", "ruff", "format", "--check"],
    "lint": ["-m", "ruff", "check"],
    "types": ["-m", "mypy"],
    "import rule": ["-c", IMPORT_RULE],
    "translations": ["-m", "pytest", "tests/house/test_translations.py"],
    "migrations": ["-m", "pytest", "tests/house/test_migrations.py"],
}


def main() -> int:
    """All of them, even after one has failed: one round shows everything there is to mend."""
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    print(f"Not good yet: {', '.join(failed)}." if failed else "All good.", flush=True)
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    good = done.returncode == 0
    print(f"{name:14}{'good' if good else 'FAILED':8}{time.monotonic() - began:5.1f} s", flush=True)
    if not good:
        print(done.stdout, flush=True)
    return good


if __name__ == "__main__":
    sys.exit(main())
