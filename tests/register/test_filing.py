"""What an assembly decided goes to the register; changed bylaws count from their registration (stories 4 and 5)."""

import io
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from network import clock
from network.assembly import (
    acceptance,
    ballot,
    candidate,
    course,
    decision,
    delivery,
    dispatch,
    election,
    meeting,
)
from network.assembly.recipients import recipients
from network.assembly.tables.meeting import ItemKind
from network.assembly.verdict import Counted
from network.association import bylaws, keeping
from network.board import ledger, term
from network.board.seat import seats_on
from network.errors import Refused
from network.files import keep_document
from network.people import person
from network.people.tables import RoleKind
from network.people.viewer import Viewer
from network.register import birth, checklist, draft, filing, handed, packet
from network.register.case import of_assembly as case_of
from network.register.case import state_of
from network.register.privacy import REGISTER
from network.register.tables import FilingStep, RegisterData
from network.resolutions.counts import Count
from network.resolutions.tables import Resolution
from tests.assembly.after import signed
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.day import announced, under_way
from tests.assembly.make import at
from tests.assembly.test_day_views import here, words
from tests.browser import submit

OFFICE = Viewer(1, "mira", roles=frozenset({(RoleKind.OFFICE, "")}))
PDF = b"%PDF-1.7 Satzung"
REGISTERED = date(2027, 8, 3)  # story 5


@asynccontextmanager
async def decided(ten, *, board: bool, bylaws_change: bool, in_office: str = "") -> AsyncIterator:
    """Story 4's chair is elected and accepts, story 5's motion is adopted by 12 to 4; closed at three o'clock."""
    seats = {"board_seats": "chair=1 deputy=2", "term_months": 36}
    async with under_way(ten, **seats) as row:
        if bylaws_change:
            change = await announced(row, ItemKind.BYLAWS, "§ 9 der Satzung")
            await course.call(row, change, actor="")
            put = await decision.put(row, change, title="§ 9 der Satzung", wording="§ 9 wird geändert.", actor="")
            await decision.begin(row, put, actor="")
            await decision.count(row, put, Count(12, 4), actor="")
        if in_office:  # until 31 August 2027
            [chair, *_others] = await seats_on(clock.today())
            await term.take_office(chair, await person.enter(in_office), accepted_on=date(2024, 8, 31))
        if board:
            await elect_chair(row)
        with clock.set_to(at(15)):
            await course.close(row, actor="")
        with clock.set_to(at(9, day=date(2027, 6, 18))):
            yield await meeting.by_reference(row.reference)


async def elect_chair(row) -> None:
    [chair, *_others] = await seats_on(clock.today())
    ada = await person.enter("Ada Beispiel", "ada.beispiel@example.org")
    item = await announced(row, ItemKind.ELECTION, "Wahl des Vorsitzes")
    await course.call(row, item, actor="")
    of = await election.plan(row, item, title="Vorsitz", seats=[chair], actor="")
    await candidate.consent(
        row, of, await candidate.propose(row, of, name=ada.name, person=ada, actor=""), how="present", actor=""
    )
    [a] = await candidate.candidates_of(of)
    one = await ballot.begin(row, of, "yes_no", [a], actor="")
    await ballot.count(row, one, Counted(yes=9, no=5, abstain=2), actor="")
    with clock.set_to(at(14, 8)):
        await acceptance.accept(row, of, a, actor="")


async def applied(row):
    """Begun, certified and filed."""
    text = await draft.drafted(await case_of(row))
    await filing.begin(await case_of(row), text=text, actor="")
    with clock.set_to(at(9, day=date(2027, 6, 30))):
        await filing.certify(await case_of(row), date(2027, 6, 28), notary="Notariat am Markt", actor="", document=None)
        await filing.file(await case_of(row), date(2027, 6, 29), actor="", document=None)


@pytest.fixture
async def row(ten):
    async with decided(ten, board=True, bylaws_change=True) as one:
        yield one


async def registered(row, on: date = REGISTERED) -> None:
    with clock.set_to(at(9, day=date(2027, 8, 5))):
        await filing.register(await case_of(row), on, entry="VR 12345, 7", actor="", document=None)


# --- the bylaws count from their registration ------------------------------------------------------------------------


async def test_changed_bylaws_count_from_the_day_of_their_registration_and_not_before(row):
    await bylaws.adopt("", adopted_on=date(2027, 6, 11), virtual_assembly="allowed", written_resolution="majority")
    await applied(row)

    before = [(await bylaws.bylaws_on(day)).written_resolution for day in (date(2027, 7, 20), date(2027, 9, 1))]
    await registered(row)
    after = [(await bylaws.bylaws_on(day)).written_resolution for day in (date(2027, 8, 2), REGISTERED)]

    assert (before, after) == (["all", "all"], ["all", "majority"])
    assert await bylaws.awaited() is None


async def test_the_resolution_book_tells_from_when_the_change_counts(row):
    await applied(row)
    [change] = (await case_of(row)).subject.bylaws
    before = await Resolution.objects().get(Resolution.reference == change.resolution)
    await registered(row)
    after = await Resolution.objects().get(Resolution.reference == change.resolution)

    assert (before.effective_on, after.effective_on) == (None, REGISTERED)


async def test_what_waits_can_be_put_right_and_given_up(association):
    with clock.set_to(at(9, day=date(2027, 6, 18))):
        await bylaws.adopt("", adopted_on=date(2027, 6, 11), motion_days=14)
        await bylaws.adopt("", adopted_on=date(2027, 6, 11), motion_days=21)
        waiting = await bylaws.awaited()
        await bylaws.give_up("")

        assert (waiting.motion_days, await bylaws.awaited(), await bylaws.register("", clock.today())) == (
            21, None, None,
        )  # fmt: skip


async def test_the_register_enters_nothing_before_it_was_adopted_or_tomorrow(association):
    with clock.set_to(at(9, day=date(2027, 6, 18))):
        await bylaws.adopt("", adopted_on=date(2027, 6, 11))
        for day in (date(2027, 6, 10), date(2027, 6, 19)):
            with pytest.raises(Refused):
                await bylaws.register("", day)
        with pytest.raises(Refused):
            await bylaws.adopt("", adopted_on=date(2027, 6, 19))


# --- the way to the register -----------------------------------------------------------------------------------------


async def test_the_elected_chair_is_in_office_from_the_acceptance_whatever_the_register_says(row):
    subject = (await case_of(row)).subject

    assert ([one.who for one in subject.came], subject.went, subject.kind) == (["Ada Beispiel"], [], "both")
    assert [one.who for one in (await ledger.read()).board(date(2027, 6, 11)).holders] == ["Ada Beispiel"]


async def test_the_steps_come_in_their_order_and_each_refusal_names_its_paragraph(row):
    await filing.begin(await case_of(row), text="…", actor="")
    with clock.set_to(at(9, day=date(2027, 6, 30))):
        with pytest.raises(Refused, match="§ 77 BGB"):
            await filing.file(await case_of(row), date(2027, 6, 30), actor="", document=None)
        with pytest.raises(Refused):
            await filing.register(await case_of(row), date(2027, 6, 30), entry="VR 1", actor="", document=None)
        with pytest.raises(Refused):
            await filing.certify(await case_of(row), date(2027, 7, 1), notary="N", actor="", document=None)
        with pytest.raises(Refused, match=r"11\. Juni 2027"):
            await filing.certify(await case_of(row), date(2027, 6, 10), notary="N", actor="", document=None)
        await filing.certify(await case_of(row), date(2027, 6, 30), notary="N", actor="", document=None)
        with pytest.raises(Refused, match="§ 77 BGB"):
            await filing.edit(await case_of(row), "Anders.", actor="")


async def test_a_query_of_the_court_is_answered_before_it_registers(row):
    await applied(row)
    with clock.set_to(at(9, day=date(2027, 7, 20))):
        await filing.query(await case_of(row), date(2027, 7, 5), words="Die Zahlen fehlen.", until=date(2027, 7, 30), actor="",
                           document=None)  # fmt: skip
        asked = (await case_of(row)).state
        due = [
            (line.day, line.kind) for line in await handed.due(OFFICE, date(2027, 7, 20)) if "register" in line.title
        ]
        await filing.answer(await case_of(row), date(2027, 7, 19), actor="", document=None)
        answered = (await case_of(row)).state
        with pytest.raises(Refused):
            await filing.answer(await case_of(row), date(2027, 7, 19), actor="", document=None)

    assert (asked, answered) == ("queried", "filed")
    assert due == [(date(2027, 7, 30), "bad")]


async def test_what_the_court_refused_can_be_filed_anew_and_counts_for_nothing(row):
    await bylaws.adopt("", adopted_on=date(2027, 6, 11), motion_days=21)
    await applied(row)
    with clock.set_to(at(9, day=date(2027, 7, 20))):
        await filing.refuse(await case_of(row), date(2027, 7, 19), words="Nicht angekündigt.", actor="", document=None)
        with pytest.raises(Refused):
            await filing.register(await case_of(row), date(2027, 7, 20), entry="VR 1", actor="", document=None)
        again = await filing.begin(await case_of(row), text="…", actor="")

    assert state_of(again) == "prepared"
    assert (await bylaws.awaited()).motion_days == 21


async def test_an_assembly_that_changed_neither_board_nor_bylaws_files_nothing(ten):
    async with decided(ten, board=False, bylaws_change=False) as row:
        with pytest.raises(Refused, match="§§ 67, 71 BGB"):
            await filing.begin(await case_of(row), text="…", actor="")


async def test_there_is_one_application_at_a_time(row):
    await filing.begin(await case_of(row), text="…", actor="")

    with pytest.raises(Refused):
        await filing.begin(await case_of(row), text="…", actor="")


async def test_the_draft_names_what_is_applied_for_with_its_paragraphs_and_no_birth_date(row, ten):
    [ada] = (await case_of(row)).subject.came
    await birth.keep(ada.person_id, ada.person, born_on=date(1971, 2, 3), residence="Kassel", actor="")

    text = await draft.drafted(await case_of(row))

    assert "Änderung des Vorstands (§ 67 Abs. 1 BGB)" in text
    assert "Ada Beispiel" in text
    assert "Satzung (§ 71 Abs. 1 BGB)" in text
    assert "12 Ja, 4 Nein" in text
    assert "1971" not in text


async def test_who_was_elected_early_begins_after_the_predecessor_and_the_register_is_told_then(ten):
    async with decided(ten, board=True, bylaws_change=False, in_office="Henrike Alt") as row:
        async with browser() as one:
            await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
            page = words(await one.get(f"{here(row)}/register"))
        subject = (await case_of(row)).subject
        text = await draft.drafted(await case_of(row))
        [due] = [line for line in await handed.due(OFFICE, clock.today()) if "register" in line.title]
        with clock.set_to(at(9, day=date(2027, 9, 1))):
            later, waits = await draft.drafted(await case_of(row)), subject.waits_until

    assert "Ausgeschieden: Henrike Alt" not in page
    assert "Scheidet aus: Henrike Alt" in page
    assert "im Amt bis 31. August 2027" in page
    assert "im Amt ab 1. September 2027" in page
    assert "Anzumelden ist sofort" not in page
    assert "Wer gewählt ist, ist ab der Annahme im Amt" not in page
    assert (subject.waits_until, due.day, due.kind) == (date(2027, 9, 1), date(2027, 9, 15), "info")
    assert "scheidet aus: Henrike Alt" in text
    assert "tritt am 1. September 2027 ein" in text
    assert "ausgeschieden: Henrike Alt" in later
    assert waits is None


async def test_nothing_is_applied_for_before_the_change_and_nothing_registered_before_it_was_filed(ten):
    async with decided(ten, board=True, bylaws_change=False, in_office="Henrike Alt") as row:
        await filing.begin(await case_of(row), text="…", actor="")
        with clock.set_to(at(9, day=date(2027, 9, 6))):
            with pytest.raises(Refused, match=r"1\. September 2027"):
                await filing.certify(await case_of(row), date(2027, 8, 31), notary="N", actor="", document=None)
            await filing.certify(await case_of(row), date(2027, 9, 1), notary="N", actor="", document=None)
            with pytest.raises(Refused, match=r"1\. September 2027"):
                await filing.file(await case_of(row), date(2027, 8, 31), actor="", document=None)
            await filing.file(await case_of(row), date(2027, 9, 2), actor="", document=None)
            with pytest.raises(Refused, match=r"2\. September 2027"):
                await filing.register(await case_of(row), date(2027, 9, 1), entry="VR 1", actor="", document=None)
            await filing.query(await case_of(row), date(2027, 9, 4), words="?", until=None, actor="", document=None)
            with pytest.raises(Refused, match=r"4\. September 2027"):
                await filing.register(await case_of(row), date(2027, 9, 3), entry="VR 1", actor="", document=None)


async def test_three_unreached_members_are_named_and_nobody_is_invited_to_what_is_over(row):
    async with browser() as one:
        await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
        whole = await one.get(here(row))
        sheet = await one.get(f"{here(row)}/dispatches")
    heading = BeautifulSoup(sheet.text, "html.parser").h1.get_text()

    assert "und 7 weitere" in heading
    assert heading.count(",") == 2
    assert "/dispatches/members/" not in whole.text + sheet.text


# --- the packet ------------------------------------------------------------------------------------------------------


async def test_the_packet_holds_everything_the_court_asks_for_in_its_order(row):
    await signed(row)
    await filing.begin(await case_of(row), text=await draft.drafted(await case_of(row)), actor="")
    await filing.keep_paper(await case_of(row), filing.WORDING, await keep_document("Satzung.pdf", PDF), actor="")
    [ada] = (await case_of(row)).subject.came
    await birth.keep(ada.person_id, ada.person, born_on=date(1971, 2, 3), residence="Kassel", actor="")

    archive = zipfile.ZipFile(io.BytesIO(await packet.as_zip(await case_of(row))))

    names = [name.split("-", 1)[1] for name in archive.namelist()]
    assert names == ["Anmeldung.pdf", "Niederschrift.pdf", "Voller-Wortlaut-der-Satzung.pdf", "Versandnachweis.pdf",
                     "Anwesenheitsliste.pdf"]  # fmt: skip
    told = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(archive.read(archive.namelist()[0]))).pages)
    assert "3. Februar 1971" in told
    assert "Kassel" in told


async def test_the_checklist_tells_what_is_missing(row):
    subject = (await case_of(row)).subject
    before = [one.is_there for one in await checklist.checklist(await case_of(row))]
    await signed(row)
    await delivery.send(row, actor="")
    *most, last = await recipients(row)
    for to in most:
        await dispatch.hand_over(row, to, name=to.name, on=date(2027, 5, 3), actor="")
    [nearly] = [one for one in await checklist.checklist(await case_of(row)) if one.page.endswith("/dispatches")]
    await dispatch.hand_over(row, last, name=last.name, on=date(2027, 5, 3), actor="")
    [ada] = subject.came
    await birth.keep(ada.person_id, ada.person, born_on=date(1971, 2, 3), residence="Kassel", actor="")
    await bylaws.adopt("", adopted_on=date(2027, 6, 11), document=("Satzung.pdf", PDF))
    after = [one.is_there for one in await checklist.checklist(await case_of(row))]

    assert (before, after) == (
        [False, False, False, True, False, False, False], [True, False, True, True, True, True, True],
    )  # fmt: skip
    assert not nearly.is_there
    assert last.name in nearly.hint


# --- birth dates -----------------------------------------------------------------------------------------------------


async def test_birth_dates_go_thirty_days_after_the_court_decided_and_not_while_it_has_not(row):
    [ada] = (await case_of(row)).subject.came
    await birth.keep(ada.person_id, ada.person, born_on=date(1971, 2, 3), residence="Kassel", actor="")
    await applied(row)
    with clock.set_to(at(9, day=date(2027, 12, 1))):
        await keeping.forget_by_itself(REGISTER)
        still = await RegisterData.count()
    await registered(row)
    with clock.set_to(at(9, day=date(2027, 9, 3))):
        await keeping.forget_by_itself(REGISTER)
        soon = await RegisterData.count()
        next_day = await REGISTER.forgetting.next_after(date(2027, 8, 4))
    with clock.set_to(at(9, day=date(2027, 9, 4))):
        await keeping.forget_by_itself(REGISTER)

    assert (still, soon, next_day, await RegisterData.count()) == (1, 1, date(2027, 8, 5), 0)


async def test_nobody_is_born_tomorrow(row):
    [ada] = (await case_of(row)).subject.came

    with pytest.raises(Refused):
        await birth.keep(ada.person_id, ada.person, born_on=date(2027, 6, 19), residence="Kassel", actor="")


async def test_the_office_files_step_by_step_on_the_pages(row):
    page = f"{here(row)}/register"
    [ada] = (await case_of(row)).subject.came
    async with browser() as one:
        await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
        first = words(await one.get(page))
        await submit(one, f"{page}/text")
        await submit(one, f"{page}/people/{ada.person}", born_on="3.2.1971", residence="Kassel")
        people = words(await one.get(f"{page}/people"))
        certified = await submit(one, f"{page}/steps/certified", on="18.6.2027", notary="Notariat am Markt")
        for step, typed in (("filed", {}), ("query", {"words": "Die Zahlen fehlen."}), ("answer", {}),
                            ("registered", {"entry": "VR 12345, 7"})):  # fmt: skip
            taken = await submit(one, f"{page}/steps/{step}", on="18.6.2027", **typed)
            assert taken.status_code == 303, step
        last = words(await one.get(page))
        packet_file = await one.get(f"{page}/packet")
        none = await one.get(f"{page}/steps/nothing")

    assert "beschlossen, noch nicht eingetragen" in first
    assert "im Amt seit" in first
    assert "3. Februar 1971" in people
    assert certified.status_code == 303
    assert "gilt seit 18. Juni 2027" in last
    assert packet_file.content.startswith(b"PK")
    assert none.status_code == 404
    assert await FilingStep.count() == 5


async def test_neither_the_administration_nor_a_stranger_reads_birth_dates(row, ten):
    await filing.begin(await case_of(row), text="…", actor="")
    page = f"{here(row)}/register"
    async with browser() as one:
        await come_in(one, await somebody("Uwe Admin", RoleKind.ADMIN))
        admin = [(await one.get(f"{page}{path}")).status_code for path in ("", "/people", "/packet", "/application")]
        assert f"{page}/people" not in (await one.get(page)).text
        await come_in(one, await somebody("Ada Fremd", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference))
        strange = [(await one.get(f"{page}{path}")).status_code for path in ("", "/people", "/packet")]

    assert (admin, strange) == ([200, 404, 404, 404], [404, 404, 404])


async def test_the_administration_enters_what_the_bylaws_will_say(row):
    async with browser() as one:
        await come_in(one, await somebody("Uwe Admin", RoleKind.ADMIN))
        entered = await submit(one, "/office/settings/bylaws/awaited", adopted_on="11.6.2027", motion_days="21")
        told = words(await one.get("/office/settings/bylaws"))
        again = await one.get("/office/settings/bylaws/awaited")
        new = await one.get("/office/settings/bylaws/new")  # a version of another day is entered as before
        await submit(one, "/office/settings/bylaws", form=0)

    assert (entered.status_code, new.status_code) == (303, 200)
    assert "beschlossen, noch nicht eingetragen" in told
    assert 'value="21"' in again.text
    assert await bylaws.awaited() is None


async def test_another_purpose_is_filed_only_when_the_absent_member_has_agreed(ten):
    async with under_way(ten) as row:
        item = await announced(row, ItemKind.PURPOSE, "Neuer Vereinszweck")
        put = await decision.put(row, item, title="Neuer Vereinszweck", wording="Zweck ist …", actor="")
        await decision.begin(row, put, actor="")
        await decision.count(row, put, Count(9, 0), actor="")
        before = (await case_of(row)).subject
        await decision.assent(row, put, ten["M06"], agrees=True, received_on=date(2027, 6, 11), said_by="M06", actor="")
        after = (await case_of(row)).subject

    assert (bool(before), [one.title for one in after.bylaws]) == (False, ["Neuer Vereinszweck"])
