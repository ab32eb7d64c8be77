"""A rehearsal: the whole assembly played on a copy, and thrown away; nothing outside of the copy ever changes."""

import re
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from mailing.tables import Letter
from network import clock
from network.activity import Activity
from network.assembly import (
    acceptance,
    agenda,
    attendance,
    ballot,
    candidate,
    convocation,
    course,
    decision,
    election,
    handed,
    meeting,
    minutes,
    motion,
    paper,
    proxy,
    rehearsal,
)
from network.assembly.tables.convocation import Delegate
from network.assembly.tables.elections import Candidate
from network.assembly.tables.meeting import Assembly, ItemKind
from network.assembly.verdict import Counted
from network.board import seat
from network.errors import Refused
from network.files import keep
from network.people import person
from network.people.tables import RoleKind
from network.people.viewer import Viewer
from network.rowkeeping import all_tables
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.day import CONVENED
from tests.assembly.make import assembly, at, item
from tests.assembly.test_day_views import press
from tests.browser import submit

OFFICE = Viewer(1, "mira", roles=frozenset({(RoleKind.OFFICE, "")}))
ELSEWHERE = ("session", "submission", "limit", "activity")  # of whoever is at work, not of the association
PDF = b"%PDF-1.7 Entwurf"


@pytest.fixture
async def prepared(ten):
    """Convened in May, with a paper, a motion, an election for the board, a delegate and a proxy."""
    with clock.set_to(at(10, day=date(2027, 4, 5))):
        row = await assembly(mode="hybrid", election_officer="Gisbert Ohm")
        budget = await item(row)
        chair = await item(row, ItemKind.ELECTION, "Wahl des Vorstands")
        await paper.attach(row, budget, title="Entwurf", document=("entwurf.pdf", PDF), actor="")
    await Assembly.update({Assembly.convened_at: CONVENED}).where(Assembly.id == row.id)
    await agenda.AgendaItem.update({agenda.AgendaItem.announced_at: CONVENED}).where(
        agenda.AgendaItem.assembly == row.id
    )
    with clock.set_to(at(10, day=date(2027, 5, 20))):
        row = await meeting.by_reference(row.reference)
        await motion.hand_in(row, ten["M05"], kind=ItemKind.RESOLUTION, title="Neue Gruppe", wording="…", actor="")
        [place, *_others] = await seat.seats_on(date(2027, 6, 11))
        of = await election.plan(row, chair, title="Vorsitz", seats=[place], actor="")
        ada = await person.enter("Ada Beispiel", "ada.beispiel@example.org")
        stands = await candidate.propose(row, of, name=ada.name, person=ada, actor="")
        await candidate.consent(row, of, stands, how="written", actor="")
        await Delegate(
            reference="delegate", assembly=row.id, organisation=ten["M01"].id, name="Ida Rot", named_at=clock.now()
        ).save()
        await proxy.give(row, ten["M10"], ten["M07"], form="written", given_on=date(2027, 5, 19), actor="",
                         document=await keep("vollmacht.pdf", "application/pdf", PDF))  # fmt: skip
        yield row


async def everything() -> dict[str, list[dict]]:
    """All rows of the house, but for what whoever is at work leaves behind; an assembly's own counter aside."""
    kept = {}
    for name, table in all_tables().items():
        if name not in ELSEWHERE:
            rows = await table.select().order_by(table._meta.primary_key)
            kept[name] = [{key: value for key, value in row.items() if key != "turns"} for row in rows]
    return kept


async def played(row: Assembly, ten) -> None:
    """From the first member at the door to signed minutes."""
    for number in ("M01", "M02", "M03", "M05", "M07", "M08", "M09"):
        await attendance.come(row, ten[number], name=number, actor="")
    await course.open_(row, chair="Cara Vorn", minute_taker="Uwe Schrift", actor="")
    budget, chair = [one for one in await agenda.items_of(row) if one.announced_at][:2]
    await course.call(row, budget, actor="")
    vote = await decision.put(row, budget, title="Haushalt", wording="Der Haushalt …", way="open", actor="")
    standing = await decision.begin(row, vote, actor="")
    await decision.cast(row, vote, ten["M01"], "yes", actor="")
    counted = await decision.cast_so_far(vote)
    await decision.count(row, vote, counted, actor="")
    await course.call(row, chair, actor="")
    [of] = await election.elections_of(row)
    one = await ballot.begin(row, of, "yes_no", await candidate.standing_for(of), actor="")
    await ballot.count(row, one, Counted(yes=standing.castable), actor="")
    [answer] = await acceptance.acceptances_of(of)
    await acceptance.accept(row, of, answer.candidate, actor="")
    await election.close(row, of, actor="")
    await course.guest_came(row, name="Ein Gast", capacity="", actor="")
    await course.remark(row, "Pause", actor="")
    for waiting in await motion.motions_of(row):
        await motion.accept(row, waiting, actor="")
    await course.close(row, actor="")
    protocol = await minutes.draft(row, actor="")
    for signer in await minutes.signatures_of(protocol):
        await minutes.sign(row, protocol, signer.capacity, clock.today(), actor="")


async def test_a_rehearsal_played_through_and_thrown_away_leaves_everything_as_it_was(prepared, ten):
    before = await everything()
    deeds = await Activity.count()

    copy = await rehearsal.begin(prepared, actor="mira")
    await played(await meeting.by_reference(copy.reference), ten)
    during = await everything()
    await rehearsal.throw_away(await meeting.by_reference(copy.reference), actor="mira")

    assert await everything() == before
    for name, rows in during.items():
        inside = all_tables()[name].__module__.startswith("network.assembly.") or name == "file"
        assert [row for row in rows if row in before[name]] == before[name]
        assert inside or rows == before[name], name
    told = (await Activity.objects().order_by(Activity.id))[deeds:]
    assert [(one.verb, one.thing) for one in told] == [
        ("rehearsal begun", f"assembly:{prepared.reference}"),
        ("rehearsal thrown away", f"assembly:{prepared.reference}"),
    ]


async def test_the_copy_has_all_that_was_prepared_and_the_same_votes(prepared, ten):
    copy = await rehearsal.begin(prepared, actor="")

    for read in (agenda.items_of, motion.motions_of, election.elections_of, proxy.proxies_of):
        real, own = await read(prepared), await read(copy)
        assert len(real) == len(own) > 0
        assert not {one.reference for one in real} & {one.reference for one in own}
    [of] = await election.elections_of(copy)
    assert [one.name for one in await candidate.standing_for(of)] == ["Ada Beispiel"]
    assert [held.title for papers in (await paper.papers_of(copy)).values() for held in papers] == ["Entwurf"]
    assert await attendance.entitled(copy) == await attendance.entitled(prepared)
    assert (await Delegate.objects().get(Delegate.assembly == copy.id)).name == "Ida Rot"


async def test_begun_anew_the_old_one_is_gone_and_there_is_never_a_second(prepared, ten):
    first = await rehearsal.begin(prepared, actor="")
    await attendance.come(first, ten["M01"], name="Ida", actor="")

    second = await rehearsal.begin(prepared, actor="")

    assert [one.id for one in await Assembly.objects().where(Assembly.rehearsal_of == prepared.id)] == [second.id]
    assert await attendance.spells_of(second) == []


async def test_a_crash_while_throwing_away_leaves_the_whole_copy_and_the_next_try_takes_all(prepared, monkeypatch):
    before = await everything()
    copy = await rehearsal.begin(prepared, actor="")

    def crash(*_args, **_kwargs):
        raise RuntimeError("the power fails")

    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(rehearsal, "record", crash)
        await rehearsal.throw_away(copy, actor="")
    assert await Assembly.exists().where(Assembly.id == copy.id)
    assert len(await agenda.items_of(copy)) == len(await agenda.items_of(prepared))
    await rehearsal.throw_away(copy, actor="")
    await rehearsal.throw_away(copy, actor="")

    assert await everything() == before


async def test_when_the_real_assembly_is_opened_its_rehearsal_goes(prepared):
    await rehearsal.begin(prepared, actor="")

    with clock.set_to(at(10)):
        await course.open_(prepared, chair="Cara Vorn", minute_taker="", actor="")

    assert await Assembly.count() == 1


async def test_a_planned_assembly_is_convened_in_its_rehearsal_without_a_letter(ten, in_april):
    row = await assembly()
    await item(row)
    copy = await rehearsal.begin(row, actor="")

    await convocation.convene(copy, actor="")

    assert await Letter.count() == 0
    assert meeting.state_of(await meeting.by_reference(copy.reference)) == meeting.State.CONVENED
    assert meeting.state_of(await meeting.by_reference(row.reference)) == meeting.State.PLANNED


async def test_it_is_rehearsed_before_it_takes_place_and_no_copy_of_a_copy(prepared):
    copy = await rehearsal.begin(prepared, actor="")
    with pytest.raises(Refused):
        await rehearsal.begin(copy, actor="")
    with pytest.raises(Refused):
        await rehearsal.throw_away(prepared, actor="")
    await Assembly.update({Assembly.opened_at: clock.now()}).where(Assembly.id == prepared.id)

    with pytest.raises(Refused) as no:
        await rehearsal.begin(prepared, actor="")

    assert no.value.words == "Geprobt wird, bevor die Versammlung stattfindet."


async def test_each_page_of_it_says_what_it_is_and_the_real_ones_do_not(prepared, ten):
    async with browser() as one:
        await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
        real = f"/office/assemblies/{prepared.reference}"
        begun = await press(one, f"{real}/rehearsal", "/rehearsal")
        there = begun.headers["location"]
        pages = ["", "/agenda", "/day", "/screen", "/elections", "/motions", "/voting-list", "/dispatches",
                 f"/day/members/{ten['M01'].reference}", f"/day/members/{ten['M01'].reference}/vote"]  # fmt: skip

        for page in pages:
            answer = await one.get(f"{there}{page}")
            seen = BeautifulSoup(answer.text, "html.parser")
            assert answer.status_code == 200, page
            assert "Nichts davon zählt" in seen.select_one(".standing").get_text(), page
            assert seen.title.get_text().startswith("Probe: "), page
            english = BeautifulSoup((await one.get(f"/en{there}{page}")).text, "html.parser").get_text()
            assert "Rehearsal: Mitgliederversammlung 2027" in english, page
            assert "Probe:" not in english, page
        for page in pages[:-1]:
            assert ".standing" not in (await one.get(f"{real}{page}")).text
            assert "Nichts davon zählt" not in (await one.get(f"{real}{page}")).text
        assert (await one.get(f"{real}{pages[-1]}")).status_code == 404
        thrown = await press(one, f"{there}/rehearsal", "/rehearsal/end")
        assert thrown.headers["location"] == real
        assert (await one.get(there)).status_code == 404


async def test_whoever_plays_it_votes_in_the_place_of_a_member(prepared, ten):
    copy = await rehearsal.begin(prepared, actor="")
    for number in ("M01", "M02"):
        await attendance.come(copy, ten[number], name=number, actor="")
    await course.open_(copy, chair="Cara Vorn", minute_taker="", actor="")
    budget = (await agenda.items_of(copy))[0]
    vote = await decision.put(copy, budget, title="Haushalt", wording="…", way="open", actor="")
    await decision.begin(copy, vote, actor="")
    async with browser() as one:
        await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
        day = f"/office/assemblies/{copy.reference}/day"
        place = f"{day}/members/{ten['M01'].reference}/vote"
        assert place in (await one.get(day)).text

        cast = await press(one, place, "/vote", vote=vote.reference, choice="yes")

    assert cast.status_code == 303
    assert (await decision.cast_so_far(vote)).yes == (await attendance.entitled(copy))[ten["M01"].id]


async def test_in_a_rehearsal_the_register_is_told_of_nothing_and_the_page_says_so(prepared, ten):
    copy = await rehearsal.begin(prepared, actor="")
    await played(copy, ten)
    async with browser() as one:
        await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
        page = await one.get(f"/office/assemblies/{copy.reference}/register")
        form = await one.get(f"/office/assemblies/{copy.reference}/register/text")

    assert "In der Probe wird nichts angemeldet" in page.text
    assert "register/text" not in page.text
    assert "weder Vorstand noch Satzung" not in page.text
    assert form.status_code == 303


async def test_the_copy_of_a_convened_assembly_claims_neither_unreached_members_nor_letters(prepared):
    copy = await rehearsal.begin(prepared, actor="")
    here = f"/office/assemblies/{copy.reference}"
    async with browser() as one:
        await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
        pages = [(await one.get(f"{here}{page}")).text for page in ("", "/dispatches", "/move", "/cancellation")]
        sheet = await one.get(f"{here}/dispatches/pdf")
        called_off = await submit(one, f"{here}/cancellation", because="Niemand kann kommen.")
        after = (await one.get(here)).text
    titles = [BeautifulSoup(page, "html.parser").title.get_text() for page in pages]

    for claimed in ("nicht erreicht", "Erreicht", "Einladen", "erfahren davon", "noch nicht eingeladen"):
        assert [page for page in pages if claimed in page] == [], claimed
    assert [page.count("Probe: Niemand wird angeschrieben.") for page in pages] == [0, 0, 1, 1]
    assert [title.count("Probe:") for title in titles] == [1] * 4
    assert "%3A" not in sheet.headers["content-disposition"]
    assert called_off.status_code == 303
    assert "Probe: Niemand wird angeschrieben." in after
    assert "wird geschrieben" not in after


async def test_members_today_and_search_know_nothing_of_it(prepared, ten):
    copy = await rehearsal.begin(prepared, actor="")
    due = [one.url for one in await handed.due(OFFICE, clock.today())]
    found = [one.url for one in await handed.found(OFFICE, "mitgliederversammlung")]
    async with browser() as one:
        await come_in(one, await somebody("Ida Rot", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference))
        mine = f"/mine/{ten['M01'].reference}/assemblies"
        listed = await one.get(mine)
        pages = [await one.get(f"{mine}/{copy.reference}{page}") for page in ("", "/vote", "/motion", "/delegate")]

    assert not [url for url in (*due, *found) if copy.reference in url]
    assert copy.reference not in listed.text
    assert [one.status_code for one in pages] == [404] * 4


async def test_candidates_of_a_rehearsal_are_no_people_of_the_house(prepared):
    copy = await rehearsal.begin(prepared, actor="")
    [of] = await election.elections_of(copy)
    people = await person.Person.count()
    async with browser() as one:
        await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
        page = f"/office/assemblies/{copy.reference}/elections/{of.reference}"
        await press(one, page, "/candidates", name="Nora Neu", email="nora.neu@example.org", agreed="y")

    assert {one.name for one in await Candidate.objects().where(Candidate.election == of.id)} == {
        "Ada Beispiel", "Nora Neu",
    }  # fmt: skip
    assert await person.Person.count() == people + 1  # Mira


def test_deeds_of_assemblies_are_recorded_in_one_way_alone():
    """So that a rehearsal leaves no trace, whoever adds a deed."""
    here = Path(rehearsal.__file__).parent
    others = {
        str(path.relative_to(here)) for path in here.rglob("*.py")
        if re.search(r"^from network\.activity import .*\brecord\b", text := path.read_text(encoding="utf-8"), re.MULTILINE)
        and re.search(r"^from network\.assembly\.meeting import .*\bthing\b", text, re.MULTILINE)
    }  # fmt: skip

    assert others == {"rehearsal.py"}
