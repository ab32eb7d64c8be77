"""The doctor finds what is broken, says it in a line, and ends with 1 then; what is well is not complained about."""

import asyncio
import sqlite3
import threading
import time
from contextlib import closing

import asyncpg
import dns.asyncresolver
import dns.message
import dns.rcode
import dns.rrset
import pytest

from network.upkeep import moving, outside, waits
from network.upkeep.ends import path_of
from tests import smtp_sink
from tests.bench.server import free_port
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
        ("DELETE FROM migration WHERE app_name = 'network'", "Migrations that have not run: 2"),
        ("INSERT INTO migration (name, app_name) VALUES ('2099', 'network')", "belongs to a newer version"),
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
        "UPDATE event SET seats = 1 WHERE slug = '2-austauschforum'",
    )

    code, said = doctor(source, tmp_path)

    assert code == 0, said
    assert "▲  events.forget was given up (1): KeyError" in said
    assert "▲  Letters that have been waiting for more than 30 minutes: 2." in said
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


def test_a_mail_server_that_is_not_there_is_broken(source, tmp_path):
    code, said = doctor(source, tmp_path, SMTP_URL=f"smtp://127.0.0.1:{free_port()}")

    assert code == 1
    assert "■  The mail server does not take letters: 127.0.0.1:" in said


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
        elif not any(known.startswith(f"{name} ") for known in RECORDS):
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
    assert [mark for mark, _words in await outside.names("office@bare.example")] == ["▲", "▲", "▲", "ok"]
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
