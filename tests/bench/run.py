"""make bench: the budgets of the house, measured now, on this machine, as ratios within one run. Never a pass or fail.

make bench [ARGS="pages newsletter --full"]
"""

import importlib
import os
import platform
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
BENCHES = ("start", "pages", "registration", "newsletter", "memory", "workers", "webs", "directory", "assembly")


def main() -> int:
    chosen = [name for name in sys.argv[1:] if name in BENCHES] or BENCHES
    load = os.getloadavg()[0]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} when it began\n", flush=True)
    print(f"{'what':46} {'figure':>10} {'unit':14} {'budget':10}", flush=True)
    for name in chosen:
        began = time.monotonic()
        try:
            for row in importlib.import_module(f"tests.bench.{name}").measure():
                print(row.line, flush=True)
        except Exception as error:
            print(f"{name}: could not be measured: {error!r}", flush=True)
            if os.environ.get("CI") is None:
                raise
        print(f"  ({name}: {time.monotonic() - began:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
