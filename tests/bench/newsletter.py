"""The newsletter: readers a second into a local sink, as a share of what smtp-source does, and memory by readers."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.row import Row

NAME = "newsletter"
READERS = 10_000
FEW, MANY, FULL = 1_000, 30_000, 100_000
CONNECTIONS = 8
AT_LEAST = 0.25
FLAT_MB = 12.0  # the database keeps up to 8 MB of pages; nothing else may grow with the readers
SIZE_OF_A_MESSAGE = 6_000
ROOT = Path(__file__).parents[2]


def measure() -> list[Row]:
    """Both sides carry messages of the same size to the same sink, one after the other, twice; the better one counts."""
    sink, source = tool("smtp-sink"), tool("smtp-source")
    if not (sink and source):
        return [Row("newsletter", 0, "", note="smtp-sink and smtp-source are missing: make test-tools")]
    with running(sink) as port:
        yardstick = ours = 0.0
        memory: dict[int, Sent] = {}
        for _ in range(2):
            sent = send(READERS, port)
            ours = max(ours, READERS / sent.seconds)
            yardstick = max(yardstick, rate_of(source, port, sent.size))
        for readers in (FEW, FULL if "--full" in sys.argv else MANY):
            memory[readers] = send(readers, port)
    few, many = memory.values()
    growth = many.own_mb - few.own_mb
    return [
        Row(f"smtp-source, {READERS} messages of {sent.size} bytes", yardstick, "messages/s"),
        Row(f"newsletter to {READERS} readers", ours, "messages/s"),
        Row("share of smtp-source", ours / yardstick, "", f"≥ {AT_LEAST}", ours / yardstick >= AT_LEAST),
        *(
            Row(
                f"memory of the sender, {readers} readers",
                one.own_mb,
                "MB",
                note=f"{one.all_mb:.0f} MB with mapped files",
            )
            for readers, one in memory.items()
        ),
        Row("growth of memory", growth, "MB", f"≤ {FLAT_MB:.0f}", growth <= FLAT_MB),
    ]


class Sent:
    """What a sending process told about itself."""

    def __init__(self, words: str) -> None:
        self.seconds, self.own_mb, self.all_mb, size = map(float, words.split())
        self.size = int(size)


def send(readers: int, port: int) -> Sent:
    """A process and a database of its own, so that its memory is its own."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.newsletter", str(readers)],
            cwd=ROOT,
            env=surroundings(folder, port),
            capture_output=True,
            text=True,
            check=True,
        )
    return Sent(done.stdout.strip().splitlines()[-1])


def surroundings(folder: str, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "VERBUND_DEMO"}}
    return kept | {
        "VERBUND_DATA": folder,
        "SECRET_KEY": "for-measuring",
        "SMTP_URL": f"smtp://127.0.0.1:{port}?connections={CONNECTIONS}",
    }


def rate_of(source: str, port: int, size: int) -> float:
    began = time.monotonic()
    options = ["-d", "-s", str(CONNECTIONS), "-m", str(READERS), "-l", str(size)]
    subprocess.run([source, *options, f"127.0.0.1:{port}"], check=True, stderr=subprocess.DEVNULL)
    return READERS / (time.monotonic() - began)


@contextmanager
def running(sink: str) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    process = subprocess.Popen([sink, *user, f"127.0.0.1:{port}", "200"], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        process.kill()
        process.wait()


def tool(name: str) -> str:
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])) or ""


# --- the sending process --------------------------------------------------------------------------------------------


async def carry(readers: int) -> str:
    from mailing import campaigns, outbox
    from mailing.readers import Audience, readers_sql
    from mailing.tables import Delivery
    from network import commands
    from network.database import pool

    await commands.migrate()
    async with pool():
        to = await a_list(readers)
        async with outbox.a_courier("embedded") as courier:
            began = time.monotonic()
            await campaigns.start(to, [words()], sender(), readers_sql(to.id, Audience()))
            await courier.deliver_due()
            seconds = time.monotonic() - began
        if await Delivery.count().where(Delivery.state == "sent") != readers:
            raise SystemExit("not everybody was sent to")
        one = campaigns.parcel(await newest_sending(), await Delivery.select().first())
        size = len(await one.message())
    return f"{seconds} {' '.join(map(str, memory_now()))} {size}"


async def a_list(readers: int):
    """A list of its own with so many readers."""
    from mailing.tables import MailingList, Subscriber

    to = MailingList(reference=f"l{os.getpid()}", slug=f"rundbrief-{os.getpid()}", title_de="Rundbrief")
    await to.save()
    await Subscriber.raw(
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {readers}) INSERT INTO subscriber "
        "(reference, list, email, email_key, name, locale, provider_status, land, search, key, asked_at, confirmed_at) "
        f"SELECT '{to.reference}-' || i, {to.id}, 'reader' || i || '@example.org', 'reader' || i, 'Lesende ' || i, "
        f"'de', '', '', '', '{to.reference}-' || i, '2026-01-01 00:00:00+00:00', '2026-01-01 00:00:00+00:00' FROM n"
    )
    return to


async def newest_sending() -> dict[str, object]:
    from mailing.tables import Sending

    return await Sending.select().order_by(Sending.id, ascending=False).first()


def words():
    from mailing.campaigns import GREETING, KEY, Links, Words

    place = "https://bag.example.org/newsletter"
    links = Links(f"{place}/preferences/{KEY}", f"{place}/leave/{KEY}", f"{place}/one-click/{KEY}")
    return Words("de", "Neues im November", f"{GREETING}\n\n" + "Ein Satz über die Arbeit. " * 40, links=links)


def sender():
    from mailing.letters import Sender

    foot = "BAG BW\nMusterufer 1, 10115 Berlin\nImpressum: https://bag.example.org/imprint"
    return Sender("BAG BW", "office@example.org", foot, foot)


def memory_now() -> tuple[float, float]:
    """Megabytes: what is the process's own, and with the mapped pages of the database file."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    kilobytes = {
        name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines) if "kB" in rest
    }
    return kilobytes["RssAnon"] / 1024, kilobytes["VmRSS"] / 1024


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1].isdigit():
        sys.setswitchinterval(0.0005)
        import uvloop

        print(uvloop.run(carry(int(sys.argv[1]))))
    else:
        for row in measure():
            print(row.line)
