"""A spreadsheet as an office keeps it, read in twice, changed, and taken back as a whole."""

import io
from datetime import timedelta

import pytest
from openpyxl import Workbook

from network import clock
from network.activity import Activity
from network.errors import Refused
from network.i18n import speaking
from network.members import directory, function, handed, importing, organisation, undoing
from network.members.importing import result
from network.members.tables import Import, ImportChange, Membership, Organisation, Site
from network.people import person
from network.people.viewer import VISITOR
from tests.browser import submit
from tests.members.make import german_rows, the_ten

DIRECTORY = (Organisation, Membership, Site)


@pytest.fixture(autouse=True)
def in_english():
    with speaking("en"):
        yield


def as_the_office_keeps_it(*, phone: str = "0621 100-") -> bytes:
    """A cover, the members, and their sites below each other under joined headings, each member named once."""
    book = Workbook()
    book.active.title = "Deckblatt"
    book.active.append(["Mitgliederverzeichnis 2027"])
    members = book.create_sheet("Mitglieder")
    members.append(["Mitglieder des Verbands"])
    members.merge_cells("A1:E1")
    members.append([])
    members.append(["Nr.", "Mitglied", "Sitz", "Mitglied seit", "Telefon"])
    sites = book.create_sheet("Standorte")
    sites.append(["Mitglied", None, "Standort"])
    sites.merge_cells("A1:B1")
    sites.merge_cells("C1:F1")
    sites.append(["Nr.", "Name", "Nr.", "PLZ", "Ort", "Land", "Plätze"])
    told: dict[str, int] = {}
    for number, name, town, joined, code, plz, place, land, *_coordinates, _opened, places in german_rows():
        if number not in told:
            told[number] = len(told)
            members.append([number, name, town, int(joined), f"{phone}{told[number]}"])
            sites.append([number, name, code, int(plz), place, land, int(places)])
        else:
            sites.append([None, None, code, int(plz), place, land, int(places)])
    sites.merge_cells("B3:B8")  # the six sites of the first member
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def the_directory() -> list[list[dict]]:
    return [await table.select().order_by(table.id) for table in DIRECTORY]


async def stored(content: bytes) -> Import:
    return await importing.store(await importing.read("Verzeichnis.xlsx", content))


async def test_the_offices_workbook_comes_in_twice_is_changed_and_taken_back(at_sunday):
    first = await stored(as_the_office_keeps_it())
    counts = await directory.counts()
    assert directory.in_words(counts) == "10 members, 23 sites, as of today"
    dresden = await Site.objects().get(Site.code == "S17")
    assert (dresden.postal_code, dresden.town, dresden.land, dresden.places) == ("01067", "Dresden", "SN", 36)

    before = await the_directory()
    second = await stored(as_the_office_keeps_it())
    assert (result(first), result(second)) == ("33 new, 0 changed, 0 unchanged.", "0 new, 0 changed, 33 unchanged.")
    assert await the_directory() == before

    load = await importing.read("Neu.xlsx", as_the_office_keeps_it(phone="0621 200-"))
    [change] = (await importing.check(load)).outcomes[0].member.changes
    assert (change.column, change.before, change.after) == ("phone", "0621 100-0", "0621 200-0")
    await importing.store(load)
    assert (await organisation.known("neckarbogen reha und arbeit")).phone == "0621 200-0"
    assert (await undoing.preview(load)).restored == {"organisation": 10}

    await undoing.undo(load)
    assert await the_directory() == before
    await undoing.undo(first)
    assert await the_directory() == [[], [], []]
    assert await ImportChange.count() == 0


async def test_every_kind_of_change_is_taken_back_row_by_row(at_sunday):
    await the_ten()
    before = await the_directory()

    load = await stored(as_the_office_keeps_it(phone="030 1-"))
    second = await stored(as_the_office_keeps_it(phone="030 2-"))
    assert await the_directory() != before
    await undoing.undo(second)
    await undoing.undo(load)

    assert await the_directory() == before
    verbs = [row["verb"] for row in await Activity.select(Activity.verb)]
    assert verbs.count("spreadsheet taken back") == 2


async def test_what_somebody_changed_since_stays_and_so_does_all_the_rest(at_sunday):
    load = await stored(as_the_office_keeps_it())
    row = await organisation.known("pleissetal bildung und reha")
    await organisation.change(row, email="neu@example.org")
    before = await the_directory()

    with pytest.raises(Refused, match="somebody has changed or used what the file brought of Pleißetal"):
        await undoing.undo(load)

    assert await the_directory() == before
    assert (await undoing.preview(load)).in_the_way == ["Pleißetal Bildung und Reha gGmbH"]


async def test_whoever_hangs_on_a_new_member_stands_in_the_way(at_sunday):
    load = await stored(as_the_office_keeps_it())
    row = await organisation.known("leineaue teilhabe")
    await function.appoint(row, await person.enter("Ella Brandt", "ella@example.org"), "director")

    with pytest.raises(Refused, match="Leineaue Teilhabe gGmbH"):
        await undoing.undo(load)

    assert (await directory.counts()).members == 10


async def test_a_later_file_has_to_be_taken_back_first(at_sunday):
    first = await stored(as_the_office_keeps_it())
    await stored(as_the_office_keeps_it(phone="030 1-"))

    with pytest.raises(Refused):
        await undoing.undo(first)


async def test_after_a_day_it_is_too_late_and_nothing_is_kept(at_sunday):
    load = await stored(as_the_office_keeps_it())
    with clock.set_to(at_sunday + timedelta(hours=23, minutes=59)):
        assert len(await undoing.running()) == 1
        await importing.forget_old()
        assert await ImportChange.count() == 43  # organisations, memberships, sites
    with clock.set_to(at_sunday + timedelta(hours=24)):
        with pytest.raises(Refused, match="cannot be taken back any more"):
            await undoing.undo(load)
        assert await undoing.running() == []
    with clock.set_to(at_sunday + timedelta(hours=24, seconds=1)):
        await importing.forget_old()

    assert await ImportChange.count() == 0


async def test_it_is_taken_back_once(at_sunday):
    load = await stored(as_the_office_keeps_it())
    await undoing.undo(load)

    with pytest.raises(Refused):
        await undoing.undo(load)


async def test_the_office_takes_a_file_back_from_today(desk):
    load = await stored(as_the_office_keeps_it())

    today = await desk.get("/office")
    assert "Die Datei Verzeichnis.xlsx ist im Verzeichnis" in today.text
    page = await desk.get(f"/office/members/import/{load.reference}/undo")
    assert "43 Einträge werden, wie sie waren" in page.text
    answer = await submit(desk, f"/office/members/import/{load.reference}/undo")

    assert answer.status_code == 303
    assert "Die Datei wurde zurückgenommen" in (await desk.get(answer.headers["location"])).text
    assert await Organisation.count() == 0
    assert "Verzeichnis.xlsx" not in (await desk.get("/office")).text


async def test_a_refusal_names_who_stands_in_the_way(desk):
    load = await stored(as_the_office_keeps_it())
    await organisation.change(await organisation.known("ruhrpunkt training"), town="Essen")

    page = await desk.get(f"/office/members/import/{load.reference}/undo")

    assert "Ruhrpunkt Training gGmbH" in page.text
    assert await handed.due(VISITOR, clock.today()) == []
