"""What has to be seen to after a change, what Today and the search say, and what stays of a person."""

from datetime import date, time

import pytest

from network import clock
from network.board import duty, handed, leaver, leaving, ledger, mending, portrait, settling, term
from network.board.privacy import PRIVACY
from network.board.radar import drawn
from network.board.tables import Duty, Portrait, Term
from network.demo.board import PICTURES, painted
from network.errors import Refused
from network.members import function, membership, organisation, retention
from network.members.tables import FunctionKind
from network.office import team
from network.people.rules import may_correct
from network.people.tables import Person, Role, RoleKind
from network.people.viewer import Viewer
from network.web.handed import Subject
from tests.board.make import CHAIR, ELECTED, FIRST, elected, on, rules, somebody, the_seat, three

OFFICE = Viewer(9_999, "mira", "Mira", "", frozenset({(RoleKind.OFFICE, "")}))
CHAIRING = Viewer(9_998, "henrike", "Henrike", "", frozenset({(RoleKind.BOARD_MEMBER, "x")}))
NOVEMBER = date(2027, 11, 3)


async def due(day: date) -> list[tuple[str, str]]:
    with on(day):
        return [(one.kind, one.title) for one in await handed.due(OFFICE, day)]


async def kinds() -> set[tuple[str, str]]:
    return {(row.occasion, row.kind) for row in await Duty.objects()}


# --- what to see to --------------------------------------------------------------------------------------------------


async def test_who_is_new_makes_a_list_and_who_is_re_elected_none(association):
    await rules()
    with on(ELECTED):
        terms = await three()
        assert await Duty.count() == 15
    await Duty.delete(force=True)
    with on(date(2030, 6, 7)):
        henrike = await Person.objects().get(Person.id == terms["Henrike"].person)
        await elected(CHAIR, henrike, date(2030, 6, 7))
        await elected(FIRST, "Nele Abendroth", date(2030, 6, 7))

        assert {(row.occasion, row.kind) for row in await Duty.objects()} == {
            ("begin", kind) for kind in ("lobby_register", "keys", "register", "bank", "lists")
        }


async def test_whoever_is_followed_at_once_hands_over_keys_and_the_rest_is_the_successors(association):
    await rules()
    await three(date(2024, 6, 7))
    with on(ELECTED):
        await elected(FIRST, "Nele Abendroth", ELECTED)
        await settling.settle_daily()

        assert await kinds() >= {("end", "keys"), ("end", "lists"), ("begin", "register")}
        assert not await kinds() & {("end", "register"), ("end", "bank"), ("end", "lobby_register")}


async def test_an_end_that_comes_by_itself_is_seen_to_as_well(association):
    await rules(holdover=False)
    await three(date(2024, 6, 7))
    await Duty.delete(force=True)
    with on(date(2027, 6, 7)):
        await settling.settle_daily()
        assert await Duty.count() == 0
    with on(date(2027, 6, 8)):
        await settling.settle_daily()
        assert await Duty.count() == 15


async def test_what_is_taken_back_is_not_to_be_seen_to(association):
    await rules()
    terms = await three()
    with on(NOVEMBER):
        await leaving.resign(terms["Tarek"].reference, received_on=NOVEMBER, effective_on=date(2027, 11, 30))
        [first, *_rest] = await Duty.objects().where(Duty.occasion == "end").order_by(Duty.id)
        await duty.tick(first, done=True, actor="mira")
        await mending.correct(terms["Tarek"].reference, reason="Missverständnis", ended_on=None)

    left = await Duty.objects().where(Duty.occasion == "end")
    assert [row.id for row in left] == [first.id]  # what was done stays told


async def test_a_history_that_is_entered_asks_for_nothing(association):
    await rules(holdover=False)
    with on(ELECTED):
        await term.enter(
            await the_seat(CHAIR), await somebody("Volkmar Ißleib"), since=date(2021, 6, 4), until=date(2024, 6, 6)
        )

    assert (await Duty.count(), await Role.count().where(Role.kind == RoleKind.BOARD_MEMBER)) == (0, 0)


# --- Today and the search --------------------------------------------------------------------------------------------


async def test_today_says_nothing_while_all_is_well(association):
    await rules()
    await three()
    await Duty.delete(force=True)

    assert await due(date(2028, 1, 10)) == []
    with on(date(2028, 1, 10)):
        assert await handed.waiting_for(OFFICE) == 0


async def test_today_is_red_in_holdover_and_when_nobody_can_act(association):
    await rules()
    terms = await three()
    assert (
        "bad",
        "Henrike Vossberg, Tarek Linnemann und Dr. Ruta Kaspereit sind über ihre Amtszeit hinaus im Amt",
    ) in await due(date(2030, 6, 12))
    await Duty.delete(force=True)
    for name in ("Tarek", "Ruta"):
        with on(NOVEMBER):
            await leaving.resign(terms[name].reference, received_on=NOVEMBER, effective_on=NOVEMBER)

    told = await due(date(2027, 11, 4))
    assert told[:3] == [
        ("bad", "Niemand kann den Verein vertreten"),
        ("warn", "Ein Sitz ist frei: Stellvertretender Vorsitz 1"),
        ("warn", "Ein Sitz ist frei: Stellvertretender Vorsitz 2"),
    ]
    with on(date(2027, 11, 4)):
        assert await handed.waiting_for(OFFICE) == 2 + 2  # seats and what to see to after each
        assert await handed.waiting_for(CHAIRING) == 0


async def test_today_is_red_as_soon_as_it_is_known_that_nobody_will_be_able_to_act(association):
    await rules()
    terms = await three()
    await Duty.delete(force=True)
    with on(NOVEMBER):
        await leaving.resign(terms["Tarek"].reference, received_on=NOVEMBER, effective_on=date(2027, 11, 30))
        one_gone = await due(NOVEMBER)
        await leaving.resign(terms["Ruta"].reference, received_on=NOVEMBER, effective_on=date(2027, 12, 31))

    assert [title for kind, title in one_gone if kind == "bad"] == []
    assert (await due(NOVEMBER))[0] == ("bad", "Ab 1. Januar 2028 kann niemand den Verein vertreten")


async def test_a_seat_whose_successor_is_elected_is_no_task(association):
    await rules()
    terms = await three()
    with on(NOVEMBER):
        await leaving.resign(terms["Tarek"].reference, received_on=NOVEMBER, effective_on=date(2027, 11, 30))
        await elected(FIRST, "Nele Abendroth", NOVEMBER, by_election=True, begins_on=date(2028, 1, 1))

    assert [title for _kind, title in await due(date(2027, 12, 5)) if "frei" in title] == []


async def test_whoever_left_every_member_is_asked_about_where_the_bylaws_end_the_office(association):
    await rules(ends_with_employment=True)
    terms = await three()
    house = await organisation.enter("Isarblick gGmbH")
    await membership.join(house, since=date(2020, 1, 1))
    ruta = await Person.objects().get(Person.id == terms["Ruta"].person)
    with on(ELECTED):
        held = await function.appoint(house, ruta, FunctionKind.DIRECTOR, since=date(2020, 1, 1))
        await function.end(held, house, until=date(2027, 12, 31))

    book = await ledger.read()
    assert await leaver.found(book, date(2027, 12, 31)) == []
    assert [one.name for one in await leaver.found(book, date(2028, 1, 1))] == ["Ruta Kaspereit"]
    assert ("warn", "Dr. Ruta Kaspereit hat keine Aufgabe in einer Mitgliedsorganisation mehr") in await due(
        date(2028, 1, 1)
    )


async def test_the_search_finds_people_of_the_board_by_name_and_by_seat(association):
    await rules()
    await three()

    by_name, by_seat = await handed.found(OFFICE, "linnemann"), await handed.found(OFFICE, "vorstand vorsitz")

    assert [one.title for one in by_name] == ["Stellvertretender Vorsitz: Tarek Linnemann"]
    assert len(by_seat) == 3
    assert await handed.found(CHAIRING, "linnemann") == []


# --- the drawing -----------------------------------------------------------------------------------------------------


async def test_the_drawing_shows_who_stays_beyond_the_term(association):
    await rules()
    await three(date(2024, 6, 7))
    book, day = await ledger.read(), date(2027, 6, 10)

    drawing = drawn(book, [], day)

    assert [lane.name for lane in drawing.lanes] == [
        "Vorsitz",
        "Stellvertretender Vorsitz 1",
        "Stellvertretender Vorsitz 2",
    ]
    assert [[bar.kind for bar in lane.bars] for lane in drawing.lanes] == [["running", "holdover"]] * 3
    assert all(bar.x + bar.width <= drawing.wide for lane in drawing.lanes for bar in lane.bars)
    assert drawing.lanes[0].marks == []  # it has ended: nothing is told ahead any more


async def test_the_drawing_of_a_long_history_begins_fifteen_years_back(association):
    await rules()
    with on(ELECTED):
        for year in range(1995, 2027, 3):
            who = await somebody(f"Gast {year}")
            await term.enter(await the_seat(CHAIR), who, since=date(year, 6, 1), until=date(year + 3, 5, 31))
        drawing = drawn(await ledger.read(), [], ELECTED)

    assert drawing.years[0][1] == 2012
    assert len(drawing.lanes[0].bars) == 6


# --- what stays of a person ------------------------------------------------------------------------------------------


async def test_a_picture_goes_with_an_erasure_and_the_term_stays(association):
    await rules()
    terms = await three()
    henrike = await Person.objects().get(Person.id == terms["Henrike"].person)
    subject = Subject(name=henrike.name, emails=(henrike.email,), people=((henrike.id, henrike.reference),))
    with on(ELECTED):
        png = painted(next(iter(PICTURES.values()))[2])
        await portrait.show(henrike, photo=("ich.png", png), alt_de="Frau", consented=True, actor="")
        before = [(one.title, bool(one.stays)) for one in await PRIVACY.held_about(OFFICE, subject)]
        await PRIVACY.erase(subject, "mira")
        after = [(one.title, bool(one.stays)) for one in await PRIVACY.held_about(OFFICE, subject)]

    assert before == [("Amtszeiten im Vorstand", True), ("Bilder für die Website", False)]
    assert after == [("Amtszeiten im Vorstand", True)]
    assert await Portrait.count() == 0


async def test_of_a_former_member_of_the_board_the_name_stays_and_is_let_go_of_once(association):
    """Who has no function in any house, and whom history tells of all the same."""
    await rules(holdover=False)
    await three(date(2020, 6, 5))
    later = date(2026, 1, 10)
    with on(later):
        await Person.update({Person.since: clock.berlin(date(2020, 6, 5), time(9))}, force=True)
        limit = date(2025, 1, 10)
        first = await retention.forget_entries(limit)
        second = await retention.forget_entries(limit)

    people = await Person.objects().order_by(Person.id)
    assert (first.number, second.number) == (3, 0)
    assert [(one.name, one.email) for one in people] == [
        ("Henrike Vossberg", ""), ("Tarek Linnemann", ""), ("Ruta Kaspereit", ""),
    ]  # fmt: skip
    assert await Term.count() == 3


async def test_the_office_alone_does_not_move_the_address_of_whoever_sits_on_the_board(association):
    await rules()
    terms = await three()
    henrike = await Person.objects().get(Person.id == terms["Henrike"].person)
    with on(ELECTED):
        assert not await may_correct(OFFICE, henrike)
    with on(date(2031, 1, 1)):
        await leaving.end(terms["Henrike"].reference, on=date(2030, 12, 31), by="other")
        assert await may_correct(OFFICE, henrike)


async def test_a_role_of_the_board_is_not_ended_by_hand(association):
    await rules()
    await three()
    row = await Role.objects().where(Role.kind == RoleKind.BOARD_MEMBER).first()
    with pytest.raises(Refused, match="gehört zu einem Amt"):
        await team.end_role(row.id, actor="pia")
    assert (await Role.objects().get(Role.id == row.id)).until is None
