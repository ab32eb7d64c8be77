"""The pages of groups: what the office enters by them, what members and the public read, and who sees nothing."""

import csv
import io
from datetime import date

import pytest
from bs4 import BeautifulSoup

from network.activity import Activity
from network.groups import group, seats
from network.groups.tables import Participation, WorkingGroup
from network.members.tables import Organisation
from network.people import publication
from network.people.tables import Person, RoleKind
from tests.asked import counter
from tests.browser import send, submit
from tests.groups.conftest import let_in
from tests.groups.make import DAY, M01, M02, M08, a_group, a_member, known, leaves, on, somebody, takes_part, who

ROOM = "/office/groups"
LAST = date(2028, 12, 31)


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


def rows(answer) -> list[list[str]]:
    page = BeautifulSoup(answer.text, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")] for row in page.select("main tbody tr")
    ]


def place(of: WorkingGroup) -> str:
    return f"{ROOM}/{of.reference}"


async def test_an_empty_room_says_what_it_is_for(desk):
    assert "Noch keine Arbeitsgruppe" in words(await desk.get(ROOM))
    assert "Zurzeit wird keine Gruppe gezeigt" in words(await desk.get("/groups"))
    assert "/groups" not in (await desk.get("/about")).text


async def test_the_office_enters_a_group_by_one_form_and_finds_it(desk):
    answer = await submit(desk, f"{ROOM}/new", name_de="AG Qualität", purpose_de="Wertet *alles* aus.", founded_on="1.1.2020",
                          meetings_a_year="6")  # fmt: skip
    told = words(await desk.get(answer.headers["location"]))
    found = words(await desk.get("/office/search?q=qualitaet"))

    assert answer.status_code == 303
    assert all(said in told for said in ("AG Qualität", "Wertet alles aus.", "trifft sich 6-mal im Jahr", "aktiv"))
    assert "Als Sprecher/in ist niemand eingetragen." in told
    assert "Arbeitsgruppe AG Qualität" in found


async def test_a_refused_form_keeps_what_was_typed_and_stores_nothing(desk):
    await a_group()
    answer = await submit(desk, f"{ROOM}/new", name_de="AG Qualitaet", founded_on="1.1.2020", meetings_a_year="99")
    named = await submit(desk, f"{ROOM}/new", name_de="AG Qualitaet", founded_on="1.1.2020")

    assert (answer.status_code, named.status_code) == (422, 422)
    assert "von 1 bis 52" in words(answer)
    assert "Eine Gruppe dieses Namens gibt es schon." in words(named)
    assert 'value="AG Qualitaet"' in named.text
    assert await WorkingGroup.count() == 1


async def test_the_list_tells_of_the_day_who_chairs_and_how_many_take_part(desk):
    ag = await a_group()
    await takes_part(ag, "Ella Brandt", "chair", until=date(2027, 6, 30))
    await takes_part(ag, "Nuri Falk", member=M02)
    await takes_part(ag, "Nele Abend", "guest", member="")
    await a_group("AK Früher", founded_on=date(2010, 1, 1))
    await group.end(await WorkingGroup.objects().get(WorkingGroup.name_de == "AK Früher"), on=date(2015, 12, 31))

    today, then = await desk.get(ROOM), await desk.get(f"{ROOM}?on=2027-06-30")
    long_ago = await desk.get(f"{ROOM}?on=2012-01-01")

    assert rows(today) == [["AG Qualität", "frei", "2", "1", "1. Januar 2020"]]
    assert rows(then) == [["AG Qualität", "Ella Brandt", "3", "2", "1. Januar 2020"]]
    assert rows(long_ago)[0][0] == "AK Früher"
    assert "Beendet AK Früher" in words(today)
    assert "Gruppe eintragen" not in words(then)


async def test_the_office_gives_a_seat_by_name_and_the_people_of_a_name_are_asked_about(desk):
    ag = await a_group()
    await a_member(M01)
    typed = {"name": "Ella Brandt", "organisation": "neckarbogen ggmbh", "part": "chair", "since": "1.5.2024"}
    answer = await submit(desk, f"{place(ag)}/people/new", **typed)
    asked = await submit(desk, f"{place(await a_group('AK Arbeit'))}/people/new", **typed)

    assert answer.status_code == 303
    assert await who(ag, DAY) == {"Ella Brandt": "chair"}
    assert asked.status_code == 422
    assert "Nein, jemand anderes" in words(asked)
    assert await Person.count().where(Person.name == "Ella Brandt") == 1


async def test_a_refusal_of_a_seat_enters_nobody_and_stands_beside_its_field(desk):
    ag = await a_group()
    await a_member(M08, since=date(2027, 1, 1))
    typed = {"name": "Kilian Vogt", "email": "vogt@example.org", "since": "1.5.2024"}
    unknown = await submit(desk, f"{place(ag)}/people/new", organisation="Gibt es nicht gGmbH", **typed)
    early = await submit(desk, f"{place(ag)}/people/new", organisation=M08, **typed)

    assert (unknown.status_code, early.status_code) == (422, 422)
    assert "Kein Mitglied hat diesen Namen oder diese Nummer." in words(unknown)
    assert f"{M08} ist am 1. Mai 2024 kein Mitglied." in words(early)
    assert BeautifulSoup(early.text, "html.parser").select_one("#organisation-error")
    assert await Person.count().where(Person.name == "Kilian Vogt") == 0
    assert await Participation.count() == 0


async def test_a_member_is_found_by_its_number_and_asked_about_where_several_fit(desk):
    ag = await a_group()
    await a_member(M01, number="M01")
    await a_member("Neckartal gGmbH")
    here, typed = f"{place(ag)}/people/new", {"since": "1.5.2024", "part": "participant"}
    by_number = await submit(desk, here, name="Ella Brandt", organisation="M01", **typed)
    asked = await submit(desk, here, name="Nuri Falk", organisation="Neckar", **typed)
    answered = await send(desk, asked, meant=(await known("Neckartal gGmbH")).reference)

    assert (by_number.status_code, asked.status_code, answered.status_code) == (303, 422, 303)
    assert "Welches ist gemeint? Neckarbogen gGmbH · M01 Neckartal gGmbH" in words(asked)
    told = sorted((one.who, one.organisation_name) for one in await seats.of_group(ag))
    assert told == [("Ella Brandt", M01), ("Nuri Falk", "Neckartal gGmbH")]


async def test_where_a_guest_comes_from_is_entered_as_an_organisation(desk):
    ag = await a_group()
    await submit(desk, f"{place(ag)}/people/new", name="Nele Abend", organisation="Kammer Süd", part="guest",
                 since="1.5.2027")  # fmt: skip

    [seat] = await seats.of_group(ag)
    assert (seat.part, seat.organisation_name) == ("guest", "Kammer Süd")
    assert await Organisation.count() == 1


async def test_the_same_form_sent_twice_is_one_seat(desk):
    ag = await a_group()
    await a_member(M01)
    form = BeautifulSoup((await desk.get(f"{place(ag)}/people/new")).text, "html.parser")
    values = {field["name"]: field.get("value", "") for field in form.select("main form.form input[name]")}
    values |= {"name": "Ella Brandt", "organisation": M01, "part": "participant", "since": "1.5.2024"}
    answers = [await desk.post(f"{place(ag)}/people/new", data=values) for _twice in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert await Participation.count() == 1


async def test_a_notice_stands_beside_the_seat_at_once_and_goes_with_it(desk):
    ag = await a_group()
    await takes_part(ag, "Kilian Vogt", "chair", member=M08)
    house = await leaves(M08, LAST)

    assert "endet am 31. Dezember 2028 mit der Mitgliedschaft" in rows(await desk.get(place(ag)))[0][3]
    assert "endet am 31. Dezember 2028 mit der Mitgliedschaft" in rows(await desk.get(ROOM))[0][1]
    after = words(await desk.get(f"{place(ag)}?on=2029-01-01"))
    assert "An diesem Tag hatte niemand einen Sitz." in after
    assert (
        "Kilian Vogt , Sprecher/in: Mainfeld e. V. 1. Mai 2024 bis 31. Dezember 2028 · mit der Mitgliedschaft" in after
    )
    own = words(await desk.get(f"/office/members/{house.reference}"))
    assert (
        "AG Qualität : Kilian Vogt, Sprecher/in 1. Mai 2024 bis 31. Dezember 2028 · endet mit der Mitgliedschaft" in own
    )


async def test_part_end_and_days_are_changed_each_on_a_page_of_its_own(desk):
    ag = await a_group()
    ella = await takes_part(ag, "Ella Brandt")
    here = f"{place(ag)}/people/{ella.reference}"
    asked = [(await desk.get(f"{here}/{what}")).status_code for what in ("part", "end", "edit")]

    await submit(desk, f"{here}/part", part="chair", on="1.9.2027")
    chair = next(one for one in await seats.of_group(ag) if one.part == "chair")
    there = f"{place(ag)}/people/{chair.reference}"
    wrong = await submit(desk, f"{there}/end", until="1.8.2027")
    ended = await submit(desk, f"{there}/end", until="30.9.2027", note="Elternzeit")
    put_right = await submit(desk, f"{there}/edit", form=0, since="1.9.2027", until="31.10.2027", note="Elternzeit")
    told = words(await desk.get(place(ag)))

    assert asked == [200, 200, 200]
    assert (wrong.status_code, ended.status_code, put_right.status_code) == (422, 303, 303)
    assert "Der Sitz besteht erst seit dem 1. September 2027." in words(wrong)
    assert "endet am 31. Oktober 2027" in told
    assert "Ella Brandt , Mitarbeit" in told


async def test_what_never_was_is_removed_from_its_page(desk):
    ag = await a_group()
    ella = await takes_part(ag, "Ella Brandt")
    await submit(desk, f"{place(ag)}/people/{ella.reference}/edit")  # its last form is the removal
    await submit(desk, f"{place(ag)}/edit")

    assert (await Participation.count(), await WorkingGroup.count()) == (0, 0)


async def test_a_group_is_ended_and_goes_on_by_its_page(desk):
    ag = await a_group()
    await takes_part(ag, "Ella Brandt", "chair")
    told = words(await desk.get(f"{place(ag)}/end"))
    await submit(desk, f"{place(ag)}/end", on="31.12.2027", note="Auftrag erfüllt")
    ending = words(await desk.get(place(ag)))
    await submit(desk, place(ag))

    assert "Der eine Sitz darin endet mit dem letzten Tag der Gruppe." in told
    assert "Die Gruppe endet am 31. Dezember 2027. Ein Sitz endet mit ihr." in ending
    assert "endet am 31. Dezember 2027 mit der Gruppe" in ending
    assert "endet am" not in words(await desk.get(place(ag)))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_the_people_go_as_a_file_and_that_is_noted(desk, kind):
    ag = await a_group()
    await takes_part(ag, "Ella Brandt", "chair")
    await takes_part(ag, "Nuri Falk", until=date(2026, 12, 31), member=M02)
    answer = await desk.get(f"{place(ag)}/as/{kind}")

    assert answer.status_code == 200
    if kind == "csv":
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert lines[1:] == [["Ella Brandt", "Sprecher/in", M01, "brandt@example.org", "01.05.2024", "", ""]]
    taken = await Activity.objects().where(Activity.verb == "protected details taken along")
    assert [(row.thing, row.detail) for row in taken] == [(group.thing(ag), "1")]
    assert (await desk.get(f"{place(ag)}/as/pdf")).status_code == 404


async def test_a_person_s_page_tells_their_groups(desk):
    ag = await a_group()
    await takes_part(ag, "Ella Brandt", until=date(2026, 12, 31))
    await takes_part(ag, "Ella Brandt", "chair", since=date(2027, 1, 1))
    told = words(await desk.get(f"/office/people/{(await somebody('Ella Brandt')).reference}"))

    assert f"AG Qualität , Sprecher/in · {M01} seit 1. Januar 2027" in told
    assert "Ein früherer Sitz" in told


async def test_representatives_read_the_seats_of_their_own_and_the_names_in_all_groups(desk, representing):
    ag, ak = await a_group(), await a_group("AK Arbeit")
    await takes_part(ag, "Ella Brandt", "chair")
    await takes_part(ag, "Nuri Falk", member=M02)
    await takes_part(ak, "Nuri Falk", member=M02, until=date(2027, 1, 31))
    nuris = await representing("Tarek Linnemann", M02)
    own = f"/mine/{(await known(M02)).reference}"

    told = words(await nuris.get(f"{own}/groups"))
    inside = await nuris.get(f"{own}/groups/{ag.reference}")

    assert "Arbeitsgruppen" in words(await nuris.get(own))
    assert "Nuri Falk, Mitarbeit: AG Qualität seit 1. Mai 2024" in told
    assert "Nuri Falk, Mitarbeit: AK Arbeit 1. Mai 2024 bis 31. Januar 2027" in told
    assert "AG Qualität Sprecher/in: Ella Brandt · 2 Personen" in told
    assert f"Ella Brandt, Sprecher/in {M01} Nuri Falk, Mitarbeit {M02}" in words(inside)
    assert "@example.org" not in BeautifulSoup(inside.text, "html.parser").select_one("main").text
    assert "form" not in [tag.name for tag in BeautifulSoup(inside.text, "html.parser").select_one("main").find_all()]


async def test_strangers_see_nothing_and_the_board_only_reads(desk, visitor, representing):
    ag = await a_group()
    ella = await takes_part(ag, "Ella Brandt")
    await a_member(M02)
    nuris, mine = await representing("Tarek Linnemann", M02), f"/mine/{(await known(M01)).reference}"
    paths = [ROOM, place(ag), f"{ROOM}/new", f"{place(ag)}/edit", f"{place(ag)}/people/new", f"{place(ag)}/as/csv",
             f"{place(ag)}/people/{ella.reference}/edit"]  # fmt: skip

    assert {
        (await nuris.get(path)).status_code for path in [*paths, f"{mine}/groups", f"{mine}/groups/{ag.reference}"]
    } == {404}
    assert {(await visitor.get(path)).status_code for path in paths} <= {302, 303, 307}
    board = await let_in(visitor, "Henrike Voss", RoleKind.BOARD_MEMBER, "of-a-term")
    assert [(await board.get(path)).status_code for path in paths] == [200, 200, 404, 404, 404, 404, 404]
    assert "Bearbeiten" not in words(await board.get(place(ag)))
    assert {(await desk.get(f"{ROOM}/nirgends{more}")).status_code for more in ("", "/edit", "/people/x/edit")} == {404}
    assert (await desk.get(f"{place(ag)}/people/nirgends/edit")).status_code == 404


async def test_a_former_member_reads_nothing_of_groups_any_more(desk, representing):
    await a_member(M08)
    kilians, mine = await representing("Kilian Vogt", M08), f"/mine/{(await known(M08)).reference}"
    before = (await kilians.get(f"{mine}/groups")).status_code
    await leaves(M08, date(2027, 9, 5))

    assert (before, (await kilians.get(f"{mine}/groups")).status_code) == (200, 404)


async def test_the_public_reads_of_shown_groups_and_of_a_chair_who_agreed(desk, visitor):
    ag = await a_group(purpose_de="Wertet aus.", shown=True, name_en="Quality group")
    await a_group("AG Intern")
    await takes_part(ag, "Ella Brandt", "chair")
    await takes_part(ag, "Nuri Falk", member=M02)
    silent = words(await visitor.get("/groups"))
    await publication.agreed(await somebody("Ella Brandt"), ["name"], actor="mira")
    with on(date(2027, 9, 7)):
        agreed, english = words(await visitor.get("/groups")), await visitor.get("/en/groups")
        listed = (await visitor.get("/sitemap.xml")).text, (await visitor.get("/about")).text

    assert "AG Qualität Wertet aus. Beteiligte Mitglieder 2" in silent
    assert "AG Intern" not in silent
    assert f"Sprecher/in Ella Brandt, {M01}" in agreed
    assert "Nuri" not in agreed
    assert "Quality group" in words(english)
    assert '<div class="prose" lang="de"><p>Wertet aus.' in english.text
    assert all("/groups" in text for text in listed)


async def test_a_long_list_asks_the_database_no_more_than_a_short_one(desk, monkeypatch):
    questions = counter(desk, monkeypatch)
    await takes_part(await a_group("AK Arbeit"), "Ella Brandt")
    few = await questions(ROOM)
    for number in range(12):
        await takes_part(await a_group(f"AG {number}"), f"Gast Nummer{number}", member=f"Haus {number} gGmbH")

    many = await questions(ROOM)

    assert many == few <= 12
