"""Keep today's schema, with data in it, as a release: `python -m tests.upkeep.release` (network/README.md, "A release").

Writes released/<version>.zip, a backup of the demo in which somebody has walked about, and released/<version>.sha256,
the checksums of the migrations, which from then on nobody may change.
"""

import sys
import tempfile
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from tests.upkeep import houses, releases


def main() -> int:
    version = tomllib.loads((houses.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    file = releases.RELEASED / f"{version}.zip"
    if file.exists():
        print(f"{version} is released already; pyproject.toml names the next version.", file=sys.stderr)
        return 1
    releases.RELEASED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:{houses.build(folder, readers=3)}"
        walk = ("tests.upkeep.visit", datetime.now(UTC).isoformat(), "guest-of-the-release@example.org")
        visited = houses.python("-m", *walk, url=url, folder=folder, LOG_REQUESTS="0")
        saved = houses.network("backup", str(file), url=url, folder=folder)
    print(visited.stdout + visited.stderr + saved.stdout + saved.stderr, end="")
    if visited.returncode or saved.returncode:
        return 1
    file.chmod(0o644)
    lines = [f"{digest}  {path}\n" for path, digest in releases.digests().items()]
    file.with_suffix(".sha256").write_text("".join(lines), encoding="ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
