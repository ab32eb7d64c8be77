"""python -m network …: everything that is done from a terminal."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

COMMANDS = {
    "demo": "the demo association, with one click to sign in as any of its people",
    "start": "your own association: asks its name and you, then serves",
    "serve": "serve what DATABASE_URL names (the worker inside, unless REDIS_URL is set)",
    "work": "the worker as a process of its own",
    "alive": "ends with 0 when a worker of this machine is alive, for health checks",
    "migrate": "bring the database to this version",
    "move": "copy everything into another database, SQLite or PostgreSQL: move --to URL",
    "backup": "one file with everything, while it is served: backup FILE",
    "restore": "everything from a backup into the empty database that DATABASE_URL names: restore FILE",
    "doctor": "look at everything that can go wrong unseen, a line each; ends with 1 if something is broken",
    "import": "read organisations or sites from a spreadsheet: import members FILE",
    "sign-in": "print a one-use sign-in link for an address: sign-in name@example.org",
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m network", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, words in COMMANDS.items():
        command = commands.add_parser(name, help=words, description=words)
        if name == "demo":
            command.add_argument("--refresh", action="store_true", help="begin the demo anew, shifted to today")
        if name == "import":
            command.add_argument("what", choices=["members"])
            command.add_argument("file", type=Path)
            command.add_argument(
                "--since",
                type=date.fromisoformat,
                metavar="2028-04-25",
                help="member since, where the file does not say it",
            )
        if name == "move":
            command.add_argument("--to", required=True, metavar="URL", help="sqlite:/path or postgresql://…")
        if name in ("backup", "restore"):
            command.add_argument("file", type=Path)
        if name == "sign-in":
            command.add_argument("email")
    chosen = parser.parse_args(arguments)
    if chosen.command == "demo":
        os.environ["VERBUND_DEMO"] = "1"
    try:
        return run(chosen)
    except KeyboardInterrupt:
        return 0


def run(chosen: argparse.Namespace) -> int:
    """Import only what the command needs: settings are read once, after the environment is complete."""
    import uvloop  # noqa: PLC0415  see above

    from network import commands, logs, serving  # noqa: PLC0415
    from network.errors import Refused  # noqa: PLC0415

    deeds: dict[str, Callable[[], int]] = {
        "demo": lambda: serving.serve(prepare=lambda: commands.prepare_demo(refresh=chosen.refresh)),
        "start": lambda: serving.serve(prepare=commands.prepare_own),
        "serve": serving.serve,
        "work": lambda: uvloop.run(commands.work()),
        "alive": lambda: asyncio.run(commands.alive()),
        "migrate": lambda: asyncio.run(commands.migrate()),
        "import": lambda: asyncio.run(commands.import_members(chosen.file, chosen.since)),
        "move": lambda: asyncio.run(commands.move(chosen.to)),
        "backup": lambda: asyncio.run(commands.backup(chosen.file)),
        "restore": lambda: asyncio.run(commands.restore(chosen.file)),
        "doctor": lambda: asyncio.run(commands.see_the_doctor()),
        "sign-in": lambda: asyncio.run(commands.sign_in_link(chosen.email)),
    }
    logs.set_up()
    try:
        return deeds[chosen.command]()
    except Refused as no:
        print(no.words, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
