"""Terms begin with the acceptance, end by themselves, and never overlap on one seat."""

from datetime import date

import pytest

from network.activity import Activity
from network.board import leaving, ledger, mending, term
from network.board.tables import Term
from network.errors import Refused
from network.people.tables import Role, RoleKind
from tests.board.make import CHAIR, ELECTED, FIRST, board_on, elected, on, rules, somebody, the_seat, three


async def test_a_term_of_three_years_ends_on_the_day_of_the_same_number():
    """§ 188 II BGB: 15 March 2024 and three years make 15 March 2027."""
    await rules()
    row = await elected(CHAIR, "Henrike Vossberg", date(2024, 3, 15))

    assert (row.since, row.until, row.began_as) == (date(2024, 3, 15), date(2027, 3, 15), "elected")


@pytest.mark.parametrize(
    ("accepted", "months", "until"),
    [
        (date(2027, 6, 11), 36, date(2030, 6, 11)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 8, 31), 18, date(2027, 2, 28)),
        (date(2027, 6, 11), 0, None),
    ],
)
async def test_the_end_follows_from_the_months_of_the_bylaws(accepted, months, until):
    await rules(term_months=months)
    row = await elected(CHAIR, "Henrike Vossberg", accepted)

    assert row.until == until


async def test_a_successor_who_is_entered_early_does_not_act_early():
    await rules()
    await elected(CHAIR, "Henrike Vossberg", date(2027, 6, 11))

    row = await elected(CHAIR, "Nele Abendroth", date(2030, 6, 4))

    assert (row.since, row.until) == (date(2030, 6, 12), date(2033, 6, 11))  # its first day counts (§ 187 II)
    assert (await board_on(date(2030, 6, 11)))["chair 1"] == "Henrike Vossberg"
    assert (await board_on(date(2030, 6, 12)))["chair 1"] == "Nele Abendroth"
    roles = {one.since: one.until for one in await Role.objects().where(Role.kind == RoleKind.BOARD_MEMBER)}
    assert roles == {date(2027, 6, 11): date(2030, 6, 11), date(2030, 6, 12): None}  # the last may stay: holdover


async def test_whoever_stays_until_a_successor_is_elected_is_in_holdover():
    """The demo's board: its terms end on 7 June, the assembly is on 11 June."""
    await rules()
    await three(date(2024, 6, 7))

    assert (await board_on(date(2027, 6, 7)))["chair 1"] == "Henrike Vossberg"
    assert (await board_on(date(2027, 6, 10)))["chair 1"] == "Henrike Vossberg*"
    row = await elected(CHAIR, "Nele Abendroth", date(2027, 6, 11))
    assert (row.since, row.until) == (date(2027, 6, 11), date(2030, 6, 11))
    assert await board_on(date(2027, 6, 11)) == {
        "chair 1": "Nele Abendroth", "deputy 1": "Tarek Linnemann*", "deputy 2": "Ruta Kaspereit*",
    }  # fmt: skip


async def test_without_the_clause_the_office_ends_with_the_term():
    await rules(holdover=False)
    await three(date(2024, 6, 7))

    assert await board_on(date(2027, 6, 8)) == {"chair 1": "", "deputy 1": "", "deputy 2": ""}


async def test_a_clause_that_comes_after_the_end_revives_nobody():
    await rules(holdover=False)
    await rules(date(2027, 8, 3), holdover=True)
    await three(date(2024, 6, 7))

    assert (await board_on(date(2027, 9, 1)))["chair 1"] == ""


async def test_a_seat_that_the_bylaws_abolish_is_not_held_over():
    await rules()
    await rules(date(2027, 6, 1), board_seats="chair=1 deputy=1")
    await three(date(2024, 6, 7))

    assert await board_on(date(2027, 6, 7)) == {
        "chair 1": "Henrike Vossberg", "deputy 1": "Tarek Linnemann", "deputy 2": "Ruta Kaspereit",
    }  # fmt: skip
    assert await board_on(date(2027, 6, 8)) == {"chair 1": "Henrike Vossberg*", "deputy 1": "Tarek Linnemann*"}


async def test_who_is_elected_again_is_re_elected_and_that_has_its_limit():
    await rules(reelection_most=1)
    henrike = await somebody("Henrike Vossberg")
    await elected(CHAIR, henrike, date(2021, 6, 4))
    again = await elected(CHAIR, henrike, date(2024, 6, 7))

    assert again.began_as == "re_elected"
    with pytest.raises(Refused) as no:
        await elected(CHAIR, henrike, date(2027, 6, 11))
    assert no.value.field == "name"
    assert (await elected(CHAIR, "Nele Abendroth", date(2027, 6, 11))).began_as == "elected"


async def test_a_by_election_is_for_the_rest_of_the_term():
    await rules()
    terms = await three()
    with on(date(2027, 11, 3)):
        await leaving.resign(terms["Tarek"].reference, received_on=date(2027, 11, 3), effective_on=date(2027, 11, 30))

    row = await elected(FIRST, "Nele Abendroth", date(2028, 6, 9), by_election=True)

    assert (row.since, row.until, row.began_as) == (date(2028, 6, 9), date(2030, 6, 11), "by_election")


async def test_a_by_election_is_for_a_whole_term_where_the_bylaws_say_so():
    await rules(by_election="new")
    terms = await three()
    with on(date(2027, 11, 3)):
        await leaving.resign(terms["Tarek"].reference, received_on=date(2027, 11, 3), effective_on=date(2027, 11, 30))

    assert (await elected(FIRST, "Nele Abendroth", date(2028, 6, 9), by_election=True)).until == date(2031, 6, 9)


async def test_a_seat_that_was_never_filled_gets_the_rest_that_the_others_have():
    await rules()
    await elected(CHAIR, "Henrike Vossberg", ELECTED)

    assert (await elected(FIRST, "Nele Abendroth", date(2028, 6, 9), by_election=True)).until == date(2030, 6, 11)


async def test_a_second_successor_is_refused():
    await rules()
    await three()
    await elected(CHAIR, "Nele Abendroth", date(2030, 6, 4))

    with pytest.raises(Refused) as no:
        await elected(CHAIR, "Lotte Rosendahl", date(2030, 6, 5))
    assert no.value.field == "seat"
    assert no.value.words.startswith("Für diesen Sitz ist ab 12. Juni 2030 schon Nele Abendroth eingetragen, und nach")


async def test_nobody_is_entered_for_a_seat_that_is_held_for_years():
    await rules()
    await three()

    with pytest.raises(Refused) as no:
        await elected(CHAIR, "Nele Abendroth", date(2027, 6, 12))
    assert no.value.field == "seat"
    assert no.value.words.startswith("Henrike Vossberg hat diesen Sitz bis 11. Juni 2030.")


async def test_one_person_has_one_seat():
    await rules()
    await three()
    tarek, chair = await somebody("Tarek Linnemann"), (await ledger.read()).of_seat(CHAIR)[0]
    with on(date(2028, 6, 9)):
        await leaving.remove(chair.reference, decided_on=date(2028, 6, 9), source="Beschluss 3/2028")
    with pytest.raises(Refused) as no:
        await elected(CHAIR, tarek, date(2028, 6, 9), by_election=True)
    assert no.value.field == "name"

    row = await elected(CHAIR, tarek, date(2028, 6, 9), by_election=True, gives_up=True)

    assert (row.since, row.until) == (date(2028, 6, 9), date(2030, 6, 11))
    assert await board_on(date(2028, 6, 9)) == {
        "chair 1": "Tarek Linnemann", "deputy 1": "", "deputy 2": "Ruta Kaspereit",
    }  # fmt: skip
    left = (await ledger.read()).of_seat(FIRST)[0]
    assert (left.ended_on, left.ended_by) == (date(2028, 6, 8), "other_seat")


async def test_in_holdover_a_deputy_is_elected_chair_without_further_ado():
    await rules()
    await three(date(2024, 6, 7))
    tarek = await somebody("Tarek Linnemann")

    await elected(CHAIR, tarek, date(2027, 6, 11))

    assert await board_on(date(2027, 6, 11)) == {
        "chair 1": "Tarek Linnemann", "deputy 1": "", "deputy 2": "Ruta Kaspereit*",
    }  # fmt: skip


async def test_a_seat_that_the_bylaws_do_not_name_is_refused():
    await rules()

    with pytest.raises(Refused) as no:
        await elected(("member", 1), "Nele Abendroth", ELECTED)
    assert no.value.field == "seat"


async def test_an_acceptance_that_lies_ahead_is_refused():
    await rules()
    with on(ELECTED), pytest.raises(Refused) as no:
        await term.take_office(await the_seat(CHAIR), await somebody("Nele Abendroth"), accepted_on=date(2027, 6, 12))
    assert no.value.field == "accepted_on"


async def test_the_board_itself_fills_a_seat_only_where_the_bylaws_allow_it():
    await rules()
    terms = await three()
    with on(date(2027, 11, 3)):
        await leaving.resign(terms["Tarek"].reference, received_on=date(2027, 11, 3), effective_on=date(2027, 11, 30))
    nele = await somebody("Nele Abendroth")
    with on(date(2027, 12, 6)):
        with pytest.raises(Refused):
            await term.co_opt(await the_seat(FIRST), nele, accepted_on=date(2027, 12, 6))
        await rules(date(2027, 12, 1), co_option=True)
        with pytest.raises(Refused) as held:
            await term.co_opt(await the_seat(CHAIR), nele, accepted_on=date(2027, 12, 6))
        row = await term.co_opt(await the_seat(FIRST), nele, accepted_on=date(2027, 12, 6), source="Vorstand 7/2027")

    assert held.value.field == "seat"
    assert (row.until, row.began_as) == (date(2030, 6, 11), "co_opted")  # never longer than the rest
    with on(date(2028, 6, 9)):
        assert await leaving.end_co_options(on=date(2028, 6, 9), source="MV 2028") == 1
    assert (await board_on(date(2028, 6, 9)))["deputy 1"] == "Nele Abendroth"
    assert (await board_on(date(2028, 6, 10)))["deputy 1"] == ""


async def test_whoever_was_co_opted_gives_way_to_whoever_is_elected():
    await rules(co_option=True)
    terms = await three()
    with on(date(2027, 11, 3)):
        await leaving.resign(terms["Tarek"].reference, received_on=date(2027, 11, 3), effective_on=date(2027, 11, 30))
    with on(date(2027, 12, 6)):
        await term.co_opt(await the_seat(FIRST), await somebody("Nele Abendroth"), accepted_on=date(2027, 12, 6))

    row = await elected(FIRST, "Lotte Rosendahl", date(2028, 6, 9), by_election=True)

    assert (row.since, row.until) == (date(2028, 6, 9), date(2030, 6, 11))
    assert (await board_on(date(2028, 6, 8)))["deputy 1"] == "Nele Abendroth"
    assert (await board_on(date(2028, 6, 9)))["deputy 1"] == "Lotte Rosendahl"


async def test_a_court_appoints_until_somebody_is_elected():
    await rules(holdover=False)
    await three(date(2024, 6, 7))
    with on(date(2027, 7, 1)):
        await term.appoint_by_court(
            await the_seat(CHAIR), await somebody("Veit Oelsner"), accepted_on=date(2027, 7, 1), source="35 VR 1/27 B"
        )
    assert (await board_on(date(2027, 9, 1)))["chair 1"] == "Veit Oelsner"

    await elected(CHAIR, "Nele Abendroth", date(2027, 9, 10))

    assert (await board_on(date(2027, 9, 10)))["chair 1"] == "Nele Abendroth"


@pytest.mark.parametrize(
    ("received", "effective", "field"),
    [
        (date(2027, 11, 3), date(2027, 11, 2), "effective_on"),  # backwards
        (date(2027, 11, 5), date(2027, 11, 30), "received_on"),  # nobody has it yet
    ],
)
async def test_a_resignation_that_cannot_be_is_refused(received, effective, field):
    await rules()
    terms = await three()
    with on(date(2027, 11, 4)), pytest.raises(Refused) as no:
        await leaving.resign(terms["Tarek"].reference, received_on=received, effective_on=effective)

    assert no.value.field == field


async def test_nobody_resigns_twice_or_after_the_end():
    await rules(holdover=False)
    terms = await three()
    tarek, ruta = terms["Tarek"].reference, terms["Ruta"].reference
    with on(date(2027, 11, 4)):
        await leaving.resign(tarek, received_on=date(2027, 11, 4), effective_on=date(2027, 11, 30))
        with pytest.raises(Refused):
            await leaving.resign(tarek, received_on=date(2027, 11, 4), effective_on=date(2027, 12, 31))
        with pytest.raises(Refused) as no:
            await leaving.resign(ruta, received_on=date(2027, 11, 4), effective_on=date(2030, 12, 31))
    assert no.value.field == "effective_on"


async def test_an_end_by_leaving_the_member_needs_its_clause():
    await rules()
    terms = await three()
    with on(date(2028, 1, 10)):
        with pytest.raises(Refused) as no:
            await leaving.end(terms["Ruta"].reference, on=date(2027, 12, 31), by="employment")
        await rules(date(2027, 7, 1), ends_with_employment=True)
        await leaving.end(terms["Ruta"].reference, on=date(2027, 12, 31), by="employment")

    assert no.value.field == "by"
    assert (await board_on(date(2028, 1, 1)))["deputy 2"] == ""


async def test_what_was_entered_wrongly_is_put_right_with_its_reason():
    await rules()
    terms = await three()
    tarek = terms["Tarek"].reference
    with on(date(2027, 12, 10)):
        await leaving.resign(tarek, received_on=date(2027, 12, 1), effective_on=date(2027, 12, 3))
        with pytest.raises(Refused) as unexplained:
            await mending.correct(tarek, reason=" ", ended_on=date(2027, 11, 30))
        changed = await mending.correct(tarek, reason="Zahlendreher", ended_on=None, actor="mira")

    assert unexplained.value.field == "reason"
    assert changed == ["ended_on"]
    assert (await board_on(date(2027, 12, 10)))["deputy 1"] == "Tarek Linnemann"
    row = await Term.objects().get(Term.reference == tarek)
    assert (row.ended_by, row.received_on) == ("", None)
    told = await Activity.objects().order_by(Activity.id, ascending=False).first()
    assert (told.actor, told.verb, "Zahlendreher" in told.detail) == ("mira", "term corrected", True)


async def test_a_correction_cannot_make_two_terms_overlap():
    await rules()
    await elected(CHAIR, "Henrike Vossberg", date(2024, 6, 7))
    second = await elected(CHAIR, "Nele Abendroth", date(2027, 6, 11))
    with on(date(2027, 7, 1)), pytest.raises(Refused) as no:
        await mending.correct(second.reference, reason="Probe", since=date(2027, 6, 1))

    assert no.value.field == "since"


async def test_a_term_that_never_was_goes_with_its_role():
    await rules()
    terms = await three()
    with on(date(2027, 6, 12)):
        await mending.strike_out(terms["Tarek"].reference, reason="Hat die Wahl nicht angenommen", actor="mira")

    assert (await board_on(date(2027, 6, 12)))["deputy 1"] == ""
    assert await Role.count().where(Role.kind == RoleKind.BOARD_MEMBER) == 2


async def test_a_seat_that_a_successor_gets_later_can_be_filled_until_then():
    """Three sit until 11 June 2030; the first deputy goes, and Nele has been elected for the time from 12 June on."""
    await rules(by_election="rest")
    await three(date(2027, 6, 11))
    [tarek] = (await ledger.read()).of_seat(FIRST)
    with on(date(2029, 8, 1)):
        await leaving.resign(tarek.reference, received_on=date(2029, 8, 1), effective_on=date(2030, 6, 11))
        await elected(FIRST, "Nele Abendroth", date(2029, 8, 1))
    await Term.update({Term.ended_on: date(2029, 9, 30)}).where(Term.reference == tarek.reference)

    with pytest.raises(Refused) as no:
        await elected(FIRST, "Ole Sander", date(2029, 10, 5))
    row = await elected(FIRST, "Ole Sander", date(2029, 10, 5), by_election=True)

    assert "ab 12. Juni 2030 schon Nele Abendroth eingetragen" in no.value.words
    assert "liefe diese Amtszeit bis 5. Oktober 2032" in no.value.words
    assert "§ 27 Abs. 1 BGB" in no.value.words
    assert (row.since, row.until) == (date(2029, 10, 5), date(2030, 6, 11))
    assert (await board_on(date(2030, 6, 11)))["deputy 1"] == "Ole Sander"
    assert (await board_on(date(2030, 6, 12)))["deputy 1"] == "Nele Abendroth"
