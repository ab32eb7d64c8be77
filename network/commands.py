"""What the terminal's commands do; serving itself is in serving.py."""

import asyncio
import logging
import os
import signal
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

from email_validator import EmailNotValidError, validate_email

from network import demo
from network.association import beginnings, profile
from network.catalogue import beginnings as catalogue
from network.database import DB, pool
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.settings import settings
from network.upkeep import doctor, moving, saving, schema
from network.upkeep.ends import shown
from network.upkeep.moving import Compared
from network.web.addresses import link
from network.worker import alive_here, keep_working, own_name

log = logging.getLogger("verbund.commands")
MOVED = """
Everything is there, and equal. To go on with it:
  1. set DATABASE_URL to {to} and start;
  2. {key}.
     Without it forms that are open just now have to be sent twice; nothing else depends on it.
Nothing else has to be moved: files are in the database. Old links and calendar entries go on working, as long as
BASE_URL stays. The old database is as it was; keep it until you have looked around."""
RESTORED = """
{url} is as it was at {moment}.
{letters} letters were on their way at that moment and may have been sent since. As soon as it is served with SMTP_URL
set they leave: if that is not wanted, serve without SMTP_URL first and look at the outbox.
Sign-in links, links in letters and calendar entries are in it. The secret key is not: a new one does no harm."""
KEY = {
    True: "put the SECRET_KEY of now into a file named secret_key in VERBUND_DATA, or leave it set",
    False: "set SECRET_KEY to what the file secret_key in VERBUND_DATA holds",
}


async def migrate() -> int:
    """Bring the schema to this version, all of it or nothing; what is there already is left alone."""
    await schema.bring_up_to_date()
    async with pool():
        if await profile.profile():  # a house from before the catalogues; a new one gets them with everything else
            await catalogue.lay_out()
    return 0


async def prepare_demo(*, refresh: bool) -> str:
    await migrate()
    async with pool():
        await demo.load(refresh=refresh)
    return f"  Sign in with one click: {link('/sign-in')}"


async def prepare_own() -> str:
    """Ask for the association and its first person, once; later starts only serve."""
    await migrate()
    async with pool():
        if await profile.profile():
            return ""
        full_name = answer("VERBUND_NAME", "Full name of the association: ")
        short_name = answer("VERBUND_SHORT_NAME", "Short name: ") or full_name
        name = answer("VERBUND_PERSON", "Your name: ")
        email = answer("VERBUND_EMAIL", "Your e-mail address: ")
        if not (full_name and name and is_address(email)):
            raise SystemExit(
                "The association's name, your name and an e-mail address like name@example.org are needed."
            )
        async with DB.transaction():  # all of it or nothing: a start that is interrupted asks again
            await profile.set_up(full_name=full_name, short_name=short_name[:60], email=email)
            await beginnings.lay_out()
            await catalogue.lay_out()
            first = await person.enter(name, email)
            for kind in (RoleKind.ADMIN, RoleKind.OFFICE, RoleKind.EVENT_TEAM):
                await roles.grant(first, kind)
            token = await sign_in.new_link(first, "/office", minutes=24 * 60)
    return f"  Your sign-in link, for one use: {link(f'/sign-in/{token}')}"


def is_address(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def answer(variable: str, question: str) -> str:
    return (os.environ.get(variable) or input(question)).strip()


async def work() -> int:
    """The worker as a process of its own; with REDIS_URL it is woken by arq, without it looks every few seconds.

    SIGTERM ends it in order: what is under way is finished, what is not is handed back, and the others are rung.
    """
    this = asyncio.current_task()
    assert this
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    await schema.is_fit()
    log.info("working as %s", own_name())
    with suppress(asyncio.CancelledError):
        if settings().redis_url:
            from network import worker_arq  # noqa: PLC0415  only where there is a Redis

            await worker_arq.work()
        async with pool():
            await keep_working(own_name())
    return 0


async def alive() -> int:
    """For the health check of a worker's container."""
    async with pool():
        return 0 if await alive_here() else 1


async def sign_in_link(email: str) -> int:
    async with pool():
        known = await person.person_at(email)
        if known is None:
            print(f"Nobody here has the address {email}.", file=sys.stderr)
            return 1
        print(link(f"/sign-in/{await sign_in.new_link(known)}"))
    return 0


async def import_members(file: Path, since: date | None = None) -> int:
    """Read a spreadsheet into the directory; lines that need somebody are listed and nothing is stored."""
    from network.members import importing  # noqa: PLC0415  openpyxl and calamine are only needed here

    async with pool():
        print(await importing.from_terminal(file, since))
    return 0


async def move(to: str) -> int:
    """Copy this database into another one and compare both; the source is only read."""
    return told(
        await moving.move(settings().database_url, to, print),
        MOVED.format(to=shown(to), key=KEY[to.startswith("sqlite:")]),
    )


def told(compared: list[Compared], words: str) -> int:
    print(moving.as_table(compared))
    if not all(one.equal for one in compared):
        print("Both sides differ; what was copied is not complete. The source is as it was.", file=sys.stderr)
        return 1
    print(words)
    return 0


async def backup(file: Path) -> int:
    manifest = await saving.backup(settings().database_url, file, lambda _words: None)
    rows = sum(rows for rows, _digest in manifest.tables.values())
    print(f"{file}: {rows:,} rows, {file.stat().st_size / 1_000_000:.1f} MB, as of {manifest.made_at}")
    return 0


async def restore(file: Path) -> int:
    url = settings().database_url
    manifest, compared = await saving.restore(file, url, print)
    letters = await saving.letters_on_their_way(url)
    return told(compared, RESTORED.format(url=shown(url), moment=manifest.made_at, letters=letters))


async def see_the_doctor() -> int:
    found = []
    async for finding in doctor.examine(settings()):
        print(f"{finding.mark:2} {finding.words}", flush=True)
        found.append(finding.mark)
    return 1 if doctor.Mark.BROKEN in found else 0
