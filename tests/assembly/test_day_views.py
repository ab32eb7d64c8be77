"""The day on its pages: the chair lets in, calls, puts to the vote and announces; the room follows; strangers see nothing."""

import asyncio

import pytest
from bs4 import BeautifulSoup
from piccolo.query.base import Query

from network.assembly import (
    acceptance,
    attendance,
    ballot,
    ban,
    candidate,
    course,
    decision,
    election,
    following,
    meeting,
    protocol,
)
from network.assembly.tables.day import Ballot, Presence
from network.assembly.tables.elections import Candidate, Election
from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind
from network.assembly.verdict import Counted
from network.association.tables import Association
from network.errors import Refused
from network.people.tables import RoleKind
from network.resolutions.counts import Count
from network.resolutions.tables import Resolution
from network.web import recent
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.day import IN_THE_ROOM, announced, under_way


@pytest.fixture
async def opened(ten):
    async with under_way(ten) as row:
        yield row


@pytest.fixture
async def chair(opened):
    async with browser() as one:
        yield await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))


def here(row: Assembly) -> str:
    return f"/office/assemblies/{row.reference}"


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


async def press(client, path: str, action: str, **typed):
    """The button of the form with this end of its address."""
    page = await client.get(path)
    form = next(
        one for one in BeautifulSoup(page.text, "html.parser").select("main form")
        if one.get("action", path).endswith(action)
    )  # fmt: skip
    token = form.select_one("[name=_csrf_token]")["value"]
    hidden = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}
    return await client.post(form.get("action", path), data=hidden | {"_csrf_token": token} | typed)


async def test_the_chair_sees_what_is_represented_and_why(chair, opened):
    told = words(await chair.get(f"{here(opened)}/day"))

    assert "16 von 18 Stimmen sind vertreten" in told
    assert "9 von 10 Mitgliedern" in told
    assert "Mit Vollmacht Ruhrpunkt Training gGmbH" in told


async def test_a_member_is_let_in_and_leaves_with_its_votes(chair, opened, ten):
    arrival = f"{here(opened)}/day/members/{ten['M06'].reference}"
    page = await chair.get(arrival)
    token = BeautifulSoup(page.text, "html.parser").select_one("main [name=_csrf_token]")["value"]

    came = await chair.post(arrival, data={"_csrf_token": token, "name": "Dr. Ruta Kaspereit", "place": "room"})
    after = words(await chair.get(f"{here(opened)}/day"))
    await press(chair, f"{here(opened)}/day", f"{ten['M06'].reference}/leaving")

    assert came.status_code == 303
    assert "18 von 18 Stimmen sind vertreten" in after
    assert "16 von 18 Stimmen sind vertreten" in words(await chair.get(f"{here(opened)}/day"))


async def test_a_vote_goes_from_the_item_to_the_book(chair, opened):
    found = await announced(opened)
    await course.call(opened, found, actor="")
    form = f"{here(opened)}/day/items/{found.reference}/vote"
    token = BeautifulSoup((await chair.get(form)).text, "html.parser").select_one("main [name=_csrf_token]")["value"]

    put = await chair.post(form, data={"_csrf_token": token, "title": "Haushalt 2028", "wording": "Der Haushalt …",
                                       "way": "hands"})  # fmt: skip
    vote = put.headers["location"]
    await press(chair, vote, "/opening")
    refused = await press(chair, vote, vote, yes="9", no="4")
    counted = await press(chair, vote, vote, yes="10", no="4", abstain="2")

    assert (put.status_code, refused.status_code, counted.status_code) == (303, 422, 303)
    assert "Es fehlen 3 Stimmen" in words(refused) or "3 Stimmen fehlen" in words(refused)
    told = words(await chair.get(vote))
    assert "10 Ja, 4 Nein" in told
    assert "MV 2027-1" in told
    assert [row.outcome for row in await Resolution.objects()] == ["adopted"]


async def test_who_represents_a_member_casts_its_votes_at_the_own_screen(opened, ten):
    found = await announced(opened)
    put = await decision.put(opened, found, title="Haushalt", wording="…", way="open", actor="")
    await decision.begin(opened, put, actor="")
    paper = f"/mine/{ten['M07'].reference}/assemblies/{opened.reference}/vote"

    async with browser() as one:
        await come_in(one, await somebody("Ada Beispiel", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M07"].reference))
        before = words(await one.get(paper))
        cast = await press(one, paper, "/vote", choice="yes")
        after = words(await one.get(paper))

    assert "Sie geben 2 Stimmen ab" in before
    assert cast.status_code == 303
    assert "Abgegeben: Ja" in after or "Abgegeben: ja" in after
    assert sum(row.votes for row in await Ballot.objects()) == 2


async def test_nobody_votes_for_another_member(opened, ten):
    async with browser() as one:
        await come_in(one, await somebody("Ada Beispiel", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M07"].reference))

        assert (await one.get(f"/mine/{ten['M01'].reference}/assemblies/{opened.reference}/vote")).status_code == 404


@pytest.mark.parametrize("path", ["day", "screen", "screen/changes"])
async def test_strangers_and_representatives_see_nothing_of_the_day(opened, ten, path):
    async with browser() as one:
        visitor = await one.get(f"{here(opened)}/{path}")
        await come_in(one, await somebody("Ada Beispiel", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference))
        representative = await one.get(f"{here(opened)}/{path}")

    assert (visitor.status_code, representative.status_code) == (303, 404)


async def test_the_administration_reads_and_does_not_lead(opened, ten):
    async with browser() as one:
        await come_in(one, await somebody("Pia Nörtemann", RoleKind.ADMIN))

        assert (await one.get(f"{here(opened)}/day")).status_code == 200
        assert (await one.get(f"{here(opened)}/day/members/{ten['M06'].reference}")).status_code == 404


async def test_the_screen_tells_what_is_voted_on_and_how_it_came_out(chair, opened):
    found = await announced(opened)
    await course.call(opened, found, actor="")
    put = await decision.put(opened, found, title="Haushalt 2028", wording="Der Haushalt …", actor="")
    await decision.begin(opened, put, actor="")

    during = words(await chair.get(f"{here(opened)}/screen"))
    await decision.count(opened, put, decision.Count(16, 0), actor="")
    after = words(await chair.get(f"{here(opened)}/screen"))

    assert "Haushalt 2028" in during
    assert "Abstimmung läuft" in during
    assert "angenommen" in after
    assert "16 Ja, 0 Nein" in after


async def test_the_screen_tells_who_was_elected_with_how_many_votes_and_who_accepts(chair, opened):
    await decided(opened, "Satzungsänderung")
    found = await announced(opened, ItemKind.ELECTION, "Wahl")
    of, people = await with_candidates(opened, found, "Ada Beispiel", "Ben Muster")
    await course.call(opened, found, actor="")

    called = words(await chair.get(f"{here(opened)}/screen"))
    one = await ballot.begin(opened, of, "one_vote", people, actor="")
    await ballot.count(opened, one, Counted(dict(zip(references(people), (10, 4), strict=True)), abstain=2), actor="")
    counted = words(await chair.get(f"{here(opened)}/screen"))
    await acceptance.accept(opened, of, people[0], actor="")
    accepted = words(await chair.get(f"{here(opened)}/screen"))
    await course.close(opened, actor="")
    closed = words(await chair.get(f"{here(opened)}/screen"))

    assert "Satzungsänderung" not in called
    assert "Ada Beispiel 10 Stimmen gewählt hat noch nicht geantwortet Ben Muster 4 Stimmen" in counted
    for told in (accepted, closed):
        assert "Ada Beispiel 10 Stimmen gewählt angenommen um 10:00" in told
        assert "Satzungsänderung" not in told


async def test_the_screen_tells_of_yes_or_no_to_one_person_that_nobody_is_elected(chair, opened):
    found = await announced(opened, ItemKind.ELECTION, "Wahl")
    of, people = await with_candidates(opened, found, "Emil Probe")
    one = await ballot.begin(opened, of, "yes_no", people, actor="")
    await ballot.count(opened, one, Counted(yes=6, no=6, abstain=4), actor="")

    told = words(await chair.get(f"{here(opened)}/screen"))

    assert "niemand gewählt" in told
    assert "6 Ja, 6 Nein, 4 Enthaltungen" in told


async def test_closing_the_assembly_closes_its_elections(chair, opened):
    found = await announced(opened, ItemKind.ELECTION, "Wahl")
    of, people = await with_candidates(opened, found, "Ada Beispiel")
    await election.plan(opened, found, title="Kasse", actor="")
    one = await ballot.begin(opened, of, "yes_no", people, actor="")
    await ballot.count(opened, one, Counted(yes=12, no=4), actor="")
    await acceptance.accept(opened, of, people[0], actor="")

    filled = [words(await chair.get(f"{here(opened)}/elections{end}")) for end in ("", f"/{of.reference}")]
    await press(chair, f"{here(opened)}/day/closure", "")
    over = words(await chair.get(f"{here(opened)}/elections"))

    assert all("der Platz ist besetzt" in told and "0 Plätze" not in told for told in filled)
    assert all(row.closed_at for row in await election.elections_of(opened))
    assert "Ada Beispiel erledigt" in over
    assert "fand nicht statt" in over
    assert " offen" not in over


async def decided(row: Assembly, title: str) -> None:
    put = await decision.put(row, await announced(row, title=title), title=title, wording="…", actor="")
    await decision.begin(row, put, actor="")
    await decision.count(row, put, decision.Count(16, 0), actor="")


async def with_candidates(row: Assembly, found: AgendaItem, *names: str) -> tuple[Election, list[Candidate]]:
    of = await election.plan(row, found, title="Vorsitz", actor="")
    for name in names:
        await candidate.consent(row, of, await candidate.propose(row, of, name=name, actor=""), how="present", actor="")
    return of, await candidate.candidates_of(of)


def references(people: list[Candidate]) -> list[str]:
    return [one.reference for one in people]


async def test_the_pages_hear_of_each_deed(opened, ten):
    heard = following.turns_of(opened)
    first = await anext(heard)

    await attendance.come(opened, ten["M06"], name="Dr. Ruta Kaspereit", actor="")

    assert int(await asyncio.wait_for(anext(heard), 5)) > int(first)
    await heard.aclose()


async def test_a_page_made_from_the_latest_deed_hears_nothing_until_the_next(opened, ten):
    row = await meeting.by_reference(opened.reference)
    heard = following.turns_of(row, row.turns)
    waiting = asyncio.ensure_future(anext(heard))

    await asyncio.sleep(3 * following.LOOK_SECONDS)
    idle = waiting.done()
    await attendance.come(opened, ten["M06"], name="Dr. Ruta Kaspereit", actor="")

    assert not idle
    assert int(await asyncio.wait_for(waiting, 5)) == row.turns + 1
    await heard.aclose()


async def test_however_many_follow_the_database_is_asked_once_for_a_look(opened, monkeypatch):
    row = await meeting.by_reference(opened.reference)
    await following.turns_now(row.reference)
    asked, ask = [], Query._run

    async def counted(self, *args, **options):
        asked.append(self)
        return await ask(self, *args, **options)

    monkeypatch.setattr(Query, "_run", counted)

    numbers = [await following.turns_now(row.reference) for _page in range(50)]

    assert numbers == [row.turns] * 50
    assert len(asked) <= 1  # where the fifty took longer than a look


async def test_whoever_has_nothing_to_do_with_it_hears_nothing(opened, ten):
    async with browser() as one:
        await come_in(one, await somebody("Ella Brandt", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference))
        office = await one.get(f"{here(opened)}/screen/changes")
        other = await one.get(f"/mine/{ten['M02'].reference}/assemblies/{opened.reference}/vote/changes")

    assert (office.status_code, other.status_code) == (404, 404)


async def test_an_assembly_is_closed_on_a_page_of_its_own_and_not_while_a_vote_is_open(chair, opened):
    put = await decision.put(opened, await announced(opened), title="Haushalt", wording="…", actor="")
    await decision.begin(opened, put, actor="")

    await press(chair, f"{here(opened)}/day/closure", "")
    still = await meeting.by_reference(opened.reference)
    await decision.count(opened, put, decision.Count(16, 0), actor="")
    await press(chair, f"{here(opened)}/day/closure", "")

    assert still.closed_at is None
    assert (await meeting.by_reference(opened.reference)).closed_at is not None
    assert "Die Versammlung ist geschlossen" in (await chair.get(f"{here(opened)}/day")).text


async def test_the_page_asks_as_many_questions_whoever_is_there(chair, opened, monkeypatch):
    asked = []
    ask = Query._run

    async def counted(self, *args, **options):
        if self.table is not Association:  # kept for a second, so that it comes and goes
            asked.append(self)
        return await ask(self, *args, **options)

    async def queries() -> int:
        asked.clear()
        recent.forget()
        await chair.get(f"{here(opened)}/day")
        return len(asked)

    monkeypatch.setattr(Query, "_run", counted)
    await queries()  # what is asked for once and kept
    many = await queries()
    first = await Presence.objects().order_by(Presence.id).first()
    await Presence.delete().where(Presence.id != first.id)

    assert await queries() == many


async def test_a_long_agenda_asks_no_more_questions_for_its_bans_and_votes(chair, opened, ten, monkeypatch):
    asked = []
    ask = Query._run

    async def counted(self, *args, **options):
        if self.table is not Association:
            asked.append(self)
        return await ask(self, *args, **options)

    async def queries() -> int:
        asked.clear()
        recent.forget()
        await chair.get(f"{here(opened)}/day")
        return len(asked)

    async def decided(number: int) -> None:
        found = await announced(opened, title=f"Antrag {number}")
        await course.call(opened, found, actor="")
        await ban.impose(opened, found, ten["M01"], why="contract", actor="")
        put = await decision.put(opened, found, title=f"Antrag {number}", wording="…", actor="")
        one = await decision.begin(opened, put, actor="")
        await decision.count(opened, put, Count(one.castable, 0), actor="")

    await decided(1)
    monkeypatch.setattr(Query, "_run", counted)
    await queries()
    few = await queries()
    monkeypatch.setattr(Query, "_run", ask)
    for number in (2, 3, 4):
        await decided(number)
    monkeypatch.setattr(Query, "_run", counted)

    assert await queries() == few


async def test_of_many_members_one_is_found_by_its_name(chair, opened):
    found = words(await chair.get(f"{here(opened)}/day?member=ruhrpunkt"))
    nobody = words(await chair.get(f"{here(opened)}/day?member=xyz"))

    assert "Ruhrpunkt Training gGmbH" in found
    assert "Neckarbogen Reha und Arbeit gGmbH" not in found.partition("Gäste")[0].partition("mit Vollmacht")[0]
    assert "So heißt kein Mitglied." in nobody


async def test_opening_before_anybody_was_let_in_is_warned_of(chair, opened, ten):
    for number in (*IN_THE_ROOM, "M04"):
        await attendance.go(opened, ten[number], actor="")
    await Assembly.update({Assembly.opened_at: None}).where(Assembly.id == opened.id)
    day = f"{here(opened)}/day"

    before = words(await chair.get(day))
    await press(chair, day, "/opening", chair="Gisbert Ohm", minute_taker="Mira Quandt")
    after = await chair.get(day)

    assert "lassen Sie zuerst die Mitglieder ein" in before
    assert "noch ist keine Stimme vertreten" in after.text
    assert "Keine Stimme ist vertreten: Es kann nichts beschlossen werden." in words(after)


async def test_whoever_may_not_vote_stands_beside_the_sum(chair, opened, ten):
    found = await announced(opened)
    await ban.impose(opened, found, ten["M07"], why="contract", actor="")
    put = await decision.put(opened, found, title="Vertrag", wording="…", actor="")
    await decision.begin(opened, put, actor="")
    vote = f"{here(opened)}/votes/{put.reference}"

    begun = words(await chair.get(vote))
    refused = words(await press(chair, vote, vote, yes="9", no="4"))
    counted = await press(chair, vote, vote, yes="10", no="4")
    table = BeautifulSoup((await chair.get(vote)).text, "html.parser").select("main tbody td")

    assert "abgegeben werden. 2 dürfen nicht" in begun
    assert "abgegeben werden können aber 14" in refused
    assert counted.status_code == 303
    assert [cell.get_text() for cell in table] == ["10", "4", "0", "0", "0", "2", "16"]


async def test_no_other_item_is_called_while_a_vote_is_open(chair, opened):
    found, other = await announced(opened), await announced(opened, title="Beitrag")
    await course.call(opened, found, actor="")
    put = await decision.put(opened, found, title="Haushalt", wording="…", actor="")
    await decision.begin(opened, put, actor="")

    with pytest.raises(Refused) as no:
        await course.call(opened, other, actor="")

    assert "„Haushalt“" in no.value.words
    now = await course.current_item(opened)
    assert now
    assert now.id == found.id


async def test_of_an_open_vote_everybody_sees_how_after_the_announcement(chair, opened, ten):
    found = await announced(opened)
    put = await decision.put(opened, found, title="Haushalt", wording="…", way="open", actor="")
    await decision.begin(opened, put, actor="")
    await decision.cast(opened, put, ten["M07"], "yes", actor="")
    await decision.cast(opened, put, ten["M01"], "no", actor="")
    vote = f"{here(opened)}/votes/{put.reference}"

    page = BeautifulSoup((await chair.get(vote)).text, "html.parser")
    refused = words(await press(chair, vote, vote, yes="0", no="16"))
    await press(chair, vote, vote, yes="13", no="3")
    told = words(await chair.get(vote))
    wall = words(await chair.get(f"{here(opened)}/screen"))
    minutes = await protocol.drafted(opened)
    async with browser() as one:
        await come_in(one, await somebody("Ella Brandt", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference))
        own = words(await one.get(f"/mine/{ten['M01'].reference}/assemblies/{opened.reference}/vote"))

    assert [page.select_one(f"main [name={name}]")["value"] for name in ("yes", "no", "abstain", "not_cast")] == [
        "2", "3", "0", "11",
    ]  # fmt: skip
    assert "Offen abgegeben wurden 2 Ja, 3 Nein, 0 Enthaltungen" in refused
    yes, no = (f"{ten[number].name} ({votes})" for number, votes in (("M07", 1), ("M01", 3)))
    for name in (yes, no, f"{ten['M10'].name} (1)"):
        assert name in told
        assert name in minutes
        assert name in wall
        assert name in own


async def test_while_a_vote_is_open_neither_the_room_nor_a_member_sees_who_cast_how(chair, opened, ten):
    put = await decision.put(opened, await announced(opened), title="Haushalt", wording="…", way="open", actor="")
    await decision.begin(opened, put, actor="")
    await decision.cast(opened, put, ten["M07"], "no", actor="")

    wall = words(await chair.get(f"{here(opened)}/screen"))
    async with browser() as one:
        await come_in(one, await somebody("Ella Brandt", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference))
        own = words(await one.get(f"/mine/{ten['M01'].reference}/assemblies/{opened.reference}/vote"))

    assert "Haushalt" in wall
    assert ten["M07"].name not in wall + own
