"""What assemblies keep of people: how long, what stays, and what one person is told and can have erased."""

from datetime import date, timedelta

import pytest

from network import clock
from network.assembly import (
    ballot,
    call,
    candidate,
    convocation,
    course,
    delegate,
    election,
    kept,
    kept_about,
    meeting,
    rehearsal,
)
from network.assembly.tables.convocation import Delegate, Dispatch
from network.assembly.tables.day import Presence
from network.assembly.tables.elections import Candidate
from network.assembly.tables.meeting import Assembly, ItemKind
from network.assembly.verdict import Counted
from network.files import File, keep
from network.people.viewer import Viewer
from network.web.handed import Subject
from tests.assembly.day import CONVENED
from tests.assembly.make import assembly, at, item

ADA, BEN, IDA = "ada@example.org", "ben@example.org", "ida@example.org"
VIEWER = Viewer(1, "mira")
DAY = date(2027, 6, 11)


@pytest.fixture
async def held(ten):
    """Two candidates, one of them elected; a delegate with a signed authorisation; ten invitations."""
    with clock.set_to(at(10, day=date(2027, 4, 5))):
        row = await assembly()
        under = await item(row, ItemKind.ELECTION, "Wahl")
        of = await election.plan(row, under, title="Kassenprüfung", officer="Gisbert Ohm", actor="")
        await call.open_(row, date(2027, 5, 14), actor="")
        of = await election.by_reference(row, of.reference)
        for name, email in (("Ada Beispiel", ADA), ("Ben Muster", BEN)):
            await call.propose(row, of, by=ten["M01"], name=name, email=email, actor="")
        [ada, _ben] = await candidate.candidates_of(of)
        await call.agree(row, of, ada, about="Ich prüfe gern.")
        await convocation.convene(row, actor="")
        await delegate.name(row, ten["M01"], who="Ida Rot", email=IDA, capacity="delegate", actor="",
                            document=await keep("auftrag.pdf", "application/pdf", b"%PDF-1"))  # fmt: skip
        row = await meeting.by_reference(row.reference)
    with clock.set_to(at(10)):
        await Presence(
            reference="came", assembly=row.id, organisation=ten["M01"].id, name="Ida Rot", came_at=clock.now()
        ).save()
        await course.open_(row, chair="Cara Vorn", minute_taker="Uwe Schrift", actor="")
        one = await ballot.begin(row, of, "yes_no", await candidate.standing_for(of), actor="")
        await ballot.count(row, one, Counted(yes=one.represented), actor="")
    return row, of


async def told(email: str, name: str = "") -> list[tuple[str, bool]]:
    """Which kinds are held about somebody, and whether they stay."""
    subject = Subject(name=name, emails=(email,))
    return [
        (one.kind.key.removeprefix("assembly."), bool(one.stays))
        for one in await kept_about.held_about(VIEWER, subject)
    ]


async def test_each_kind_goes_after_its_time_and_what_has_to_stay_stays(held):
    _row, of = held
    early, due = DAY - timedelta(days=1), DAY
    kinds = (kept.LETTERS, kept.AUTHORISATIONS, kept.CANDIDATES)
    before = [await one.forgetting.due(early) for one in kinds]
    ahead = [await one.forgetting.next_after(early) for one in kinds]
    files = await File.count()

    portions = [(await one.forgetting.forget(due)).number for one in kinds]

    assert (before, ahead) == ([0, 0, 0], [DAY] * 3)
    assert portions == [20, 1, 2]  # ten invitations, ten calls for candidates
    assert [await one.forgetting.due(due) for one in kinds] == [0, 0, 0]
    assert [await one.forgetting.next_after(due) for one in kinds] == [None] * 3
    [left] = await Candidate.objects().where(Candidate.election == of.id)
    assert (left.name, left.email, left.about) == ("Ada Beispiel", "", "")
    [speaks] = await Delegate.objects()
    assert (speaks.name, speaks.email, speaks.document) == ("Ida Rot", "", None)
    assert await File.count() == files - 1
    assert {(one.address, one.text) for one in await Dispatch.objects()} == {("", "")}
    assert await Dispatch.count().where(Dispatch.made_at != None) == 20


async def test_one_person_is_told_all_of_it_with_why_it_stays(held):
    assert await told(ADA, "Ada Beispiel") == [("candidates", True)]
    assert await told(BEN, "Ben Muster") == [("candidates", False)]
    assert await told(IDA, "Ida Rot") == [("authorisations", True), ("attendance", True)]
    assert await told("neckarbogen@example.org") == [("letters", True)] * 2
    assert await told("nobody@example.org", "Nobody") == []


async def test_who_never_agreed_is_erased_whole_and_who_stands_is_not(held):
    _row, of = held
    await kept_about.erase(Subject(emails=(BEN,)), "mira")
    await kept_about.erase(Subject(emails=(ADA,)), "mira")

    [ada] = await Candidate.objects().where(Candidate.election == of.id)

    assert (ada.name, ada.email) == ("Ada Beispiel", ADA)


async def test_once_the_assembly_is_over_lines_and_addresses_can_be_erased_and_names_of_history_stay(held):
    row, of = held
    await Assembly.update({Assembly.closed_at: at(16)}).where(Assembly.id == row.id)
    with clock.set_to(at(10, day=date(2027, 7, 1))):
        for email in (ADA, IDA):
            await kept_about.erase(Subject(emails=(email,)), "mira")

    [ada] = [one for one in await Candidate.objects().where(Candidate.election == of.id) if one.name == "Ada Beispiel"]
    [ida] = await Delegate.objects()
    assert (ada.email, ada.about) == ("", "")
    assert (ida.name, ida.email) == ("Ida Rot", "")


async def test_nothing_of_a_rehearsal_is_told(ten):
    with clock.set_to(at(10, day=date(2027, 4, 5))):
        row = await assembly()
        await item(row)
        await Assembly.update({Assembly.convened_at: CONVENED}).where(Assembly.id == row.id)
        copy = await rehearsal.begin(row, actor="")
        await delegate.name(copy, ten["M01"], who="Ida Rot", email=IDA, capacity="delegate", actor="")

        assert await told(IDA, "Ida Rot") == []


async def test_a_candidate_without_an_entry_is_found_by_words(held):
    found = await kept_about.known_as(["muster"])

    assert [(one.key, one.name, one.where) for one in found] == [
        (f"address:{BEN}", "Ben Muster", "Kandidatur: Kassenprüfung")
    ]
