"""An assembly is planned: what the law wants of its mode, its usual agenda, and what may still be changed."""

from datetime import date

import pytest

from network import clock
from network.assembly import agenda, meeting, motion, standard
from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind
from network.association import bylaws
from network.board import leaving, ledger
from network.errors import Refused
from network.resolutions import book
from network.resolutions.tables import Body, Kind, Outcome
from tests.assembly.make import RIGHTS, assembly, at, item
from tests.board import make as board

pytestmark = pytest.mark.usefixtures("in_april")


async def permission(outcome=Outcome.ADOPTED):
    return await book.enter(
        Body.ASSEMBLY, kind=Kind.VIRTUAL, title="Virtuelle Versammlungen", wording="Künftig auch virtuell.",
        outcome=outcome, taken_at=at(12, day=date(2026, 6, 12)), actor="",
    )  # fmt: skip


@pytest.mark.parametrize("mode", ["hybrid", "virtual"])
async def test_taking_part_online_needs_words_on_how_rights_are_exercised(mode):
    with pytest.raises(Refused, match=r"§ 32 Abs\. 2 Satz 3 BGB") as no:
        await assembly(mode=mode, rights_de="  ")

    assert (no.value.field, await Assembly.count()) == ("rights_de", 0)


async def test_a_virtual_assembly_is_refused_without_a_resolution_that_allows_it():
    rejected = await permission(Outcome.REJECTED)

    for reference in ("", "nonsense", rejected.reference):
        with pytest.raises(Refused, match=r"§ 32 Abs\. 2 Satz 2 BGB") as no:
            await assembly(mode="virtual", town="", authorised_by=reference)
        assert no.value.field == "authorised_by"


async def test_a_virtual_assembly_names_the_resolution_that_allows_it():
    allowing = await permission()

    row = await assembly(mode="virtual", town="", authorised_by=allowing.reference)

    assert row.authorised_by == allowing.reference


async def test_bylaws_may_allow_virtual_assemblies_from_their_day_on():
    await bylaws.enact("", valid_from=date(2027, 8, 3), virtual_assembly="allowed")

    row = await assembly(mode="virtual", town="", starts_at=at(10, day=date(2027, 8, 6)))

    assert row.mode == "virtual"


async def test_an_assembly_in_a_room_has_a_town():
    with pytest.raises(Refused) as no:
        await assembly(town="")

    assert no.value.field == "town"


async def test_a_plan_is_changed_and_says_what_became_different():
    row = await assembly()

    different = await meeting.edit(row, actor="mira", mode="hybrid", rights_de=RIGHTS, town="Berlin")

    assert different == ["mode", "rights_de"]
    assert await meeting.edit(row, actor="mira", town="Berlin") == []


async def test_a_plan_is_not_changed_into_something_unlawful():
    row = await assembly()

    with pytest.raises(Refused, match=r"§ 32 Abs\. 2 Satz 3 BGB"):
        await meeting.edit(row, actor="", mode="hybrid")

    assert (await meeting.by_reference(row.reference)).mode == "in_person"


async def test_once_convened_nothing_is_changed_silently_or_discarded():
    row = await assembly()
    await Assembly.update({Assembly.convened_at: clock.now()}).where(Assembly.id == row.id)

    with pytest.raises(Refused):
        await meeting.edit(row, actor="", town="Kassel")
    with pytest.raises(Refused):
        await meeting.discard(row, actor="")


async def test_a_plan_is_given_up_with_its_agenda():
    row = await assembly()
    await item(row)

    await meeting.discard(row, actor="")

    assert (await Assembly.count(), await AgendaItem.count()) == (0, 0)


async def test_the_usual_agenda_stands_in_its_order_in_both_languages():
    row = await assembly()

    await standard.lay_out(row, ["other", "budget", "opening"], actor="")

    assert [(one.number, one.title_de, one.title_en) for one in await agenda.items_of(row)] == [
        (1, "Eröffnung, Anwesenheit und Beschlussfähigkeit, Tagesordnung", "Opening, presence and quorum, agenda"),
        (2, "Haushalt", "Budget"),
        (3, "Verschiedenes", "Any other business"),
    ]


async def test_an_item_that_is_added_stands_before_any_other_business():
    row = await assembly()
    await standard.lay_out(row, ["opening", "other"], actor="")

    await item(row, title="Haushalt 2028")

    assert [(one.number, one.title_de) for one in await agenda.items_of(row)][1:] == [
        (2, "Haushalt 2028"),
        (3, "Verschiedenes"),
    ]


async def test_an_election_is_ticked_when_terms_end_or_a_seat_is_vacant(association):
    with clock.set_to(at(9, day=date(2024, 6, 7))):
        await board.rules()
        none = await standard.ticked(date(2024, 7, 1))
        await board.three(date(2024, 6, 7))
        told = {day: "election" in await standard.ticked(day) for day in (date(2026, 6, 12), date(2027, 6, 11))}
        who = [one.who for one in await standard.ending(date(2027, 6, 11))]
        tarek = (await ledger.read()).board(date(2024, 6, 7)).holders[1]
        await leaving.resign(tarek.reference, received_on=date(2024, 6, 7), effective_on=date(2024, 6, 30))
        gone = "election" in await standard.ticked(date(2026, 6, 12))

    assert "election" not in none
    assert (told, gone) == ({date(2026, 6, 12): False, date(2027, 6, 11): True}, True)
    assert who == ["Henrike Vossberg", "Tarek Linnemann", "Dr. Ruta Kaspereit"]


async def test_the_board_gives_more_time_for_motions_but_not_less(association):
    await bylaws.enact("", valid_from=date(1995, 5, 12), motion_days=14)
    for day, words in ((date(2027, 5, 26), r"27\. Mai 2027"), (date(2027, 6, 11), "vor der Versammlung")):
        with pytest.raises(Refused, match=words) as no:
            await assembly(motions_until=day)
        assert no.value.field == "motions_until"
    row = await assembly(motions_until=date(2027, 6, 4))
    await meeting.edit(row, motions_until=None, actor="")

    assert (await motion.gate_of(row)).day == date(2027, 6, 4)
    assert (await motion.gate_of(await meeting.by_reference(row.reference))).day == date(2027, 5, 27)


async def test_items_move_by_one_place_and_are_numbered_without_a_gap():
    row = await assembly()
    for title in ("Eins", "Zwei", "Drei"):
        await item(row, title=title)
    one, two, _three = await agenda.items_of(row)

    await agenda.move(row, two, up=True, actor="")
    await agenda.move(row, two, up=True, actor="")
    await agenda.remove(row, one, actor="")

    assert [(each.number, each.title_de) for each in await agenda.items_of(row)] == [(1, "Zwei"), (2, "Drei")]


async def test_what_went_out_to_the_members_keeps_its_wording():
    row = await assembly()
    announced = await item(row, ItemKind.RESOLUTION, "Haushalt")
    await AgendaItem.update({AgendaItem.announced_at: clock.now()}).where(AgendaItem.id == announced.id)

    with pytest.raises(Refused, match=r"§ 32 Abs\. 1 Satz 2 BGB"):
        await agenda.change(row, announced, title_de="Haushalt und Auflösung", actor="")
    with pytest.raises(Refused):
        await agenda.remove(row, announced, actor="")
    await agenda.change(row, announced, speaker="Jonas Hillebrecht", actor="")

    assert [(one.title_de, one.speaker) for one in await agenda.items_of(row)] == [("Haushalt", "Jonas Hillebrecht")]
