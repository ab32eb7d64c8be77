"""People and their functions: several at once, as of any day, one voting delegate, namesakes asked about."""

import asyncio
from datetime import date

import pytest

from network import clock
from network.activity import LOOKED, Activity
from network.errors import Refused
from network.members import function, organisation
from network.members.tables import Function, FunctionKind
from network.people import person, publication, roles
from network.people.tables import Person, Publication, RoleKind
from tests.browser import send, submit
from tests.members.make import a_site, member

DELEGATE, MANAGER, DIRECTOR = FunctionKind.VOTING_DELEGATE, FunctionKind.SITE_MANAGER, FunctionKind.DIRECTOR
MAY = date(2026, 5, 12)


@pytest.fixture
async def neckarbogen(association):
    return await member("Neckarbogen Reha und Arbeit gGmbH")


@pytest.fixture
async def ella():
    return await person.enter("Ella Brandt", "ella.brandt@example.org", phone="0621 23125 210")


async def names(organisation, day):
    return [(one.kind, one.name) for one in await function.holding(organisation, day) if one.runs(day)]


async def test_one_person_holds_several_functions_at_once(neckarbogen, ella):
    mannheim = await a_site(neckarbogen, "Mannheim", "68161")

    await function.appoint(neckarbogen, ella, MANAGER, site=mannheim, since=MAY)
    await function.appoint(neckarbogen, ella, DELEGATE, since=MAY)

    assert await names(neckarbogen, MAY) == [("voting_delegate", "Ella Brandt"), ("site_manager", "Ella Brandt")]


async def test_on_any_day_it_is_known_who_held_what(neckarbogen, ella):
    gudrun = await person.enter("Gudrun Leising")
    await function.appoint(neckarbogen, gudrun, DIRECTOR, since=date(2019, 1, 1), until=date(2026, 5, 11))
    await function.appoint(neckarbogen, ella, DIRECTOR, since=MAY)

    assert await names(neckarbogen, date(2026, 5, 11)) == [("director", "Gudrun Leising")]
    assert await names(neckarbogen, MAY) == [("director", "Ella Brandt")]
    assert [one.name for one in await function.held_before(neckarbogen, MAY)] == ["Gudrun Leising"]


async def test_an_organisation_has_one_voting_delegate_at_a_time(neckarbogen, ella):
    await function.appoint(neckarbogen, ella, DELEGATE, since=MAY)
    doreen = await person.enter("Doreen Kästel")

    with pytest.raises(Refused) as no:
        await function.appoint(neckarbogen, doreen, DELEGATE, since=date(2026, 9, 1))

    assert no.value.field == "kind"
    assert "Ella Brandt" in no.value.words


async def test_whoever_takes_the_place_follows_on_the_next_day(neckarbogen, ella):
    await function.appoint(neckarbogen, ella, DELEGATE, since=MAY)
    doreen = await person.enter("Doreen Kästel")

    await function.appoint(neckarbogen, doreen, DELEGATE, since=date(2026, 9, 1), in_place=True)

    assert await names(neckarbogen, date(2026, 8, 31)) == [("voting_delegate", "Ella Brandt")]
    assert await names(neckarbogen, date(2026, 9, 1)) == [("voting_delegate", "Doreen Kästel")]


@pytest.mark.postgres
async def test_of_two_who_appoint_a_delegate_at_once_one_is_refused(neckarbogen, ella):
    others = [await person.enter(f"Person {letter}") for letter in "ABCDEF"]

    answers = await asyncio.gather(
        *(function.appoint(neckarbogen, one, DELEGATE, since=MAY) for one in others), return_exceptions=True
    )

    assert sum(isinstance(one, Refused) for one in answers) == 5
    assert await Function.count() == 1


async def test_two_people_lead_a_site_together_but_nobody_twice(neckarbogen, ella):
    mannheim = await a_site(neckarbogen, "Mannheim", "68161")
    await function.appoint(neckarbogen, ella, MANAGER, site=mannheim, since=MAY)
    await function.appoint(neckarbogen, await person.enter("Doreen Kästel"), MANAGER, site=mannheim, since=MAY)

    with pytest.raises(Refused, match="schon"):
        await function.appoint(neckarbogen, ella, MANAGER, site=mannheim, since=date(2026, 8, 1))

    assert len(await names(neckarbogen, MAY)) == 2


@pytest.mark.parametrize(
    ("kind", "at_a_site", "until", "field"),
    [(MANAGER, False, None, "site"), (DELEGATE, True, None, "site"), (DIRECTOR, False, date(2026, 5, 11), "until")],
)
async def test_what_cannot_be_is_refused_beside_its_field(association, kind, at_a_site, until, field):
    neckarbogen, ella = await member("Neckarbogen Reha und Arbeit gGmbH"), await person.enter("Ella Brandt")
    site = await a_site(neckarbogen, "Mannheim", "68161") if at_a_site else None

    with pytest.raises(Refused) as no:
        await function.appoint(neckarbogen, ella, kind, site=site, since=MAY, until=until)

    assert no.value.field == field
    assert await Function.count() == 0


async def test_nobody_has_a_function_since_1066_or_for_a_hundred_years(neckarbogen, ella):
    for days in ({"since": date(1066, 10, 14)}, {"since": MAY, "until": date(2150, 1, 1)}):
        with pytest.raises(Refused, match="zwischen 1800 und"):
            await function.appoint(neckarbogen, ella, DIRECTOR, **days)
    held = await function.appoint(neckarbogen, ella, DIRECTOR, since=MAY)
    with pytest.raises(Refused, match="zwischen 1800 und"):
        await function.correct(held, neckarbogen, site=None, title="", since=date(1066, 10, 14), until=None)

    assert [one.since for one in await Function.objects()] == [MAY]


async def test_an_end_keeps_who_it_was_and_a_mistake_leaves_only_its_trace(neckarbogen, ella):
    led = await function.appoint(neckarbogen, ella, DIRECTOR, since=MAY)
    mistaken = await function.appoint(neckarbogen, ella, FunctionKind.QUALITY, since=MAY)

    await function.end(led, neckarbogen, until=date(2026, 6, 30))
    await function.remove(mistaken, neckarbogen)

    assert [(row.kind, row.until) for row in await Function.objects()] == [("director", date(2026, 6, 30))]
    assert await Activity.exists().where(Activity.verb == "function entered by mistake removed")


async def test_an_end_before_the_beginning_is_refused(neckarbogen, ella):
    row = await function.appoint(neckarbogen, ella, DIRECTOR, since=MAY)

    with pytest.raises(Refused):
        await function.end(row, neckarbogen, until=date(2026, 5, 11))


async def test_whoever_is_known_by_the_address_is_not_entered_twice(neckarbogen, ella):
    again = await person.found_or_entered("ella brandt", "Ella.Brandt@example.org", title="Dr.")

    assert again.id == ella.id
    assert (await Person.objects().get(Person.id == ella.id)).title == "Dr."
    assert await Person.count() == 1


async def test_an_address_of_another_name_is_refused_and_names_nobody(neckarbogen, ella):
    with pytest.raises(Refused) as no:
        await person.found_or_entered("Doreen Kästel", "ella.brandt@example.org")

    assert no.value.field == "email"
    assert "Ella" not in no.value.words


async def test_in_place_of_the_voting_delegate_is_asked_only_where_there_is_one(desk, neckarbogen, ella):
    where = f"/office/members/{neckarbogen.reference}/people/new"
    typed = {"name": "Doreen Kästel", "email": "doreen@example.org", "kind": "voting_delegate", "since": "1.9.2027"}
    await function.appoint(neckarbogen, ella, FunctionKind.VOTING_DELEGATE, since=MAY)

    empty = await desk.get(where)
    asked = await submit(desk, where, **typed)
    other = await submit(desk, where, kind="contact")
    done = await send(desk, asked, in_place="y")

    assert [("in_place" in page.text) for page in (empty, asked, other)] == [False, True, False]
    assert (asked.status_code, done.status_code) == (422, 303)
    assert "Ella Brandt" in asked.text
    delegate = await function.delegate_of(neckarbogen, date(2027, 9, 1))
    assert delegate.name == "Doreen Kästel"


async def test_namesakes_are_asked_about_never_merged(desk, neckarbogen, ella):
    where = f"/office/members/{neckarbogen.reference}/people/new"
    typed = {"name": "Ella Brandt", "email": "e.brandt@example.org", "kind": "director"}

    asked = await submit(desk, where, **typed)
    assert asked.status_code == 422
    assert "Ist es eine dieser Personen?" in asked.text
    assert "ella.brandt@example.org" in asked.text
    assert await Activity.exists().where((Activity.verb == LOOKED) & (Activity.thing == f"person:{ella.reference}"))
    assert await Function.count() == 0

    same = await send(desk, asked, **typed, same_as=ella.reference)
    assert same.status_code == 303
    assert (await Function.objects().first()).person == ella.id
    assert (await Person.objects().get(Person.id == ella.id)).email == "ella.brandt@example.org"


async def test_somebody_else_of_the_same_name_is_entered_anew(desk, neckarbogen, ella):
    where = f"/office/members/{neckarbogen.reference}/people/new"
    typed = {"name": "Ella Brandt", "email": "e.brandt@example.org", "kind": "director"}

    await send(desk, await submit(desk, where, **typed), **typed, same_as="new")

    assert await Person.count().where(Person.name == "Ella Brandt") == 2
    assert (await Function.objects().first()).person != ella.id


async def test_the_public_page_shows_each_fact_only_with_consent(client, neckarbogen, ella):
    await function.appoint(neckarbogen, ella, DIRECTOR, since=MAY)
    await publication.agreed(ella, ["name", "email"], actor="")

    shown = (await client.get(f"/members/{neckarbogen.reference}")).text

    assert "Ella Brandt" in shown
    assert "ella.brandt@" in shown
    assert "23125 210" not in shown


async def test_who_votes_is_not_told_in_public_and_nobody_without_consent(client, neckarbogen, ella):
    doreen = await person.enter("Doreen Kästel")
    await function.appoint(neckarbogen, ella, DELEGATE, since=MAY)
    await publication.agreed(ella, ["name"], actor="")
    await function.appoint(neckarbogen, doreen, DIRECTOR, since=MAY)

    shown = (await client.get(f"/members/{neckarbogen.reference}")).text

    assert "Ella Brandt" not in shown
    assert "Doreen Kästel" not in shown
    assert "Ansprechpersonen" not in shown


async def test_consent_taken_back_ends_at_once_and_keeps_its_days(neckarbogen, ella):
    await publication.agreed(ella, ["name", "phone"], actor="mira")
    await publication.agreed(ella, ["name"], actor="ella")

    shown = await publication.shown_of([ella.id], clock.today())

    assert set(shown[ella.id]) == {"name"}
    kept = await Publication.objects().get(Publication.fact == "phone")
    assert (kept.withdrawn_on, kept.said_by) == (clock.today(), "mira")


async def test_reading_private_addresses_is_in_the_activity_once_a_day(desk, neckarbogen, ella):
    await function.appoint(neckarbogen, ella, DIRECTOR, since=MAY)
    for _look in range(3):
        assert "ella.brandt@" in (await desk.get(f"/office/members/{neckarbogen.reference}")).text
    await desk.get(f"/office/people/{ella.reference}")

    looks = await Activity.objects().where(Activity.verb == LOOKED).order_by(Activity.id)

    assert [row.thing for row in looks] == [f"organisation:{neckarbogen.reference}", f"person:{ella.reference}"]
    assert "geschützte Angaben gelesen" in (await desk.get("/office/activity")).text


async def test_a_page_without_private_addresses_is_no_reading_of_them(desk, neckarbogen, ella):
    await function.appoint(neckarbogen, ella, DIRECTOR, since=MAY)
    await publication.agreed(ella, ["name", "email", "phone"], actor="")

    await desk.get(f"/office/members/{neckarbogen.reference}")

    assert not await Activity.exists().where(Activity.verb == LOOKED)


async def test_the_office_cannot_redirect_the_sign_in_of_the_administration(desk, neckarbogen):
    pia = await person.enter("Pia Nörtemann", "pia.noertemann@example.org")
    await roles.grant(pia, RoleKind.ADMIN)
    row = await function.appoint(neckarbogen, pia, DIRECTOR, since=MAY)
    where = f"/office/members/{neckarbogen.reference}/people/{row.reference}/edit"
    page = await desk.get(where)

    await send(desk, page, form=0, name="Pia Nörtemann", email="mira.quandt+1@example.org", title="Leitung")
    told = await desk.get(f"/office/people/{pia.reference}/edit")

    assert told.status_code == 404
    assert (await Person.objects().get(Person.id == pia.id)).email == "pia.noertemann@example.org"
    assert (await Function.objects().first()).title == "Leitung"


async def test_the_office_edits_a_function_and_its_person_in_one_form(desk, neckarbogen, ella):
    row = await function.appoint(neckarbogen, ella, DIRECTOR, since=MAY)
    where = f"/office/members/{neckarbogen.reference}/people/{row.reference}/edit"

    stored = await submit(
        desk, where, form=0, name="Ella Brandt", email="ella.brandt@example.org", phone="0621 23125 999", person_title="Dr.",
        since="1.6.2026", shown=["name"],
    )  # fmt: skip

    assert stored.status_code == 303
    one = (await function.holding(neckarbogen, date(2026, 6, 1)))[0]
    assert (one.who, one.phone, one.since, list(one.shown)) == (
        "Dr. Ella Brandt", "0621 23125 999", date(2026, 6, 1), ["name"],
    )  # fmt: skip


async def test_the_search_tells_people_apart_by_their_houses_not_by_private_addresses(desk, neckarbogen, ella):
    await function.appoint(neckarbogen, ella, DIRECTOR, since=MAY)

    found = (await desk.get("/office/search?q=brandt")).text

    assert "Ella Brandt" in found
    assert "Neckarbogen" in found
    assert "ella.brandt@" not in found


async def test_an_address_that_somebody_has_is_offered_with_its_person(desk):
    house = await organisation.enter("Neckarbogen gGmbH")
    ella = await person.enter("Ella Brandt", "ella@example.org")
    typed = {"name": "Ella Maier", "email": "Ella@example.org", "kind": "contact"}

    asked = await submit(desk, f"/office/members/{house.reference}/people/new", **typed)
    other = await send(desk, asked, same_as="new")
    taken = await send(desk, asked, same_as=ella.reference)

    assert (asked.status_code, other.status_code, taken.status_code) == (422, 422, 303)
    assert "Ella Brandt hat diese Adresse. Ist es dieselbe Person?" in asked.text
    assert [one.person_id for one in await function.holding(house, clock.today())] == [ella.id]
    assert await Person.count().where(Person.email == "ella@example.org") == 1
