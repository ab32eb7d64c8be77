"""Story 5: the bylaws are changed, count from their registration, and another purpose waits for the absent member."""

from datetime import date

import pytest

from network import clock
from network.assembly import course, meeting
from network.assembly.tables.meeting import Assembly, ItemKind
from network.association import bylaws
from network.people.tables import Person, RoleKind
from network.register import draft, filing
from network.register.case import of_assembly as case_of
from network.resolutions.tables import Resolution
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.day import announced, under_way
from tests.assembly.make import RIGHTS, at
from tests.assembly.test_day_views import here, press, words
from tests.browser import submit
from tests.members.make import the_ten

REGISTERED = date(2027, 8, 3)
BYLAWS, PURPOSE = "§ 9 der Satzung", "Neuer Vereinszweck"


@pytest.fixture
async def ten(association):
    return await the_ten()


@pytest.fixture
async def opened(ten):
    """Sixteen votes of nine members; M06 is absent."""
    async with under_way(ten) as row:
        yield row


@pytest.fixture
async def office(opened):
    async with browser() as one:
        yield await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))


async def voted(office, row, item, wording: str, **numbers: int) -> str:
    """Put to the vote, opened and counted on its pages; the address of the vote."""
    form = f"{here(row)}/day/items/{item.reference}/vote"
    put = await submit(office, form, title=item.title_de, wording=wording, way="hands")
    vote = put.headers["location"]
    await press(office, vote, "/opening")
    counted = await press(office, vote, vote, **{name: str(number) for name, number in numbers.items()})
    assert counted.status_code == 303, words(counted)
    return vote


async def test_eleven_to_four_is_rejected_with_its_arithmetic_and_twelve_to_four_adopted(office, opened):
    item = await announced(opened, ItemKind.BYLAWS, BYLAWS)
    await course.call(opened, item, actor="")

    first = await voted(office, opened, item, "§ 9 wird wie vorgelegt geändert.", yes=11, no=4, abstain=1)
    second = await voted(office, opened, item, "§ 9 wird in der geänderten Fassung beschlossen.", yes=12, no=4)

    told, again = words(await office.get(first)), words(await office.get(second))
    assert "11 von 15 abgegebenen Stimmen = 73,3 %, nötig 75 % (12). Abgelehnt." in told
    assert "12 von 16 abgegebenen Stimmen = 75,0 %, nötig 75 % (12). Angenommen." in again
    book = await Resolution.objects().order_by(Resolution.number)
    assert [(one.outcome, one.yes, one.no, one.abstain) for one in book] == [
        ("rejected", 11, 4, 1),
        ("adopted", 12, 4, 0),
    ]
    page = words(await office.get(f"/office/resolutions/{book[0].reference}"))
    assert "11 Ja + 4 Nein + 1 Enthaltung + 0 ungültig + 0 nicht abgegeben = 16" in page


async def virtual(office, day: str):
    """The board tries an assembly in which votes are cast online alone; a session of the office ends after hours."""
    await come_in(office, await Person.objects().get(Person.name == "Mira Quandt"))
    return await submit(office, "/office/assemblies/new", title="Abstimmung online", day=day, begins="10:00",
                        mode="virtual", rights_de=RIGHTS, online_at="https://konferenz.example.org/mv")  # fmt: skip


async def test_online_votes_are_refused_on_20_july_and_allowed_from_the_registration_on_3_august(office, opened):
    item = await announced(opened, ItemKind.BYLAWS, BYLAWS)
    await course.call(opened, item, actor="")
    await voted(office, opened, item, "Versammlungen können online stattfinden.", yes=12, no=4)
    with clock.set_to(at(15)):
        await course.close(opened, actor="")
    row = await meeting.by_reference(opened.reference)
    with clock.set_to(at(9, day=date(2027, 6, 18))):
        await bylaws.adopt("", adopted_on=date(2027, 6, 11), virtual_assembly="allowed")
        await filing.begin(await case_of(row), text=await draft.drafted(await case_of(row)), actor="")
    with clock.set_to(at(9, day=date(2027, 6, 30))):
        await filing.certify(await case_of(row), date(2027, 6, 28), notary="Notariat am Markt", actor="", document=None)
        await filing.file(await case_of(row), date(2027, 6, 29), actor="", document=None)

    with clock.set_to(at(9, day=date(2027, 7, 1))):
        early = await virtual(office, "20.7.2027")
        later = await virtual(office, "10.9.2027")  # what the register has not entered does not count yet
    with clock.set_to(at(9, day=date(2027, 8, 5))):
        await filing.register(await case_of(row), REGISTERED, entry="VR 12345, 7", actor="", document=None)
        allowed = await virtual(office, "10.9.2027")

    assert (early.status_code, later.status_code, allowed.status_code) == (422, 422, 303), words(allowed)
    assert "§ 32 Abs. 2 Satz 2 BGB" in words(early) or "§ 32 II 2 BGB" in words(early)
    assert await Assembly.count().where(Assembly.mode == "virtual") == 1
    days = (date(2027, 8, 2), REGISTERED)
    assert [(await bylaws.bylaws_on(day)).virtual_assembly for day in days] == ["never_without_resolution", "allowed"]
    [entered] = await Resolution.objects()
    assert entered.effective_on == REGISTERED


async def test_another_purpose_waits_for_the_one_absent_member_and_its_consent_in_text_form(office, opened, ten):
    item = await announced(opened, ItemKind.PURPOSE, PURPOSE)
    await course.call(opened, item, actor="")

    vote = await voted(office, opened, item, "Zweck ist …", yes=9, no=0)
    pending = words(await office.get(vote))
    [before] = await Resolution.objects()
    answered = await press(office, vote, "/answers", organisation=ten["M06"].reference, agrees="yes",
                           received_on="2027-06-11", said_by="Geschäftsführung")  # fmt: skip
    after = words(await office.get(vote))

    assert "9 von 10" in pending
    assert "1 abwesendes Mitglied hat noch nicht geantwortet." in pending
    assert (before.outcome, answered.status_code) == ("pending", 303)
    [adopted] = await Resolution.objects()
    assert (adopted.outcome, adopted.number, adopted.agreed_later) == ("adopted", before.number, 1)
    assert "10 von 10" in after
