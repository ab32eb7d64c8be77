"""The call for candidates: members propose, each candidate agrees or declines by a link, and the bylaws say who may."""

import io
import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from mailing.tables import Letter
from network import clock
from network.assembly import acceptance, ballot, call, candidate, dispatch, election, handed, printing, proof, rehearsal
from network.assembly.tables.meeting import ItemKind
from network.assembly.verdict import Counted
from network.association import bylaws
from network.board import ledger, seat, term
from network.errors import Refused
from network.members import function
from network.members.tables import FunctionKind, Organisation
from network.people import person
from network.people.tables import Person, RoleKind
from network.people.viewer import Viewer
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.day import under_way
from tests.assembly.make import assembly, at, item
from tests.assembly.test_day_views import press, words
from tests.assembly.test_election import announced, stand, voted
from tests.members.make import the_ten

UNTIL = date(2027, 5, 14)
OFFICE = Viewer(1, "mira", roles=frozenset({(RoleKind.OFFICE, "")}))


@pytest.fixture
async def planned(ten, in_april):
    """In April: the chair of the board will be elected in June."""
    row = await assembly(election_officer="Gisbert Ohm")
    [place, *_others] = await seat.seats_on(date(2027, 6, 11))
    of = await election.plan(row, await item(row, ItemKind.ELECTION, "Wahl"), title="Vorsitz", seats=[place], actor="")
    return row, of


@pytest.fixture
async def called(planned):
    row, of = planned
    await call.open_(row, UNTIL, actor="")
    return row, await election.by_reference(row, of.reference)


async def the_link() -> str:
    letter = await Letter.objects().where(Letter.template == "assembly/candidate_asked").order_by(Letter.id).first()
    [token] = re.findall(r"/candidacy/([\w-]+)", letter.text)
    return token


async def test_the_office_calls_all_members_once_with_the_day(planned):
    row, of = planned

    told = await call.open_(row, UNTIL, actor="")

    letters = await Letter.objects().where(Letter.template == "assembly/candidates_called")
    assert len(letters) == len(told) == 10
    assert "bis Freitag, 14. Mai 2027" in letters[0].text
    assert "Vorsitz" in letters[0].text
    still = await election.by_reference(row, of.reference)
    assert call.is_open(still)
    with clock.set_to(at(0, day=date(2027, 5, 15))):
        assert not call.is_open(still)


async def test_members_without_an_address_get_the_call_by_post_and_who_wants_letters_too(planned, ten):
    row, _of = planned
    await Organisation.update({Organisation.email: ""}).where(Organisation.id == ten["M03"].id)
    await Organisation.update({Organisation.by_post_since: date(2027, 1, 1)}).where(Organisation.id == ten["M04"].id)
    plan = await call.plan_for(row)
    invited = await proof.proof_of(row)
    await call.open_(row, UNTIL, actor="")
    waiting = await dispatch.to_print(row, "call")
    due = [one.title for one in await handed.due(OFFICE, date(2027, 4, 5)) if "Aufruf" in one.title]
    pdf = await printing.envelopes(row, waiting)
    told = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages)
    number = await dispatch.post_all(row, on=date(2027, 4, 5), actor="", stack="call")

    assert (len(plan.by_email), len(plan.by_post), len(waiting), number) == (8, 2, 2, 2)
    assert await Letter.count().where(Letter.template == "assembly/candidates_called") == 8
    assert "Oder schreiben Sie uns" in told
    assert [one.words for one in (await proof.proof_of(row)).members] == [one.words for one in invited.members]
    assert await dispatch.to_print(row) == []
    assert due == [f"2 Briefe des Aufrufs zu Kandidaturen sind aufzugeben: {row.title}"]
    assert [one for one in await handed.due(OFFICE, date(2027, 4, 5)) if "Aufruf" in one.title] == []


async def test_who_has_not_proposed_anybody_is_reminded_once_before_the_last_day(called, ten):
    row, of = called
    await call.propose(row, of, by=ten["M01"], name="Ada Beispiel", email="ada@example.org", actor="")
    await Organisation.update({Organisation.email: ""}).where(Organisation.id == ten["M03"].id)
    with clock.set_to(at(9, day=date(2027, 5, 10))):
        told = await call.remind(row, actor="")
        with pytest.raises(Refused, match=r"10\. Mai 2027"):
            await call.remind(row, actor="")

    reminders = await Letter.objects().where(Letter.template == "assembly/candidates_reminder")
    assert (len(told), len(reminders), len(await dispatch.to_print(row, "call"))) == (9, 8, 1)
    assert ten["M01"].id not in {one.id for one in told}
    assert "bis Freitag, 14. Mai 2027" in reminders[0].text or "Bis Freitag, 14. Mai 2027" in reminders[0].text
    await call.open_(row, date(2027, 5, 20), actor="")
    with clock.set_to(at(9, day=date(2027, 5, 21))), pytest.raises(Refused, match="kein Aufruf"):
        await call.remind(row, actor="")


async def test_the_office_sees_how_many_letters_go_before_it_asks_and_reminds(planned, ten):
    row, _of = planned
    await Organisation.update({Organisation.email: ""}).where(Organisation.id == ten["M03"].id)
    page = f"/office/assemblies/{row.reference}/call"
    async with browser() as one:
        await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
        before = words(await one.get(page))
        asked = await press(one, page, page, until="14.5.2027")
        after = words(await one.get(page))
        letters = await one.get(f"{page}/letters")
        posted = await press(one, page, f"{page}/posted", on="5.4.2027")
        reminded = await press(one, page, f"{page}/reminder")
        last = words(await one.get(page))
        again = await press(one, page, f"{page}/reminder") if "10 Mitglieder erinnern" in last else None

    assert "9 E-Mails" in before
    assert "ein Umschlag" in before
    assert "10 Mitglieder fragen" in before
    assert asked.status_code == 303
    assert "Ein Brief ist noch aufzugeben" in after or "Ein Brief" in after
    assert "10 Mitglieder erinnern" in after
    assert letters.content.startswith(b"%PDF-")
    assert (posted.status_code, reminded.status_code, again) == (303, 303, None)
    assert "Erinnert am" in last


@pytest.mark.parametrize("until", [date(2027, 4, 4), date(2027, 6, 11)])
async def test_a_call_ends_between_today_and_the_day_before(planned, until):
    with pytest.raises(Refused) as no:
        await call.open_(planned[0], until, actor="")

    assert no.value.field == "until"


async def test_without_an_election_there_is_nobody_to_call_for(ten, in_april):
    with pytest.raises(Refused):
        await call.open_(await assembly(), UNTIL, actor="")


async def test_who_is_proposed_agrees_by_the_link_and_stands_with_their_own_lines(called, ten, client):
    row, of = called
    one = await call.propose(row, of, by=ten["M01"], name="Ada Beispiel", email="ada@example.org", actor="")
    assert await candidate.standing_for(of) == []
    place = f"/candidacy/{await the_link()}"
    assert "M01" not in words(await client.get(place))

    answered = await press(client, place, place, choice="agree", about="Seit 2019 leite ich ein Haus.")

    assert answered.status_code == 303
    [standing] = await candidate.standing_for(of)
    assert (standing.reference, standing.consented_how, standing.about) == (
        one.reference, "link", "Seit 2019 leite ich ein Haus.",
    )  # fmt: skip
    ada = await Person.objects().get(Person.id == standing.person)
    assert (ada.name, ada.email) == ("Ada Beispiel", "ada@example.org")


async def test_who_declines_by_the_link_is_on_no_ballot_and_the_link_says_so(called, ten, client):
    row, of = called
    await call.propose(row, of, by=ten["M01"], name="Ada Beispiel", email="ada@example.org", actor="")
    place = f"/candidacy/{await the_link()}"

    await press(client, place, place, choice="decline")

    assert await candidate.standing_for(of) == []
    assert "Sie kandidieren nicht." in words(await client.get(place))
    assert await Person.count().where(Person.name == "Ada Beispiel") == 0


async def test_looking_at_the_link_changes_nothing_and_a_wrong_one_opens_nothing(called, ten, client):
    row, of = called
    await call.propose(row, of, by=ten["M01"], name="Ada Beispiel", email="ada@example.org", actor="")

    looked = await client.get(f"/candidacy/{await the_link()}")
    wrong = await client.get("/candidacy/AAAAAAAAAAAAAAAAAAAAAAAA")

    assert (looked.status_code, wrong.status_code) == (200, 410)
    assert await candidate.standing_for(of) == []


async def test_asked_again_the_older_link_ends(called, ten, client):
    row, of = called
    one = await call.propose(row, of, by=ten["M01"], name="Ada Beispiel", email="ada@example.org", actor="")
    old = await the_link()

    await call.ask(row, of, one, actor="")

    assert (await client.get(f"/candidacy/{old}")).status_code == 410


async def test_after_the_call_members_propose_no_more_and_nobody_twice(called, ten):
    row, of = called
    await call.propose(row, of, by=ten["M01"], name="Ada Beispiel", email="ada@example.org", actor="")

    with pytest.raises(Refused) as twice:
        await call.propose(row, of, by=ten["M02"], name="ada beispiel", email="ada@example.org", actor="")
    with clock.set_to(at(9, day=date(2027, 5, 15))), pytest.raises(Refused) as late:
        await call.propose(row, of, by=ten["M02"], name="Ben Muster", email="ben@example.org", actor="")

    assert twice.value.field == "name"
    assert late.value.words.startswith("Der Aufruf zu Kandidaturen ist vorbei.")


async def test_the_members_page_lists_who_stands_and_of_the_asked_only_how_many(called, ten):
    row, of = called
    async with browser() as one:
        await come_in(one, await somebody("Ida Rot", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference))
        page = f"/mine/{ten['M01'].reference}/assemblies/{row.reference}/candidates"
        sent = await press(one, page, page, name="Ada Beispiel", email="ada@example.org", election=of.reference)
        before = words(await one.get(page))
        await call.agree(row, of, (await candidate.candidates_of(of))[0], about="Ich leite ein Haus.")
        after = words(await one.get(page))

    assert sent.status_code == 303
    assert "Ada Beispiel" not in before
    assert "Eine weitere Person ist gefragt" in before
    assert "Ada Beispiel" in after
    assert "Ich leite ein Haus." in after


async def test_a_rehearsal_asks_nobody_and_has_no_links(called, ten):
    row, of = called
    await call.propose(row, of, by=ten["M01"], name="Ada Beispiel", email="ada@example.org", actor="")
    letters = await Letter.count()

    copy = await rehearsal.begin(row, actor="")
    [own] = await election.elections_of(copy)
    await call.open_(copy, UNTIL, actor="")
    [asked] = await candidate.candidates_of(own)
    await call.ask(copy, own, asked, actor="")

    assert await Letter.count() == letters
    assert (await call.by_token(await the_link()))[0].id == row.id


# --- who may stand ---------------------------------------------------------------------------------------------------


async def test_the_leader_of_the_election_is_not_proposed(called, ten):
    with pytest.raises(Refused) as no:
        await call.propose(*called, by=ten["M01"], name="Gisbert Ohm", email="gisbert@example.org", actor="")

    assert no.value.words == "Wer die Wahl leitet, kandidiert darin nicht."


async def test_more_re_elections_than_the_bylaws_allow_are_refused_with_the_number(ten):
    await bylaws.enact("", valid_from=date(2021, 1, 1), term_months=36, reelection_most=1, board_seats="chair=1")
    ada = await person.enter("Ada Beispiel", "ada.beispiel@example.org")
    [place] = await seat.seats_on(date(2027, 1, 1))
    for year in (2021, 2024):
        with clock.set_to(at(10, day=date(year, 6, 11))):
            await term.take_office(place, ada, accepted_on=date(year, 6, 11), source="test", actor="")
    with clock.set_to(at(10, day=date(2027, 4, 5))):
        row = await assembly()
        of = await election.plan(
            row, await item(row, ItemKind.ELECTION, "Wahl"), title="Vorsitz", seats=[place], actor=""
        )

        with pytest.raises(Refused) as no:
            await candidate.propose(row, of, name=ada.name, person=ada, actor="")

    assert "eine Wiederwahl" in no.value.words


async def test_where_the_board_comes_from_the_members_it_has_to_be_said_for_which(ten, in_april):
    await bylaws.enact("", valid_from=date(2021, 1, 1), ends_with_employment=True)
    row = await assembly()
    [place, *_others] = await seat.seats_on(date(2027, 6, 11))
    of = await election.plan(row, await item(row, ItemKind.ELECTION, "Wahl"), title="Vorsitz", seats=[place], actor="")
    ada, ben = [await person.enter(name, f"{name}@example.org") for name in ("Ada", "Ben")]
    await function.appoint(ten["M02"], ben, FunctionKind.DIRECTOR, since=date(2020, 1, 1), actor="")

    with pytest.raises(Refused) as no:
        await candidate.propose(row, of, name="Ada", person=ada, actor="")
    await candidate.propose(row, of, name="Ada", person=ada, organisation=ten["M01"], actor="")
    await candidate.propose(row, of, name="Ben", person=ben, actor="")

    assert no.value.words.startswith("Nach der Satzung kann nur im Vorstand sein, wer für ein Mitglied arbeitet")
    assert [one.name for one in await candidate.candidates_of(of)] == ["Ada", "Ben"]


async def test_who_was_elected_to_one_seat_stands_for_no_second_in_the_same_assembly(association):
    async with under_way(await the_ten(), board_seats="chair=1 deputy=1") as row:
        chair, deputy = await seat.seats_on(date(2027, 6, 11))
        under = await announced(row, ItemKind.ELECTION, "Wahl")
        first, second = [
            await election.plan(row, under, title=title, seats=[place], actor="")
            for title, place in (("Vorsitz", chair), ("Stellvertretung", deputy))
        ]
        ada = await person.enter("Ada Beispiel", "ada.beispiel@example.org")
        for of in (first, second):
            one = await candidate.propose(row, of, name=ada.name, person=ada, actor="")
            await candidate.consent(row, of, one, how="present", actor="")
        await voted(row, first, "yes_no", await stand(first), Counted(yes=16))
        [elected] = await stand(first)
        await acceptance.accept(row, first, elected, actor="")

        with pytest.raises(Refused) as no:
            await ballot.begin(row, second, "yes_no", await stand(second), actor="")

    assert "niemand kann zwei Sitze haben" in no.value.words


async def test_a_term_tells_the_election_that_it_came_from(association):
    async with under_way(await the_ten(), board_seats="chair=1") as row:
        [chair] = await seat.seats_on(date(2027, 6, 11))
        under = await announced(row, ItemKind.ELECTION, "Wahl")
        of = await election.plan(row, under, title="Vorsitz", seats=[chair], actor="")
        ada = await person.enter("Ada Beispiel", "ada.beispiel@example.org")
        one = await candidate.propose(row, of, name=ada.name, person=ada, actor="")
        await candidate.consent(row, of, one, how="present", actor="")
        await voted(row, of, "yes_no", await stand(of), Counted(yes=16))
        await acceptance.accept(row, of, one, actor="")
        [begun] = (await ledger.read()).terms
        async with browser() as desk:
            await come_in(desk, await somebody("Mira Quandt", RoleKind.OFFICE))
            answer = await desk.get(f"/office/board/terms/{begun.reference}")
            there = [link["href"] for link in BeautifulSoup(answer.text, "html.parser").select("#elected ~ p a")]
            opened = [(await desk.get(path)).status_code for path in there]

    assert "Gewählt am 11. Juni 2027 in der Versammlung Mitgliederversammlung" in words(answer)
    assert "Beschluss Nr. MV 2027-1" in words(answer)
    assert opened == [200, 200, 200]
