"""Evidence of a legal basis: how long it holds, what renews it, who sees the paper."""

from datetime import date, timedelta

import pytest

from network import clock
from network.catalogue import beginnings
from network.catalogue.tables import Entry
from network.errors import Refused
from network.files import File
from network.members import evidence, expiring, handed, membership, organisation, provider, site
from network.members.evidence import months_after
from network.members.tables import Evidence
from network.people.tables import RoleKind
from network.people.viewer import Viewer
from tests.members.make import a_site, member

PDF = b"%PDF-1.7 ..."
TODAY = date(2027, 9, 5)
OFFICE = Viewer(person_id=1, reference="mira", roles=frozenset({(RoleKind.OFFICE.value, "")}))


@pytest.fixture(autouse=True)
async def catalogue(at_sunday) -> None:
    await beginnings.lay_out()


async def basis(code: str = "sgb9-51") -> Entry:
    return await Entry.objects().get(Entry.code == code)


async def warned() -> list[tuple[str, str]]:
    found, _count = await expiring.listed(TODAY, size=99)
    return [(row.name, one.state) for one, row in found]


@pytest.mark.parametrize(
    ("until", "state"),
    [
        (date(2028, 3, 6), "valid"),
        (date(2028, 3, 5), "soon"),
        (date(2027, 12, 6), "soon"),
        (date(2027, 12, 5), "urgent"),
        (date(2027, 9, 5), "urgent"),  # the last day is a day
        (date(2027, 9, 4), "expired"),
        (None, "valid"),
    ],
)
async def test_it_warns_six_months_ahead_three_months_ahead_and_afterwards(until, state):
    row = await member("Haus e. V.")
    await evidence.enter(row, await basis(), valid_until=until)

    [shown] = await evidence.of(row, TODAY)

    assert shown.state == state
    assert bool(await warned()) == (state in ("soon", "urgent", "expired"))


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 9, 30), 3, date(2027, 12, 30)),
        (date(2027, 12, 31), 3, date(2028, 3, 31)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last_of_the_month(day, months, after):
    assert months_after(day, months) == after


async def test_later_evidence_for_the_same_place_silences_the_warning():
    row = await member("Haus e. V.")
    here, there = await a_site(row, "Bonn", "53111"), await a_site(row, "Kiel", "24103")
    for place in (here, there):
        await evidence.enter(row, await basis(), site=place, valid_until=date(2027, 10, 1))

    await evidence.enter(row, await basis(), site=here, valid_from=date(2027, 10, 2), valid_until=date(2032, 1, 1))

    found = {(one.place, one.state) for one in await evidence.of(row, TODAY)}
    assert found == {("Bonn", "renewed"), ("Bonn", "later"), ("Kiel", "urgent")}
    assert await warned() == [("Haus e. V.", "urgent")]


async def test_evidence_of_the_whole_organisation_renews_that_of_a_site():
    row = await member("Haus e. V.")
    await evidence.enter(row, await basis(), site=await a_site(row, "Bonn", "53111"), valid_until=date(2027, 8, 1))

    await evidence.enter(row, await basis(), valid_until=None)

    assert await warned() == []


async def test_an_old_law_shows_what_applies_today_and_is_renewed_by_its_successor():
    row = await member("Haus e. V.")
    await evidence.enter(row, await basis("sgb12-56-old"), valid_until=date(2017, 12, 31))
    [old] = await evidence.of(row, TODAY)
    assert (old.basis.code, old.now.code, old.state) == ("sgb12-56-old", "sgb9-60", "expired")
    assert (await evidence.of(row, date(2015, 1, 1)))[0].now.code == "sgb12-56-old"

    await evidence.enter(row, await basis("sgb9-51"), valid_until=None)
    assert await warned() == [("Haus e. V.", "expired")]  # another basis renews nothing
    await evidence.enter(row, await basis("sgb9-60"), valid_until=None)

    assert await warned() == []


@pytest.mark.parametrize(
    ("code", "days", "field"),
    [
        ("sgb9-35-old", {"valid_from": date(2027, 1, 1)}, "valid_from"),
        ("sgb9-51", {"valid_from": date(2010, 1, 1), "valid_until": date(2017, 12, 31)}, "valid_until"),
    ],
)
async def test_evidence_for_days_on_which_its_law_does_not_apply_is_refused_with_its_day(code, days, field):
    row = await member("Haus e. V.")
    entered = await evidence.enter(row, await basis())

    with pytest.raises(Refused) as new:
        await evidence.enter(row, await basis(code), **days)
    with pytest.raises(Refused) as changed:
        await evidence.change(entered, row, await basis(code), **days)

    assert (new.value.field, changed.value.field, await Evidence.count()) == (field, field, 1)
    assert ("31. Dezember 2017" if code == "sgb9-35-old" else "1. Januar 2018") in new.value.words


async def test_evidence_on_an_old_law_from_its_days_is_kept():
    row = await member("Haus e. V.")
    await evidence.enter(row, await basis("sgb9-35-old"), valid_from=date(2017, 12, 31), valid_until=date(2020, 1, 1))

    assert [one.basis.code for one in await evidence.of(row, TODAY)] == ["sgb9-35-old"]


async def test_evidence_on_an_old_law_warns_until_there_is_some_on_its_successor():
    row = await member("Haus e. V.")
    here, there = await a_site(row, "Bonn", "53111"), await a_site(row, "Kiel", "24103")
    for place in (here, there):
        await evidence.enter(row, await basis("sgb12-56-old"), site=place, valid_until=date(2099, 1, 1))
    assert await warned() == [("Haus e. V.", "outdated")] * 2
    assert {one.state for one in await evidence.of(row, date(2017, 12, 31))} == {"valid"}  # the law's last day
    assert {one.state for one in await evidence.of(row, date(2018, 1, 1))} == {"outdated"}

    await evidence.enter(row, await basis("sgb9-51"), site=here, valid_until=None)
    assert await warned() == [("Haus e. V.", "outdated")] * 2  # another law renews nothing
    await evidence.enter(
        row, await basis("sgb9-60"), site=here, valid_from=date(2027, 1, 1), valid_until=date(2028, 9, 1)
    )
    assert await warned() == [
        ("Haus e. V.", "outdated")
    ]  # Kiel, though the new paper ends before the old one says it does
    await evidence.enter(row, await basis("sgb9-60"), valid_until=None)

    assert await warned() == []


async def test_evidence_that_has_no_end_is_not_renewed_by_another_on_the_same_law():
    row = await member("Haus e. V.")
    for _number in range(2):
        await evidence.enter(row, await basis("sgb9-51"), valid_until=None)

    assert [one.state for one in await evidence.of(row, TODAY)] == ["valid", "valid"]


async def test_nobody_is_warned_of_former_members_guests_and_closed_sites():
    gone, guest = await member("Fort e. V."), await organisation.enter("Gast gGmbH")
    closing = await member("Haus e. V.")
    closed = await a_site(closing, "Bonn", "53111")
    await membership.resign(gone, until=TODAY - timedelta(days=1))
    await site.close(closed, closing, on=TODAY - timedelta(days=1))
    for row, place in ((gone, None), (guest, None), (closing, closed)):
        await evidence.enter(row, await basis(), site=place, valid_until=TODAY)

    assert await warned() == []

    await provider.enter(guest, "operating", since=date(2020, 1, 1))
    await provider.change(guest, listed_on=TODAY)
    assert await warned() == [("Gast gGmbH", "urgent")]


async def test_today_tells_with_one_button_that_leads_to_the_renewal():
    row = await member("Haus e. V.")
    entered = await evidence.enter(row, await basis(), valid_until=date(2027, 9, 1))

    [due] = await handed.due(OFFICE, TODAY)

    assert (due.kind, due.day) == ("bad", date(2027, 9, 1))
    assert due.action_url == f"/office/members/{row.reference}/evidence/new?renews={entered.reference}"


@pytest.mark.parametrize(
    ("name", "content", "kept", "kind"),
    [
        ("bescheid.pdf", PDF, "bescheid.pdf", "application/pdf"),
        ("scan.exe", b"\xff\xd8\xff\xe0...", "scan.jpg", "image/jpeg"),
        ("../../böse.pdf", b"\x89PNG\r\n\x1a\n...", ".. .. böse.png", "image/png"),
        ("ohne", PDF, "ohne.pdf", "application/pdf"),
    ],
)
async def test_a_paper_is_what_it_holds_whatever_it_is_called(name, content, kept, kind):
    row = await member("Haus e. V.")

    entered = await evidence.enter(row, await basis(), document=(name, content))

    paper = await evidence.paper_of(entered)
    assert (paper.name, paper.media_type) == (kept, kind)


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"<html>", b" %PDF-", b"PK\x03\x04"])
async def test_what_is_no_paper_is_refused_and_nothing_is_stored(content):
    row = await member("Haus e. V.")

    with pytest.raises(Refused) as no:
        await evidence.enter(row, await basis(), document=("bescheid.pdf", content))

    assert (no.value.field, await Evidence.count(), await File.count()) == ("document", 0, 0)


async def test_another_paper_takes_the_place_of_the_one_before_and_goes_with_the_entry():
    row = await member("Haus e. V.")
    entered = await evidence.enter(row, await basis(), document=("alt.pdf", PDF))

    await evidence.change(entered, row, await basis(), document=("neu.pdf", PDF + b"2"), issuer="DRV Demo")
    [paper] = await File.objects()
    assert paper.name == "neu.pdf"
    await evidence.change(entered, row, await basis(), issuer="DRV Demo 2")
    assert await File.count() == 1
    await evidence.remove(entered, row)

    assert (await Evidence.count(), await File.count()) == (0, 0)


async def test_an_end_before_the_beginning_is_refused():
    row = await member("Haus e. V.")

    with pytest.raises(Refused) as no:
        await evidence.enter(row, await basis(), valid_from=date(2027, 1, 2), valid_until=date(2027, 1, 1))

    assert no.value.field == "valid_until"
    assert clock.today() == TODAY
