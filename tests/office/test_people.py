"""People of the house: given roles, and relieved of them, with their days kept."""

from bs4 import BeautifulSoup

from mailing.tables import Letter
from network import clock
from network.members import directory, membership, organisation
from network.people import person, sign_in
from network.people.tables import Person, Role, RoleKind, SignInLink
from network.people.viewer import viewer_with
from tests.browser import send, submit
from tests.events import make
from tests.office.make import enter, pia


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


async def test_a_new_colleague_can_sign_in_and_work(client, association):
    await pia(client)

    added = await submit(
        client,
        "/office/people/new",
        name="Stefan Øster",
        email="stefan.oester@example.org",
        roles=["office", "event_team"],
    )

    assert added.status_code == 303
    stefan = await Person.objects().get(Person.name == "Stefan Øster")
    viewer = await viewer_with(await sign_in.begin_session(stefan))
    assert sorted(viewer.roles) == [("event_team", ""), ("office", "")]


async def test_without_a_role_nobody_is_added(client, association):
    await pia(client)

    refused = await submit(client, "/office/people/new", name="Stefan Øster", email="stefan.oester@example.org")

    assert refused.status_code == 422
    assert "Bitte wählen Sie mindestens eine Rolle" in refused.text
    assert 'value="Stefan Øster"' in refused.text


async def test_the_back_button_adds_nobody_twice(client, association):
    await pia(client)
    page = await client.get("/office/people/new")

    for _press in range(2):
        await send(client, page, name="Stefan Øster", email="stefan.oester@example.org", roles=["office"])

    assert await Role.count().where(Role.kind == RoleKind.OFFICE) == 1


async def test_an_ended_role_is_gone_at_once_and_remembered(client, association):
    await pia(client)
    mira = await enter("Mira Quandt", RoleKind.OFFICE)
    role = await Role.objects().get(Role.person == mira.id)

    await press(client, f"/office/people/roles/{role.id}/end")

    assert (await viewer_with(await sign_in.begin_session(mira))).roles == frozenset()
    assert "Geschäftsstelle" in (await client.get("/office/people")).text


async def test_the_last_administrator_stays(client, association):
    someone = await pia(client)
    role = await Role.objects().get(Role.person == someone.id)

    refused = await press(client, f"/office/people/roles/{role.id}/end")

    assert refused.status_code == 422
    assert (await Role.objects().get(Role.id == role.id)).until is None


async def test_it_is_said_who_got_which_role(client, association):
    await pia(client)
    await enter("Mira Quandt", RoleKind.OFFICE)

    asked = await submit(client, "/office/people/new", name="Mira Q", email="mira.quandt@example.org", roles=["admin"])
    mira = await Person.objects().get(Person.name == "Mira Quandt")
    added = await send(client, asked, same_as=mira.reference)
    page = await client.get(added.headers["location"])

    assert (asked.status_code, added.status_code) == (422, 303)
    assert "Mira Quandt hat diese Adresse. Ist es dieselbe Person?" in asked.text
    assert "Die Adresse mira.quandt@example.org gehört Mira Quandt. Mira Quandt hat: Administration." in page.text
    assert "Mira Q " not in page.text


async def test_a_role_has_days_and_counts_only_then(client, association, at_sunday):
    await pia(client)

    await submit(client, "/office/people/new", name="Stefan Øster", email="stefan@example.org", roles=["office"],
                 since="1.10.2027", until="31.12.2027")  # fmt: skip
    stefan = await Person.objects().get(Person.name == "Stefan Øster")
    held = []
    for days in (0, 26, 117, 118):
        with clock.set_to(clock.ahead(days=days)):
            held.append(len((await viewer_with(await sign_in.begin_session(stefan))).roles))
    shown = (await client.get("/office/people")).text
    wrong = await submit(client, "/office/people/new", name="X", email="x@example.org", roles=["office"],
                         since="1.10.2027", until="30.9.2027")  # fmt: skip

    assert held == [0, 1, 1, 0]
    assert "ab 1. Oktober 2027, bis 31. Dezember 2027" in shown
    assert wrong.status_code == 422
    assert await Person.exists().where(Person.name == "X") is False


async def test_a_member_is_represented_and_an_event_has_a_team_of_its_own(client, association):
    await pia(client)
    organisation = await membership.admit("Ruhrpunkt Training gGmbH")
    forum = await make.forum()

    refused = await submit(client, "/office/people/new", name="Aki Brandt", email="aki@example.org",
                           roles=["member_representative"])  # fmt: skip
    added = await submit(client, "/office/people/new", name="Aki Brandt", email="aki@example.org",
                         roles=["member_representative", "event_team"], member="Ruhrpunkt Training",
                         event=forum.reference)  # fmt: skip
    page = await client.get(added.headers["location"])
    aki = await Person.objects().get(Person.name == "Aki Brandt")
    roles = await Role.objects().where(Role.person == aki.id).order_by(Role.kind)
    for role in roles:
        await press(client, f"/office/people/roles/{role.id}/end")

    assert refused.status_code == 422
    assert f"Vertretung eines Mitglieds: {organisation.name}" in page.text
    assert [(role.kind, role.of) for role in roles] == [
        ("event_team", forum.reference), ("member_representative", organisation.reference),
    ]  # fmt: skip
    assert (await viewer_with(await sign_in.begin_session(aki))).roles == frozenset()


async def test_a_member_is_named_by_number_or_part_of_its_name_and_chosen_from_those_that_fit(client, association):
    await pia(client)
    by_number = await membership.admit("Ruhrpunkt Training gGmbH", number="M07")
    north, south = [await membership.admit(f"Lindenhof {where} e. V.", town=where) for where in ("Kiel", "Ulm")]
    await organisation.enter("Lindenhof Gast e. V.")
    typed = {"name": "Aki Brandt", "email": "aki@example.org", "roles": ["member_representative"]}

    asked = await submit(client, "/office/people/new", **typed, member="lindenhof")
    nobody = await submit(client, "/office/people/new", **typed, member="Xylophon")
    slip = await submit(client, "/office/people/new", **typed, member="Lindenhoff Ulm")
    chosen = await send(client, asked, meant=south.reference)
    numbered = await submit(client, "/office/people/new", **typed, member="M07")

    offered = [one["value"] for one in soup(asked).select("[name=meant]")]
    assert ([asked.status_code, nobody.status_code, slip.status_code], offered) == (
        [422] * 3, [north.reference, south.reference],
    )  # fmt: skip
    assert "Kein Mitglied hat diesen Namen oder diese Nummer." in nobody.text
    assert [one["value"] for one in soup(slip).select("[name=meant]")] == [south.reference]
    assert (chosen.status_code, numbered.status_code) == (303, 303)
    assert {role.of for role in await Role.objects().where(Role.kind == RoleKind.MEMBER_REPRESENTATIVE)} == {
        south.reference, by_number.reference,
    }  # fmt: skip


async def test_the_form_of_a_role_suggests_few_members_and_does_not_carry_thousands(client, association, monkeypatch):
    await pia(client)
    for number in range(3):
        await membership.admit(f"Haus {number:02}")

    few = soup(await client.get("/office/people/new"))
    monkeypatch.setattr(directory, "MOST_SUGGESTED", 2)
    many = soup(await client.get("/office/people/new"))
    asked = await submit(client, "/office/people/new", name="A B", email="a@example.org",
                         roles=["member_representative"], member="Haus")  # fmt: skip

    assert [one["value"] for one in few.select("#members option")] == ["Haus 00", "Haus 01", "Haus 02"]
    assert many.select("#members option") == []
    assert len(soup(asked).select("[name=meant]")) == 3


async def test_a_name_and_an_address_are_put_right(client, association):
    admin = await pia(client)
    mira = await enter("Mira Quant", RoleKind.OFFICE)
    session = await sign_in.begin_session(mira)
    await SignInLink(digest="x", person=mira.id, expires_at=clock.ahead(days=1)).save()
    place = f"/office/people/{mira.reference}/edit"

    refused = await submit(client, place, name="Mira Quandt", email=admin.email)
    corrected = await submit(client, place, name="Mira Quandt", email="mira.quandt@example.org")

    assert refused.status_code == 422
    assert "Diese Adresse gehört " in refused.text
    assert f"/office/people/duplicates/{admin.reference}/{mira.reference}" in refused.text
    assert corrected.status_code == 303
    one = await Person.objects().get(Person.id == mira.id)
    assert (one.name, one.email, one.sorting) == ("Mira Quandt", "mira.quandt@example.org", "mira quandt")
    assert (await person.person_at("mira.quandt@example.org")).id == mira.id
    assert (await viewer_with(session)).name == "Mira Quandt"
    assert await SignInLink.count().where(SignInLink.person == mira.id) == 0
    assert "Mira Quandt" in (await client.get("/office/activity")).text


async def test_another_address_is_told_to_both_and_neither_letter_names_the_other(client, association):
    await pia(client)
    mira = await enter("Mira Quandt", RoleKind.OFFICE)

    await submit(client, f"/office/people/{mira.reference}/edit", name="Mira Quandt", email="mira.neu@example.org")

    old, new = await Letter.objects().where(Letter.template == "people/address_changed").order_by(Letter.id)
    assert (old.to_email, new.to_email) == ("mira.quandt@example.org", "mira.neu@example.org")
    assert "schreibt Ihnen nicht mehr" in old.text
    assert "kennt Sie jetzt unter dieser E-Mail-Adresse" in new.text
    assert "mira.neu" not in old.text
    assert "mira.quandt" not in new.text


async def test_a_typing_error_in_a_name_is_no_letter_and_needs_no_address(client, association):
    await pia(client)
    bo = await person.enter("Bo Lindquist")

    corrected = await submit(client, f"/office/people/{bo.reference}/edit", name="Bo Lindqvist")

    assert corrected.status_code == 303
    assert (await Person.objects().get(Person.id == bo.id)).name == "Bo Lindqvist"
    assert await Letter.count() == 0


async def test_whoever_has_a_role_keeps_an_address(client, association):
    await pia(client)
    mira = await enter("Mira Quandt", RoleKind.OFFICE)

    refused = await submit(client, f"/office/people/{mira.reference}/edit", name="Mira Quandt", email="")

    assert refused.status_code == 422
    assert "könnte sich Mira Quandt nicht mehr anmelden" in refused.text


async def test_somebody_gets_one_more_role_without_typing_who(client, association):
    await pia(client)
    mira = await enter("Mira Quandt", RoleKind.OFFICE)

    assert f"/office/people/new?person={mira.reference}" in (await client.get("/office/people")).text
    await submit(client, f"/office/people/new?person={mira.reference}", roles=["event_team"])

    assert await Role.count().where(Role.person == mira.id) == 2


async def press(client, path: str):
    await client.get("/office/people")
    return await client.post(path, headers={"x-csrftoken": client.cookies["csrftoken"]})
