"""The board's pages: what the office enters by them, what the chair and the public see, and who sees what."""

import csv
import io
from datetime import date

import pytest
from bs4 import BeautifulSoup

from network.association import profile
from network.board import leaving, ledger, term
from network.board.tables import Term
from network.people import person, roles, sign_in
from network.people.tables import Person, RoleKind
from network.people.viewer import COOKIE
from tests.asked import counter
from tests.board.make import CHAIR, FIRST, SECOND, board_on, elected, on, rules, somebody, the_seat, three
from tests.browser import submit

ROOM = "/office/board"
DAY = date(2027, 7, 1)


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


@pytest.fixture
async def room(client, association):
    """The office in the board's room, on a day on which all three are in office."""
    await rules()
    await three()
    with on(DAY):
        mira = await person.enter("Mira Quandt", "mira.quandt@example.org")
        await roles.grant(mira, RoleKind.OFFICE)
        client.cookies.set(COOKIE, await sign_in.begin_session(mira))
        yield client


async def as_chair(client):
    henrike = await Person.objects().get(Person.name == "Henrike Vossberg")
    client.cookies.set(COOKIE, await sign_in.begin_session(henrike))
    return client


async def test_an_empty_room_says_what_it_is_for(client, association):
    mira = await person.enter("Mira Quandt", "mira.quandt@example.org")
    await roles.grant(mira, RoleKind.OFFICE)
    client.cookies.set(COOKIE, await sign_in.begin_session(mira))

    told = words(await client.get(ROOM))

    assert "Noch keine Amtszeit eingetragen" in told
    assert "Hier wird stehen, wer im Vorstand ist." in words(await client.get("/board"))


async def test_the_room_tells_who_sits_where_and_draws_all_terms_beside_their_table(room):
    page = BeautifulSoup((await room.get(ROOM)).text, "html.parser")

    assert page.h1.get_text() == "Alle 3 Sitze sind besetzt"
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in page.select("#seats ~ table tbody tr")
    ]
    assert [row[:2] for row in rows] == [
        ["Vorsitz", "Henrike Vossberg"],
        ["Stellvertretender Vorsitz 1", "Tarek Linnemann Stellvertretender Vorsitz"],
        ["Stellvertretender Vorsitz 2", "Dr. Ruta Kaspereit Stellvertretender Vorsitz"],
    ]
    drawn = [one.get_text() for one in page.select(".radar rect title")]
    assert drawn[0] == "Vorsitz: Henrike Vossberg, 11. Juni 2027 – 11. Juni 2030"
    assert [one.get_text() for one in page.select(".radar .told title")][:3] == [
        "9 Monate vor dem Ende: 11. September 2029",
        "6 Monate vor dem Ende: 11. Dezember 2029",
        "3 Monate vor dem Ende: 11. März 2030",
    ]
    listed = page.find("caption", string="3 Amtszeiten").find_parent("table").select("tbody th")
    assert len(listed) == len(drawn) == 3


async def test_the_office_enters_an_election_and_is_told_from_when_to_when(room):
    with on(date(2030, 6, 4)):
        await signed_in_again(room)
        seat = await the_seat(CHAIR)
        answer = await submit(room, f"{ROOM}/terms/new", seat=seat.reference, name="Nele Abendroth",
                              email="nele@example.org", accepted_on="4.6.2030", source="MV 2030, TOP 7")  # fmt: skip
        told = await room.get(answer.headers["location"])

    assert answer.status_code == 303
    assert "Nele Abendroth ist eingetragen: vom 12. Juni 2030 bis 11. Juni 2033." in words(told)
    assert "MV 2030, TOP 7" in words(told)
    assert (await board_on(date(2030, 6, 12)))["chair 1"] == "Nele Abendroth"


async def signed_in_again(client) -> None:
    mira = await Person.objects().get(Person.name == "Mira Quandt")
    client.cookies.set(COOKIE, await sign_in.begin_session(mira))


async def test_a_refused_form_keeps_what_was_typed_and_names_the_rule(room):
    seat = await the_seat(CHAIR)
    answer = await submit(room, f"{ROOM}/terms/new", seat=seat.reference, began_as="entered", name="Nele Abendroth",
                          accepted_on="1.1.2027", until="1.7.2027")  # fmt: skip

    assert answer.status_code == 422
    assert "Auf einem Sitz können sich zwei Amtszeiten nicht überschneiden" in words(answer)
    assert 'value="Nele Abendroth"' in answer.text
    assert await Term.count() == 3


async def test_the_same_form_sent_twice_is_one_term(room):
    with on(date(2030, 6, 4)):
        await signed_in_again(room)
        form = await room.get(f"{ROOM}/terms/new?seat=chair-1")
        soup = BeautifulSoup(form.text, "html.parser")
        values = {field["name"]: field.get("value", "") for field in soup.select("main form.form input[name]")}
        values |= {"seat": (await the_seat(CHAIR)).reference, "began_as": "elected", "name": "Nele Abendroth",
                   "accepted_on": "4.6.2030"}  # fmt: skip
        answers = [await room.post(f"{ROOM}/terms/new", data=values) for _twice in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert await Term.count() == 4


async def test_namesakes_are_asked_about_never_merged(room):
    await person.enter("Nele Abendroth", "nele@example.org")
    seat = await the_seat(FIRST)
    with on(date(2030, 6, 4)):
        await signed_in_again(room)
        asked = await submit(
            room, f"{ROOM}/terms/new", seat=seat.reference, name="Nele Abendroth", accepted_on="4.6.2030"
        )
    assert asked.status_code == 422
    assert "Nele Abendroth · nele@example.org Nein, jemand anderes" in words(asked)


async def test_the_page_of_a_resignation_says_what_follows_before_it_is_entered(room):
    tarek = (await ledger.read()).of_seat(FIRST)[0]

    told = words(await room.get(f"{ROOM}/terms/{tarek.reference}/resignation"))

    assert "Henrike Vossberg und Dr. Ruta Kaspereit vertreten den Verein gemeinsam." in told
    assert (
        "Nur die Versammlung kann den Sitz besetzen: Die Satzung erlaubt es dem Vorstand nicht. Wer dann gewählt wird, ist für den Rest der Amtszeit gewählt."
        in told
    )


async def test_a_removal_takes_effect_at_once(room):
    tarek = (await ledger.read()).of_seat(FIRST)[0]
    await submit(room, f"{ROOM}/terms/{tarek.reference}/end", by="removal", on="1.7.2027", source="Beschluss 3/2027")

    assert (await board_on(DAY))["deputy 1"] == ""
    assert "von der Versammlung abberufen" in words(await room.get(f"{ROOM}/terms/{tarek.reference}"))


async def test_a_correction_and_a_striking_out_want_their_reason(room):
    tarek = (await ledger.read()).of_seat(FIRST)[0]
    here = f"{ROOM}/terms/{tarek.reference}"

    without = await submit(room, f"{here}/edit", since="10.6.2027")
    corrected = await submit(room, f"{here}/edit", since="12.6.2027", accepted_on="12.6.2027", reason="Ein Tag später")
    struck = await submit(room, f"{here}/removal", reason="Hat nicht angenommen")

    assert (without.status_code, corrected.status_code, struck.status_code) == (422, 303, 303)
    assert (await room.get(here)).status_code == 404
    assert (await room.get(f"/board/{tarek.reference}")).status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
async def test_all_terms_go_as_a_file(room, kind):
    answer = await room.get(f"{ROOM}/terms/as/{kind}")

    assert answer.status_code == 200
    assert f'filename="Vorstand.{kind}"' in answer.headers["content-disposition"]
    if kind == "csv":
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert [line[0] for line in lines] == [
            "Sitz", "Vorsitz", "Stellvertretender Vorsitz 1", "Stellvertretender Vorsitz 2",
        ]  # fmt: skip
        assert lines[1][2:6] == ["Henrike Vossberg", "11.06.2027", "11.06.2030", ""]
    assert (await room.get(f"{ROOM}/terms/as/doc")).status_code == 404


# --- who sees what ---------------------------------------------------------------------------------------------------

READ = [ROOM, f"{ROOM}/allowances", f"{ROOM}/terms/as/csv", f"{ROOM}/terms/TERM"]
WRITE = [f"{ROOM}/terms/new", f"{ROOM}/terms/TERM/resignation", f"{ROOM}/terms/TERM/end", f"{ROOM}/terms/TERM/edit",
         f"{ROOM}/terms/TERM/removal", f"{ROOM}/appointments/new"]  # fmt: skip


async def statuses(client, paths: list[str]) -> list[int]:
    reference = (await ledger.read()).of_seat(FIRST)[0].reference
    return [(await client.get(path.replace("TERM", reference))).status_code for path in paths]


async def test_the_chair_reads_the_room_and_enters_nothing(room):
    await as_chair(room)

    assert await statuses(room, READ) == [200] * len(READ)
    assert await statuses(room, WRITE) == [404] * len(WRITE)
    assert (
        await room.post(f"{ROOM}/allowances", headers={"x-csrftoken": room.cookies["csrftoken"]})
    ).status_code == 404


async def test_whoever_left_the_board_is_a_stranger_there(room):
    tarek = (await ledger.read()).of_seat(FIRST)[0]
    await leaving.resign(tarek.reference, received_on=DAY, effective_on=DAY)
    with on(date(2027, 7, 2)):
        someone = await Person.objects().get(Person.name == "Tarek Linnemann")
        room.cookies.set(COOKIE, await sign_in.begin_session(someone))

        assert await statuses(room, [*READ, *WRITE]) == [404] * len([*READ, *WRITE])


async def test_a_visitor_is_led_to_the_door(room):
    room.cookies.clear()

    assert await statuses(room, [*READ, *WRITE]) == [303] * len([*READ, *WRITE])


async def test_the_chair_lands_on_today_after_signing_in(room):
    henrike = await Person.objects().get(Person.name == "Henrike Vossberg")
    token = await sign_in.new_link(henrike, "")
    room.cookies.clear()
    answer = await submit(room, f"/sign-in/{token}")

    assert answer.headers["location"] == "/office"


# --- in public -------------------------------------------------------------------------------------------------------


async def test_the_public_page_is_that_of_the_day_asked_for(room):
    room.cookies.clear()
    today, before = words(await room.get("/board")), words(await room.get("/board?on=10.6.2027"))
    ahead = await room.get("/board?on=1.1.2031")

    assert "Henrike Vossberg" in today
    assert "Für diesen Tag ist niemand eingetragen" in before
    assert ahead.status_code == 422
    assert "Henrike" in words(await room.get("/en/board"))


async def test_what_has_not_begun_is_not_public(room):
    with on(date(2030, 6, 4)):
        row = await elected(CHAIR, "Nele Abendroth", date(2030, 6, 4))
        room.cookies.clear()

        assert (await room.get(f"/board/{row.reference}")).status_code == 404
        assert "Nele" not in (await room.get("/board")).text


async def test_a_managing_director_is_shown_as_what_they_are(room):
    await submit(
        room, f"{ROOM}/appointments/new", name="Jonas Hillebrecht", email="jonas@example.org", since="1.1.2020"
    )
    room.cookies.clear()
    page = BeautifulSoup((await room.get("/board")).text, "html.parser")

    assert "Jonas Hillebrecht, Geschäftsführung" in " ".join(
        page.select_one("#appointed ~ ul").get_text(" ").split()
    ).replace(" ,", ",")
    assert "Jonas" not in page.select_one(".faces").get_text()
    assert "Jonas" not in (await profile.known_profile()).representatives


async def test_a_special_representative_needs_the_clause_and_a_business(room):
    assert "Besondere Vertretung" not in (await room.get(f"{ROOM}/appointments/new")).text
    await rules(date(2027, 6, 1), special_representative=True)
    refused = await submit(room, f"{ROOM}/appointments/new", kind="special_representative", name="Jonas Hillebrecht",
                           since="1.7.2027")  # fmt: skip
    taken = await submit(room, f"{ROOM}/appointments/new", kind="special_representative", name="Jonas Hillebrecht",
                         since="1.7.2027", scope="Personal")  # fmt: skip

    assert (refused.status_code, taken.status_code) == (422, 303)
    assert "nur in bestimmten Geschäften (§ 30 BGB)" in words(refused)


async def test_the_pages_ask_as_often_for_many_terms_as_for_few(room, monkeypatch):
    count = counter(room, monkeypatch)
    places = (ROOM, "/board?x=1", f"{ROOM}/terms/as/csv")
    few = [await count(place) for place in places]
    for year in range(1995, 2022, 3):
        for place in (CHAIR, FIRST, SECOND):
            someone = await somebody(f"Gast {place[0]}{place[1]}-{year}")
            await term.enter(await the_seat(place), someone, since=date(year, 6, 1), until=date(year + 2, 5, 31))
    many = [await count(place) for place in places]

    assert many == few
    assert max(few) <= 14
