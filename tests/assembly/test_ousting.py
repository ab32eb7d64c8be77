"""The members remove somebody from the board (§ 27 (2) BGB), and the board proves how many members there are (§ 72)."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from network import clock
from network.assembly import certificate, course, decision, meeting, ousting
from network.assembly.tables.meeting import ItemKind
from network.board import ledger, term
from network.board.seat import seats_on
from network.errors import Refused
from network.people import person
from network.people.tables import RoleKind
from network.register import subject
from network.resolutions.counts import Count
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.day import announced, under_way
from tests.assembly.make import DAY, at
from tests.assembly.test_day_views import here, words
from tests.browser import submit


@pytest.fixture
async def chaired(ten):
    """Somebody has held the chair for a year when the assembly begins."""
    async with under_way(ten, board_seats="chair=1 deputy=2", term_months=36) as row:
        [chair, *_others] = await seats_on(clock.today())
        henrike = await person.enter("Henrike Beispiel", "henrike.beispiel@example.org")
        await term.take_office(chair, henrike, accepted_on=date(2026, 6, 11))
        yield row


async def voted(row, counted: Count, kind: ItemKind = ItemKind.REMOVAL):
    item = await announced(row, kind, "Abberufung")
    put = await decision.put(row, item, title="Abberufung", wording="Der Vorsitz wird abberufen.", actor="")
    await decision.begin(row, put, actor="")
    await decision.count(row, put, counted, actor="")
    return await decision.fresh(put)


async def holders(day: date) -> list:
    return (await ledger.read()).board(day).holders


async def test_an_adopted_removal_ends_the_term_with_the_decision_and_the_register_is_to_be_told(chaired):
    vote = await voted(chaired, Count(9, 7))
    [chair] = await holders(DAY)

    await ousting.carry_out(chaired, vote, [chair.reference], actor="")

    assert await holders(DAY) == []
    assert [one.who for one in await ousting.removed_by(vote)] == ["Henrike Beispiel"]
    assert [one.who for one in (await subject.of_assembly(chaired)).went] == ["Henrike Beispiel"]


async def test_a_rejected_removal_and_another_decision_end_nothing(chaired):
    [chair] = await holders(DAY)
    for vote in (await voted(chaired, Count(8, 8)), await voted(chaired, Count(16, 0), ItemKind.RESOLUTION)):
        with pytest.raises(Refused, match="§ 27"):
            await ousting.carry_out(chaired, vote, [chair.reference], actor="")

    assert await holders(DAY) == [chair]


async def test_nobody_is_removed_twice_and_somebody_has_to_be_named(chaired):
    vote = await voted(chaired, Count(9, 7))
    [chair] = await holders(DAY)
    with pytest.raises(Refused):
        await ousting.carry_out(chaired, vote, [], actor="")
    await ousting.carry_out(chaired, vote, [chair.reference], actor="")

    with pytest.raises(Refused):
        await ousting.carry_out(chaired, vote, [chair.reference], actor="")


async def test_the_chair_of_the_meeting_ticks_whose_term_ends(chaired):
    vote = await voted(chaired, Count(9, 7))
    [chair] = await holders(DAY)
    page = f"{here(chaired)}/votes/{vote.reference}"
    async with browser() as one:
        await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
        before = words(await one.get(page))
        done = await submit(one, f"{page}/removed", terms=chair.reference)
        after = words(await one.get(page))

    assert "noch keine Amtszeit beendet" in before
    assert done.status_code == 303
    assert "Henrike Beispiel" in after


# --- the number of members -------------------------------------------------------------------------------------------


async def test_the_certificate_tells_the_number_of_members_of_its_day(chaired):
    found = await certificate.numbers_on(DAY)
    before = await certificate.numbers_on(date(1990, 1, 1))

    assert (found.members, found.too_few) == (10, False)
    assert found.words == "Am 11. Juni 2027 hatte der Verein 10 Mitglieder."
    assert before.too_few


async def test_of_a_day_ahead_nothing_is_certified(chaired):
    with pytest.raises(Refused):
        await certificate.numbers_on(date(2027, 6, 12))


async def test_the_certificate_is_a_tagged_pdf_for_office_and_board_alone(chaired, ten):
    pdf = PdfReader(io.BytesIO(await certificate.pdf(DAY)))
    here_ = "/office/assemblies/certificate"
    async with browser() as one:
        await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
        page = words(await one.get(f"{here_}?on=11.6.2027"))
        file = await one.get(f"{here_}/pdf?on=2027-06-11")
        ahead = await one.get(f"{here_}?on=12.6.2027")
        none = await one.get(f"{here_}/pdf?on=2027-06-12")
        await come_in(one, await somebody("Ada Fremd", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference))
        strange = await one.get(here_)

    text = " ".join("".join(one.extract_text() for one in pdf.pages).split())
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "§ 72 BGB" in text
    assert "hatte der Verein 10 Mitglieder" in text
    assert "10 Mitglieder" in page
    assert (file.content[:5], ahead.status_code, none.status_code, strange.status_code) == (b"%PDF-", 422, 404, 404)


async def test_a_closed_assembly_shows_its_removal_still(chaired):
    vote = await voted(chaired, Count(9, 7))
    with clock.set_to(at(15)):
        await course.close(chaired, actor="")
        [chair] = await holders(DAY)
        await ousting.carry_out(await meeting.by_reference(chaired.reference), vote, [chair.reference], actor="")

    assert len(await ousting.removed_by(vote)) == 1
