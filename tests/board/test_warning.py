"""That a term ends is told nine, six and three months ahead: on Today, and once each by letter."""

from datetime import date, timedelta

from mailing.tables import Letter
from network.board import handed, ledger, warning
from network.people import person, roles
from network.people.tables import Person, RoleKind
from network.people.viewer import Viewer
from tests.board.make import CHAIR, ELECTED, elected, on, rules, three

OFFICE = Viewer(1, "mira", "Mira", "", frozenset({(RoleKind.OFFICE, "")}))


async def office() -> Person:
    mira = await person.enter("Mira Quandt", "mira.quandt@example.org")
    await roles.grant(mira, RoleKind.OFFICE, since=date(2020, 1, 1))
    return mira


async def letters() -> list[tuple[str, str]]:
    found = Letter.select(Letter.to_email, Letter.subject).where(Letter.template == "board/term_ends")
    rows = await found.order_by(Letter.id)
    return [(row["to_email"], row["subject"]) for row in rows]


def test_terms_to_11_june_2030_are_told_on_these_days():
    assert warning.days(date(2030, 6, 11)) == {9: date(2029, 9, 11), 6: date(2029, 12, 11), 3: date(2030, 3, 11)}


def test_the_days_of_a_short_month_are_its_last():
    assert warning.days(date(2030, 5, 31)) == {9: date(2029, 8, 31), 6: date(2029, 11, 30), 3: date(2030, 2, 28)}


async def test_today_tells_it_from_the_first_of_these_days_on(association):
    await rules()
    await three()
    told = {}
    for day in (date(2029, 9, 10), date(2029, 9, 11), date(2029, 12, 11), date(2030, 3, 11), date(2030, 6, 11)):
        with on(day):
            lines = [one for one in await handed.due(OFFICE, day) if "enden am 11. Juni 2030" in one.title]
        told[day] = [(one.kind, one.state, one.day) for one in lines]

    assert told == {
        date(2029, 9, 10): [],
        date(2029, 9, 11): [("info", "weniger als 9 Monate", date(2030, 6, 11))],
        date(2029, 12, 11): [("warn", "weniger als 6 Monate", date(2029, 12, 11))],
        date(2030, 3, 11): [("warn", "weniger als 3 Monate", date(2030, 3, 11))],
        date(2030, 6, 11): [("warn", "weniger als 3 Monate", date(2030, 3, 11))],
    }


async def test_the_office_and_the_chair_get_one_letter_for_each_of_the_three_days(association):
    await rules()
    await office()
    await three()
    counts = {}
    day = date(2029, 9, 9)
    while day <= date(2030, 6, 12):
        with on(day):
            await warning.warn()
            await warning.warn()  # twice is once
        if len(await letters()) != sum(counts.values()):
            counts[day] = len(await letters()) - sum(counts.values())
        day += timedelta(days=1)

    assert counts == {date(2029, 9, 11): 2, date(2029, 12, 11): 2, date(2030, 3, 11): 2}
    assert (await letters())[:2] == [
        ("mira.quandt@example.org", "Die Amtszeit des Vorstands endet am 11. Juni 2030: noch 9 Monate"),
        ("vossberg@example.org", "Die Amtszeit des Vorstands endet am 11. Juni 2030: noch 9 Monate"),
    ]
    text = (await Letter.objects().order_by(Letter.id, ascending=False).first()).text
    assert all(name in text for name in ("Vorsitz: Henrike Vossberg", "Tarek Linnemann", "Dr. Ruta Kaspereit"))


async def test_a_house_that_begins_late_writes_one_letter_not_three(association):
    await rules()
    await three()
    with on(date(2030, 4, 2)):
        await warning.warn()

    assert [subject for _to, subject in await letters()] == [
        "Die Amtszeit des Vorstands endet am 11. Juni 2030: noch 3 Monate"
    ] * 2  # the association itself, as nobody has the office's role, and the chair


async def test_nobody_is_warned_of_a_term_that_has_its_successor(association):
    await rules()
    await three()
    await elected(CHAIR, "Nele Abendroth", date(2030, 2, 1))

    [one] = warning.endings(await ledger.read(), date(2030, 3, 11))

    assert [term.name for term in one.terms] == ["Tarek Linnemann", "Ruta Kaspereit"]


async def test_once_elected_the_warning_is_gone(association):
    await rules()
    terms = await three(ELECTED)
    for name, seat in (("Henrike", ("chair", 1)), ("Tarek", ("deputy", 1)), ("Ruta", ("deputy", 2))):
        await elected(seat, await Person.objects().get(Person.id == terms[name].person), date(2030, 6, 7))

    with on(date(2030, 6, 8)):
        assert [one for one in await handed.due(OFFICE, date(2030, 6, 8)) if "enden" in one.title] == []
