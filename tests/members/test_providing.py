"""§ 60 facts and the texts about an organisation in a spreadsheet: read, compared, stored, taken back."""

from datetime import date

import pytest

from network.i18n import speaking
from network.members import importing, membership, organisation, provider, undoing
from network.members.importing import Check
from network.members.tables import Import, Organisation, ProviderStatus
from tests.browser import submit

NAME = "Neckarbogen gGmbH"


@pytest.fixture(autouse=True)
def in_german():
    with speaking("de"):
        yield


@pytest.fixture
async def neckarbogen(at_sunday):
    row = await organisation.enter(NAME, town="Mannheim", about_de="Erster Absatz.\n\nZweiter Absatz\nin zwei Zeilen.")
    await membership.join(row, since=date(1995, 1, 1), number="M01")
    await provider.enter(row, "interested", since=date(2020, 3, 1))
    return row


async def read(columns: str, *lines: str) -> tuple[Import, Check]:
    load = await importing.read("m.csv", "\n".join([f"Mitglied;{columns}", *lines]).encode())
    return load, await importing.check(load)


async def steps() -> list[tuple[str, date]]:
    return [(one.status, one.since) for one in await ProviderStatus.objects().order_by(ProviderStatus.since)]


async def test_a_file_brings_the_next_step_and_the_papers_and_is_taken_back(neckarbogen):
    columns = "Stand nach § 60 SGB IX;Stand seit;Zustimmung der Agentur für Arbeit;§ 60: angeboten;§ 60: Umfang"
    load, found = await read(columns, f"{NAME};beantragt;1.2.2024;15.1.2024;in Betrieben;AB, EV")

    await importing.store(load)
    row = await Organisation.objects().get(Organisation.id == neckarbogen.id)
    after = await steps()
    await undoing.undo(await Import.objects().get(Import.id == load.id))

    assert [one.column for one in found.outcomes[0].told] == [
        "status", "approved_on", "offered_in", "scopes",
    ]  # fmt: skip
    assert (row.approved_on, row.offered_in, row.scopes) == (date(2024, 1, 15), "company", "EV AB")
    assert after == [("interested", date(2020, 3, 1)), ("applied", date(2024, 2, 1))]
    assert await steps() == [("interested", date(2020, 3, 1))]
    assert (await Organisation.objects().get(Organisation.id == neckarbogen.id)).scopes == ""


async def test_a_step_is_put_right_by_its_day_and_becomes_what_it_was(neckarbogen):
    load, found = await read("Stand nach § 60 SGB IX;Stand seit", f"{NAME};in Vorbereitung;1.3.2020")

    await importing.store(load)
    changed = await steps()
    await undoing.undo(await Import.objects().get(Import.id == load.id))

    [mention] = found.outcomes[0].told
    assert (mention.before, mention.after) == ("interessiert", "in Vorbereitung")
    assert changed == [("preparing", date(2020, 3, 1))]
    assert await steps() == [("interested", date(2020, 3, 1))]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ("beantragt;", "Stand seit fehlt"),
        ("interessiert;1.1.2024", "Das ist seither schon der Stand"),
        ("irgendwie;1.1.2024", "„irgendwie“ ist nichts davon: interessiert, in Vorbereitung"),
        ("beantragt;1.1.24x", "1.1.24x"),
    ],
)
async def test_what_contradicts_or_cannot_be_read_is_told_in_its_line(neckarbogen, cells, problem):
    _load, found = await read("Stand nach § 60 SGB IX;Stand seit", f"{NAME};{cells}")

    [line] = found.needy
    assert problem in " ".join(line.problems.values())


async def test_nobody_is_listed_in_public_of_whom_nobody_knows_how_far_it_is(at_sunday):
    await organisation.enter("Rheinweg e. V.")

    _load, found = await read("Im öffentlichen Verzeichnis seit", "Rheinweg e. V.;1.1.2024")

    assert list(found.needy[0].problems) == ["listed_on"]


async def test_the_text_keeps_its_paragraphs_and_what_only_breaks_elsewhere_is_no_difference(neckarbogen):
    same = '"Erster Absatz.\n\nZweiter Absatz in\nzwei Zeilen."'
    _load, found = await read("Über die Organisation", f"{NAME};{same}")
    load, changed = await read("Über die Organisation", f'{NAME};"– Erster Satz.\n\n– Zweiter Satz."')
    await importing.store(load)

    assert (found.kinds["same"], changed.kinds["changed"]) == (1, 1)
    assert (await Organisation.objects().get(Organisation.id == neckarbogen.id)).about_de == (
        "– Erster Satz.\n\n– Zweiter Satz."
    )


async def test_mending_a_line_keeps_the_paragraphs(desk):
    load, _found = await read("PLZ;Über die Organisation", 'Neu e. V.;xyz;"Eins.\n\nZwei."')
    place = f"/office/members/import/{load.reference}"

    await submit(desk, place, form=1, line2__postal_code="68161")
    await submit(desk, place, since="1.1.2024")

    assert (await Organisation.objects().get(Organisation.name == "Neu e. V.")).about_de == "Eins.\n\nZwei."
