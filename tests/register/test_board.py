"""A board that changes between assemblies is told to the register, too: its own case, the same way (§ 67 BGB)."""

import io
import zipfile
from datetime import date

import pytest
from pypdf import PdfReader

from network import clock
from network.board import duty, leaving, settling, term
from network.board.tables import Duty
from network.errors import Refused
from network.files import keep_document
from network.people import person
from network.people.tables import Person, RoleKind
from network.people.viewer import Viewer
from network.register import birth, case, checklist, draft, filing, handed, packet
from network.register.privacy import PRIVACY
from network.register.tables import Filing
from network.resolutions import book
from network.resolutions.tables import Body, Kind, Outcome
from network.web.handed import Subject
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.test_day_views import words
from tests.board.make import ELECTED, FIRST, on, rules, the_seat, three
from tests.browser import submit

OFFICE = Viewer(1, "mira", roles=frozenset({(RoleKind.OFFICE, "")}))
BOARD = Viewer(2, "henrike", roles=frozenset({(RoleKind.BOARD_MEMBER, "x")}))
RECEIVED, LAST_DAY, VACANT = date(2027, 11, 3), date(2027, 11, 30), date(2027, 12, 1)
LATER = date(2027, 12, 10)
PDF = b"%PDF-1.7 Kopie"
BOOK = "/office/board/register"


@pytest.fixture
async def resigned(association):
    """Elected elsewhere on 11 June 2027 and registered; Tarek resigns for the end of November."""
    await rules(co_option=True)
    terms = await three()
    await known_to_the_register()
    with on(RECEIVED):
        await leaving.resign(terms["Tarek"].reference, received_on=RECEIVED, effective_on=LAST_DAY, source="E-Mail")
        yield terms


@pytest.fixture
async def resolved(resigned):
    """The board took Nele in; something else it rejected."""
    with on(date(2027, 12, 9)):
        facts = {"kind": Kind.ORDINARY, "taken_at": clock.now(), "actor": "", "represented": 2}
        taken_in = await book.enter(
            Body.BOARD, title="Berufung von Nele Abendroth", wording="Nele Abendroth wird berufen.", yes=2,
            outcome=Outcome.ADOPTED, **facts,
        )  # fmt: skip
        await book.enter(Body.BOARD, title="Anderes", wording="…", no=2, outcome=Outcome.REJECTED, **facts)
        yield taken_in


async def known_to_the_register() -> None:
    for one in await duty.to_tell("register"):
        await duty.tick(one, done=True, actor="")


async def nele(accepted_on: date) -> None:
    someone = await person.enter("Nele Abendroth", "nele@example.org")
    await term.co_opt(await the_seat(FIRST), someone, accepted_on=accepted_on, source="Beschluss B 2027/4")


async def begun() -> case.Case:
    new = await case.of_board()
    return await case.of_filing(await filing.begin(new, text=await draft.drafted(new), actor=""))


async def again(one: case.Case) -> case.Case:
    found = await case.known(one.filing.reference)
    assert found
    return found


async def taken_to_court(one: case.Case, certified: date, filed: date) -> case.Case:
    await filing.certify(one, certified, notary="Notariat am Markt", actor="", document=None)
    await filing.file(one, filed, actor="", document=None)
    return await again(one)


async def registered(one: case.Case, day: date) -> None:
    await filing.register(one, day, entry="VR 12345, 8", actor="", document=None)


async def due(viewer: Viewer = OFFICE) -> list[tuple[str, date, str]]:
    return [(one.title, one.day, one.state) for one in await handed.due(viewer, clock.today())]


# --- what has to be filed --------------------------------------------------------------------------------------------


async def test_a_resignation_is_applied_for_from_the_day_on_which_the_seat_is_vacant(resigned):
    new = await case.of_board()

    assert ([one.name for one in new.subject.went], new.subject.came) == (["Tarek Linnemann"], [])
    assert (new.earliest, new.last_day) == (VACANT, date(2027, 12, 15))
    one = await begun()
    with on(LATER):
        with pytest.raises(Refused, match=r"1\. Dezember 2027"):
            await filing.certify(one, LAST_DAY, notary="N", actor="", document=None)
        with pytest.raises(Refused, match="liegt in der Zukunft"):
            await filing.certify(one, date(2027, 12, 11), notary="N", actor="", document=None)
        filed = await taken_to_court(one, VACANT, date(2027, 12, 2))
        with pytest.raises(Refused, match=r"2\. Dezember 2027"):
            await registered(filed, VACANT)
        await registered(filed, date(2027, 12, 8))

        assert not (await case.of_board()).subject
    assert await Duty.count().where((Duty.kind == "register") & (Duty.done_on == None)) == 0


async def test_who_is_taken_in_by_the_board_is_told_with_whoever_left_the_seat(resigned):
    with on(VACANT):
        await nele(VACANT)
        new = await case.of_board()
        text = await draft.drafted(new)

    assert ([one.name for one in new.subject.came], [one.name for one in new.subject.went]) == (
        ["Nele Abendroth"], ["Tarek Linnemann"],
    )  # fmt: skip
    assert "mit Ablauf des 30. November 2027 durch Rücktritt, zugegangen am 3. November 2027" in text
    assert "vom Vorstand berufen" in text
    assert "Beschluss des Vorstands" in text


async def test_what_comes_after_an_application_was_begun_is_another_application(resigned):
    with on(LATER):
        first = await begun()
        with pytest.raises(Refused, match="§ 67 BGB"):
            await filing.begin(await case.of_board(), text="…", actor="")
        await nele(LATER)
        new = await case.of_board()

    assert [one.name for one in first.subject.went] == ["Tarek Linnemann"]
    assert ([one.name for one in new.subject.came], new.subject.went) == (["Nele Abendroth"], [])


async def test_what_has_happened_does_not_wait_for_what_lies_ahead(resigned):
    with on(date(2027, 11, 5)):
        await leaving.end(resigned["Ruta"].reference, on=date(2027, 11, 4), by="death")
        new = await case.of_board()
        text = await draft.drafted(new)

    assert [one.name for one in new.subject.went] == ["Ruta Kaspereit"]
    assert "verstorben am 4. November 2027" in text
    assert "Sterbeurkunde von Dr. Ruta Kaspereit" in text


async def test_a_term_that_ends_by_itself_without_a_successor_is_told(association):
    await rules(holdover=False)
    await three(date(2024, 6, 7))
    await known_to_the_register()
    with on(date(2027, 6, 8)):
        await settling.settle_daily()
        new = await case.of_board()

    assert {one.name for one in new.subject.went} == {"Henrike Vossberg", "Tarek Linnemann", "Ruta Kaspereit"}
    assert new.earliest == date(2027, 6, 8)


async def test_refused_by_the_court_it_is_free_to_be_applied_for_anew(resigned):
    with on(LATER):
        one = await taken_to_court(await begun(), VACANT, VACANT)
        await filing.refuse(one, LATER, words="Die Kopie fehlt.", actor="", document=None)
        anew = await case.of_board()
        titles = [title for title, *_rest in await due()]

    assert [one.name for one in anew.subject.went] == ["Tarek Linnemann"]
    assert len(titles) == 1


# --- Today, the packet, who reads what ------------------------------------------------------------------------------


async def test_today_tells_office_and_board_until_it_has_been_registered_for_two_weeks(resigned):
    before = await due()
    assert before == await due(BOARD)
    with on(LATER):
        one = await taken_to_court(await begun(), VACANT, VACANT)
        during = await due()
        await registered(one, LATER)
        after = await due()
    with on(date(2027, 12, 25)):
        long_after = await due()

    assert [(day, state) for _title, day, state in before] == [(date(2027, 12, 15), "anzumelden")]
    assert "Tarek Linnemann" in before[0][0]
    assert [state for *_rest, state in during] == ["eingereicht"]
    assert ([state for *_rest, state in after], long_after) == (["eingetragen"], [])
    assert await handed.due(Viewer(3, "ella"), VACANT) == []


async def test_the_packet_holds_application_copies_and_birth_data(resigned):
    with on(LATER):
        await nele(LATER)
        one = await begun()
        [came] = one.subject.came
        missing = [check.title for check in await checklist.checklist(one) if not check.is_there]
        for copy in checklist.copies(one.subject):
            await filing.keep_paper(one, copy.kind, await keep_document("Kopie.pdf", PDF), actor="")
        await birth.keep(came.person_id, came.person, born_on=date(1980, 2, 3), residence="Kassel", actor="")
        whole = [check.is_there for check in await checklist.checklist(one)]
        archive = zipfile.ZipFile(io.BytesIO(await packet.as_zip(one)))

    assert len(missing) == 3
    assert whole == [True, True, True]
    assert [name.split("-", 1)[1] for name in archive.namelist()] == [
        "Anmeldung.pdf", "Rücktrittserklärung-von-Tarek-Linnemann.pdf",
        "Beschluss-des-Vorstands-über-die-Berufung-von-Nele-Abendroth.pdf",
    ]  # fmt: skip
    told = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(archive.read("01-Anmeldung.pdf"))).pages)
    assert "3. Februar 1980" in told


async def test_the_office_goes_from_the_term_to_the_register_and_step_by_step(resigned):
    with on(LATER):
        await nele(LATER)
        [came] = (await case.of_board()).subject.came
        async with browser() as one:
            await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
            beside = words(await one.get(f"/office/board/terms/{resigned['Tarek'].reference}"))
            book = words(await one.get(BOOK))
            written = await submit(one, f"{BOOK}/new/text")
            here = written.headers["location"]
            for copy in checklist.copies((await case.known(here.rpartition("/")[2])).subject):
                form = await one.get(f"{here}/papers/{copy.kind}/new")
                assert form.status_code == 200
            odd = await one.get(f"{here}/papers/wording/new")
            await submit(one, f"{here}/people/{came.person}", born_on="3.2.1980", residence="Kassel")
            early = await submit(one, f"{here}/steps/certified", on="9.12.2027", notary="Notariat am Markt")
            for step, typed in (("certified", {"notary": "Notariat am Markt"}), ("filed", {}),
                                ("registered", {"entry": "VR 12345, 8"})):  # fmt: skip
                taken = await submit(one, f"{here}/steps/{step}", on="10.12.2027", **typed)
                assert taken.status_code == 303, step
            last, nothing = words(await one.get(here)), words(await one.get(f"{BOOK}/new"))

    assert "Vereinsregister" in beside
    assert "anzumelden" in book
    assert (early.status_code, odd.status_code) == (422, 404)
    assert "eingetragen" in last
    assert "Nichts ist anzumelden" in nothing


async def test_the_boards_own_decision_comes_from_the_resolution_book(resolved):
    with on(LATER):
        await nele(LATER)
        one = await begun()
        kind = checklist.copies(one.subject)[-1].kind
        place = f"{one.place}/papers/{kind}/new"
        async with browser() as office:
            await come_in(office, await somebody("Mira Quandt", RoleKind.OFFICE))
            form = words(await office.get(place))
            nothing = await submit(office, place)
            kept = await submit(office, place, resolution=resolved.reference)
            elsewhere = words(await office.get(f"{one.place}/papers/{checklist.copies(one.subject)[0].kind}/new"))
        archive = zipfile.ZipFile(io.BytesIO(await packet.as_zip(await again(one))))
        [name] = [name for name in archive.namelist() if "Beschluss" in name]
        told = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(archive.read(name))).pages)

    assert "VS 2027-1 vom 9. Dezember 2027: Berufung von Nele Abendroth" in form
    assert "VS 2027-2" not in form  # rejected
    assert (nothing.status_code, kept.status_code) == (422, 303)
    assert "VS 2027-1" not in elsewhere  # a resignation is no decision of the board
    assert "Nele Abendroth wird berufen." in told
    assert "2 Ja, 0 Nein" in told


async def test_who_files_late_is_told_of_the_transparency_register(resigned):
    with on(LATER):
        one = await begun()
        in_time = (await taken_to_court(one, VACANT, VACANT)).is_late
    with on(date(2028, 1, 10)):
        still_in_time = (await again(one)).is_late
        async with browser() as office:
            await come_in(office, await somebody("Mira Quandt", RoleKind.OFFICE))
            told = words(await office.get(one.place))
    await Filing.update({Filing.filed_on: date(2027, 12, 16)}, force=True)

    assert (in_time, still_in_time, (await again(one)).is_late) == (False, False, True)
    assert "Transparenzregister" not in told


async def test_who_left_is_told_that_the_application_names_them_and_why_it_stays(resigned):
    with on(LATER):
        await begun()
        told = {}
        for name in ("Tarek Linnemann", "Ruta Kaspereit"):
            someone = await Person.objects().get(Person.name == name)
            held = await PRIVACY.held_about(OFFICE, Subject(name=name, people=((someone.id, someone.reference),)))
            told[name] = [(one.kind.key, bool(one.stays)) for one in held]

    assert told == {"Tarek Linnemann": [("register.applications", True)], "Ruta Kaspereit": []}


async def test_a_case_stands_under_one_address_and_strangers_see_none(resigned):
    with on(LATER):
        reference = (await begun()).filing.reference
        async with browser() as one:
            await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
            wrong = await one.get(f"/office/assemblies/{reference}/register")
            await come_in(one, await somebody("Uwe Admin", RoleKind.ADMIN))
            admin = [(await one.get(f"{BOOK}/{reference}{path}")).status_code for path in ("", "/people", "/packet")]
            await come_in(one, await somebody("Ella Brandt", RoleKind.MEMBER_REPRESENTATIVE, of="x"))
            strange = [(await one.get(f"{BOOK}{path}")).status_code for path in ("", "/new", f"/{reference}/packet")]

    assert (wrong.status_code, admin, strange) == (404, [200, 404, 404], [404, 404, 404])


async def test_what_nobody_can_tell_is_refused_in_words(association):
    await rules()
    await three()
    await known_to_the_register()
    with on(ELECTED), pytest.raises(Refused, match="§ 67 BGB"):
        await filing.begin(await case.of_board(), text="…", actor="")
    assert await Filing.count() == 0
