"""The office says plainly whether something changed or was written wrongly; pages of another day offer no deeds."""

from datetime import date

from bs4 import BeautifulSoup

from network.members import former, moving
from network.members.tables import FormerAddress, FormerName, Organisation, Site
from tests.browser import submit
from tests.members.make import a_site, member


def main(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


async def test_a_move_with_its_day_keeps_the_old_address_until_then(at_sunday, desk):
    anker = await member("Anker", town="Ulm", land="BW")
    one = await a_site(anker, "Ulm", "89073", street="Donauweg 1", land="BW")
    here = f"/office/members/{anker.reference}"

    sent = await submit(
        desk, f"{here}/sites/{one.reference}/edit", street="Saaleweg 2", postal_code="07743", town="Jena", land="TH",
        what="moved", moved_on="1.3.2028",
    )  # fmt: skip
    page = await desk.get(sent.headers["location"])

    assert "Donauweg 1, 89073 Ulm" in main(page)
    assert "ab 1. März 2028 , Standort Ulm: Saaleweg 2, 07743 Jena" in main(page)
    assert "Saaleweg 2, 07743 Jena" in main(await desk.get(f"{here}?on=1.3.2028"))
    assert "Donauweg" not in main(await desk.get(f"{here}?on=1.3.2028"))
    form = main(await desk.get(f"{here}/sites/{one.reference}/edit"))
    assert "Was hier steht, gilt bis dahin: Für den 1. März 2028 ist eine Änderung geplant." in form


async def test_a_planned_move_is_taken_back_with_one_button(at_sunday, desk):
    anker = await member("Anker", town="Ulm", land="BW")
    await moving.move_seat(anker, on=date(2028, 3, 1), town="Jena", postal_code="07743", land="TH")
    page = await desk.get(f"/office/members/{anker.reference}")
    [deed] = [f["action"] for f in BeautifulSoup(page.text, "html.parser").select("form.deed") if "move" in f["action"]]

    token = BeautifulSoup(page.text, "html.parser").select_one("[name=_csrf_token]")["value"]
    answer = await desk.post(deed, data={"_csrf_token": token})
    again = await desk.post(deed, data={"_csrf_token": token})

    assert [answer.status_code, again.status_code] == [303, 404]
    assert await FormerAddress.count() == 0
    assert "Jena" not in main(await desk.get(f"/office/members/{anker.reference}?on=2.3.2028"))


async def test_without_a_day_a_typing_error_was_put_right(at_sunday, desk):
    anker = await member("Ankre")

    await submit(desk, f"/office/members/{anker.reference}/edit", name="Anker")

    assert "Anker" in main(await desk.get(f"/office/members/{anker.reference}?on=1.1.2020"))
    assert await FormerName.count() == 0


async def test_moved_wants_its_day_and_a_day_wants_something_new(at_sunday, desk):
    anker = await member("Anker", town="Ulm")
    path = f"/office/members/{anker.reference}/edit"

    dayless = await submit(desk, path, town="Jena", what="moved")
    unmoved = await submit(desk, path, moved_on="1.3.2028")
    renamed = await submit(desk, path, name="Steg", moved_on="1.3.2028")

    assert [dayless.status_code, unmoved.status_code, renamed.status_code] == [422, 422, 303]
    assert "Bitte geben Sie den Tag an." in main(dayless)
    assert 'value="Jena"' in dayless.text
    assert "beide sind wie vorher" in main(unmoved)
    assert [(one.name, one.until) for one in await FormerName.objects()] == [
        ("Anker", date(2028, 2, 29)),
        ("Steg", former.OPEN),
    ]
    assert (await Organisation.objects().first()).name == "Anker"


async def test_the_day_of_an_opening_may_be_told_and_read_again(at_sunday, desk):
    anker = await member("Anker")
    here = f"/office/members/{anker.reference}"

    await submit(desk, f"{here}/sites/new", town="Ulm", postal_code="89073", opened_year="11. Oktober 2027")
    one = await Site.objects().first()
    form = await desk.get(f"{here}/sites/{one.reference}/edit")
    await submit(desk, f"{here}/sites/{one.reference}/edit", places="12")
    again = await Site.objects().first()

    assert (one.opened_on, one.opened_year) == (date(2027, 10, 11), 2027)
    assert 'value="11.10.2027"' in form.text
    assert (again.opened_on, again.places, again.placed_by) == (date(2027, 10, 11), 12, "postal_code")


async def test_a_page_of_another_day_offers_no_deed(at_sunday, desk):
    anker = await member("Anker", town="Ulm")
    await a_site(anker, "Ulm", "89073", opened_year=2010)
    here = f"/office/members/{anker.reference}"

    def deeds(page) -> list[str]:
        found = BeautifulSoup(page.text, "html.parser").select_one("main")
        links = [link["href"] for link in found.select("a[href]")]
        posts = [form["action"] for form in found.select("form[method=post]")]
        return [path for path in links + posts if path.startswith(here + "/") or path.endswith(("/new", "/import"))]

    assert len(deeds(await desk.get(here))) > 3
    assert deeds(await desk.get(f"{here}?on=12.5.2023")) == []
    assert deeds(await desk.get("/office/members?on=12.5.2023")) == []
    assert f"{here}?on=2023-05-12" in (await desk.get("/office/members?on=12.5.2023")).text


async def test_files_hold_what_the_list_of_the_day_shows(at_sunday, desk):
    anker = await member("Anker", town="Ulm")
    await moving.rename(anker, "Steg", on=date(2025, 1, 1))

    page = await desk.get("/office/members?on=2024-12-31")
    [csv] = [a["href"] for a in BeautifulSoup(page.text, "html.parser").select("a[href]") if "/as/csv" in a["href"]]

    assert "on=2024-12-31" in csv
    assert [name in (await desk.get(csv)).text for name in ("Anker", "Steg")] == [True, False]


async def test_the_public_page_of_a_member_tells_how_it_was(at_sunday, client, association):
    anker = await member("Anker", since=date(2020, 1, 1), town="Ulm")
    await moving.rename(anker, "Steg", on=date(2025, 1, 1))

    def h1(page) -> str:
        return BeautifulSoup(page.text, "html.parser").h1.get_text(strip=True)

    pages = [await client.get(f"/members/{anker.reference}{on}") for on in ("", "?on=31.12.2024", "?on=1.1.2019")]

    assert [h1(page) for page in pages] == ["Steg", "Anker", "Anker"]
    assert "War an diesem Tag kein Mitglied" in main(pages[2])
