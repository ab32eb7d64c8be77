"""Once a year: is this still right? Whom it goes to, what the link opens, reminders, and who has not answered."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from mailing.tables import Letter
from network import clock, demo
from network.errors import Refused
from network.members import former, function, membership, organisation, site
from network.members.tables import Function, FunctionKind, Organisation, Site
from network.people import person, sign_in
from network.people.tables import Person
from network.people.viewer import viewer_with
from network.representing import check, handed, proposal
from network.representing.tables import DataCheck, Proposal
from network.representing.tally import tally
from tests.browser import send, submit

JANUARY = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
YEAR = 2027


@pytest.fixture
def in_january():
    with clock.set_to(JANUARY):
        yield


@pytest.fixture
async def asked(in_january, neckarbogen):
    """The path of the page that the letter leads to."""
    await check.start(YEAR, actor="")
    return "/still-right/" + check.token_of(neckarbogen, YEAR)


async def letters(template="representing/still_right"):
    return [letter.to_email for letter in await Letter.objects().where(Letter.template == template).order_by(Letter.id)]


async def test_the_letter_goes_to_a_representative_else_the_contact_else_the_house(
    in_january, ella, rheinweg, association
):
    await organisation.change(rheinweg, email="haus.koeln@example.org")
    tarek = await person.enter("Tarek Linnemann", "tarek@example.org")
    await function.appoint(rheinweg, tarek, FunctionKind.CONTACT)

    assert await check.start(YEAR, actor="") == 2

    assert sorted(await letters()) == ["ella.brandt@example.org", "tarek@example.org"]


async def test_members_without_any_address_are_listed_and_asked_once_they_have_one(
    in_january, desk, neckarbogen, rheinweg
):
    assert "Rheinweg" in (await desk.get("/office/members/checks/new")).text.partition("nicht zu erreichen")[2]
    await submit(desk, "/office/members/checks/new")
    assert await letters() == ["haus@example.org"]

    await organisation.change(rheinweg, email="haus.koeln@example.org")
    await submit(desk, "/office/members/checks/new")

    assert await letters() == ["haus@example.org", "haus.koeln@example.org"]


async def test_only_the_round_of_this_year_can_begin(in_january, neckarbogen):
    with pytest.raises(Refused):
        await check.start(2026, actor="")


async def test_the_letter_leads_to_the_page_and_the_token_is_not_stored(asked, client):
    letter = await Letter.objects().first()
    row = await DataCheck.objects().first()

    assert asked in letter.text
    assert asked.rpartition("/")[2] not in row.digest
    assert (await client.get(asked)).status_code == 200


async def test_looking_confirms_nothing_and_the_button_does(asked, client, desk, neckarbogen):
    await client.get(asked)
    assert (await DataCheck.objects().first()).confirmed_at is None

    said = await submit(client, asked, by="Ella Brandt")

    assert said.status_code == 303
    row = await DataCheck.objects().first()
    assert (row.confirmed_by, row.corrections) == ("Ella Brandt", 0)
    assert "bestätigt am 12. Januar 2027" in (await desk.get(f"/office/members/{neckarbogen.reference}")).text


async def test_corrections_are_stored_and_protected_ones_proposed(asked, client, neckarbogen):
    mannheim = await site.enter(neckarbogen, postal_code="68161", town="Mannheim")
    doreen = await person.enter("Doreen Kästel", "d.k@example.org")
    await function.appoint(neckarbogen, doreen, FunctionKind.DIRECTOR, since=date(2020, 1, 1))

    stored = await submit(
        client, asked + "/corrections", by="Ella Brandt", organisation__name="Neckarbogen gGmbH",
        organisation__street="Neckarkai 5", sites__0__street="Hafenstraße 1", people__0__phone="0621 23125 204",
        delegate_name="Doreen Kästel", remark="Im Mai öffnet Worms.",
    )  # fmt: skip

    assert stored.status_code == 303
    row = await Organisation.objects().get(Organisation.id == neckarbogen.id)
    assert (row.name, row.street) == (neckarbogen.name, "Neckarkai 5")
    assert (await Site.objects().get(Site.id == mannheim.id)).street == "Hafenstraße 1"
    assert (await Person.objects().get(Person.id == doreen.id)).phone == "0621 23125 204"
    proposed = {one.field: one.new for one in await Proposal.objects()}
    assert proposed == {
        "name": "Neckarbogen gGmbH",
        "voting_delegate": doreen.reference,
        "remark": "Im Mai öffnet Worms.",
    }
    assert (await DataCheck.objects().first()).corrections == 6


async def test_a_site_that_moved_keeps_its_old_address_for_the_days_before(asked, client, neckarbogen):
    mannheim = await site.enter(neckarbogen, postal_code="68161", town="Mannheim", street="Neckarkai 4")

    await submit(
        client,
        asked + "/corrections",
        by="Ella Brandt",
        sites__0__street="Hafenstraße 1",
        sites__0__moved_on="1.1.2027",
    )

    row = await Site.objects().get(Site.id == mannheim.id)
    assert row.street == "Hafenstraße 1"
    then = former.site_then(row, await former.addresses_of(neckarbogen), date(2026, 12, 31))
    assert then.street == "Neckarkai 4"


async def test_whoever_left_has_a_last_day(asked, client, neckarbogen):
    doreen = await person.enter("Doreen Kästel", "d.k@example.org")
    await function.appoint(neckarbogen, doreen, FunctionKind.DIRECTOR, since=date(2020, 1, 1))

    await submit(client, asked + "/corrections", by="Ella Brandt", people__0__gone="y")

    assert (await Function.objects().first()).until == clock.today()


async def test_an_unchanged_form_confirms_and_changes_nothing(asked, client, neckarbogen, ella):
    await function.appoint(neckarbogen, ella, FunctionKind.DIRECTOR, since=date(2020, 1, 1))
    await site.enter(neckarbogen, postal_code="68161", town="Mannheim", places=48)

    await submit(client, asked + "/corrections", by="Ella Brandt")

    assert (await DataCheck.objects().first()).corrections == 0
    assert await Proposal.count() == 0


async def test_the_link_cannot_redirect_somebody_s_sign_in(asked, client, neckarbogen, ella):
    await function.appoint(neckarbogen, ella, FunctionKind.DIRECTOR, since=date(2020, 1, 1))

    await submit(client, asked + "/corrections", by="Wer auch immer", people__0__email="anders@example.org")

    assert (await Person.objects().get(Person.id == ella.id)).email == "ella.brandt@example.org"
    assert "anders@example.org" in (await Proposal.objects().first()).new


async def test_the_link_cannot_rename_who_votes(asked, client, neckarbogen):
    doreen = await person.enter("Doreen Kästel", "d.k@example.org")
    await function.appoint(neckarbogen, doreen, FunctionKind.VOTING_DELEGATE, since=date(2020, 1, 1))

    await submit(
        client, asked + "/corrections", by="Wer auch immer", people__0__name="Per Link", people__0__phone="0621 23125 1"
    )

    still = await Person.objects().get(Person.id == doreen.id)
    assert (still.name, still.phone) == ("Doreen Kästel", "0621 23125 1")
    assert "Per Link" in (await Proposal.objects().first()).new


async def test_what_is_wrong_in_a_correction_comes_back_with_all_that_was_typed(asked, client, neckarbogen):
    refused = await submit(
        client, asked + "/corrections", by="Ella Brandt", organisation__postal_code="xyz", remark="Im Mai öffnet Worms."
    )

    assert refused.status_code == 422
    assert "Im Mai öffnet Worms." in refused.text
    assert (await DataCheck.objects().first()).confirmed_at is None


async def test_an_address_that_is_known_is_offered_to_the_house_alone(asked, client, neckarbogen, ella, mira):
    """The new delegate is somebody of the house; whoever else has an address is nobody's business behind this link."""
    await function.appoint(neckarbogen, ella, FunctionKind.DIRECTOR, since=date(2020, 1, 1))
    typed = {"by": "Wer auch immer", "delegate_name": "Ella Maier"}

    offered = await submit(client, asked + "/corrections", **typed, delegate_email=ella.email)
    strange = await submit(client, asked + "/corrections", **typed, delegate_email=mira.email)
    taken = await send(client, offered, same_as=ella.reference)

    assert "Ella Brandt hat diese Adresse. Ist es dieselbe Person?" in offered.text
    assert "Wenn beides stimmt, fragen Sie bitte die Geschäftsstelle." in strange.text
    assert "Mira" not in strange.text
    assert taken.status_code == 303
    assert (await Proposal.objects().first()).new == ella.reference


async def test_the_link_ends_with_its_year_and_opens_nothing_else(asked, client, rheinweg):
    assert "Rheinweg" not in (await client.get(asked)).text
    assert (await client.get("/mine")).status_code in (303, 401)
    with clock.set_to(datetime(2028, 1, 1, 0, 30, tzinfo=UTC)):
        assert (await client.get(asked)).status_code == 410
        assert (await client.get(asked + "/corrections")).status_code == 410
    assert (await client.get("/still-right/nobody-knows-this")).status_code == 410


async def test_a_double_click_stores_once(asked, client, neckarbogen):
    page = await client.get(asked + "/corrections")
    for _click in range(2):
        await send(client, page, by="Ella Brandt", remark="Im Mai öffnet Worms.")

    assert await Proposal.count() == 1


async def test_reminders_go_out_after_14_and_21_days_and_not_to_those_who_answered(asked, neckarbogen, rheinweg):
    counts = []
    for day in (13, 14, 15, 21, 22, 40):
        with clock.set_to(JANUARY + timedelta(days=day, hours=1)):
            await check.remind_due()
            counts.append(len(await letters("representing/still_right_again")))

    assert counts == [0, 1, 1, 2, 2, 2]
    again = await Letter.objects().get(Letter.template == "representing/still_right_again")
    assert asked in again.text


async def test_whoever_answered_is_not_reminded(asked, client):
    await submit(client, asked, by="Ella Brandt")

    with clock.set_to(JANUARY + timedelta(days=30)):
        await check.remind_due()

    assert await letters("representing/still_right_again") == []


async def test_the_office_reminds_by_hand_once_a_day(asked, neckarbogen):
    with clock.set_to(JANUARY + timedelta(days=3)):
        (one,) = [one for one in await check.round_of(YEAR) if one.row]
        await check.remind(one, actor="mira")
        with pytest.raises(Refused):
            await check.remind(one, actor="mira")

    assert len(await letters("representing/still_right_again")) == 1


async def test_a_reminder_goes_to_the_address_that_is_right_by_then(asked, neckarbogen):
    await organisation.change(neckarbogen, email="neu@example.org")

    with clock.set_to(JANUARY + timedelta(days=14, hours=1)):
        await check.remind_due()

    assert await letters("representing/still_right_again") == ["neu@example.org"]


async def test_in_january_today_proposes_the_round_and_later_says_who_is_silent(in_january, neckarbogen, mira):
    viewer = await viewer_with(await sign_in.begin_session(mira))
    assert "Alle Mitglieder für 2027 fragen" in (await handed.due(viewer, clock.today()))[0].title

    await check.start(YEAR, actor="")

    assert [one.title for one in await handed.due(viewer, clock.today())] == [
        "Eines von 1 Mitgliedern hat noch nicht geantwortet"
    ]


async def test_whom_no_letter_reaches_stands_on_today(in_january, neckarbogen, rheinweg, mira):
    viewer = await viewer_with(await sign_in.begin_session(mira))
    await check.start(YEAR, actor="")

    titles = [one.title for one in await handed.due(viewer, clock.today())]

    assert "Ein Mitglied ist nicht zu fragen: keine Adresse" in titles


async def test_today_counts_what_the_round_tells(asked, ella, neckarbogen, rheinweg, client):
    nobody, named, gone = [await membership.admit(name, since=date(2020, 1, 1)) for name in ("Aa", "Bb", "Cc")]
    tarek = await person.enter("Tarek Linnemann", "tarek@example.org")
    await function.appoint(named, tarek, FunctionKind.CONTACT)
    await organisation.change(gone, email="cc@example.org")
    with clock.set_to(JANUARY + timedelta(days=2)):
        assert await check.start(YEAR, actor="") == 2
        await membership.resign(gone, until=JANUARY.date())
        told, members = await tally(YEAR), await check.round_of(YEAR)

    silent = [one.row.asked_at for one in members if one.row and not one.answered]
    assert (told.members, told.asked, told.silent) == (len(members), 2, len(silent))
    assert told.unreached == sum(one.to is None and one.row is None for one in members) == 2  # Rheinweg and Aa
    assert nobody.name in {one.organisation.name for one in members if one.to is None}
    assert told.first == min(silent)


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2027, 1, 3)])
async def test_in_the_demo_four_of_ten_are_silent_on_any_day(day):
    with clock.set_to(clock.berlin(day, time(17, 0))):
        await demo.build(day)
        members = await check.round_of(day.year)

        assert (len(members), sum(one.answered for one in members)) == (10, 6)
        assert [one.row.field for one in await proposal.open_ones()] == ["name", "evidence"]
        assert max(one.row.confirmed_at for one in members if one.answered) <= clock.now()


async def test_in_march_nobody_is_pressed_to_begin(neckarbogen, mira):
    with clock.set_to(datetime(2027, 3, 1, 9, 0, tzinfo=UTC)):
        viewer = await viewer_with(await sign_in.begin_session(mira))
        assert await handed.due(viewer, clock.today()) == []


async def test_the_list_and_the_sheet_are_there_for_whoever_did_not_answer(asked, desk, neckarbogen):
    listed = await desk.get("/office/members/checks")
    sheet = await desk.get(f"/office/members/checks/{neckarbogen.reference}/sheet")

    assert "Ein Mitglied hat nicht geantwortet" in listed.text
    assert "Neckarbogen Reha und Arbeit gGmbH" in sheet.text


async def test_a_form_that_is_sent_again_with_other_words_says_that_it_was_sent(asked, client, neckarbogen):
    page = await client.get(asked + "/corrections")
    await send(client, page, by="Ella Brandt", organisation__street="Neckarkai 5")

    again = await send(client, page, by="Ella Brandt", organisation__street="Hafenstraße 1")

    row = await Organisation.objects().get(Organisation.id == neckarbogen.id)
    assert row.street == "Neckarkai 5"
    assert "schon abgeschickt" in (await client.get(again.headers["location"])).text
