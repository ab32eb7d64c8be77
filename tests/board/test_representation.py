"""Who represents the association on a day, alone or together; the Impressum follows by itself."""

from datetime import date

import pytest

from network.association import profile
from network.board import leaving, ledger, mending, representation
from network.i18n import speaking
from tests.board.make import CHAIR, ELECTED, elected, on, rules, somebody, the_seat, three


async def acting(day: date) -> representation.Representation:
    return await representation.on(day)


def names(ways) -> list[list[str]]:
    return [[one.name.split()[0] for one in way] for way in ways]


@pytest.mark.parametrize(
    ("mode", "needed", "ways", "words"),
    [
        ("majority", 2, [["Henrike", "Tarek"], ["Henrike", "Ruta"], ["Tarek", "Ruta"]],
         "Je zwei der drei Vorstandsmitglieder vertreten den Verein gemeinsam."),
        ("two", 2, [["Henrike", "Tarek"], ["Henrike", "Ruta"], ["Tarek", "Ruta"]],
         "Je zwei der drei Vorstandsmitglieder vertreten den Verein gemeinsam."),
        ("chair_and_one", 2, [["Henrike", "Tarek"], ["Henrike", "Ruta"]],
         "Henrike Vossberg vertritt den Verein gemeinsam mit einem weiteren Vorstandsmitglied."),
        ("single", 1, [["Henrike"], ["Tarek"], ["Ruta"]], "Jedes Vorstandsmitglied vertritt den Verein allein."),
    ],
)  # fmt: skip
async def test_three_on_the_board_act_as_the_bylaws_say(mode, needed, ways, words):
    await rules(representation=mode)
    await three()

    found = await acting(ELECTED)

    assert (found.needed, found.able, names(found.ways), found.words) == (needed, True, ways, words)


async def test_of_two_who_remain_both_act_together_and_one_alone_cannot():
    await rules()
    terms = await three()
    for name, day in (("Tarek", date(2027, 11, 30)), ("Ruta", date(2028, 1, 31))):
        with on(day):
            await leaving.resign(terms[name].reference, received_on=day, effective_on=day)

    two, one = await acting(date(2027, 12, 1)), await acting(date(2028, 2, 1))

    assert (two.able, names(two.ways)) == (True, [["Henrike", "Ruta"]])
    assert two.words == "Henrike Vossberg und Dr. Ruta Kaspereit vertreten den Verein gemeinsam."
    assert (one.able, one.ways) == (False, [])
    assert one.words == (
        "Niemand kann den Verein vertreten: zwei müssen gemeinsam handeln, und nur Henrike Vossberg ist im Amt "
        "(§ 29 BGB)."
    )


async def test_without_a_chair_nobody_acts_where_the_chair_has_to():
    await rules(representation="chair_and_one")
    terms = await three()
    with on(ELECTED):
        await mending.strike_out(terms["Henrike"].reference, reason="nicht angenommen")

    assert (await acting(ELECTED)).able is False


async def test_a_board_of_one_acts_alone():
    await rules(board_seats="chair=1")
    await elected(CHAIR, "Henrike Vossberg", ELECTED)

    assert (await acting(ELECTED)).words == "Henrike Vossberg vertritt den Verein allein."


async def test_the_impressum_is_the_typed_one_until_a_term_has_begun_and_then_the_boards(association):
    with on(date(2027, 6, 10)):
        typed = (await profile.known_profile()).representatives
    await rules()
    await three()
    with on(date(2027, 6, 10)):
        before = (await profile.known_profile()).representatives
    with on(ELECTED):
        after = await profile.known_profile()
        with speaking("en"):
            english = after.representatives

    assert (
        typed
        == before
        == "Henrike Voßberg (Vorsitz) · Tarek Linnemann (Stellvertretung) · Dr. Ruta Kaspereit (Stellvertretung)"
    )
    assert after.representatives == (
        "Henrike Vossberg (Vorsitz) · Tarek Linnemann (Stellvertretender Vorsitz) · "
        "Dr. Ruta Kaspereit (Stellvertretender Vorsitz)"
    )
    assert english == "Henrike Vossberg (Chair) · Tarek Linnemann (Deputy chair) · Dr. Ruta Kaspereit (Deputy chair)"
    assert after.sender.footer_de.splitlines()[2] == f"Vertreten durch: {after.representatives}"


async def test_a_board_that_has_ended_is_said_to_be_vacant(association):
    await rules(holdover=False)
    await three(date(2024, 6, 7))
    with on(date(2027, 6, 8)):
        assert (await profile.known_profile()).representatives == "derzeit niemand"


async def test_the_seat_itself_is_known_by_its_reference(association):
    await rules()
    row = await the_seat(CHAIR)
    await elected(CHAIR, await somebody("Henrike Vossberg"), ELECTED)

    assert [one.seat for one in (await ledger.read()).terms] == [row.id]
