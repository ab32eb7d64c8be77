"""The log of every process: one format, a reference in each line, and nobody's data, whatever went wrong."""

import asyncio
import io
import json
import logging
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailing import outbox
from mailing.letters import Sender
from mailing.outbox import Address
from network import jobs, logs
from network.database import on_sqlite
from network.jobs import Job
from network.people.tables import Person
from tests import smtp_sink
from tests.mailing.conftest import surroundings
from tests.mailing.test_outbox import write
from tests.smtp_sink import Sink

ROOT = Path(__file__).resolve().parents[2]
SINCE = datetime(2027, 9, 6, tzinfo=UTC)
NAME, EMAIL, PHONE, KEY = "Mara Völl-Øster", "mara.voell@example.org", "+49 561 123 45 67", "qX7_kLm2PzR-0aBcDeFgHi"


@pytest.fixture
def sender() -> Sender:
    return Sender("BAG BW", "office@example.org", "BAG BW", "BAG BW")


@pytest.fixture
def log():
    """What is logged meanwhile, line by line as a machine reads it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.AsJson())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


def nobody_is_in(text: str) -> bool:
    return not any(part in text for part in (NAME, "Mara", "Völl", EMAIL, "mara.voell", "561 123", KEY))


def test_a_line_has_time_level_logger_message_and_reference(log):
    with logs.referring_to("a1b2c3-4"):
        logging.getLogger("verbund.test").warning("the disk has %d MB left", 12)

    [line] = log()
    assert line.pop("time")[10:].count(":") == 2
    assert line == {
        "level": "warning", "logger": "verbund.test", "message": "the disk has 12 MB left", "reference": "a1b2c3-4",
    }  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        f"from {EMAIL} to <{EMAIL}>",
        f"postgresql://verbund:{KEY}@db.example.org/x",
        f"call {PHONE} or 0561/1234567",
        f"/sign-in/{KEY}",
        f"token={KEY}",
    ],
)
def test_addresses_numbers_and_keys_are_masked(log, words):
    logging.getLogger("verbund.test").warning(words)

    assert nobody_is_in(log()[0]["message"])
    assert "0561/1234567" not in log()[0]["message"]
    assert "…" in log()[0]["message"]


@pytest.mark.parametrize(
    "words",
    [
        "serving at http://localhost:8000",
        "127.0.0.1:5432 refused at 2027-09-06 08:00:00.123+00:00",
        "UniqueViolationError: 23505 subscriber subscriber_email_key",
        "event_registration_closed_at_index",
        "550 5.1.1",
    ],
)
def test_what_is_about_machines_stays_readable(words):
    assert logs.masked(words) == words


async def fails(deed) -> BaseException:
    try:
        await deed
    except Exception as error:  # noqa: BLE001  whatever it is, it is looked at
        return error
    raise AssertionError("nothing failed")


async def test_a_row_that_the_database_refuses_is_not_quoted(log):
    """PostgreSQL's DETAIL repeats the whole row, SQLite names the column."""
    await Person(reference="r1", name=NAME, email=EMAIL, email_key=EMAIL, since=SINCE).save()
    error = await fails(Person(reference="r2", name=NAME, email=EMAIL, email_key=EMAIL, since=SINCE).save())
    logging.getLogger("verbund.test").error("it failed", exc_info=error)
    missing = await fails(Person.raw("INSERT INTO person (name, email) VALUES ({}, {})", NAME, EMAIL))
    logging.getLogger("verbund.test").error("it failed: %s", missing)

    assert (EMAIL in str(error.__dict__)) is not on_sqlite()  # the driver did know it
    told = json.dumps(log(), ensure_ascii=False)
    assert nobody_is_in(told)
    assert "test_logs.py" in log()[0]["exception"]
    assert "person" in log()[0]["exception"].splitlines()[-1]
    assert "email_key" in log()[0]["exception"].splitlines()[-1]
    assert "person" in log()[1]["message"]


@pytest.mark.postgres
async def test_a_value_in_postgresqls_own_words_is_not_repeated(log):
    wrong = await fails(Person.raw("SELECT CAST(CAST({} AS text) AS int)", NAME))
    unfit = await fails(Person.raw("SELECT * FROM person WHERE id = {}", NAME))
    assert NAME in str(wrong)
    assert NAME in str(unfit)

    for error in (wrong, unfit):
        logging.getLogger("verbund.test").error("it failed", exc_info=error)

    assert nobody_is_in(json.dumps(log(), ensure_ascii=False))
    assert [one["exception"].splitlines()[-1] for one in log()] == [
        "InvalidTextRepresentationError: 22P02", "DataError: 22000",
    ]  # fmt: skip


def test_of_what_people_typed_an_exception_tells_its_kind_alone(log):
    def parse():
        try:
            int(NAME)
        except ValueError as error:
            raise KeyError(EMAIL) from error

    for deed in (parse, lambda: [].index(NAME), lambda: (_ for _ in ()).throw(ExceptionGroup(NAME, [KeyError(NAME)]))):
        try:
            deed()
        except Exception:
            logging.getLogger("verbund.test").exception("it failed")

    told = [one["exception"] for one in log()]
    assert nobody_is_in(json.dumps(told, ensure_ascii=False))
    assert told[0].splitlines()[-1] == "KeyError"
    assert "ValueError\n\nand then:\n\nTraceback" in told[0]
    assert told[1].splitlines()[-1] == "ValueError"
    assert told[2].splitlines()[-1] == "  | KeyError"


def test_what_is_wrong_in_the_code_is_named(log):
    try:
        None.seats  # noqa: B018
    except AttributeError:
        logging.getLogger("verbund.test").exception("it failed")

    assert log()[0]["exception"].splitlines()[-1] == "AttributeError: 'NoneType' object has no attribute 'seats'"


def test_a_library_that_we_do_not_know_speaks_without_what_it_filled_in(log):
    logging.getLogger("somewhere.deep").warning("could not read %s of %r", NAME, EMAIL)

    assert log()[0]["message"] == "could not read %s of %r"


async def test_a_task_that_nobody_waited_for_is_told_without_its_values(log):
    async def lost():
        raise ValueError(NAME)

    task = asyncio.get_running_loop().create_task(lost())
    await asyncio.sleep(0)
    del task

    [line] = log()
    assert (line["logger"], line["message"]) == ("asyncio", "Task exception was never retrieved")
    assert line["exception"].endswith("\nValueError")
    assert nobody_is_in(json.dumps(line, ensure_ascii=False))


async def test_a_job_that_fails_is_told_under_its_number_and_its_row_keeps_no_value(log):
    async def stumble():
        await Person(reference="r2", name=NAME, email=EMAIL, email_key=EMAIL, since=SINCE).save()

    await Person(reference="r1", name=NAME, email=EMAIL, email_key=EMAIL, since=SINCE).save()
    await jobs.enqueue("stumble")
    await jobs.run_due({"stumble": stumble})

    row = await Job.objects().first()
    [line] = log()
    assert (line["message"], line["reference"]) == ("stumble failed", f"job-{row.id}")
    assert "email_key" in row.last_error
    assert nobody_is_in(json.dumps(line, ensure_ascii=False) + row.last_error)


async def test_a_mail_server_that_refuses_somebody_is_told_by_its_code(sender, log):
    refusal = f"550 5.1.1 <{EMAIL}>: {NAME} is unknown here"
    refusing = Sink(answers=lambda command, _: refusal if command == "RCPT" else None)
    async with smtp_sink.running(refusing) as sink:
        with surroundings(smtp_url=sink.url + "?connections=1"):
            letter = await write(sender, Address(NAME, EMAIL))
            await outbox.deliver_due()

    kept = await type(letter).objects().get(type(letter).id == letter.id)
    assert EMAIL in kept.answer
    [line] = log()
    assert (line["message"], line["reference"]) == ("not delivered: 550 5.1.1", f"letter-{letter.id}")


async def test_a_mail_server_that_wants_none_of_ours_is_told_without_addresses(sender, log):
    refusal = f"535 5.7.8 <{EMAIL}>: sender '{NAME}' may not send"
    refusing = Sink(answers=lambda command, _: refusal if command == "MAIL" else None)
    async with smtp_sink.running(refusing) as sink:
        with surroundings(smtp_url=sink.url + "?connections=1"):
            await write(sender, Address(NAME, EMAIL))
            await outbox.deliver_due()

    assert log()
    assert nobody_is_in(json.dumps(log(), ensure_ascii=False))
    assert log()[0]["message"].startswith(f"the mail server cannot be reached: Unreachable: 127.0.0.1:{sink.port}: 535")


# --- whole processes ------------------------------------------------------------------------------------------------


def python(script: str, **more: str) -> str:
    """What a process of its own writes to its stderr, which is no terminal."""
    done = subprocess.run(
        [sys.executable, "-c", f"from network import logs; logs.set_up()\n{script}"],
        cwd=ROOT, env=os.environ | more, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stderr


@pytest.mark.parametrize(
    "script",
    [
        f"raise ValueError('{NAME}')",
        f"import threading\ndef run(): raise ValueError('{NAME}')\nthreading.Thread(target=run).start()",
        f"class A:\n  def __del__(self): raise ValueError('{NAME}')\nA()",
        f"import asyncio\nasync def run(): raise ValueError('{NAME}')\nasyncio.run(run())",
    ],
    ids=["main", "thread", "while being forgotten", "event loop"],
)
def test_an_exception_that_nobody_caught_is_one_line_too(script):
    [line] = python(script).splitlines()

    told = json.loads(line)
    assert (told["level"], told["message"]) == ("critical", "ended by an exception")
    assert told["exception"].startswith("Traceback (most recent call last):\n")
    assert told["exception"].endswith("\nValueError")


def test_a_librarys_warning_is_a_line_too():
    [line] = python(
        "import warnings; warnings.warn('old manners', DeprecationWarning)", PYTHONWARNINGS="always"
    ).splitlines()

    assert json.loads(line)["logger"] == "py.warnings"
    assert "DeprecationWarning: old manners" in json.loads(line)["message"]


def test_for_people_it_is_readable_and_holds_as_little():
    script = (
        f"import logging\ntry: int('{NAME}')\nexcept ValueError: logging.getLogger('verbund').exception('to {EMAIL}')"
    )
    first, *rest = python(script, LOG_FORMAT="text").splitlines()

    assert first[8:] == " ERROR verbund: to …"
    assert rest[0] == "Traceback (most recent call last):"
    assert rest[-1] == "ValueError"
