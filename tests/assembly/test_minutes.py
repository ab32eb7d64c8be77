"""Minutes that write themselves from story 4's assembly, are edited, signed and kept."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from network import clock
from network.assembly import (
    acceptance,
    attendance,
    ballot,
    ban,
    candidate,
    course,
    decision,
    election,
    minutes,
    protocol,
)
from network.assembly.tables.meeting import Assembly, ItemKind
from network.assembly.verdict import Counted
from network.errors import Refused
from network.files import File
from network.people.tables import RoleKind
from network.resolutions.counts import Count
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.day import IN_THE_ROOM, announced, under_way
from tests.assembly.make import at
from tests.assembly.test_day_views import here, press, words


@pytest.fixture
async def over(ten):
    """Held: a vote, an election with a tie before it, somebody banned, somebody who left, a guest."""
    async with under_way(ten, run_off=True) as row:
        await course.guest_came(row, name="Jonas Hillebrecht", capacity="Geschäftsführung", actor="")
        budget, vote = await announced(row), await announced(row, ItemKind.ELECTION, "Wahl des Vorsitzes")
        await course.call(row, budget, actor="")
        await ban.impose(row, budget, ten["M01"], why="contract", actor="")
        put = await decision.put(row, budget, title="Haushalt", wording="Der Haushalt 2028 wird beschlossen.", actor="")
        await decision.begin(row, put, actor="")
        await decision.count(row, put, Count(9, 3, 1), actor="")
        await course.remark(row, "M05 bittet um Zahlen je Quartal.", actor="")
        await course.call(row, vote, actor="")
        of = await election.plan(row, vote, title="Vorsitz", actor="")
        for name in ("Ada Beispiel", "Ben Muster"):
            await candidate.consent(row, of, await candidate.propose(row, of, name=name, actor=""), how="present",
                                    actor="")  # fmt: skip
        a, b = await candidate.candidates_of(of)
        for yes, no in ((8, 8), (9, 7)):
            one = await ballot.begin(row, of, "one_vote" if yes == 8 else "run_off", [a, b], actor="")
            await ballot.count(row, one, Counted({a.reference: yes, b.reference: no}), actor="")
        with clock.set_to(at(14, 8)):
            await acceptance.accept(row, of, a, actor="")
        with clock.set_to(at(14, 20)):
            await attendance.go(row, ten["M04"], actor="", why="Leitung")
        with clock.set_to(at(15)):
            await course.close(row, actor="")
            yield row


async def test_the_draft_tells_attendance_quorum_counts_elections_and_times(over):
    text = (await minutes.draft(over, actor="")).text

    for told in (
        "16 von 18 Stimmen von 9 Mitgliedern",
        "ab 14:20 14 Stimmen",
        "Jonas Hillebrecht (Geschäftsführung)",
        "Neckarbogen Reha und Arbeit gGmbH stimmt hierüber nicht mit ab (§ 34 BGB)",
        "9 Ja, 3 Nein, 1 Enthaltung, 0 ungültig, 0 nicht abgegeben, von 16 vertretenen Stimmen",
        "> Der Haushalt 2028 wird beschlossen.",
        "(MV 2027-1)",
        "M05 bittet um Zahlen je Quartal.",
        "Ada Beispiel 8 Stimmen und Ben Muster 8 Stimmen",
        "Gewählt: Ada Beispiel.",
        "11.06.2027, 14:08",
        "um 15:00 geschlossen",
    ):
        assert told in text, told + "\n\n" + text


async def test_an_election_by_yes_and_no_is_told_with_all_its_numbers_and_one_that_was_not_held_as_such(ten):
    async with under_way(ten) as row:
        vote = await announced(row, ItemKind.ELECTION, "Wahl der Stellvertretungen")
        await course.call(row, vote, actor="")
        first = await election.plan(row, vote, title="Erste Stellvertretung", actor="")
        await election.plan(row, vote, title="Zweite Stellvertretung", actor="")
        dora = await candidate.propose(row, first, name="Dora Test", actor="")
        await candidate.consent(row, first, dora, how="present", actor="")
        one = await ballot.begin(row, first, "yes_no", [dora], actor="")
        await ballot.count(row, one, Counted(yes=9, no=4, abstain=1, invalid=1, not_cast=1), actor="")
        with clock.set_to(at(15)):
            await course.close(row, actor="")
            text = (await minutes.draft(row, actor="")).text

    assert "Dora Test 9 Ja, 4 Nein, 1 Enthaltung, 1 ungültig, 1 nicht abgegeben, von 16 vertretenen Stimmen" in text
    assert "**Zweite Stellvertretung**\n\nDiese Wahl fand nicht statt." in text


async def test_the_minutes_name_whoever_was_banned_when_the_vote_was_opened(ten):
    async with under_way(ten) as row:
        of = await announced(row)
        await course.call(row, of, actor="")
        await ban.impose(row, of, ten["M07"], why="contract", actor="")
        put = await decision.put(row, of, title="Vertrag", wording="Der Vertrag wird geschlossen.", actor="")
        await decision.begin(row, put, actor="")
        await decision.count(row, put, Count(14, 0), actor="")
        await ban.lift(row, of, ten["M07"], actor="")
        await ban.impose(row, of, ten["M01"], why="contract", actor="")
        with clock.set_to(at(15)):
            await course.close(row, actor="")
            text = (await minutes.draft(row, actor="")).text

    told = [line for line in text.splitlines() if "§ 34 BGB" in line and "nicht mit ab" in line]
    first, given = ten["M07"].name, ten["M10"].name
    assert told == [
        f"{first} stimmt hierüber nicht mit ab (§ 34 BGB).",
        f"{given}, vertreten durch {first}, stimmt hierüber nicht mit ab (§ 34 BGB).",
    ]


async def test_the_minutes_tell_the_quorum_at_the_opening_not_at_the_end(ten):
    async with under_way(ten, quorum_members="1/2") as row:
        await Assembly.update({Assembly.opened_at: at(9)}).where(Assembly.id == row.id)
        with clock.set_to(at(15)):
            await course.close(row, actor="")
            text = (await minutes.draft(row, actor="")).text

    assert "waren 0 von 18 Stimmen von 0 Mitgliedern vertreten. Mitglieder: 0 von 10" in text
    assert "9 von 10 =" not in text


async def test_before_the_assembly_is_closed_nothing_is_drafted(ten):
    async with under_way(ten) as row:
        with pytest.raises(Refused):
            await minutes.draft(row, actor="")


async def test_what_somebody_signed_is_not_changed_but_followed_by_a_new_version(over):
    first = await minutes.draft(over, actor="")
    await minutes.edit(over, first, first.text + "\nErgänzt.", actor="")
    for capacity in ("chair", "minute_taker"):
        await minutes.sign(over, first, capacity, date(2027, 6, 11), actor="")

    with pytest.raises(Refused):
        await minutes.edit(over, first, "Anders.", actor="")
    second = await minutes.draft(over, actor="")

    kept = await minutes.fresh(first)
    assert (kept.signed_at is not None, second.version, kept.text.endswith("Ergänzt.")) == (True, 2, True)


async def test_signed_minutes_are_a_tagged_pdf_that_stays(over):
    first = await minutes.draft(over, actor="")
    for capacity in ("chair", "minute_taker"):
        await minutes.sign(over, first, capacity, date(2027, 6, 11), actor="")

    file = await File.objects().get(File.id == (await minutes.fresh(first)).document)

    pdf = PdfReader(io.BytesIO(file.content))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Haushalt 2028" in "".join(page.extract_text() for page in pdf.pages)


async def test_nobody_signs_tomorrow(over):
    first = await minutes.draft(over, actor="")

    with pytest.raises(Refused):
        await minutes.sign(over, first, "chair", date(2027, 6, 12), actor="")


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2027, 6, 10)])
async def test_nobody_signs_before_the_assembly(over, day):
    first = await minutes.draft(over, actor="")

    with pytest.raises(Refused) as no:
        await minutes.sign(over, first, "chair", day, actor="")

    assert (no.value.field, await minutes.signed_by(first)) == ("on", [])


async def test_the_office_drafts_edits_and_signs_on_the_page(over):
    page = f"{here(over)}/minutes"
    async with browser() as one:
        await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
        drafted = await press(one, page, "/drafts")
        edited = await press(one, f"{page}/edit", f"{page}/edit", text="## TOP 1\n\nKurz.")
        for capacity in ("chair", "minute_taker"):
            await press(one, page, f"/signatures/{capacity}", on="11.6.2027")
        told = words(await one.get(page))
        pdf = await one.get(f"{page}/1/pdf")

    assert (drafted.status_code, edited.status_code) == (303, 303)
    assert "unterschrieben" in told
    assert pdf.content.startswith(b"%PDF-")


async def test_strangers_and_representatives_see_no_minutes_here(over, ten):
    async with browser() as one:
        await come_in(one, await somebody("Ada Fremd", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference))

        assert (await one.get(f"{here(over)}/minutes")).status_code == 404


async def test_an_item_that_was_only_talked_about_does_not_stand_empty(ten):
    async with under_way(ten) as row:
        opening, report = (
            await announced(row, ItemKind.FORMAL, "Eröffnung"),
            await announced(row, ItemKind.REPORT, "Bericht"),
        )
        for one in (opening, report):
            await course.call(row, one, actor="")
        await announced(row, title="Haushalt")

        text = await protocol.drafted(row)

    assert [text.count(words) for words in ("Dieser Punkt wurde behandelt.",
                                            "Dieser Punkt wurde besprochen; beschlossen wurde nichts.")] == [1, 1]  # fmt: skip
    assert "## TOP 3: Haushalt\n\nDieser Punkt wurde nicht behandelt.\n" in text


async def test_who_came_before_the_first_item_was_called_is_told_together(ten):
    async with under_way(ten) as row:
        for number in (*IN_THE_ROOM, "M04"):
            await attendance.go(row, ten[number], actor="")
        for minute, number in enumerate(("M01", "M02", "M03"), 1):
            with clock.set_to(at(10, minute)):
                await attendance.come(row, ten[number], name=number, actor="")
        with clock.set_to(at(10, 30)):
            await course.call(row, await announced(row), actor="")
        with clock.set_to(at(11)):
            await attendance.come(row, ten["M05"], name="M05", actor="")
            text = await protocol.drafted(row)

    assert ": ab 10:03 8 Stimmen; ab 11:00 10 Stimmen." in text
