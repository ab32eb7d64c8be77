"""The office invites, reads the proof, tries again, notes the post, moves and calls off; the board approves."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from mailing.tables import Letter
from network import clock
from network.assembly import convocation, dispatch, handed, meeting, paper
from network.assembly.tables.convocation import Dispatch
from network.assembly.tables.meeting import Assembly, ItemKind
from network.members.tables import Organisation
from network.people.tables import RoleKind
from network.people.viewer import Viewer
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.make import assembly, at, item
from tests.browser import submit

OFFICE = Viewer(1, "mira", roles=frozenset({(RoleKind.OFFICE, "")}))
PDF = ("Beleg.pdf", b"%PDF-1.7 ...", "application/pdf")


@pytest.fixture
async def row(ten, in_april):
    one = await assembly()
    await item(one)
    await Organisation.update({Organisation.by_post_since: date(2020, 1, 1)}).where(Organisation.id == ten["M10"].id)
    return one


@pytest.fixture
async def convened(row):
    with clock.set_to(at(10, day=date(2027, 5, 4))):
        await convocation.convene(row, actor="")
        yield await meeting.by_reference(row.reference)


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


async def test_the_page_counts_letters_and_envelopes_before_anything_goes(desk, row):
    told = words(await desk.get(f"/office/assemblies/{row.reference}/invitation"))

    assert "Mitglieder 10 Mitglieder, 18 Stimmen" in told
    assert "Per E-Mail 9 E-Mails Per Post ein Umschlag" in told
    assert "Absender BAG BW, geschaeftsstelle@example.org" in told
    assert "Einladung: Mitgliederversammlung 2027 am 11. Juni 2027" in told
    assert (await Letter.count(), await Dispatch.count()) == (0, 0)


async def test_one_button_invites_and_leads_to_the_proof(desk, row):
    answer = await submit(desk, f"/office/assemblies/{row.reference}/invitation")
    told = words(await desk.get(answer.headers["location"]))

    assert (answer.status_code, await Letter.count(), await Dispatch.count()) == (303, 9, 10)
    assert "Ein Brief ist aufzugeben" in told
    assert "zurückgehalten: kein Mailserver eingerichtet" in told


async def test_pressing_twice_invites_once(desk, row):
    page = await desk.get(f"/office/assemblies/{row.reference}/invitation")
    form = BeautifulSoup(page.text, "html.parser").select("main form")[-1]
    typed = {field["name"]: field.get("value", "") for field in form.select("input") if field.get("name")}

    answers = [
        await desk.post(f"/office/assemblies/{row.reference}/invitation", data=typed) for _ in range(2)
    ]  # fmt: skip

    assert [answer.headers["location"] for answer in answers] == [f"/office/assemblies/{row.reference}/dispatches"] * 2
    assert await Letter.count() == 9


async def test_too_late_is_refused_on_the_page_until_a_reason_is_given(desk, row):
    place = f"/office/assemblies/{row.reference}/invitation"
    with clock.set_to(at(10, day=date(2027, 5, 20))):
        await come_in(desk, await somebody("Mira Quandt"))
        refused = await submit(desk, place)
        taken = await submit(desk, place, late_because="Alle haben zugestimmt.")
        proof = words(await desk.get(f"/office/assemblies/{row.reference}/dispatches"))

    soup = BeautifulSoup(refused.text, "html.parser")
    assert (refused.status_code, taken.status_code) == (422, 303)
    assert "13. Mai 2027" in words(refused)
    assert soup.select_one("#late_because-error")
    assert "Später einberufen, als die Satzung erlaubt, weil: Alle haben zugestimmt." in proof


async def test_letters_for_envelopes_the_invitation_and_the_proof_are_documents(desk, convened):
    await come_in(desk, await somebody("Mira Quandt"))
    place = f"/office/assemblies/{convened.reference}"
    (letter,) = await Dispatch.objects().where(Dispatch.channel == "post")

    answers = [
        await desk.get(f"{place}{path}")
        for path in ("/dispatches/letters", f"/dispatches/{letter.reference}/letter", "/dispatches/pdf", "/invitation/pdf")
    ]  # fmt: skip

    assert {(answer.status_code, answer.content[:5]) for answer in answers} == {(200, b"%PDF-")}
    assert all(b"StructTreeRoot" in answer.content or b"pdfuaid" in answer.content for answer in answers)


async def test_a_failed_letter_is_a_red_task_until_another_address_is_tried(desk, convened, ten):
    await come_in(desk, await somebody("Mira Quandt"))
    await Letter.update({Letter.state: "sent", Letter.sent_at: clock.now()}).where(Letter.id > 0)
    await Letter.update({Letter.state: "failed", Letter.answer: "550 unknown"}).where(
        Letter.to_email == ten["M09"].email
    )
    before = [(one.kind, one.title) for one in await handed.due(OFFICE, clock.today()) if one.kind == "bad"]

    answer = await submit(
        desk, f"/office/assemblies/{convened.reference}/dispatches/members/{ten['M09'].reference}",
        email="zweite@example.org", files={},
    )  # fmt: skip

    after = [one.title for one in await handed.due(OFFICE, clock.today()) if one.kind == "bad"]
    assert before == [("bad", f"Die Einladung hat {ten['M09'].name} nicht erreicht")]
    assert (answer.status_code, after) == (303, [])
    assert await handed.waiting_for(OFFICE) == 1  # the envelope


async def test_another_try_wants_an_address_a_day_or_a_name(desk, convened, ten):
    await come_in(desk, await somebody("Mira Quandt"))
    place = f"/office/assemblies/{convened.reference}/dispatches/members/{ten['M09'].reference}"

    nothing = await submit(desk, place, files={})
    nobody = await submit(desk, place, way="handed", on="4.5.2027", files={})
    handed_over = await submit(desk, place, way="handed", on="4.5.2027", name="Sabeth Hinrichsen",
                               files={"document": PDF})  # fmt: skip

    lines = [line for line in await dispatch.lines_of(convened) if line.row.channel == "handed"]
    assert (nothing.status_code, nobody.status_code, handed_over.status_code) == (422, 422, 303)
    assert [(line.state, line.row.document is not None) for line in lines] == [("received", True)]


async def test_letters_are_noted_as_posted_all_at_once(desk, convened):
    await come_in(desk, await somebody("Mira Quandt"))

    await submit(desk, f"/office/assemblies/{convened.reference}/dispatches", on="4.5.2027")

    (letter,) = await Dispatch.objects().where(Dispatch.channel == "post")
    assert letter.posted_on == date(2027, 5, 4)


async def test_moving_and_calling_off_count_the_letters_first(desk, convened):
    await come_in(desk, await somebody("Mira Quandt"))
    place = f"/office/assemblies/{convened.reference}"
    asked = words(await desk.get(f"{place}/move"))

    moved = await submit(desk, f"{place}/move", day="18.6.2027", because="Das Haus war belegt.")
    called_off = await submit(desk, f"{place}/cancellation", because="Zu wenige können.")

    letters = await Letter.select(Letter.template).where(Letter.template != "assembly/invitation")
    assert "Alle 10 Mitglieder erfahren davon: 9 E-Mails, ein Umschlag." in asked
    assert (moved.status_code, called_off.status_code) == (303, 303)
    assert sorted(one["template"] for one in letters) == ["assembly/cancellation"] * 9 + ["assembly/change"] * 9


async def test_the_board_says_that_it_may_go_out(row, in_april, ten):
    async with browser() as theirs:
        await come_in(theirs, await somebody("Henrike Vossberg", RoleKind.BOARD_MEMBER))
        token = (await theirs.get(f"/office/assemblies/{row.reference}")).text
        token = token.partition('name="_csrf_token" value="')[2].partition('"')[0]

        answer = await theirs.post(f"/office/assemblies/{row.reference}/approval", data={"_csrf_token": token})

    still = await Assembly.objects().get(Assembly.id == row.id)
    assert (answer.status_code, still.approved_at is not None) == (303, True)


async def test_the_link_in_a_letter_opens_agenda_and_papers_for_whoever_has_it(client, row, ten):
    change = await item(row, ItemKind.BYLAWS, "Satzung")
    held = await paper.attach(row, change, title="§ 9", document=PDF[:2], old_text="Alt", new_text="Neu", actor="")
    with clock.set_to(at(10, day=date(2027, 5, 4))):
        await convocation.convene(row, actor="")
    (letter,) = await Letter.objects().where(Letter.to_email == ten["M05"].email)
    path = letter.text.partition("/assembly/")[2].split()[0]

    page = await client.get(f"/assembly/{path}")
    english = await client.get(f"/en/assembly/{path}")
    answers = [await client.get(f"/assembly/{path}{more}") for more in ("/pdf", f"/papers/{held.reference}/file")]
    wrong = [await client.get(one) for one in ("/assembly/nonsense", f"/assembly/{path}/papers/nonsense/file")]

    assert "[entfällt: Alt ]" in " ".join(BeautifulSoup(page.text, "html.parser").get_text(" ").split())
    assert english.status_code == 200
    assert [answer.status_code for answer in (*answers, *wrong)] == [200, 200, 404, 404]
    assert path not in str(await Dispatch.select())


async def test_only_the_office_invites_and_the_board_reads_the_proof(convened, ten):
    place = f"/office/assemblies/{convened.reference}"
    member = ten["M09"].reference
    async with browser() as theirs:
        await come_in(theirs, await somebody("Henrike Vossberg", RoleKind.BOARD_MEMBER))
        reading = [await theirs.get(f"{place}{path}") for path in ("/dispatches", "/dispatches/pdf", "/invitation/pdf")]
        writing = [
            await theirs.get(f"{place}{path}")
            for path in ("/invitation", "/move", "/cancellation", "/supplement", "/dispatches/letters",
                         f"/dispatches/members/{member}")
        ]  # fmt: skip
        await come_in(theirs, await somebody("Ella Brandt", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference))
        strange = [await theirs.get(f"{place}{path}") for path in ("", "/dispatches", "/dispatches/pdf")]

    assert [answer.status_code for answer in reading] == [200, 200, 200]
    assert [answer.status_code for answer in writing] == [404] * 6
    assert [answer.status_code for answer in strange] == [404, 404, 404]


async def test_today_names_an_invitation_four_weeks_before_its_last_day(row):
    titles = {
        day: [(one.kind, one.state) for one in await handed.due(OFFICE, day)]
        for day in (date(2027, 4, 11), date(2027, 4, 12), date(2027, 5, 9), date(2027, 5, 11))
    }

    assert titles == {
        date(2027, 4, 11): [],
        date(2027, 4, 12): [("info", "noch 28 Tage")],
        date(2027, 5, 9): [("warn", "noch 1 Tag")],
        date(2027, 5, 11): [("bad", "1 Tag zu spät")],
    }


async def test_assemblies_are_found_by_title_and_year(row):
    assert [one.title for one in await handed.found(OFFICE, "mitglieder 2027")] == ["Mitgliederversammlung 2027"]
    assert await handed.found(OFFICE, "2031") == []
    assert await handed.found(Viewer(1, "x"), "mitglieder") == []


async def test_a_member_says_how_it_wants_to_be_invited_and_so_does_the_office(desk, row, ten):
    mine, member = f"/mine/{ten['M01'].reference}/assemblies", ten["M01"].id
    async with browser() as hers:
        ella = await somebody("Ella Brandt", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference)
        await come_in(hers, ella)
        await submit(hers, mine)
        token = (await hers.get(mine)).text.partition('name="_csrf_token" value="')[2].partition('"')[0]
        strange = await hers.post(f"/mine/{ten['M02'].reference}/assemblies/by-post", data={"_csrf_token": token})
    wanted = await Organisation.objects().get(Organisation.id == member)
    place = f"/office/assemblies/{row.reference}"
    token = (await desk.get(f"{place}/invitation")).text.partition('name="_csrf_token" value="')[2].partition('"')[0]
    noted = await desk.post(f"{place}/ways/{ten['M01'].reference}/by-email", data={"_csrf_token": token})

    after = await Organisation.objects().get(Organisation.id == member)
    assert (wanted.by_post_since, strange.status_code) == (clock.today(), 404)
    assert (noted.status_code, after.by_post_since) == (303, None)
