"""What a representative sees and does: the own organisation, all of it, and nothing of anybody else."""

from datetime import date, time, timedelta

import pytest
from bs4 import BeautifulSoup

from mailing.tables import Letter
from network import clock
from network.board import term
from network.errors import Refused
from network.i18n import format_day
from network.members import function, membership, moving, organisation, planned, site
from network.members.tables import Function, FunctionKind, Site
from network.people import person, roles, sign_in
from network.people.tables import Person, RoleKind
from network.people.viewer import COOKIE, viewer_with
from network.representing import colleague
from network.representing.tables import Proposal
from tests.board.make import CHAIR, the_seat
from tests.board.make import rules as board_rules
from tests.browser import send, submit

DIRECTOR = FunctionKind.DIRECTOR
MISFIT = "Dieser Name und diese Adresse lassen sich nicht zusammen eintragen."


async def test_signing_in_leads_to_the_own_organisation(client, ella):
    token = await sign_in.new_link(ella)

    let_in = await submit(client, f"/sign-in/{token}")

    assert let_in.headers["location"] == "/mine"
    assert "Neckarbogen Reha und Arbeit gGmbH" in (await client.get("/mine")).text


async def test_the_rail_holds_only_the_rooms_of_use(house, neckarbogen):
    page = (await house.get(f"/mine/{neckarbogen.reference}")).text

    assert "Unsere Einrichtung" in page
    assert "Postausgang" not in page
    assert "/office" not in page


@pytest.mark.parametrize("path", ["", "/edit", "/sites/new", "/people/new", "/representatives/new"])
async def test_other_organisations_do_not_exist_for_a_representative(house, rheinweg, path):
    assert (await house.get(f"/mine/{rheinweg.reference}{path}")).status_code == 404


async def test_without_the_role_there_is_no_such_room(client, neckarbogen):
    stranger = await person.enter("Bo Lindqvist", "bo.lindqvist@example.org")
    client.cookies.set(COOKIE, await sign_in.begin_session(stranger))

    assert (await client.get("/mine")).status_code == 404
    assert (await client.get(f"/mine/{neckarbogen.reference}")).status_code == 404


async def test_when_the_membership_ends_the_door_closes(house, neckarbogen):
    await membership.resign(neckarbogen, until=clock.today())

    with clock.set_to(clock.ahead(days=1)):
        assert (await house.get(f"/mine/{neckarbogen.reference}")).status_code in (303, 404)


async def test_sites_are_entered_moved_and_closed(house, neckarbogen):
    where = f"/mine/{neckarbogen.reference}/sites"
    await submit(house, f"{where}/new", postal_code="68161", town="Mannheim", places="48")
    one = await Site.objects().first()

    await submit(house, f"{where}/{one.reference}/edit", street="Neckarkai 9", postal_code="68159")
    await submit(house, f"{where}/{one.reference}/closing", day="31.12.2027")

    row = await Site.objects().get(Site.id == one.id)
    assert (row.street, row.postal_code, row.places) == ("Neckarkai 9", "68159", 48)
    assert row.closed_on.isoformat() == "2027-12-31"


async def test_the_own_page_of_another_day_tells_what_was_true_then_and_offers_no_deeds(house, neckarbogen, ella):
    """Name, sites, functions and votes of the day; what no former state is kept of is said to be today's."""
    await function.appoint(neckarbogen, ella, DIRECTOR, since=date(2026, 1, 1))
    old = await site.enter(neckarbogen, postal_code="68161", town="Mannheim", opened_year=2000)
    await site.close(old, neckarbogen, on=date(2019, 12, 31))
    await site.enter(neckarbogen, postal_code="89073", town="Ulm", opened_year=2024)
    await moving.rename(neckarbogen, "Neckarbogen Neu gGmbH", on=date(2025, 1, 1))

    page = await house.get(f"/mine/{neckarbogen.reference}?on=2018-05-01")

    main = BeautifulSoup(page.text, "html.parser").select_one("main")
    text = main.get_text(" ")
    assert main.h1.get_text() == "Neckarbogen Reha und Arbeit gGmbH"
    assert "Stand: 1. Mai 2018" in text
    assert ["Mannheim" in text, "Ulm" in text, "Ella Brandt" in text] == [True, False, False]
    assert "Rechtsform, Einrichtungsart, Zielgruppe und Text sind die von heute." in text
    assert [one["href"] for one in main.select("a[href*='/edit'], a[href$='/new']")] == []


async def test_a_planned_name_is_told_with_its_day_and_counts_only_from_then_on(house, neckarbogen, ella):
    """On the own pages and below them, in the public list of the board's houses, and on a vCard."""
    await function.appoint(neckarbogen, ella, DIRECTOR, since=date(2026, 1, 1))
    day = clock.today() + timedelta(days=40)
    await moving.rename(neckarbogen, "Lotse gGmbH", on=day)
    pages = [f"/mine/{neckarbogen.reference}{below}" for below in ("/edit", "/sites/new")]

    async def named() -> list[bool]:
        told = [(await house.get(path)).text for path in [*pages, "/members"]]
        houses = await function.houses_of({ella.id})
        return ["Lotse" in words for words in told] + ["Lotse" in str(houses)]

    before = await named()
    own = (await house.get(f"/mine/{neckarbogen.reference}")).text
    with clock.set_to(clock.berlin(day, time(0, 1))):
        await planned.make_true()
    row = await organisation.by_reference(neckarbogen.reference)

    assert before == [False] * len(before)
    assert f"ab {format_day(day)}" in BeautifulSoup(own, "html.parser").get_text(" ")
    assert "Lotse gGmbH" in own
    assert row.name == "Lotse gGmbH"
    assert "Lotse" in str(await function.houses_of({ella.id}))


async def test_people_are_entered_corrected_and_their_functions_ended(house, neckarbogen):
    where = f"/mine/{neckarbogen.reference}/people"
    await submit(house, f"{where}/new", kind="director", name="Doreen Kästel", email="d.k@example.org", shown=["name"])
    row = await Function.objects().first()

    await submit(house, f"{where}/{row.reference}/edit", phone="0621 23125 204")
    await submit(house, f"{where}/{row.reference}/end")

    doreen = await Person.objects().get(Person.id == row.person)
    assert (doreen.phone, doreen.email) == ("0621 23125 204", "d.k@example.org")
    assert (await Function.objects().first()).until == clock.today()


async def test_a_representative_cannot_take_over_the_sign_in_of_others(house, neckarbogen, mira):
    """Entering the office's Mira as one's contact must not open her address to be changed."""
    row = await function.appoint(neckarbogen, mira, DIRECTOR)
    where = f"/mine/{neckarbogen.reference}/people/{row.reference}/edit"
    page = await house.get(f"/mine/{neckarbogen.reference}")
    token = page.text.partition('name="_csrf_token" value="')[2].partition('"')[0]

    forced = await house.post(
        where, data={"_csrf_token": token, "name": "Mira Quandt", "email": "ella.brandt+mira@example.org"}
    )

    assert forced.status_code == 404
    assert (await Person.objects().get(Person.id == mira.id)).email == "mira.quandt@example.org"
    assert "mira.quandt@" not in page.text
    assert "mit anderen Einrichtungen" in (await house.get(where)).text


async def test_an_address_that_belongs_to_another_name_is_refused_without_telling_whose(house, neckarbogen, mira):
    where = f"/mine/{neckarbogen.reference}/people/new"

    refused = await submit(house, where, kind="contact", name="Doreen Kästel", email="mira.quandt@example.org")

    assert refused.status_code == 422
    assert MISFIT in refused.text
    assert "Mira" not in refused.text


@pytest.mark.parametrize("where", ["people", "representatives"])
async def test_an_address_of_an_own_person_is_offered_with_its_name(house, neckarbogen, where):
    doreen = await person.enter("Doreen Kästel", "d.k@example.org")
    await function.appoint(neckarbogen, doreen, FunctionKind.CONTACT)
    typed = {"kind": "director"} if where == "people" else {}
    place = f"/mine/{neckarbogen.reference}/{where}/new"

    asked = await submit(house, place, name="Doreen Maier", email="D.K@example.org", **typed)
    other = await send(house, asked, same_as="new")
    taken = await send(house, asked, same_as=doreen.reference)

    assert (asked.status_code, other.status_code, taken.status_code) == (422, 422, 303)
    assert "Doreen Kästel hat diese Adresse. Ist es dieselbe Person?" in asked.text
    assert "Diese Adresse gehört Doreen Kästel." in other.text
    assert await Person.count().where(Person.email == "d.k@example.org") == 1


async def test_an_own_person_s_private_address_from_elsewhere_is_not_told(house, neckarbogen, rheinweg):
    """Who also works for others is known by name; which address is theirs is not for the member to learn."""
    tarek = await person.enter("Tarek Linnemann", "tarek@example.org")
    for one in (neckarbogen, rheinweg):
        await function.appoint(one, tarek, FunctionKind.CONTACT)

    refused = await submit(house, f"/mine/{neckarbogen.reference}/representatives/new", name="Tom", email=tarek.email)

    assert MISFIT in refused.text
    assert "Tarek" not in refused.text


async def test_another_s_address_for_an_own_person_is_refused_and_named_only_within_the_house(house, neckarbogen, mira):
    doreen, ute = (
        await person.enter("Doreen Kästel", "d.k@example.org"),
        await person.enter("Ute Ilse", "u.i@example.org"),
    )
    row = await function.appoint(neckarbogen, doreen, FunctionKind.CONTACT)
    await function.appoint(neckarbogen, ute, FunctionKind.CONTACT)
    place = f"/mine/{neckarbogen.reference}/people/{row.reference}/edit"

    own = await submit(house, place, email=ute.email)
    strange = await submit(house, place, email=mira.email)

    assert (own.status_code, strange.status_code) == (422, 422)
    assert "Diese Adresse gehört Ute Ilse." in own.text
    assert MISFIT in strange.text
    assert "Mira" not in strange.text


async def test_the_voting_delegate_is_not_ended_without_a_follower(house, neckarbogen, ella):
    row = await function.appoint(neckarbogen, ella, FunctionKind.VOTING_DELEGATE)

    assert (await house.get(f"/mine/{neckarbogen.reference}/people/{row.reference}/end")).status_code == 404


async def test_another_name_of_the_voting_delegate_is_put_to_the_office_and_the_number_stored(house, neckarbogen, ella):
    doreen = await person.enter("Doreen Kästel", "d.k@example.org")
    row = await function.appoint(neckarbogen, doreen, FunctionKind.VOTING_DELEGATE)
    place = f"/mine/{neckarbogen.reference}/people/{row.reference}/edit"

    told = (await house.get(place)).text
    await submit(house, place, name="Ganz Andere", email="andere@example.org", phone="0621 1")

    still = await Person.objects().get(Person.id == doreen.id)
    asked = await Proposal.objects().first()
    assert "wird der Geschäftsstelle vorgeschlagen" in told
    assert (still.name, still.email, still.phone) == ("Doreen Kästel", "d.k@example.org", "0621 1")
    assert (asked.field, asked.new, asked.made_by) == (
        "remark", "Doreen Kästel: jetzt Ganz Andere, andere@example.org", ella.reference,
    )  # fmt: skip


async def test_nobody_moves_the_address_by_which_a_colleague_signs_in(house, neckarbogen, ella):
    doreen = await colleague.invite(neckarbogen, "Doreen Kästel", "d.k@example.org", actor=ella.reference)
    rows = [await function.appoint(neckarbogen, one, FunctionKind.CONTACT) for one in (doreen, ella)]
    place = f"/mine/{neckarbogen.reference}/people"

    await submit(house, f"{place}/{rows[0].reference}/edit", email="e.b@example.org")
    await submit(house, f"{place}/{rows[1].reference}/edit", email="ella.neu@example.org")

    known = {one.name: one.email for one in await Person.objects()}
    assert (known["Doreen Kästel"], known["Ella Brandt"]) == ("d.k@example.org", "ella.neu@example.org")
    assert await Proposal.count() == 1


async def test_whoever_stands_in_the_history_of_the_board_is_not_renamed_by_a_member(house, neckarbogen):
    volkmar = await person.enter("Volkmar Ißleib")
    row = await function.appoint(neckarbogen, volkmar, FunctionKind.CONTACT)
    await board_rules()
    await term.enter(await the_seat(CHAIR), volkmar, since=date(2018, 6, 3), until=date(2021, 6, 2))
    place = f"/mine/{neckarbogen.reference}/people/{row.reference}/edit"
    token = (await house.get(f"/mine/{neckarbogen.reference}")).text.partition('name="_csrf_token" value="')[2]

    forced = await house.post(place, data={"_csrf_token": token.partition('"')[0], "name": "Umbenannt Person"})

    assert forced.status_code == 404
    assert "dem Vorstand zu tun" in (await house.get(place)).text
    assert (await Person.objects().get(Person.id == volkmar.id)).name == "Volkmar Ißleib"


async def test_an_invited_colleague_gets_a_letter_and_may_act(house, neckarbogen):
    await submit(
        house, f"/mine/{neckarbogen.reference}/representatives/new", name="Doreen Kästel", email="d.k@example.org"
    )

    letter = await Letter.objects().get(Letter.template == "representing/invited")
    assert letter.to_email == "d.k@example.org"
    doreen = await Person.objects().get(Person.name == "Doreen Kästel")
    viewer = await viewer_with(await sign_in.begin_session(doreen))
    assert viewer.represented == {neckarbogen.reference}


async def test_a_colleague_is_relieved_but_never_the_last_one(neckarbogen, ella):
    doreen = await colleague.invite(neckarbogen, "Doreen Kästel", "d.k@example.org", actor=ella.reference)

    await colleague.relieve(neckarbogen, doreen.reference, actor=ella.reference)
    with pytest.raises(Refused):
        await colleague.relieve(neckarbogen, ella.reference, actor=ella.reference)

    assert [one.name for one in await colleague.representatives(neckarbogen)] == ["Ella Brandt"]


async def test_an_invitation_ends_with_the_membership(neckarbogen, ella):
    await membership.resign(neckarbogen, until=clock.ahead(days=30).date())
    doreen = await colleague.invite(neckarbogen, "Doreen Kästel", "d.k@example.org", actor=ella.reference)

    with clock.set_to(clock.ahead(days=32)):
        assert doreen.id not in {one.id for one in await colleague.representatives(neckarbogen)}


async def test_whoever_represents_two_chooses(house, neckarbogen, rheinweg, ella):
    await roles.grant(ella, RoleKind.MEMBER_REPRESENTATIVE, rheinweg.reference)

    page = (await house.get("/mine")).text

    assert "Neckarbogen" in page
    assert "Rheinweg" in page


async def test_a_site_of_others_is_not_found_by_its_reference(house, neckarbogen, rheinweg):
    koeln = await site.enter(rheinweg, postal_code="50667", town="Köln")

    assert (await house.get(f"/mine/{neckarbogen.reference}/sites/{koeln.reference}/edit")).status_code == 404
