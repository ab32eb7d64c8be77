"""The office's pages of entries that may be one: the list, both side by side, one of them, two after all."""

import httpx
import pytest
from bs4 import BeautifulSoup

from network.activity import LOOKED, Activity
from network.members import apart, function, merging, organisation
from network.members.tables import Membership, Merge, Organisation, Site
from network.people import person, roles, sign_in
from network.people.tables import Person, RoleKind
from network.people.viewer import COOKIE
from tests.asked import counter
from tests.browser import send, submit
from tests.members.make import a_site, member

PAIRS, PEOPLE = "/office/members/duplicates", "/office/people/duplicates"


def words(answer: httpx.Response) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


def forms(answer: httpx.Response, ending: str) -> list[int]:
    """The places of the forms in the page's main part that are sent there."""
    found = BeautifulSoup(answer.text, "html.parser").select("main form[method=post]")
    return [place for place, form in enumerate(found) if (form.get("action") or "").endswith(ending)]


async def two_people() -> tuple[Person, Person]:
    house = await organisation.enter("Neckarbogen gGmbH")
    kept, gone = (
        await person.enter("Ella Brandt", "ella@example.org"),
        await person.enter("Ella Brand", phone="0621 12345"),
    )
    for one in (kept, gone):
        await function.appoint(house, one, "contact")
    return kept, gone


async def test_two_people_are_compared_made_one_and_taken_apart(desk):
    kept, gone = await two_people()

    listed = await desk.get(PEOPLE)
    compared = await desk.get(f"{PEOPLE}/{kept.reference}/{gone.reference}")
    answer = await send(desk, compared, phone="gone")
    one = await desk.get(answer.headers["location"])
    told = words(await desk.get(PEOPLE))
    merged = await Person.objects().get(Person.id == kept.id)
    back = await send(desk, await desk.get(PEOPLE))

    assert "Ella Brandt Neckarbogen gGmbH Ella Brand Neckarbogen gGmbH" in words(listed)
    assert "ähnlicher Name" in words(listed)
    assert "in derselben Organisation" in words(listed)
    assert "0621 12345" not in words(listed)
    assert "Aufgaben von Personen" in words(compared)
    assert (answer.status_code, one.status_code, merged.phone) == (303, 200, "0621 12345")
    assert "Ella Brand" in told
    assert back.status_code == 303
    assert sorted(row["phone"] for row in await Person.select(Person.phone)) == ["", "", "0621 12345"]


async def test_what_was_made_one_is_taken_apart_on_the_page_of_the_entry_too(desk):
    kept, gone = await member("Neckarbogen gGmbH"), await organisation.enter("Neckarbogn")
    await submit(desk, f"{PAIRS}/{kept.reference}/{gone.reference}")
    place = f"/office/members/{kept.reference}"

    joined = await desk.get(place)
    await send(desk, joined, form=forms(joined, "/undo")[0])
    apart_again = await desk.get(place)

    assert "Neckarbogn" in words(joined).partition("Zusammengeführt")[2]
    assert forms(await desk.get(f"{place}?on=2020-01-01"), "/undo") == forms(apart_again, "/undo") == []
    assert await Organisation.count() == 2


async def test_comparing_people_is_noted_and_listing_them_is_not(desk):
    kept, gone = await two_people()

    await desk.get(PEOPLE)
    before = await Activity.count().where(Activity.verb == LOOKED)
    await desk.get(f"{PEOPLE}/{kept.reference}/{gone.reference}")

    assert (before, await Activity.count().where(Activity.verb == LOOKED)) == (0, 2)


async def test_a_press_too_many_leads_to_the_one_entry(desk):
    kept, gone = await two_people()
    page = await desk.get(f"{PEOPLE}/{kept.reference}/{gone.reference}")

    answers = [await send(desk, page) for _press in range(2)]

    assert [(answer.status_code, answer.headers["location"]) for answer in answers] == [
        (303, f"/office/people/{kept.reference}")
    ] * 2
    assert await Merge.count() == 1


async def test_who_may_do_more_than_the_office_is_joined_by_the_administration_alone(desk):
    kept, gone = await two_people()
    await roles.grant(gone, RoleKind.ADMIN)
    place = f"{PEOPLE}/{kept.reference}/{gone.reference}"
    page = await desk.get(f"/office/people/{kept.reference}")

    office = [words(await desk.get(PEOPLE)), (await desk.get(place)).status_code, (await desk.post(place)).status_code]
    own = (await desk.get(f"{PEOPLE}?of={gone.reference}")).status_code
    mira = await Person.objects().get(Person.name == "Mira Quandt")
    await roles.grant(mira, RoleKind.ADMIN)
    admin = (await desk.get(place)).status_code

    assert "Keine zwei Personen sehen sich ähnlich." in office[0]
    assert (office[1:], own, admin) == ([404, 403], 404, 200)
    assert f"/office/people/duplicates?of={kept.reference}" in page.text


async def test_nobody_else_sees_these_pages(client, association):
    kept, gone = await two_people()
    places = [PAIRS, PEOPLE, f"{PEOPLE}/{kept.reference}/{gone.reference}", f"{PAIRS}/a/b"]

    visitor = [(await client.get(place)).status_code for place in places]
    client.cookies.set(COOKIE, await sign_in.begin_session(kept))
    signed_in = [(await client.get(place)).status_code for place in places]

    assert (visitor, signed_in) == ([303] * 4, [404] * 4)


async def test_a_pair_that_is_two_goes_from_the_list_and_comes_back_on_request(desk):
    one, other = await organisation.enter("Saaletal e. V."), await organisation.enter("Saaletal gGmbH")
    listed = await desk.get(PAIRS)

    answer = await send(desk, listed, form=forms(listed, "/apart")[0])
    after = await desk.get(PAIRS)
    compared = await desk.get(f"{PAIRS}/{one.reference}/{other.reference}")
    again = await send(desk, after, form=forms(after, "/end")[0])

    assert answer.status_code == 303
    assert "Keine zwei Organisationen sehen sich ähnlich." in words(after)
    assert "Ein Paar, das zwei ist" in words(after)
    assert "Mira Quandt" in words(after)
    assert "wurde vermerkt, dass dies zwei sind" in words(compared)
    assert again.status_code == 303
    assert forms(await desk.get(PAIRS), "/apart") != []
    assert await apart.all_of("organisation") == []


async def test_from_an_entrys_page_another_is_found_by_its_name(desk):
    one, other = await member("Saaletal e. V."), await organisation.enter("Ganz anders gGmbH", town="Halle")
    page = await desk.get(f"/office/members/{one.reference}")
    place = f"{PAIRS}?of={one.reference}"

    none = await desk.get(place)
    found = await desk.get(f"{place}&q=anders+halle")

    assert place in page.text
    assert "Kein anderer Eintrag sieht ähnlich aus." in words(none)
    assert f"{PAIRS}/{one.reference}/{other.reference}" in found.text


async def test_the_page_asks_which_membership_is_right_and_which_sites_are_the_same(desk):
    kept, gone = await member("Saaletal e. V.", number="M1"), await member("Saaletal gGmbH", number="M2")
    for row in (kept, gone):
        await a_site(row, "Halle", "06108", street="Saalestraße 5")
    place = f"{PAIRS}/{kept.reference}/{gone.reference}"

    silent = await submit(desk, place)
    before = (await Membership.count(), await Site.count(), await Organisation.count())
    chosen = await send(desk, silent, membership="gone")

    assert silent.status_code == 422
    assert "Beide sind an denselben Tagen Mitglied: M1, seit 1. Januar 2001 und M2, seit 1. Januar 2001." in words(
        silent
    )
    assert "Saalestraße 5, 06108 Halle" in words(silent)
    assert (before, chosen.status_code) == ((2, 2, 2), 303)
    assert (await Membership.count(), await Site.count(), await Organisation.count()) == (1, 1, 1)
    assert [row["number"] for row in await Membership.select(Membership.number)] == ["M2"]


async def test_what_somebody_else_changed_meanwhile_is_shown_before_anything_is_joined(desk):
    kept, gone = await organisation.enter("Saaletal e. V."), await organisation.enter("Saaletal gGmbH")
    page = await desk.get(f"{PAIRS}/{kept.reference}/{gone.reference}")
    await organisation.change(await organisation.by_reference(gone.reference), phone="0345 1")

    asked = await send(desk, page)
    answer = await send(desk, asked)

    assert asked.status_code == 422
    assert "Einer der beiden Einträge wurde inzwischen geändert." in words(asked)
    assert "0345 1" in words(asked)
    assert (answer.status_code, (await organisation.by_reference(kept.reference)).phone) == (303, "0345 1")


async def test_why_a_merge_cannot_be_taken_apart_stands_on_the_page(desk):
    kept, gone = await two_people()
    await merging.merge("person", gone, kept)
    await person.enter("Elli", "ella@example.org")
    page = await desk.get(PEOPLE)

    answer = await desk.post(
        BeautifulSoup(page.text, "html.parser").select("main form[method=post]")[-1]["action"],
        data={"_csrf_token": BeautifulSoup(page.text, "html.parser").select_one("[name=_csrf_token]")["value"]},
        headers={"referer": f"http://localhost:8000{PEOPLE}"},
    )
    told = await desk.get(answer.headers["location"])

    assert "Die E-Mail-Adresse des anderen Eintrags gehört jetzt zu Elli." in words(told)


async def test_the_pages_speak_english_too(desk):
    kept, gone = await two_people()
    pages = [await desk.get(f"/en{place}") for place in (PAIRS, PEOPLE, f"{PEOPLE}/{kept.reference}/{gone.reference}")]

    assert [
        text in words(page)
        for text, page in zip(
            ("Organisations that may be entered twice", "in the same organisation", "What goes over"),
            pages,
            strict=True,
        )
    ] == [True] * 3


@pytest.mark.parametrize("place", [PAIRS, PEOPLE])
async def test_the_list_asks_as_often_for_many_pairs_as_for_one(desk, monkeypatch, place):
    count = counter(desk, monkeypatch)

    async def more(letter: str) -> None:
        """Two pairs of each kind: one that was joined, one that is two, and one that is open."""
        for number in range(3):
            rows = [await organisation.enter(f"{letter * 6}haus {number * 111} {form}") for form in ("e. V.", "gGmbH")]
            people = [await person.enter(f"Ada {letter * 7}{chr(97 + number)}") for _twice in range(2)]
            for kind, two in (("organisation", rows), ("person", people)):
                if number == 0:
                    await merging.merge(kind, *two)
                elif number == 1:
                    await apart.keep(kind, *((one.reference, one.name) for one in two), actor="")

    await more("k")
    few = await count(place)
    for letter in "lmnp":
        await more(letter)

    assert await count(place) == few
    assert few <= 22


async def test_old_links_to_a_person_lead_to_the_entry_that_stayed(desk):
    kept, gone = await two_people()
    await merging.merge("person", kept, gone)

    answer = await desk.get(f"/office/people/{gone.reference}")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/office/people/{kept.reference}")


async def test_days_of_entry_are_told_on_both_sides(desk):
    kept, gone = await organisation.enter("Saaletal e. V."), await organisation.enter("Saaletal gGmbH")
    await Organisation.update({Organisation.founded: "1980"}).where(Organisation.id == gone.id)

    compared = await desk.get(f"{PAIRS}/{kept.reference}/{gone.reference}")

    assert words(compared).count("eingetragen am") == 2
    assert "Gegründet nichts 1980" in words(compared)
