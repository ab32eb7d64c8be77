"""Whatever becomes of the bylaws afterwards: what an assembly decided and who was there stay as they were."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from network import clock
from network.assembly import attendance_list, course, decision, meeting, printing, protocol
from network.assembly.ruling import rules_of
from network.assembly.tables.meeting import ItemKind
from network.association import bylaws
from network.members.tables import Organisation
from network.people.tables import RoleKind
from network.resolutions.arithmetic import reckoned
from network.resolutions.counts import Count
from network.resolutions.tables import Resolution
from tests.assembly.day import CLASSES, under_way
from tests.assembly.make import assembly, at
from tests.assembly.test_decision import begun
from tests.association.test_versions import BOOK, signed_in, words
from tests.browser import submit
from tests.members.make import a_site, the_ten

NEXT_DAY = at(9, day=date(2027, 6, 12))


@pytest.fixture
async def rejected(association):
    """A change of the bylaws failed with 11 to 4; the assembly is over."""
    async with under_way(await the_ten(), majority_bylaws="3/4", quorum_members="1/2") as row:
        put = await begun(row, ItemKind.BYLAWS)
        await decision.count(row, put, Count(11, 4, 1), actor="")
        with clock.set_to(at(15)):
            await course.close(row, actor="")
        with clock.set_to(NEXT_DAY):
            yield await meeting.by_reference(row.reference)


async def all_told(row) -> list[object]:
    [entry] = await Resolution.objects()
    found = await attendance_list.list_of(row)
    with clock.set_to(NEXT_DAY):
        return [
            await protocol.drafted(row),
            await reckoned(entry),
            (found.words, found.later, found.quorum, attendance_list.lines(found)),
            text_of(await printing.attendance(row)),
        ]


def text_of(pdf: bytes) -> str:
    """Without the moment at which it was made."""
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


async def correct(**said):
    await bylaws.enact("", valid_from=date(2020, 1, 1), **said)


async def enter_late(**said):
    await bylaws.enact("", valid_from=date(2027, 5, 1), **said)


async def move(**said):
    await bylaws.enact("", valid_from=date(2027, 6, 13), instead_of=date(2020, 1, 1), **said)


async def register_late(**said):
    await bylaws.adopt("", adopted_on=date(2027, 4, 1), **said)
    await bylaws.register("", date(2027, 6, 1))


@pytest.mark.parametrize("change", [correct, enter_late, move, register_late])
@pytest.mark.parametrize(
    "said", [CLASSES | {"majority_bylaws": "2/3"}, {"votes_by": "member", "majority_bylaws": "9/10"},
             {"votes_by": "sites", "quorum_members": "9/10", "quorum_votes": "9/10"}, {}],
)  # fmt: skip
async def test_bylaws_put_right_or_entered_late_change_nothing_that_was_decided(rejected, change, said):
    before = await all_told(rejected)
    assert "Abgelehnt" in before[0]

    await change(**said)

    assert await all_told(rejected) == before


async def test_twice_put_right_it_is_still_told_as_it_was(rejected):
    before = await all_told(rejected)

    await correct(majority_bylaws="2/3")
    with clock.set_to(at(9, day=date(2027, 6, 14))):
        await correct(majority_bylaws="1/2")

    assert await all_told(rejected) == before
    assert [one.majority_bylaws for one in await bylaws.versions() if one.valid_from == date(2020, 1, 1)] == [
        "more_yes"
    ]


async def test_the_next_assembly_goes_by_what_was_put_right(rejected):
    await correct(**CLASSES, majority_bylaws="2/3")

    assert (await rules_of(rejected)).majority_bylaws == "3/4"
    with clock.set_to(NEXT_DAY):
        following = await assembly(starts_at=at(10, day=date(2028, 6, 9)))
    assert (await rules_of(following)).majority_bylaws == "2/3"


async def test_a_vote_taken_before_the_bylaws_were_put_right_stands_in_the_same_assembly(association):
    async with under_way(await the_ten(), majority_bylaws="3/4") as row:
        first = await begun(row, ItemKind.BYLAWS)
        await decision.count(row, first, Count(11, 4, 1), actor="")
        with clock.set_to(at(11)):
            await correct(**CLASSES, majority_bylaws="2/3")
            second = await begun(row, ItemKind.BYLAWS)
            adopted = await decision.count(row, second, Count(11, 4, 1), actor="")
            again = await decision.judged(row, await decision.fresh(first), Count(11, 4, 1))

    assert (again.outcome, adopted.outcome) == ("rejected", "adopted")


async def test_the_votes_of_a_closed_assembly_stay_when_a_site_is_entered_late(rejected):
    before = await all_told(rejected)
    member = await Organisation.objects().get(Organisation.name == "Fuldahöhe Bildung und Arbeit gGmbH")
    await a_site(member, "Marburg", "35037", land="HE", opened_on=date(1996, 1, 1))
    await a_site(member, "Fulda", "36037", land="HE", opened_on=date(1997, 1, 1))

    assert await all_told(rejected) == before


async def test_who_enters_bylaws_of_before_an_assembly_is_told_that_its_decisions_stay(rejected, client):
    admin = await signed_in(client, RoleKind.ADMIN)

    entered = await submit(admin, f"{BOOK}/new", valid_from="1.5.2027", majority_bylaws="2/3")
    told = await admin.get(entered.headers["location"])
    asked = await admin.get(f"{BOOK}/2020-01-01/edit")
    after = await submit(admin, f"{BOOK}/new", valid_from="12.6.2027")

    kept = "Seitdem fand eine Mitgliederversammlung statt (11. Juni 2027)"
    assert [kept in words(page) for page in (told, asked, await admin.get(after.headers["location"]))] == [
        True, True, False,
    ]  # fmt: skip
