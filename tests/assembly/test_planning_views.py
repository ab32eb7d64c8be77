"""The office plans an assembly on its pages; the board reads along, strangers learn of nothing."""

import pytest
from bs4 import BeautifulSoup

from network.assembly import agenda, meeting, paper
from network.assembly.tables.meeting import Assembly, ItemKind
from network.people.tables import RoleKind
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.make import RIGHTS, assembly, item
from tests.browser import submit

PDF = ("Haushalt.pdf", b"%PDF-1.7 ...", "application/pdf")


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


async def test_five_fields_and_the_usual_agenda_are_enough(desk):
    answer = await submit(
        desk, "/office/assemblies/new", title="Mitgliederversammlung 2027", day="11.6.2027", begins="10",
        town="Berlin", agenda=["opening", "budget", "other"],
    )  # fmt: skip

    (row,) = await meeting.every()
    told = words(await desk.get(answer.headers["location"]))
    assert answer.status_code == 303
    assert [one.title_de for one in await agenda.items_of(row)][1:] == ["Haushalt", "Verschiedenes"]
    assert "Spätester Zugang Donnerstag, 13. Mai 2027" in told
    assert "Briefe aufgegeben bis Montag, 10. Mai 2027 ● noch 35 Tage".replace("● ", "") in told
    assert "§§ 187, 188 BGB" in told


async def test_a_hybrid_assembly_without_words_on_rights_is_refused_and_keeps_what_was_typed(desk):
    answer = await submit(
        desk, "/office/assemblies/new", title="Mitgliederversammlung 2027", day="11.6.2027", begins="10",
        mode="hybrid", town="Berlin",
    )  # fmt: skip

    soup = BeautifulSoup(answer.text, "html.parser")
    assert (answer.status_code, await Assembly.count()) == (422, 0)
    assert "§ 32 Abs. 2 Satz 3 BGB" in soup.select_one("#rights_de-error").get_text()
    assert soup.select_one("#day")["value"] == "11.6.2027"
    assert soup.select_one("details:has(#rights_de)").has_attr("open")


async def test_day_and_mode_are_changed_while_nobody_has_been_told(desk):
    row = await assembly()

    answer = await submit(
        desk, f"/office/assemblies/{row.reference}/edit", mode="hybrid", rights_de=RIGHTS, day="18.6.2027"
    )

    still = await meeting.by_reference(row.reference)
    assert answer.status_code == 303
    assert (still.mode, still.starts_at.date().isoformat()) == ("hybrid", "2027-06-18")


async def test_the_agenda_is_written_ordered_and_given_papers(desk):
    row = await assembly()
    here = f"/office/assemblies/{row.reference}/agenda"
    await submit(desk, f"{here}/new", title_de="Haushalt 2028", kind="resolution")
    await submit(desk, f"{here}/new", title_de="Satzung", kind="bylaws", text="§ 9 wird geändert.")
    budget, bylaws = await agenda.items_of(row)

    await submit(desk, f"{here}/{budget.reference}/papers/new", files={"document": PDF})
    await submit(desk, f"{here}/{bylaws.reference}/papers/new", title="§ 9", old_text="Alt", new_text="Neu")
    token = (await desk.get(here)).text.partition('name="_csrf_token" value="')[2].partition('"')[0]
    await desk.post(f"{here}/{bylaws.reference}/up", data={"_csrf_token": token})

    held = await paper.papers_of(row)
    compared = await desk.get(f"/office/assemblies/{row.reference}/papers/{held[bylaws.id][0].reference}")
    file = await desk.get(f"/office/assemblies/{row.reference}/papers/{held[budget.id][0].reference}/file")
    assert [one.title_de for one in await agenda.items_of(row)] == ["Satzung", "Haushalt 2028"]
    assert [held[budget.id][0].title, held[bylaws.id][0].title] == ["Haushalt.pdf", "§ 9"]
    assert "[entfällt: Alt]" in words(compared).replace("[ ", "[").replace(" ]", "]")
    assert file.content == PDF[1]


async def test_a_paper_that_is_none_is_refused(desk):
    row = await assembly()
    one = await item(row, ItemKind.REPORT, "Bericht")
    place = f"/office/assemblies/{row.reference}/agenda/{one.reference}/papers/new"

    nothing = await submit(desk, place)
    wrong = await submit(desk, place, files={"document": ("a.exe", b"MZ", "application/octet-stream")})

    assert (nothing.status_code, wrong.status_code, await paper.papers_of(row)) == (422, 422, {})


@pytest.mark.parametrize(
    ("kind", "read", "write"),
    [
        (RoleKind.OFFICE, 200, 200),
        (RoleKind.ADMIN, 200, 404),
        (RoleKind.BOARD_MEMBER, 200, 404),
        (RoleKind.EVENT_TEAM, 404, 404),
        (RoleKind.MEMBER_REPRESENTATIVE, 404, 404),
    ],
)
async def test_who_may_read_and_who_may_write(in_april, ten, kind, read, write):
    row = await assembly()
    one = await item(row)
    place = f"/office/assemblies/{row.reference}"
    of = ten["M01"].reference if kind == RoleKind.MEMBER_REPRESENTATIVE else ""
    someone = await somebody("Jemand Anderes", kind, of=of)
    async with browser() as theirs:
        await come_in(theirs, someone)

        reading = [await theirs.get(path) for path in ("/office/assemblies", place, f"{place}/agenda")]
        writing = [
            await theirs.get(path)
            for path in (
                "/office/assemblies/new", f"{place}/edit", f"{place}/agenda/new", f"{place}/discard",
                f"{place}/agenda/{one.reference}/edit", f"{place}/agenda/{one.reference}/removal",
                f"{place}/agenda/{one.reference}/papers/new",
            )
        ]  # fmt: skip

    assert {answer.status_code for answer in reading} == {read}
    assert {answer.status_code for answer in writing} == {write}


async def test_who_leads_an_election_sees_this_assembly_alone(in_april, ten):
    mine, other = await assembly(), await assembly(title="Andere")
    someone = await somebody("Gisbert Ohm", RoleKind.ELECTION_OFFICER, of=mine.reference)
    async with browser() as theirs:
        await come_in(theirs, someone)

        answers = [await theirs.get(f"/office/assemblies/{row.reference}") for row in (mine, other)]
        listed = words(await theirs.get("/office/assemblies"))

    assert [answer.status_code for answer in answers] == [200, 404]
    assert ("Mitgliederversammlung 2027" in listed, "Andere" in listed) == (True, False)
