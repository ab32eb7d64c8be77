"""The public glossary and the office's pages of the catalogues."""

from datetime import date

from bs4 import BeautifulSoup

from network.catalogue.tables import Entry
from tests.browser import submit

PLACE = "/office/members/catalogue"


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


async def test_the_public_glossary_explains_in_both_languages_and_says_what_no_longer_applies(
    client, association, laid_out
):
    german, english = await client.get("/glossary"), await client.get("/en/glossary")

    assert "Andere Leistungsanbieter. Wer ein Recht auf einen Platz" in words(german)
    assert "§ 56 SGB XII (alte Fassung)" in words(german)
    assert "Galt bis 31. Dezember 2017. Danach: § 60 SGB IX" in words(german)
    assert "Applied until 31 December 2017. After it: Section 60 SGB IX" in words(english)
    assert BeautifulSoup(german.text, "html.parser").select_one("dt#sgb9-60 + dd")
    assert "Metall" not in words(german)  # nobody needs that explained
    assert "set-cookie" not in german.headers


async def test_the_glossary_of_another_day_tells_what_applied_then(client, association, laid_out):
    page = words(await client.get("/glossary?on=2010-05-12"))

    assert "Stand: 12. Mai 2010" in page
    assert "§ 56 SGB XII (alte Fassung)" in page
    assert "Galt bis" not in page
    assert "§ 219 SGB IX Werkstatt" not in page


async def test_the_glossary_of_a_house_without_terms_says_so(client, association):
    assert "Hier ist noch kein Begriff erklärt." in words(await client.get("/glossary"))


async def test_the_office_adds_changes_ends_and_takes_up_a_term_again(desk, laid_out):
    added = await submit(
        desk, f"{PLACE}/new/service", name_de="Begleitung im Betrieb", text_de="Vor Ort.", since="1.1.2020"
    )
    row = await Entry.objects().get(Entry.name_de == "Begleitung im Betrieb")
    assert (added.status_code, row.kind, row.since) == (303, "service", date(2020, 1, 1))

    await submit(desk, f"{PLACE}/{row.reference}", name_en="Support in companies", text_en="On the spot.")
    assert "Support in companies On the spot." in words(await desk.get("/en/glossary"))

    other = await Entry.objects().get(Entry.code == "support")
    await submit(desk, f"{PLACE}/{row.reference}/ending", until="31.12.2029", successor=other.reference)
    ended = await Entry.objects().get(Entry.id == row.id)
    assert (ended.until, ended.successor) == (date(2029, 12, 31), other.id)
    assert "bis 31. Dezember 2029" in words(await desk.get(PLACE))

    page = BeautifulSoup((await desk.get(PLACE)).text, "html.parser")
    form = page.select_one(f'form[action$="{row.reference}/going-on"]')
    token = form.select_one("input[name=_csrf_token]")["value"]
    assert (await desk.post(form["action"], data={"_csrf_token": token})).status_code == 303
    assert (await Entry.objects().get(Entry.id == row.id)).until is None


async def test_what_is_wrong_comes_back_with_its_reason(desk, laid_out):
    twice = await submit(desk, f"{PLACE}/new/service", name_de="Beratung")
    nameless = await submit(desk, f"{PLACE}/new/field", name_de=" ", since="31.2.2027")
    row = await Entry.objects().get(Entry.code == "sgb9-51")
    early = await submit(desk, f"{PLACE}/{row.reference}/ending", until="1.1.2000")

    assert [answer.status_code for answer in (twice, nameless, early)] == [422] * 3
    assert "„Beratung“ steht schon in diesem Katalog." in words(twice)
    assert "Diesen Tag gibt es nicht" in words(nameless)
    assert "Der Eintrag gilt ab 1. Januar 2018" in words(early)


async def test_strangers_see_the_glossary_only(client, association, laid_out):
    row = await Entry.objects().first()
    answers = [
        await client.get(place)
        for place in (PLACE, f"{PLACE}/new/field", f"{PLACE}/{row.reference}", f"{PLACE}/{row.reference}/ending")
    ]

    assert all(answer.status_code == 303 and "/sign-in" in answer.headers["location"] for answer in answers)


async def test_what_there_is_not_is_not_found(desk, laid_out):
    assert (await desk.get(f"{PLACE}/new/quatsch")).status_code == 404
    assert (await desk.get(f"{PLACE}/gibt-es-nicht")).status_code == 404
