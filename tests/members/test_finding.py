"""Finding in the directory: slips of the hand, people, what is offered and shown by evidence, and what is near."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from network.catalogue import entry
from network.members import directory, function, gazetteer, guessing, membership, organisation, site
from network.members.selection import Selection
from network.members.tables import Evidence, FunctionKind, Offer, Organisation, ProviderStatus
from network.members.whereabouts import of_postal_code
from network.people import person, publication
from network.references import new_reference
from tests.members.make import a_site, member, the_ten

DAY = date(2027, 9, 5)


async def names(**chosen) -> list[str]:
    return [row.name for row in await directory.listed(Selection(day=DAY, **chosen))]


def main(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Manhiem", "Mannheim"),
        ("Neckarbgen", "Neckarbogen"),
        ("kölln", "Köln"),
        ("Dortmudn", "Dortmund"),
        ("plaissetal", "Pleißetal"),
        ("Frankfrut", "Frankfurt"),
        ("Isarblck München", "Isarblick München"),
        ("Hambrug", "Hamburg"),
        ("Ulx", "Ulm"),
    ],
)
async def test_a_slip_of_the_hand_still_finds(at_sunday, typed, meant):
    await the_ten()

    assert await names(text=typed) == []
    assert (await guessing.meant(Selection(day=DAY, text=typed))).casefold() == meant.casefold()


@pytest.mark.parametrize("typed", ["Xylophon", "Ux", "m99", "Mannheim Dresden", ""])
async def test_where_nobody_can_be_meant_nothing_is_guessed(at_sunday, typed):
    await the_ten()

    assert await guessing.meant(Selection(day=DAY, text=typed)) == ""


async def somebody(name: str, of: Organisation, *, agreed: bool = False) -> None:
    one = await person.enter(name, f"{name.split(maxsplit=1)[0].lower()}@example.org")
    await function.appoint(of, one, FunctionKind.DIRECTOR, since=date(2020, 1, 1))
    if agreed:
        await publication.agreed(one, {"name"}, actor="")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ela Brandt", "Ella Brandt"),
        ("Ella Brant", "ella Brandt"),
        ("Ela Brant", "Ella Brandt"),
        ("Henrike Vosberg", "henrike Voßberg"),
        ("Bente Jürz", "bente Jürs"),
        ("Xylophon Vosberg", "Voßberg"),
        ("Q7 Brandt", "brandt"),
    ],
)
async def test_a_slip_of_the_hand_in_a_name_still_finds_the_person(at_sunday, typed, meant):
    anker, steg = await member("Anker"), await member("Relationen e. V.")
    for name in ("Ella Brandt", "Henrike Voßberg", "Bente Jürs"):
        await somebody(name, anker)
    await somebody("Michaela Elsner", steg)

    assert await names(text=typed, people="all") == []
    assert (await guessing.meant(Selection(day=DAY, text=typed, people="all"))).casefold() == meant.casefold()


async def test_whom_strangers_may_not_find_they_are_not_guessed_either(at_sunday, client, association):
    await member("Mannheimer Haus")
    anker, later = await member("Anker"), await organisation.enter("Verborgenheim")
    await somebody("Ella Brandt", anker)
    await somebody("Bente Jürs", anker, agreed=True)
    await membership.join(later, since=date(2027, 12, 1))

    known = await guessing.words(of_all=False)

    assert {"bente", "juers", "anker"} <= known.spelled.keys()
    assert {"ella", "brandt", "verborgenheim"} & known.spelled.keys() == set()
    assert "Anker" in main(await client.get("/members?q=Bente+J%C3%BCrz"))
    assert "Anker" not in main(await client.get("/members?q=Ela+Brandt"))
    of_nobody, of_somebody = [
        main(await client.get(f"/members?q={name}+Manhiemer")).replace(name, "…") for name in ("Xylophon", "Brandt")
    ]
    assert of_nobody == of_somebody


async def test_a_name_agreed_to_is_guessed_for_strangers_until_it_is_taken_back(at_sunday, association):
    anker = await member("Anker")
    await somebody("Ella Brandt", anker, agreed=True)
    [ella] = await person.Person.objects()
    asked = Selection(day=DAY, text="Ela Brandt", people="public")
    before = await guessing.meant(asked)

    await publication.agreed(ella, set(), actor="")

    assert (before, await guessing.meant(Selection(day=DAY, text="Ela Brandt", people="public"))) == ("Ella Brandt", "")


async def test_the_next_name_of_an_organisation_is_not_guessed_before_its_day(at_sunday):
    from network.members import moving

    anker = await member("Anker")
    await moving.rename(anker, "Wegweiser", on=date(2027, 12, 1))

    assert await guessing.meant(Selection(day=DAY, text="Wegwieser")) == ""
    assert "wegweiser" not in (await guessing.words(of_all=False)).spelled
    assert "wegweiser" in (await guessing.words(of_all=True)).spelled


@pytest.mark.parametrize(
    ("typed", "town"),
    [("Munich", "München"), ("Cologne", "Köln"), ("nuremberg", "Nürnberg"), ("Hanover", "Hannover"), ("Brunswick", "Braunschweig")],
)  # fmt: skip
async def test_towns_are_found_by_their_english_names(at_sunday, typed, town):
    await member("Anker", town=town)
    await member("Steg", town="Kassel")

    assert await names(text=typed) == ["Anker"]


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [("kassel", "kassel", 0), ("kasel", "kassel", 1), ("kassle", "kassel", 1), ("hassel", "kassel", 1), ("ksasle", "kassel", 2), ("ulm", "kassel", 3)],
)  # fmt: skip
def test_slips_are_counted(one, other, far):
    assert guessing.slips(one, other, 2) == guessing.slips(other, one, 2) == far


async def test_a_word_that_came_later_is_guessed_at_once(at_sunday):
    await the_ten()
    await guessing.words(of_all=False)

    await member("Wegweiser e. V.")

    assert await guessing.meant(Selection(day=DAY, text="Wegwieser")) == "Wegweiser"


async def test_the_page_says_what_it_took_the_word_for_and_keeps_what_was_typed(at_sunday, client, association):
    await the_ten()

    page = await client.get("/members?q=Manhiem")

    assert "Zu „Manhiem“ ist nichts zu finden. Meinten Sie „Mannheim“?" in main(page)
    assert [h3.get_text(strip=True) for h3 in BeautifulSoup(page.text, "html.parser").select("article h3")] == [
        "Neckarbogen Reha und Arbeit gGmbH"
    ]
    assert 'value="Manhiem"' in page.text
    exact = main(await client.get("/members?q=Mannheim"))
    assert "Meinten Sie" not in exact


async def test_members_are_found_by_their_people_and_in_public_by_those_who_agreed(at_sunday, desk):
    anker, steg = await member("Anker"), await member("Steg")
    ayse, bo = await person.enter("Ayşe Müller", "ayse@example.org"), await person.enter("Bo Falk", "bo@example.org")
    await function.appoint(anker, ayse, FunctionKind.DIRECTOR, since=date(2020, 1, 1))
    await function.appoint(steg, bo, FunctionKind.DIRECTOR, since=date(2020, 1, 1), until=date(2024, 12, 31))

    assert [await names(text="ayse mueller", people=whom) for whom in ("", "public", "all")] == [[], [], ["Anker"]]
    await publication.agreed(ayse, {"name"}, actor="")
    assert await names(text="müller", people="public") == ["Anker"]
    assert await names(text="ayse@example.org", people="public") == []
    assert await names(text="falk", people="all") == []
    assert await guessing.meant(Selection(day=date(2024, 1, 1), text="Flak", people="all")) == "Falk"
    assert "Anker" in main(await desk.get("/office/search?q=Mueler"))


async def test_what_is_offered_and_shown_by_evidence_filters_the_list(at_sunday):
    anker, steg, lotse = [await member(name) for name in ("Anker", "Steg", "Lotse")]
    basis = await entry.enter("legal_basis", name_de="§ 99")
    advice = await entry.enter("service", name_de="Beratung im Betrieb")
    for of, first, last in ((anker, 2020, None), (steg, None, 2024)):
        await Offer(
            reference=new_reference(), organisation=of.id, entry=advice.id, first_year=first, last_year=last
        ).save()
    for of, until in ((anker, date(2027, 10, 1)), (steg, date(2027, 9, 4)), (lotse, None)):
        await Evidence(reference=new_reference(), organisation=of.id, basis=basis.id, valid_until=until).save()
    for status, since in (("preparing", date(2021, 1, 1)), ("operating", date(2027, 9, 5))):
        await ProviderStatus(organisation=anker.id, status=status, since=since).save()

    assert await names(offer=advice.id) == ["Anker"]
    assert await names(basis=basis.id) == ["Anker", "Lotse"]
    assert await names(expiring=True) == ["Anker"]
    assert [await names(provider=status) for status in ("operating", "preparing")] == [["Anker"], []]
    then = [row.name for row in await directory.listed(Selection(day=date(2024, 5, 1), offer=advice.id))]
    assert then == ["Anker", "Steg"]


async def test_filters_live_in_the_address(at_sunday, desk):
    await member("Anker")
    steg = await member("Steg")
    advice = await entry.enter("service", name_de="Beratung im Betrieb")
    await Offer(reference=new_reference(), organisation=steg.id, entry=advice.id).save()

    page = await desk.get(f"/office/members?offer={advice.code}")
    unknown = await desk.get("/office/members?offer=nonsense&provider=x")

    assert [cell.get_text(strip=True) for cell in BeautifulSoup(page.text, "html.parser").select("tbody th")] == [
        "Steg"
    ]
    assert f"offer={advice.code}" in BeautifulSoup(page.text, "html.parser").select_one("thead a")["href"]
    assert "2 Mitglieder" in main(unknown)


async def test_far_sites_are_in_the_order_of_the_distance_that_is_told(at_sunday):
    """From Heidelberg Hanover and Leipzig are a kilometre apart: on a flat country they would change places."""
    haus = await organisation.enter("Haus")
    await membership.join(haus, since=DAY)
    for code, town in (("30159", "Hannover"), ("04109", "Leipzig"), ("10115", "Berlin"), ("68161", "Mannheim")):
        await site.enter(haus, postal_code=code, town=town)

    point = of_postal_code("69115")
    near = await gazetteer.nearest(Selection(day=DAY), point, 3)

    assert [one.site["town"] for one in near] == ["Mannheim", "Leipzig", "Hannover"]
    assert sorted(one.kilometres for one in near) == [one.kilometres for one in near]


async def test_the_nearest_sites_come_first_with_their_distance(at_sunday):
    await the_ten()

    near = await gazetteer.nearest(Selection(day=DAY), of_postal_code("68161"), 4)

    assert [(one.site["town"], round(one.kilometres)) for one in near] == [
        ("Mannheim", 0), ("Karlsruhe", 54), ("Heilbronn", 66), ("Frankfurt am Main", 71),
    ]  # fmt: skip


async def test_distances_follow_a_move(at_sunday):
    from network.members import moving

    anker = await member("Anker")
    one = await a_site(anker, "Kassel", "34117")
    await moving.move(one, anker, on=date(2027, 9, 6), town="Ulm", postal_code="89073", land="BW", street="")

    [today] = await gazetteer.nearest(Selection(day=DAY), of_postal_code("34117"), 5)
    [later] = await gazetteer.nearest(Selection(day=date(2027, 9, 6)), of_postal_code("34117"), 5)

    assert (round(today.kilometres), today.site["town"], later.site["town"]) == (0, "Kassel", "Ulm")
    assert 300 < later.kilometres < 345


async def test_the_public_page_lists_what_is_near_and_refuses_what_is_no_postal_code(at_sunday, client, association):
    await the_ten()

    page = await client.get("/members?near=68161")
    wrong = await client.get("/members?near=99")

    assert "Standorte nahe 68161 Mannheim · 0 km Neckarbogen Reha und Arbeit gGmbH" in main(page)
    assert "„99“ ist keine fünfstellige Postleitzahl" in main(wrong)
    assert "10 Mitglieder, 23 Standorte" in main(wrong)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("1067", "Eine Postleitzahl hat fünf Ziffern. Meinen Sie 01067?"),
        ("99999", "Ein Gebiet mit der Postleitzahl 99999 kennen wir nicht."),
    ],
)
async def test_near_half_a_postal_code_or_an_unknown_one_nothing_is_guessed(
    at_sunday, client, association, typed, answer
):
    await the_ten()

    page = main(await client.get(f"/members?near={typed}"))

    assert answer in page
    assert "Standorte nahe" not in page
