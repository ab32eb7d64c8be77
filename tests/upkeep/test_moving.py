"""Moving house: everything arrives as it was, an interrupted move goes on, and nothing is ever written over."""

import hashlib
import os
import re
import sqlite3
import time

import asyncpg
import pytest

from network.errors import Refused
from network.locks import take_lock
from network.upkeep import moving
from network.upkeep.ends import path_of, snapshot
from tests.upkeep import houses


def digest(url: str) -> str:
    return hashlib.sha256(path_of(url).read_bytes()).hexdigest()


def quiet(words: str) -> None:
    pass


class StoppedError(Exception):
    pass


def interrupted_at(table: str):
    def say(words: str) -> None:
        if table in words:
            raise StoppedError

    return say


async def seals(url: str) -> list[tuple[int, str]]:
    async with snapshot(url) as end:
        return [await moving.sealed(end, sheet) for sheet in [*moving.sheets(), moving.migrations()]]


def insert_next(url: str) -> int:
    with sqlite3.connect(path_of(url)) as db:
        return db.execute("INSERT INTO series (reference, title_de) VALUES ('new', 'Neu') RETURNING id").fetchone()[0]


@pytest.mark.postgres
async def test_there_and_back_everything_is_as_it_was_and_the_next_row_gets_the_next_key(empty_postgres, tmp_path):
    source = f"sqlite:{houses.build(tmp_path, 5_000)}"
    before, was = digest(source), await seals(source)
    back = f"sqlite:{tmp_path / 'back.sqlite'}"

    there = await moving.move(source, empty_postgres, quiet)
    assert digest(source) == before
    again = await moving.move(empty_postgres, back, quiet)

    assert all(one.equal for one in [*there, *again])
    assert await seals(back) == was == await seals(empty_postgres)
    connection = await asyncpg.connect(empty_postgres)
    key = await connection.fetchval("INSERT INTO series (reference, title_de) VALUES ('new', 'Neu') RETURNING id")
    assert (await connection.fetchval("SELECT content FROM file WHERE reference = 'file1'")) == houses.BYTES
    assert await connection.fetchval("SELECT follows FROM event WHERE id = 1") > 1
    first_file = await connection.fetchval(
        "INSERT INTO import (reference, file_name, read_at) VALUES ('i', 'a', now()) RETURNING id"
    )
    await connection.close()
    assert (key, first_file) == (insert_next(back), 1) == (2, 1)


@pytest.mark.postgres
async def test_a_moved_house_is_served_and_its_old_links_open(source, empty_postgres, tmp_path):
    with sqlite3.connect(path_of(source)) as db:
        [key] = db.execute("SELECT key FROM subscriber ORDER BY id LIMIT 1").fetchone()
        [uid] = db.execute("SELECT reference FROM event WHERE slug = '2-austauschforum'").fetchone()
    done = houses.network("move", "--to", empty_postgres, url=source, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(re.findall("equal$", done.stdout, re.MULTILINE)) == len(moving.sheets()) + 1

    script = (
        "import asyncio, httpx\n"
        "from network.app import create_app\n"
        "from network.database import pool\n"
        "async def look():\n"
        "    async with pool(), httpx.AsyncClient(transport=httpx.ASGITransport(app=create_app(with_worker=False)),\n"
        "                                 base_url='http://localhost:8000') as browser:\n"
        f"        print((await browser.get('/newsletter/preferences/{key}', follow_redirects=True)).status_code)\n"
        "        print((await browser.get('/events/2-austauschforum/calendar.ics')).text)\n"
        "asyncio.run(look())\n"
    )
    seen = houses.python("-c", script, url=empty_postgres, folder=tmp_path)
    assert seen.stdout.startswith("200"), seen.stdout + seen.stderr
    assert uid in seen.stdout


async def test_an_interrupted_move_goes_on_where_it_stopped(source, tmp_path):
    target = f"sqlite:{tmp_path / 'target.sqlite'}"
    with pytest.raises(StoppedError):
        await moving.move(source, target, interrupted_at("subscriber"))

    said: list[str] = []
    compared = await moving.move(source, target, said.append)

    assert all(one.equal for one in compared)
    assert said[0] == "An earlier move from here was interrupted; it goes on."
    assert await seals(source) == await seals(target)


@pytest.mark.postgres
async def test_what_changed_between_two_attempts_is_copied_anew(source, empty_postgres):
    with pytest.raises(StoppedError):
        await moving.move(source, empty_postgres, interrupted_at("delivery"))
    with sqlite3.connect(path_of(source)) as db:
        db.execute("UPDATE person SET name = 'Anders' WHERE id = 1")

    compared = await moving.move(source, empty_postgres, quiet)

    assert all(one.equal for one in compared)
    assert await seals(source) == await seals(empty_postgres)


async def test_an_unfinished_move_from_elsewhere_is_left_alone(source, house, tmp_path):
    target = f"sqlite:{tmp_path / 'target.sqlite'}"
    with pytest.raises(StoppedError):
        await moving.move(source, target, interrupted_at("person"))

    with pytest.raises(Refused, match=r"unfinished move from sqlite:.*source\.sqlite"):
        await moving.move(f"sqlite:{house}", target, quiet)


async def test_a_database_that_is_not_empty_is_not_touched(source, house, tmp_path):
    before = digest(source)

    with pytest.raises(Refused, match="is not empty: there are rows in"):
        await moving.move(f"sqlite:{house}", source, quiet)
    assert digest(source) == before


async def test_a_database_of_something_else_is_not_touched(source, tmp_path):
    with sqlite3.connect(tmp_path / "other.sqlite") as other:
        other.execute("CREATE TABLE recipes (name TEXT)")

    with pytest.raises(Refused, match="tables of something else"):
        await moving.move(source, f"sqlite:{tmp_path / 'other.sqlite'}", quiet)


async def test_a_database_that_is_being_served_is_not_moved(source, tmp_path):
    lock, _address = take_lock(source)
    assert lock

    with pytest.raises(Refused, match="is being served"):
        await moving.move(source, f"sqlite:{tmp_path / 'target.sqlite'}", quiet)
    lock.close()


@pytest.mark.postgres
async def test_a_database_that_somebody_is_connected_to_is_not_moved(source, empty_postgres, tmp_path):
    await moving.move(source, empty_postgres, quiet)
    connection = await asyncpg.connect(empty_postgres)

    with pytest.raises(Refused, match="1 other connections"):
        await moving.move(empty_postgres, f"sqlite:{tmp_path / 'target.sqlite'}", quiet)
    await connection.close()


@pytest.mark.postgres
async def test_what_postgresql_would_refuse_is_named_before_anything_is_moved(source, empty_postgres):
    with sqlite3.connect(path_of(source)) as db:
        db.execute("UPDATE person SET name = ? WHERE id = 3", ["x" * 201])
        db.execute("UPDATE letter SET text = ? WHERE id = 5", ["a\0b"])
        db.execute("UPDATE organisation SET town = ? WHERE id = 1", ["ß" * 100])  # a hundred letters fit
        db.execute("DELETE FROM mailing_list")

    with pytest.raises(Refused) as no:
        await moving.move(source, empty_postgres, quiet)

    assert 'person 3: "name" is longer than 200 characters' in no.value.words
    assert 'letter 5: "text" holds a zero byte' in no.value.words
    assert "subscriber 1: points to mailing_list 1, which is not there" in no.value.words
    assert "organisation" not in no.value.words
    connection = await asyncpg.connect(empty_postgres)
    assert await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0
    await connection.close()


async def test_an_address_that_leads_nowhere_is_said_in_a_sentence(source, tmp_path):
    done = houses.network("move", "--to", "postgresql://nobody@127.0.0.1:1/nowhere", url=source, folder=tmp_path)

    assert done.returncode == 1
    assert "postgresql://nobody@127.0.0.1:1/nowhere cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(
    not os.environ.get("TEST_LARGE"), reason="100,000 readers take over a minute; TEST_LARGE=1 has them move"
)
@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_a_hundred_thousand_readers_there_and_back_in_flat_memory(tmp_path, empty_postgres):
    source, back = f"sqlite:{houses.build(tmp_path, 100_000)}", f"sqlite:{tmp_path / 'back.sqlite'}"

    for from_, to in ((source, empty_postgres), (empty_postgres, back)):
        began = time.monotonic()
        megabytes = peak_of_a_move(from_, to, tmp_path)
        print(f"{to.partition(':')[0]}: {time.monotonic() - began:.1f} s, {megabytes:.0f} MB")
        assert megabytes < 150

    assert await seals(source) == await seals(back)
    assert insert_next(back) == 2


PEAK = """
import re, sys
from pathlib import Path
from network.__main__ import main
code = main(sys.argv[1:])
print("peak", re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
sys.exit(code)
"""


def peak_of_a_move(source: str, target: str, folder) -> float:
    """The process tells it itself: what its parent is told (ru_maxrss) begins with the parent's own memory."""
    done = houses.python("-c", PEAK, "move", "--to", target, url=source, folder=folder)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split("peak")[-1]) / 1024
