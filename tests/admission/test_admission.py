"""From the public form to the decision: what strangers can do, and what the office sees and does."""

from asyncio import gather
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup

from mailing.tables import Letter
from network import clock
from network.activity import Activity
from network.admission import acceptance, application, handed, steps
from network.admission.acceptance import Decision
from network.admission.tables import Application, ApplicationFile, Step, StepKind
from network.association import bylaws
from network.demo.texts import BYLAWS
from network.errors import Refused
from network.files import File
from network.i18n import speaking
from network.members import directory, life, membership, organisation, site
from network.members.tables import Organisation, Site
from network.people import person, roles, sign_in
from network.people.tables import Role, RoleKind
from network.people.viewer import COOKIE, VISITOR, Viewer
from tests.admission.make import PDF, TYPED, applied, token
from tests.browser import send, submit

OFFICE = Viewer(1, "mira", "Mira Quandt", "mira.quandt@example.org", frozenset({("office", "")}))
FORM = "/membership/application"
LIST = "/office/members/applications"


@pytest.fixture
async def rules(association):
    await bylaws.enact("", **BYLAWS)


@pytest.fixture
async def desk(client, rules, at_sunday):
    mira = await person.enter("Mira Quandt", "mira.quandt@example.org")
    await roles.grant(mira, RoleKind.OFFICE)
    client.cookies.set(COOKIE, await sign_in.begin_session(mira))
    return client


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


def decided(**other) -> Decision:
    return Decision(
        **{
            "on": clock.today(),
            "said_by": "Vorstand",
            "kind": "guest",
            "since": clock.today(),
            "sites": TYPED["sites"].splitlines(),
        }
        | other
    )


# --- the public form -------------------------------------------------------------------------------------------------


async def test_an_application_reaches_the_office_only_when_its_address_has_answered(client, rules):
    sent = await submit(client, FORM, **TYPED, committed="y", files=[("documents", ("Nachweis.pdf", PDF))])
    before = (await handed.waiting_for(OFFICE), await handed.due(OFFICE, clock.today()))
    place = f"{FORM}/confirm/{await token()}"
    scanned = await client.get(place)
    still = await handed.waiting_for(OFFICE)
    pressed = await submit(client, place)
    page = await client.get(pressed.headers["location"])

    templates = [one["template"] for one in await Letter.select(Letter.template).order_by(Letter.id)]
    assert (sent.status_code, sent.headers["location"], before) == (303, f"{FORM}/asked", (0, []))
    assert (scanned.status_code, still, await handed.waiting_for(OFFICE)) == (200, 0, 1)
    assert "Ihr Antrag ist bei uns angekommen" in words(page)
    assert templates == ["admission/please_confirm", "admission/received"]
    assert (await ApplicationFile.count(), (await File.objects().first()).media_type) == (1, "application/pdf")


async def test_confirming_twice_is_confirming_once(client, rules):
    row = await applied()
    await application.confirm(await token())

    kinds = [step.kind for step in await application.steps_of(row)]
    assert (kinds, await Letter.count()) == (["received", "confirmed"], 2)


async def test_what_nobody_confirms_is_deleted_with_its_documents_and_its_link_is_gone(client, rules):
    kept = await applied(name="Bleibt e. V.")
    await application.apply([("x.pdf", PDF)], committed=True, **TYPED)
    late = await token()
    with clock.set_to(clock.ahead(days=7, hours=2)):
        gone = await client.get(f"{FORM}/confirm/{late}")
        await application.forget_unconfirmed()

    assert (gone.status_code, await application.confirm(late)) == (410, None)
    assert [row.reference for row in await Application.objects()] == [kept.reference]
    assert (await File.count(), await Step.count()) == (1, 2)


async def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(client, rules):
    answer = await submit(
        client, FORM, **TYPED | {"postal_code": "061", "sites": "Halle", "contact_email": "nele", "contact_name": ""},
        files=[("documents", ("x.pdf", PDF))],
    )  # fmt: skip

    said = words(answer)
    assert (answer.status_code, await Application.count()) == (422, 0)
    assert "Bitte schreiben Sie diesen Standort mit seiner Postleitzahl: „Halle“." in said
    assert "Ohne diese Selbstverpflichtung kann niemand Mitglied werden" in said
    assert "Bitte wählen Sie sie noch einmal" in said
    assert 'value="Saaletal Reha gGmbH"' in answer.text


@pytest.mark.parametrize("content", [b"<html>", b"", b"MZ\x90\x00", b"PK\x03\x04"])
async def test_what_only_calls_itself_a_pdf_is_refused(client, rules, content):
    answer = await submit(client, FORM, **TYPED, committed="y", files=[("documents", ("Nachweis.pdf", content))])

    assert (answer.status_code, await Application.count(), await File.count()) == (422, 0, 0)
    assert "Nachweis.pdf ist weder ein PDF noch ein PNG- oder JPEG-Bild." in words(answer)


async def test_a_form_is_taken_once_and_strangers_cannot_flood_an_address(client, rules):
    page = await client.get(FORM)
    twice = [(await send(client, page, **TYPED, committed="y")).status_code for _ in range(2)]
    more = [(await submit(client, FORM, **TYPED, committed="y")).status_code for _ in range(3)]

    assert (twice, more) == ([303, 303], [303, 422, 422])
    assert (await Application.count(), await Letter.count()) == (2, 2)


async def test_the_commitment_is_kept_with_its_words_and_its_moment(client, rules, at_sunday):
    with speaking("de"):
        row = await applied()

    assert row.committed_at == clock.now()
    assert row.commitment == (
        "Wir verpflichten uns auf die geltende Leistungsbeschreibung des Verbands und auf seine Qualitätsstandards."
    )


# --- step by step ----------------------------------------------------------------------------------------------------


async def test_the_office_goes_step_by_step_and_each_is_a_row_with_who_when_and_why(desk):
    row = await applied()
    place = f"{LIST}/{row.reference}"
    texts = {"evidence": "Anerkennung bis 2030", "visit": "Zwei Stunden im Haus", "proposal": "Einstimmig"}
    primary = []
    for kind, why in texts.items():
        page = await desk.get(place)
        primary.append(BeautifulSoup(page.text, "html.parser").select_one("a.button:not(.quiet)")["href"])
        files = {"document": ("Bericht.pdf", PDF)} if kind == "visit" else None
        answer = await submit(desk, primary[-1], why=why, said_by="Mira Quandt", files=files)
        assert answer.status_code == 303
    page = await desk.get(place)
    primary.append(BeautifulSoup(page.text, "html.parser").select_one("a.button:not(.quiet)")["href"])

    taken = [(step.kind, step.on, step.why) for step in await application.steps_of(row)]
    assert primary == [
        f"{place}/steps/evidence",
        f"{place}/steps/visit",
        f"{place}/steps/proposal",
        f"{place}/acceptance",
    ]
    assert taken[2:] == [(kind, clock.today(), why) for kind, why in texts.items()]
    assert "Mira Quandt: Zwei Stunden im Haus" in words(page)
    assert "eingetragen: Mira Quandt" in words(page)
    assert "Bericht.pdf" in words(page)


async def test_opening_a_document_is_noted_once_a_day(desk):
    row = await applied()
    [document] = await application.documents_of(row)
    place = f"{LIST}/{row.reference}/documents/{document['file.reference']}"

    answers = [await desk.get(place) for _ in range(2)]
    other = await desk.get(f"{LIST}/{row.reference}/documents/gibtesnicht")

    noted = await Activity.count().where(Activity.thing == f"application:{row.reference}") - 1
    assert ([answer.content for answer in answers], other.status_code, noted) == ([PDF, PDF], 404, 1)


async def test_declining_needs_a_reason_and_the_letter_tells_it(desk):
    row = await applied()
    place = f"{LIST}/{row.reference}/steps/declined"

    silent = await submit(desk, place)
    told = await submit(desk, place, why="Der Nachweis nach § 51 fehlt.", said_by="Vorstand")
    again = await desk.get(place)

    letter = await Letter.objects().get(Letter.template == "admission/declined")
    assert (silent.status_code, told.status_code, again.status_code) == (422, 303, 404)
    assert "Der Nachweis nach § 51 fehlt." in letter.text
    assert (await handed.waiting_for(OFFICE), (await directory.counts()).guests) == (0, 0)
    with pytest.raises(Refused):
        await steps.take(row, StepKind.VISIT, on=clock.today(), said_by="Vorstand", actor="")


async def test_withdrawn_applications_write_no_letter(desk):
    row = await applied()
    before = await Letter.count()
    await submit(desk, f"{LIST}/{row.reference}/steps/withdrawn", why="Der Träger hat es sich überlegt.")

    assert (await Letter.count(), (await Application.objects().first()).closed_at) == (before, clock.now())


@pytest.mark.parametrize("kind", [StepKind.EVIDENCE, StepKind.VISIT, StepKind.PROPOSAL])
async def test_each_step_on_the_way_says_who_took_it(desk, kind):
    row = await applied()
    answer = await submit(desk, f"{LIST}/{row.reference}/steps/{kind}", why="Alles da.", said_by=" ")
    with pytest.raises(Refused) as no:
        await steps.take(row, kind, on=clock.today(), why="Alles da.", actor="")

    assert (answer.status_code, no.value.field) == (422, "said_by")
    assert "Bitte tragen Sie ein, wer es war." in words(answer)
    assert kind not in [step.kind for step in await application.steps_of(row)]


async def test_a_step_of_tomorrow_or_before_the_application_is_refused(desk):
    row = await applied()
    answers = [
        await submit(desk, f"{LIST}/{row.reference}/steps/visit", on=day, said_by="Vorstand")
        for day in ("6.9.2027", "4.9.2027")
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "Der Antrag kam erst später" in words(answers[1])


# --- the decision ----------------------------------------------------------------------------------------------------


async def test_nobody_becomes_a_member_before_applying(desk):
    row = await applied()

    early, far = [
        await submit(desk, f"{LIST}/{row.reference}/acceptance", said_by="Vorstand", since=day, number="M11")
        for day in ("1.1.1990", "1.1.2150")
    ]

    assert (early.status_code, far.status_code) == (422, 422)
    assert "Der Antrag kam am 5. September 2027: Die Mitgliedschaft kann nicht davor beginnen." in words(early)
    assert "Bitte geben Sie einen Tag zwischen 1800 und 2037 ein." in words(far)
    assert await organisation.known("saaletal reha") is None


async def test_the_accepted_become_a_guest_with_their_sites_and_a_representative_from_the_first_day(desk):
    row = await applied()
    answer = await submit(desk, f"{LIST}/{row.reference}/acceptance", said_by="Vorstand", since="1.1.2028", number="M11",
                          why="Beschluss 12/2027")  # fmt: skip
    page = await desk.get(answer.headers["location"])

    member = await organisation.known("saaletal reha")
    [role] = await Role.objects().where(Role.kind == RoleKind.MEMBER_REPRESENTATIVE)
    letters = {one.template: one for one in await Letter.objects().where(Letter.template.like("admission/%"))}
    assert [(one.kind, one.since, one.until, one.number) for one in await membership.history(member)] == [
        ("guest", date(2028, 1, 1), None, "M11")
    ]
    assert sorted((one.postal_code, one.town, one.street) for one in await Site.objects()) == [
        ("06108", "Halle", "Saalestraße 5"), ("06217", "Merseburg", "Domplatz 1"),
    ]  # fmt: skip
    assert (role.of, role.since, role.until) == (member.reference, date(2028, 1, 1), None)
    assert "diese Zeit endet am 31. Dezember 2029" in letters["admission/accepted"].text
    assert letters["admission/welcome"].due_at == datetime(2028, 1, 1, 6, 0, tzinfo=UTC)
    assert "Als Gastmitglied aufgenommen, ab 1. Januar 2028" in words(page)
    assert "Vorstand: Beschluss 12/2027" in words(page)
    way = words(page).partition("Antrag vom 5. September 2027")[2]
    steps = ["angenommen, Vorstand", "Die Adresse wurde bestätigt", "Das Formular wurde"]
    assert [way.index(step) for step in steps] == sorted(way.index(step) for step in steps)  # the last first
    assert member.email == ""  # the contact's own address is nobody else's business


async def test_a_guest_of_forums_becomes_a_member_without_being_entered_twice(rules, at_sunday):
    before = await organisation.enter("SAALETAL REHA GmbH", phone="0345 1")
    row = await applied()
    after = await acceptance.accept(row, decided(kind="full"), actor="")

    assert (after.id, await Organisation.count(), after.name, after.phone) == (
        before.id, 1, "Saaletal Reha gGmbH", "0345 1",
    )  # fmt: skip
    assert (await life.timeline(after))[0].words.startswith("Als Vollmitglied aufgenommen")


async def test_whom_the_applicant_may_be_is_offered_and_the_chosen_entry_becomes_the_member(desk):
    before = await organisation.enter("Saaletal Rehabilitation gGmbH", postal_code="06108", town="Halle",
                                      street="Saalestr. 5")  # fmt: skip
    taken = await organisation.enter("Saaltal Reha gGmbH", postal_code="06108", town="Halle")
    await membership.join(taken, since=date(2020, 1, 1))
    row = await applied()
    place = f"{LIST}/{row.reference}"

    shown = await desk.get(place)
    form = BeautifulSoup((await desk.get(f"{place}/acceptance")).text, "html.parser")
    answer = await submit(desk, f"{place}/acceptance", said_by="Vorstand", entry=before.reference)

    offered = [field["value"] for field in form.select("[name=entry]")]
    assert f'href="/office/members/{before.reference}"' in shown.text
    assert f'href="/office/members/{taken.reference}"' in shown.text
    assert offered == ["", before.reference]
    assert answer.headers["location"] == f"/office/members/{before.reference}"
    assert (await Organisation.count(), await membership.members_among([before.id])) == (2, {before.id})


async def test_a_new_entry_is_made_when_none_of_them_is_the_applicant(desk):
    await organisation.enter("Saaletal Rehabilitation gGmbH", postal_code="06108", street="Saalestr. 5")
    row = await applied()

    await submit(desk, f"{LIST}/{row.reference}/acceptance", said_by="Vorstand", entry="")

    assert await Organisation.count() == 2


async def test_whose_address_the_contact_has_stands_beside_the_role(desk):
    nele = await person.enter("Nele Winterscheid", TYPED["contact_email"])
    row = await applied()
    place = f"{LIST}/{row.reference}"

    shown, deciding = await desk.get(place), await desk.get(f"{place}/acceptance")

    assert f'<a href="/office/people/{nele.reference}">Nele Winterscheid</a>' in shown.text
    assert "Diese Adresse gehört Nele Winterscheid" in words(deciding)


async def test_only_chosen_sites_are_taken_over_and_known_ones_stay(rules, at_sunday):
    before = await organisation.enter("Saaletal Reha gGmbH")
    await site.enter(before, postal_code="06108", town="Halle", places=20)
    row = await applied(sites="06108 Halle\n06217 Merseburg\n06844 Dessau")
    await acceptance.accept(row, decided(sites=["06108 Halle", "06844 Dessau"], represents=False), actor="")

    assert sorted((one.town, one.places) for one in await Site.objects()) == [("Dessau", None), ("Halle", 20)]
    assert await Role.count() == 0


async def test_who_is_a_member_already_cannot_be_accepted_again_and_nothing_is_left_half_done(rules, at_sunday):
    await membership.admit("Saaletal Reha gGmbH", since=date(2020, 1, 1))
    row = await applied()
    letters = await Letter.count()

    with pytest.raises(Refused):
        await acceptance.accept(row, decided(), actor="")

    assert ((await Application.objects().first()).closed_at, await Letter.count(), await Site.count()) == (
        None,
        letters,
        0,
    )


async def test_of_two_decisions_at_the_same_moment_one_counts(rules, at_sunday):
    row = await applied()

    outcomes = await gather(
        acceptance.accept(row, decided(), actor=""),
        steps.take(row, StepKind.DECLINED, on=clock.today(), why="Nein", actor=""),
        return_exceptions=True,
    )

    decisions = (StepKind.ACCEPTED, StepKind.DECLINED)
    assert sorted(isinstance(outcome, Refused) for outcome in outcomes) == [False, True]
    assert await Step.count().where(Step.kind.is_in([*map(str, decisions)])) == 1


async def test_a_double_click_accepts_once(desk):
    row = await applied()
    page = await desk.get(f"{LIST}/{row.reference}/acceptance")
    answers = [await send(desk, page, said_by="Vorstand") for _ in range(2)]

    assert len({answer.headers["location"] for answer in answers}) == 1
    assert (await Organisation.count(), await Site.count()) == (1, 2)


async def test_today_tells_the_next_step_and_warns_when_nothing_happens(rules, at_sunday):
    row = await applied()
    with speaking("de"):
        [fresh] = await handed.due(OFFICE, clock.today())
        await steps.take(row, StepKind.EVIDENCE, on=clock.today(), said_by="Mira Quandt", actor="")
        [checked] = await handed.due(OFFICE, date(2027, 10, 4))

    assert (fresh.title, fresh.kind, fresh.action) == (
        "Saaletal Reha gGmbH möchte Mitglied werden",
        "info",
        "Nachweise prüfen",
    )
    assert (checked.kind, checked.state, checked.action) == (
        "warn",
        "Nachweise geprüft am 5. September 2027",
        "Besuch eintragen",
    )
    assert (await handed.due(VISITOR, clock.today()), await handed.waiting_for(VISITOR)) == ([], 0)


async def test_the_office_finds_an_application_by_its_organisation_and_its_contact(desk):
    row = await applied()
    other = await applied(name="Andere gGmbH", contact_name="Ove Amsel", contact_email="ove.amsel@example.org")

    with speaking("de"):
        hits = [await handed.found(OFFICE, text) for text in ("saaletal", "waescher", "amsel", "fehlt")]

    assert [[hit.url.rpartition("/")[2] for hit in found] for found in hits] == [
        [row.reference], [row.reference], [other.reference], [],
    ]  # fmt: skip
    assert (hits[0][0].kind, hits[0][0].line) == ("Antrag", "eingegangen am 5. September 2027")
    assert await handed.found(VISITOR, "saaletal") == []
    assert "Antrag" in words(await desk.get("/office/search?q=saaletal"))


async def test_only_the_office_sees_applications(client, rules, at_sunday):
    row = await applied()
    unconfirmed = await application.apply((), committed=True, **TYPED)
    places = [
        LIST,
        f"{LIST}/{row.reference}",
        f"{LIST}/{row.reference}/steps/visit",
        f"{LIST}/{row.reference}/acceptance",
    ]
    visitor = [(await client.get(place)).status_code for place in places]
    ella = await person.enter("Ella Brandt", "ella.brandt@example.org")
    client.cookies.set(COOKIE, await sign_in.begin_session(ella))
    signed_in = [(await client.get(place)).status_code for place in places]
    await roles.grant(ella, RoleKind.OFFICE)
    office = [(await client.get(place)).status_code for place in [*places, f"{LIST}/{unconfirmed.reference}"]]

    assert (visitor, signed_in, office) == ([303] * 4, [404] * 4, [200] * 4 + [404])


async def test_the_pages_speak_english_too(desk):
    row = await applied()
    pages = [await desk.get(f"/en{place}") for place in (FORM, LIST, f"{LIST}/{row.reference}")]

    assert [
        text in words(page)
        for text, page in zip(("Become a member", "One application is open", "Check the evidence"), pages, strict=True)
    ] == [True] * 3


async def test_two_applications_of_one_applicant_name_each_other(desk):
    first = await applied()
    second = await applied(name="Saaletal Reha", website="")
    stranger = await applied(name="Ganz anders e. V.", website="anders.example.org", contact_email="x@example.org")

    here, there, elsewhere = [
        (await desk.get(f"{LIST}/{row.reference}")).text for row in (first, second, stranger)
    ]  # fmt: skip

    assert f'href="{LIST}/{second.reference}"' in here
    assert f'href="{LIST}/{first.reference}"' in there
    assert f'href="{LIST}/{first.reference}"' not in elsewhere
