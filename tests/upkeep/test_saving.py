"""A backup is one file as of one moment, taken while the house is served; restored, it is that moment again."""

import asyncio
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from network import clock, jobs
from network.errors import Refused
from network.jobs import BACKUP, BACKUP_BEGUN, Heartbeat, Job, JobState
from network.settings import settings
from network.upkeep import moving, nightly, saving
from network.upkeep.ends import path_of, snapshot
from tests.mailing.conftest import surroundings
from tests.office.make import mira, pia
from tests.upkeep import houses
from tests.upkeep.drill import EVENT, drill
from tests.upkeep.test_moving import StoppedError, interrupted_at, quiet, seals


@pytest.fixture
def target(tmp_path) -> str:
    (tmp_path / "elsewhere").mkdir()
    return f"sqlite:{tmp_path / 'elsewhere' / 'restored.sqlite'}"


def but_heartbeat(seals_: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """A backup leaves a sign behind, in the database that was saved."""
    names = [sheet.name for sheet in [*moving.sheets(), moving.migrations()]]
    return [seal for name, seal in zip(names, seals_, strict=True) if name != "heartbeat"]


async def test_a_backup_is_restored_as_it_was_and_says_when_it_was_made(source, target, tmp_path):
    before = await seals(source)
    file = tmp_path / "saved.zip"

    made = houses.network("backup", str(file), url=source, folder=tmp_path)
    restored = houses.network("restore", str(file), url=target, folder=tmp_path / "elsewhere")

    assert made.returncode == 0, made.stderr
    assert restored.returncode == 0, restored.stderr
    assert "letters were on their way" in restored.stdout
    assert await seals(target) == before
    assert but_heartbeat(await seals(source)) == but_heartbeat(before)
    assert file.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []
    async with snapshot(source) as end:
        assert await end.ask("SELECT name FROM heartbeat") == [(BACKUP,)]


@pytest.mark.postgres
async def test_a_backup_goes_back_into_either_kind_of_database(source, empty_postgres, target, tmp_path):
    before = await seals(source)
    await saving.backup(source, tmp_path / "one.zip", quiet)

    await saving.restore(tmp_path / "one.zip", empty_postgres, quiet)
    assert await seals(empty_postgres) == before
    manifest = await saving.backup(empty_postgres, tmp_path / "two.zip", quiet)
    await saving.restore(tmp_path / "two.zip", target, quiet)

    assert manifest.engine == "postgresql"
    assert await seals(target) == before


async def test_only_an_empty_database_is_restored_into(source, house, tmp_path):
    await saving.backup(source, tmp_path / "saved.zip", quiet)
    before = await seals(source)

    with pytest.raises(Refused, match="is not empty"):
        await saving.restore(tmp_path / "saved.zip", source, quiet)
    assert await seals(source) == before


async def test_an_interrupted_restore_goes_on_where_it_stopped(source, target, tmp_path):
    before = await seals(source)
    await saving.backup(source, tmp_path / "saved.zip", quiet)
    with pytest.raises(StoppedError):
        await saving.restore(tmp_path / "saved.zip", target, interrupted_at("consent"))

    await saving.restore(tmp_path / "saved.zip", target, quiet)

    assert await seals(target) == before


async def test_a_damaged_backup_is_refused_in_a_sentence(source, target, tmp_path):
    file = tmp_path / "saved.zip"
    await saving.backup(source, file, quiet)
    whole = file.read_bytes()
    for damaged in (whole[: len(whole) // 2], b"", whole[:5000] + b"x" * 100 + whole[5100:]):
        file.write_bytes(damaged)
        with pytest.raises(Refused, match=r"not a whole backup|damaged"):
            await saving.restore(file, target, quiet)
    with pytest.raises(Refused, match="There is no"):
        await saving.restore(tmp_path / "nothing.zip", target, quiet)
    assert not path_of(target).exists()


async def test_a_backup_of_a_newer_version_is_refused(source, target, tmp_path):
    with closing(sqlite3.connect(path_of(source))) as db, db:
        db.execute("INSERT INTO migration (name, app_name) VALUES ('2099-01-01T00:00:00:000000', 'network')")
    await saving.backup(source, tmp_path / "saved.zip", quiet)

    with pytest.raises(Refused, match="newer version"):
        await saving.restore(tmp_path / "saved.zip", target, quiet)


async def test_nothing_is_written_over(source, tmp_path):
    (tmp_path / "saved.zip").write_text("mine")

    with pytest.raises(Refused, match="is there already"):
        await saving.backup(source, tmp_path / "saved.zip", quiet)
    assert (tmp_path / "saved.zip").read_text() == "mine"


def test_seven_days_and_four_weeks_are_kept(tmp_path):
    """A hundred nights, and each morning what is too much goes."""
    kept: set[str] = {"notes.txt", "verbund.zip"}
    for number in range(100):
        kept.add(f"verbund-{date(2027, 1, 1) + timedelta(days=number)}-0330.zip")
        kept -= {file.name for file in nightly.superfluous(tmp_path / name for name in kept)}

    last = date(2027, 1, 1) + timedelta(days=99)  # a Saturday
    assert kept == {"notes.txt", "verbund.zip"} | {
        f"verbund-{last - timedelta(days=days)}-0330.zip" for days in (*range(7), 7, 13, 20, 27)
    }


async def test_the_job_of_the_night_saves_once_it_is_committed_and_puts_the_oldest_away(source, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    for number in range(1, 10):
        (folder / f"verbund-2020-01-0{number}-0330.zip").touch()
    script = (
        "import asyncio\n"
        "from network import jobs\n"
        "from network.database import pool\n"
        "from network.upkeep import nightly\n"
        "from network.worker import WORK\n"
        "async def night():\n"
        "    async with pool():\n"
        "        await jobs.enqueue('backup.nightly')\n"
        "        await jobs.run_due(WORK)\n"
        "        await asyncio.gather(*nightly._running)\n"
        "asyncio.run(night())\n"
    )

    done = houses.python("-c", script, url=source, folder=tmp_path, BACKUP_DIR=str(folder))

    assert done.returncode == 0, done.stdout + done.stderr
    names = sorted(path.name for path in folder.iterdir())
    assert (len(names), names[0]) == (8, "verbund-2020-01-03-0330.zip")
    async with snapshot(source) as end:
        assert {BACKUP, BACKUP_BEGUN} == {name for (name,) in await end.ask("SELECT name FROM heartbeat")}


async def test_a_worker_that_is_told_to_stop_in_the_midst_of_a_backup_leaves_it_to_another(tmp_path):
    old = tmp_path / ".backup-of-last-night"
    old.mkdir()
    os.utime(old, (0, 0))
    with surroundings(backup_dir=tmp_path):
        making = asyncio.create_task(nightly.make())
        while not (drafts := [path for path in tmp_path.glob(".backup-*") if path != old]):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        making.cancel()
        await asyncio.wait([making])

    assert (making.cancelled(), old.exists(), len(drafts)) == (True, False, 1)
    assert await Job.count().where((Job.kind == "backup.nightly") & (Job.state == JobState.READY)) == 1
    assert list(tmp_path.glob("*.zip")) == []


async def test_today_says_when_the_last_backup_is_too_old_or_came_to_nothing():
    assert await nightly.trouble() == ""

    await jobs.beat(BACKUP_BEGUN)
    assert await nightly.trouble() == ""
    with clock.set_to(clock.ahead(hours=2)):
        assert await nightly.trouble() == "Die letzte nächtliche Sicherung ist misslungen"
    await jobs.beat(BACKUP)
    assert await nightly.trouble() == ""
    with clock.set_to(clock.ahead(days=3, hours=1)):
        assert await nightly.trouble() == "Die letzte Sicherung ist 3 Tage alt"


async def test_today_says_when_there_has_never_been_one(association):
    assert await nightly.trouble() == ""
    with clock.set_to(clock.ahead(days=2, hours=1)):
        assert await nightly.trouble() == "Es gibt noch keine Sicherung"


async def test_the_administration_reads_it_and_the_office_does_not(client, association, monkeypatch, tmp_path):
    saving_there = replace(settings(), backup_dir=tmp_path)
    monkeypatch.setattr(nightly, "settings", lambda: saving_there)
    await Heartbeat(name=BACKUP, at=clock.ago(days=5, hours=1)).save()
    await pia(client)
    page = BeautifulSoup((await client.get("/office")).text, "html.parser")
    await mira(client)
    office = await client.get("/office")

    [line] = [line for line in page.select(".due li") if "Sicherung" in line.text]
    assert line.strong.text == "Die letzte Sicherung ist 5 Tage alt"
    assert "„python -m network doctor“" in line.small.text
    assert line.select("a") == []
    assert "Sicherung" not in office.text


async def test_a_backup_is_no_sign_of_life_of_the_worker(client, association):
    await jobs.beat(BACKUP)

    answer = await client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["last_backup_seconds"] < 60
    assert await Heartbeat.count() == 1


@pytest.mark.timeout(300)
async def test_a_drill_saved_while_people_register_restored_elsewhere_it_is_one_consistent_moment(tmp_path, target):
    """Fifty registrations a second at a real server; the counters of the restored house are right."""
    await drill(house_with_seats(tmp_path), target, tmp_path, webs=1)


@pytest.mark.postgres
@pytest.mark.timeout(300)
async def test_the_same_drill_with_two_web_processes_on_postgresql(tmp_path, target, empty_postgres):
    await moving.move(house_with_seats(tmp_path), empty_postgres, quiet)
    await drill(empty_postgres, target, tmp_path, webs=2)


def house_with_seats(folder) -> str:
    """So many that some get one and some wait."""
    url = f"sqlite:{houses.build(folder, 2_000)}"
    with closing(sqlite3.connect(path_of(url))) as db, db:
        db.execute("UPDATE event SET seats = 150 WHERE slug = ?", [EVENT])
    return url
