"""The doctor finds what is broken, says it in a line, and ends with 1 then; what is well is not complained about."""

import asyncio
import os
import re
import socket
import sqlite3
import subprocess
import threading
import time
from contextlib import closing, suppress

import asyncpg
import dns.asyncresolver
import dns.message
import dns.rcode
import dns.rrset
import pytest

from network import clock
from network.upkeep import moving, outside, waits
from network.upkeep.ends import path_of
from tests import smtp_sink
from tests.bench.server import free_port
from tests.faults.clocks import FAKETIME
from tests.mailing.conftest import surroundings
from tests.smtp_sink import Sink
from tests.upkeep import houses
from tests.upkeep.test_moving import StoppedError, interrupted_at, quiet


def change(url: str, *statements: str) -> None:
    with closing(sqlite3.connect(path_of(url))) as db, db:
        for statement in statements:
            db.execute(statement)


def doctor(url: str, folder, **more: str) -> tuple[int, str]:
    key = {"SECRET_KEY": "x" * 32, "VERBUND_DEMO": "1"}
    done = houses.network("doctor", url=url, folder=folder, **key | more)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


def test_a_sound_house_is_sound(source, tmp_path):
    code, said = doctor(source, tmp_path)

    assert code == 0, said
    assert "■" not in said
    assert "ok Every row that points to another finds it." in said
    assert "▲  There is no backup yet" in said
    assert said.splitlines()[-1].startswith("ok Stay with SQLite: in 2 s a writer usually waited")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("DELETE FROM mailing_list", "points to mailing_list 1, which is not there"),
        ("UPDATE sending SET total = total + 1", "counts 322 readers and has 321 deliveries"),
        ("UPDATE delivery SET state = 'queued' WHERE id = 1", "is done, but 1 are still queued"),
        ("DELETE FROM migration WHERE app_name = 'network'", "Migrations that have not run: "),
    ],
)
def test_what_is_broken_is_said_and_ends_with_1(source, tmp_path, harm, words):
    change(source, harm)

    code, said = doctor(source, tmp_path)

    assert code == 1
    assert any(line.startswith("■") and words in line for line in said.splitlines()), said


def test_what_somebody_should_look_at_is_no_failure(source, tmp_path):
    change(
        source,
        "INSERT INTO job (kind, state, due_at, last_error) VALUES ('events.forget', 'dead', '2026-01-01', 'KeyError')",
        "UPDATE letter SET state = 'queued', due_at = '2026-01-01 00:00:00+00:00' WHERE id IN (1, 2)",
        "UPDATE letter SET state = 'failed' WHERE id = 3",
        "UPDATE letter SET state = 'held' WHERE id IN (4, 5)",
        "UPDATE sending SET state = 'sending'",
        "UPDATE delivery SET state = 'queued', due_at = '2026-01-01 00:00:00+00:00' WHERE id = 1",
        "UPDATE event SET seats = 1 WHERE slug = '2-austauschforum'",
        "INSERT INTO migration (name, app_name) VALUES ('2099', 'network')",
    )

    code, said = doctor(source, tmp_path)

    assert code == 0, said
    assert "▲  The database is of a newer version" in said
    assert "▲  events.forget was given up (1): KeyError" in said
    assert "▲  Letters that have been waiting for more than 30 minutes: 2." in said
    assert "▲  Letters that were not delivered:" in said
    assert "▲  Letters held, as SMTP_URL was not set when they were written: 2." in said
    assert "▲  Copies of an issue that have been waiting for more than 30 minutes: 1." in said
    assert "people have one of 1 seats." in said


async def test_an_interrupted_move_is_told(source, tmp_path):
    target = f"sqlite:{tmp_path / 'target.sqlite'}"
    with pytest.raises(StoppedError):
        await moving.move(source, target, interrupted_at("person"))

    code, said = doctor(target, tmp_path)

    assert (code, "was interrupted" in said) == (1, True)


@pytest.mark.postgres
async def test_a_sequence_that_lags_behind_is_found(source, empty_postgres, tmp_path):
    await moving.move(source, empty_postgres, quiet)
    code, said = doctor(empty_postgres, tmp_path)
    assert code == 0, said
    assert "Every sequence is ahead of its table." in said
    connection = await asyncpg.connect(empty_postgres)
    await connection.execute("SELECT setval('person_id_seq', 3)")
    await connection.close()

    code, said = doctor(empty_postgres, tmp_path)

    assert code == 1
    assert "The next row of person would get a key that is taken (4)." in said


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("UPDATE attendee SET event = 9999 WHERE id = 1", "attendee 1: points to event 9999, which is not there"),
        ("UPDATE delivery SET sending = 77 WHERE id = 1", "points to sending 77, which is not there"),
        ("DELETE FROM person", "points to person"),
    ],
)
def test_every_kind_of_orphan_is_named(source, tmp_path, harm, words):
    change(source, harm)

    code, said = doctor(source, tmp_path)

    assert code == 1
    assert any(line.startswith("■") and words in line for line in said.splitlines()), said


def test_a_disk_that_is_nearly_full_is_told_that_of_the_backups_too(source, tmp_path, small_disk):
    code, said = doctor(source, small_disk)
    assert code == 1
    assert any(line.startswith("■") and f"MB are free where {small_disk} is." in line for line in said.splitlines()), (
        said
    )

    code, said = doctor(source, tmp_path, BACKUP_DIR=str(small_disk / "backups" / "nightly"))
    assert code == 1
    assert any(line.startswith("■") and f"MB are free where {small_disk} is." in line for line in said.splitlines()), (
        said
    )
    assert f"MB are free where {tmp_path} is." in said


@pytest.fixture
def small_disk(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can only be mounted by root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


wrong_clock = pytest.mark.skipif(not FAKETIME, reason="libfaketime is not installed (make test-tools)")


def at(shift: str) -> dict[str, str]:
    return {"LD_PRELOAD": str(FAKETIME), "FAKETIME": shift}


@wrong_clock
def test_a_clock_that_was_set_back_is_found_by_what_is_written_down(source, tmp_path):
    change(source, f"INSERT INTO heartbeat (name, at) VALUES ('embedded', '{clock.now()}')")
    code, said = doctor(source, tmp_path)
    assert code == 0, said
    assert "ok Nothing is written down that is later than this machine's clock" in said

    code, said = doctor(source, tmp_path, **at("-3d"))

    assert code == 1
    assert "■  By this machine's clock the last thing written down happens in 3.0 days" in said


@wrong_clock
@pytest.mark.postgres
async def test_with_postgresql_the_machines_clock_is_compared_and_the_databases_counts(
    source, empty_postgres, tmp_path
):
    await moving.move(source, empty_postgres, quiet)
    connection = await asyncpg.connect(empty_postgres)
    await connection.execute("INSERT INTO heartbeat (name, at) VALUES ('worker-1', clock_timestamp())")
    await connection.close()

    code, said = await asyncio.to_thread(doctor, empty_postgres, tmp_path, **at("+600s"))

    assert code == 0, said
    assert re.search(r"▲  This machine's clock and the database's are (599|600)\.\d s apart", said)
    assert re.search(r"ok A worker gave its last sign of life \d\d? s ago", said)


class Greeting(Sink):
    """Refuses everybody at the door."""

    async def converse(self, reader, writer) -> None:
        writer.write(b"554 5.7.1 you are on a list\r\n")


class Asking(Sink):
    """Wants to know a password."""

    def greeting(self) -> str:
        return "250-sink\r\n250 AUTH PLAIN LOGIN"


def refusing(command: str, reply: str):
    return lambda said, _argument: reply if said == command else None


@pytest.mark.parametrize(
    ("server", "url", "words"),
    [
        (Greeting(), "smtp://{at}", "554"),
        (Sink(), "smtp://{at}?starttls=yes", "it offers no encryption, which SMTP_URL demands"),
        (Sink(), "smtp://mara:secret@{at}", "it takes no user and password here, or only encrypted"),
        (
            Asking(answers=refusing("AUTH", "535 5.7.8 no")),
            "smtp://mara:secret@{at}",
            "it does not accept the user and the password in SMTP_URL",
        ),
        (Sink(), "smtps://{at}", "it does not speak TLS at that port"),
        (
            Sink(answers=refusing("MAIL", "550 5.1.0 unknown")),
            "smtp://{at}",
            "from office@example.org: 550 5.1.0 unknown",
        ),
        (Sink(), "smtp://nowhere.invalid", "there is no machine of that name"),
    ],
    ids=["greeting", "no encryption", "no signing in", "wrong password", "no TLS", "sender refused", "no such name"],
)
async def test_what_is_the_matter_with_the_mail_server_is_said_in_plain_words(server, url, words):
    async with smtp_sink.running(server) as sink:
        with surroundings(smtp_url=url.format(at=f"127.0.0.1:{sink.port}")):
            [(mark, said)] = await outside.post("office@example.org")

    assert mark == "■"
    assert words in said
    assert "secret" not in said
    assert sink.taken == []


async def test_a_mail_server_far_away_that_is_spoken_to_in_the_clear_should_be_looked_at():
    address = own_address()
    async with smtp_sink.running(Sink(), host=address) as sink:
        with surroundings(smtp_url=f"smtp://{address}:{sink.port}"):
            [(mark, said)] = await outside.post("office@example.org")

    assert (mark, "in the clear" in said, "can read the letters" in said) == ("▲", True, True)


def own_address() -> str:
    """By which other machines know this one."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # nothing is sent
        if not probe.getsockname()[0].startswith("127."):
            return probe.getsockname()[0]
    pytest.skip("this machine has no address but its own loopback")


def test_a_mail_server_that_is_not_there_is_broken(source, tmp_path):
    port = free_port()
    code, said = doctor(source, tmp_path, SMTP_URL=f"smtp://127.0.0.1:{port}")

    assert code == 1
    assert f"■  The mail server 127.0.0.1:{port} takes no letters: nothing listens at that port" in said


async def test_when_writers_wait_it_is_time_for_postgresql(source):
    quiet_house = await waits.advice(source)
    stop = threading.Event()
    writing = threading.Thread(target=write_all_the_time, args=(source, stop))
    writing.start()
    try:
        await asyncio.sleep(0.2)
        busy_house = await waits.advice(source)
    finally:
        stop.set()
        writing.join()

    assert quiet_house.words.startswith("Stay with SQLite")
    assert busy_house.words.startswith("Time for PostgreSQL, because in 2 s a writer usually waited")


def write_all_the_time(url: str, stop: threading.Event) -> None:
    with closing(sqlite3.connect(path_of(url), isolation_level=None, timeout=10)) as db:
        while not stop.is_set():
            db.execute("BEGIN IMMEDIATE")
            time.sleep(0.7)
            db.execute("ROLLBACK")
            time.sleep(0.01)


@pytest.mark.parametrize(
    ("records", "mark"), [([], "▲"), (["v=spf1 mx -all"], "ok"), (["v=spf1 mx -all", "v=spf1 a -all"], "■")]
)
def test_one_spf_record_is_right(records, mark):
    assert outside.number_of_spf("example.org", records)[0] == mark


RECORDS = {
    "good.example. MX": ["10 mail.good.example."],
    "good.example. TXT": ['"google-site=1"', '"v=spf1 mx " "-all"'],
    "_dmarc.good.example. TXT": ['"v=DMARC1; p=none"'],
    "autumn._domainkey.good.example. TXT": ['"v=DKIM1; p=AAAA"'],
    "bare.example. A": ["192.0.2.1"],
}


class NameServer(asyncio.DatagramProtocol):
    """Knows two domains; what it is asked about silent.example it does not answer."""

    def connection_made(self, transport) -> None:
        self.transport = transport

    def datagram_received(self, data, addr) -> None:
        query = dns.message.from_wire(data)
        [question] = query.question
        name, kind = question.name.to_text(), dns.rdatatype.to_text(question.rdtype)
        answer = dns.message.make_response(query)
        if records := RECORDS.get(f"{name} {kind}"):
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *records))
        elif not any(f".{name} " in f".{known}" for known in RECORDS):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        if "silent" not in name:
            self.transport.sendto(answer.to_wire(), addr)


@pytest.fixture
async def name_server(monkeypatch):
    transport, _protocol = await asyncio.get_running_loop().create_datagram_endpoint(
        NameServer, local_addr=("127.0.0.1", 0)
    )
    resolver = dns.asyncresolver.Resolver(configure=False)
    resolver.nameservers, resolver.port = ["127.0.0.1"], transport.get_extra_info("sockname")[1]
    monkeypatch.setattr(dns.asyncresolver, "default_resolver", resolver)
    monkeypatch.setattr(outside, "NAME_SECONDS", 0.5)
    yield
    transport.close()


async def test_the_records_of_the_senders_domain_are_read(name_server):
    assert [mark for mark, _words in await outside.names("office@good.example")] == ["ok"] * 4
    assert [mark for mark, _words in await outside.names("office@bare.example")] == ["▲"] * 4
    assert [words for _mark, words in await outside.names("office@nowhere.example")] == [
        "The name servers asked from here know no nowhere.example, which letters come from: is it right?"
    ]
    assert [words for _mark, words in await outside.names("office@silent.example")] == [
        "Could not ask the name servers about silent.example: LifetimeTimeout"
    ]
    assert await outside.names("") == []


async def test_a_mail_server_that_answers_is_well_and_gets_nothing(source, tmp_path):
    async with smtp_sink.running() as sink:
        code, said = await asyncio.to_thread(doctor, source, tmp_path, SMTP_URL=f"smtp://127.0.0.1:{sink.port}")

    assert code == 0, said
    assert f"ok The mail server 127.0.0.1:{sink.port} answers (in the clear)." in said
    assert sink.taken == []
