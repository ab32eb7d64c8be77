"""The pages that tell what an organisation is, offers and works on: the office's forms, and what the public sees."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from network.activity import Activity
from network.catalogue import beginnings
from network.catalogue.tables import Entry
from network.files import File
from network.members import evidence, offer, organisation, provider, relation
from network.members.tables import Evidence, Offer, Organisation, ProviderStatus, Relation, Site
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import COOKIE
from tests.asked import counter
from tests.browser import send, submit
from tests.members.make import a_site, member

PDF = b"%PDF-1.7 ..."


@pytest.fixture(autouse=True)
async def catalogue() -> None:
    await beginnings.lay_out()


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


async def of_code(code: str) -> Entry:
    return await Entry.objects().get(Entry.code == code)


async def press(desk, page, action: str):
    """Send the one form whose address ends so, and follow it."""
    forms = [f for f in BeautifulSoup(page.text, "html.parser").select("main form") if f.get("method") == "post"]
    [place] = [number for number, form in enumerate(forms) if (form.get("action") or "").endswith(action)]
    answer = await send(desk, page, form=place)
    assert answer.status_code == 303
    return await desk.get(answer.headers["location"])


async def test_the_further_facts_of_an_organisation_are_entered_and_shown(desk):
    row = await member("Haus e. V.")
    place, kind = f"/office/members/{row.reference}", await of_code("btz")

    answer = await submit(
        desk, f"{place}/edit", legal_form="e. V.", founded="Anfang der 90er Jahre", facility_type=kind.reference,
        target_group="Menschen mit psychischen Erkrankungen", about_de="Eines von {members}, an {sites} Orten.",
    )  # fmt: skip

    stored = await Organisation.objects().get(Organisation.id == row.id)
    assert answer.status_code == 303
    assert (stored.founded, stored.facility_type, stored.legal_form) == ("199X-early", kind.id, "e. V.")
    for page in (place, f"/members/{row.reference}"):
        told = words(await desk.get(page))
        assert "Anfang der 1990er" in told
        assert "Berufliches Trainingszentrum (BTZ)" in told
        assert "Eines von 1, an 0 Orten." in told
    assert 'value="early 1990s"' in (await desk.get(f"/en{place}/edit")).text


async def test_a_beginning_that_nobody_can_read_comes_back_with_what_would_do(desk):
    row = await member("Haus e. V.")

    answer = await submit(desk, f"/office/members/{row.reference}/edit", founded="irgendwann")

    assert answer.status_code == 422
    assert 'value="irgendwann"' in answer.text
    assert "„Anfang der 1990er“" in words(answer)


async def test_a_site_is_opened_on_a_day_or_in_a_year_and_reached_by_itself(desk):
    row = await member("Haus e. V.")
    place = f"/office/members/{row.reference}"

    await submit(desk, f"{place}/sites/new", postal_code="53111", town="Bonn", opened_year="12.5.1995",
                 phone="0228 23125 000", email="bonn@example.org")  # fmt: skip
    [site] = await Site.objects()
    assert (site.opened_on, site.opened_year, site.phone) == (date(1995, 5, 12), 1995, "0228 23125 000")
    assert "12. Mai 1995" in words(await desk.get(place))
    assert "bonn@example.org" in words(await desk.get(f"/members/{row.reference}")).replace("@ ", "@")
    edit = f"{place}/sites/{site.reference}"
    assert 'value="12.05.1995"' in (await desk.get(f"{edit}/edit")).text

    early = await submit(desk, f"{edit}/closing", closed_on="11.5.1995")
    assert "erst am 12. Mai 1995 eröffnet" in words(early)
    await submit(desk, f"{edit}/edit", opened_year="1996")
    assert ((await Site.objects().first()).opened_on, (await Site.objects().first()).opened_year) == (None, 1996)


async def test_offers_are_entered_for_a_site_changed_removed_and_shown_in_public(desk):
    row = await member("Haus e. V.")
    site = await a_site(row, "Bonn", "53111")
    place = f"/office/members/{row.reference}"

    answer = await submit(desk, f"{place}/offers/new?site={site.reference}", services=["counselling", "training"],
                          fields=["metal"], since="Anfang der 1990er")  # fmt: skip
    assert answer.status_code == 303
    assert "3 Angebote eingetragen." in words(await desk.get(place))
    assert {row["site"] for row in await Offer.select(Offer.site)} == {site.id}
    public = await desk.get(f"/members/{row.reference}")
    assert "Leistungen seit Anfang der 1990er Beratung , Qualifizierung und Training" in words(public)
    assert BeautifulSoup(public.text, "html.parser").select_one('a.term[href="/glossary#counselling"]')["title"]

    metal = await Offer.objects().get(Offer.entry == (await of_code("metal")).id)
    await submit(desk, f"{place}/offers/{metal.reference}", form=0, until="2005")
    assert "Metall" not in words(await desk.get(f"/members/{row.reference}"))
    assert "Metall" in words(await desk.get(f"/members/{row.reference}?on=2003-01-01"))
    await press(desk, await desk.get(f"{place}/offers/{metal.reference}"), "/removal")
    assert await Offer.count() == 2


async def test_nothing_chosen_is_said(desk):
    row = await member("Haus e. V.")

    answer = await submit(desk, f"/office/members/{row.reference}/offers/new", since="1990")

    assert (answer.status_code, await Offer.count()) == (422, 0)
    assert "mindestens eine Leistung oder ein Berufsfeld" in words(answer)


async def test_evidence_is_entered_with_its_paper_and_renewed_from_its_warning(desk):
    row = await member("Haus e. V.")
    site, basis = await a_site(row, "Bonn", "53111"), await of_code("sgb9-51")
    place = f"/office/members/{row.reference}"

    answer = await submit(
        desk, f"{place}/evidence/new", files={"document": ("bescheid.pdf", PDF)}, basis=basis.reference,
        site=site.reference, issuer="DRV Demo", valid_from="1.1.2020", valid_until="1.9.2021", sign="AZ 7",
    )  # fmt: skip
    assert answer.status_code == 303
    page = await desk.get(place)
    assert "§ 51 SGB IX Bonn DRV Demo AZ 7 bis 1. September 2021 abgelaufen bescheid.pdf" in words(page)
    today = await desk.get("/office")
    assert "§ 51 SGB IX, Bonn: Haus e. V." in words(today)
    [button] = BeautifulSoup(today.text, "html.parser").select('a[href*="evidence/new?renews="]')

    form = await desk.get(button["href"])
    assert 'value="2.9.2021"' in form.text
    assert 'value="DRV Demo"' in form.text
    answer = await send(desk, form, valid_until="31.12.2999")
    assert answer.status_code == 303

    assert (await Evidence.objects().get(Evidence.valid_until == date(2999, 12, 31))).site == site.id
    assert "Haus e. V." not in words(await desk.get("/office"))
    assert "erneuert" in words(await desk.get(place))


async def test_a_paper_that_is_none_comes_back_with_the_reason_and_nothing_is_stored(desk):
    row = await member("Haus e. V.")

    answer = await submit(desk, f"/office/members/{row.reference}/evidence/new",
                          files={"document": ("bescheid.pdf", b"MZ")}, issuer="DRV Demo")  # fmt: skip

    assert (answer.status_code, await Evidence.count()) == (422, 0)
    assert "weder ein PDF noch" in words(answer)
    assert 'value="DRV Demo"' in answer.text


async def test_evidence_is_changed_and_removed(desk):
    row = await member("Haus e. V.")
    entered = await evidence.enter(row, await of_code("sgb9-51"), issuer="DRV", document=("a.pdf", PDF))
    place = f"/office/members/{row.reference}/evidence/{entered.reference}"

    await submit(desk, place, form=0, issuer="Agentur Demo", basis=(await of_code("sgb9-60")).reference)
    stored = await Evidence.objects().first()
    assert (stored.issuer, stored.basis, stored.document) == (
        "Agentur Demo",
        (await of_code("sgb9-60")).id,
        entered.document,
    )
    await press(desk, await desk.get(place), "/removal")

    assert await Evidence.count() == 0


async def signed_in(client, name: str, *held: tuple[RoleKind, str]):
    someone = await person.enter(name, f"{name.lower()}@example.org")
    for kind, of in held:
        await roles.grant(someone, kind, of)
    client.cookies.set(COOKIE, await sign_in.begin_session(someone))
    return client


async def test_the_paper_is_for_the_office_and_the_own_representative_alone(client, association):
    row, other = await member("Haus e. V."), await member("Anderes e. V.")
    entered = await evidence.enter(row, await of_code("sgb9-51"), document=("Bescheid Köln.pdf", PDF))
    paper, elsewhere = (f"/members/{one.reference}/evidence/{entered.reference}" for one in (row, other))
    visitor = await client.get(paper)

    answers = []
    for name, held in (
        ("Office", (RoleKind.OFFICE, "")),
        ("Own", (RoleKind.MEMBER_REPRESENTATIVE, row.reference)),
        ("Foreign", (RoleKind.MEMBER_REPRESENTATIVE, other.reference)),
        ("Team", (RoleKind.EVENT_TEAM, "")),
    ):
        await signed_in(client, name, held)
        answers.append(await client.get(paper))

    assert (visitor.status_code, "/sign-in" in visitor.headers["location"]) == (303, True)
    assert [answer.status_code for answer in answers] == [200, 200, 404, 404]
    assert answers[0].content == PDF
    assert "attachment" in answers[0].headers["content-disposition"]
    assert "nosniff" in answers[0].headers["x-content-type-options"]
    assert (await client.get(elsewhere)).status_code == 404
    assert "Bescheid" not in (await client.get(f"/members/{row.reference}")).text
    seen = await Activity.objects().where(Activity.thing == f"organisation:{row.reference}")
    assert any("read" in one.verb or "looked" in one.verb for one in seen)


async def test_ties_are_told_on_both_pages(desk):
    row, mother = await member("Haus e. V."), await member("Mutter gGmbH")
    place = f"/office/members/{row.reference}"

    answer = await submit(desk, f"{place}/relations/new", kind="spun_off", name="Mutter gGmbH", since="1980")
    assert answer.status_code == 303
    assert "Ausgegründet aus: Mutter gGmbH (seit 1980)" in words(await desk.get(place))
    assert "Ausgründung: Haus e. V. (seit 1980)" in words(await desk.get(f"/members/{mother.reference}"))
    itself = await submit(desk, f"{place}/relations/new", kind="parent", name="Haus")
    assert (itself.status_code, "dieselbe Organisation" in words(itself)) == (422, True)

    await press(desk, await desk.get(place), "/removal")
    assert await Relation.count() == 0


async def test_a_guest_is_followed_on_the_way_to_an_alternative_provider(desk):
    row = await organisation.enter("Gast gGmbH")
    place = f"/office/members/{row.reference}"

    early = await submit(desk, f"{place}/provider", listed="on")
    assert (early.status_code, "zuerst ein, wie weit es ist" in words(early)) == (422, True)
    await submit(desk, f"{place}/provider/status", status="interested", since="1.1.2019")
    await submit(desk, f"{place}/provider/status", status="operating", since="1.4.2022", note="Land Demo")
    twice = await submit(desk, f"{place}/provider/status", status="operating", since="1.5.2022")
    assert (twice.status_code, "seither schon der Stand" in words(twice)) == (422, True)
    answer = await submit(desk, f"{place}/provider", approved_on="10.1.2022", agreed_on="1.3.2022", offered_in="company",
                          scopes=["EV", "AB"], listed="on")  # fmt: skip
    assert answer.status_code == 303

    told = words(await desk.get(place))
    assert "in Betrieb seit 1. April 2022 Zustimmung der Agentur für Arbeit 10. Januar 2022" in told
    assert "Vereinbarung mit dem Träger der Eingliederungshilfe 1. März 2022 Angeboten in Betrieben Umfang" in told
    assert "Eingangsverfahren (EV) , Arbeitsbereich (AB)" in told
    before = words(await desk.get(f"{place}?on=2022-02-01"))
    assert "interessiert seit 1. Januar 2019 Zustimmung der Agentur für Arbeit 10. Januar 2022" in before
    assert "Vereinbarung mit dem Träger der Eingliederungshilfe noch keine" in before

    await press(desk, await desk.get(place), "/status/2019-01-01/removal")
    assert [step.status for step in await provider.history(row)] == ["operating"]
    assert await ProviderStatus.count() == 1


async def test_a_step_has_its_paper_is_put_right_with_it_and_loses_it_when_removed(desk):
    row = await organisation.enter("Gast gGmbH")
    place = f"/office/members/{row.reference}"

    answer = await submit(desk, f"{place}/provider/status", files={"document": ("vereinbarung.pdf", PDF)},
                          status="operating", since="1.4.2022", note="Land Demo")  # fmt: skip
    assert answer.status_code == 303
    page = await desk.get(place)
    [link] = {link["href"] for link in BeautifulSoup(page.text, "html.parser").select('a[href*="/provider/2022"]')}
    assert words(page).count("vereinbarung.pdf") == 2  # how far it is, and in the steps
    paper = await desk.get(link)
    assert (paper.status_code, paper.content) == (200, PDF)
    assert "attachment" in paper.headers["content-disposition"]

    edit = await desk.get(f"{place}/provider/status?since=2022-04-01")
    assert 'value="Land Demo"' in edit.text
    assert "Gespeichert ist vereinbarung.pdf." in words(edit)
    await send(desk, edit, since="1.5.2022", status="applied")
    [step] = await provider.history(row)
    assert (step.since, step.status, step.note) == (date(2022, 5, 1), "applied", "Land Demo")
    assert (await desk.get(f"/members/{row.reference}/provider/2022-05-01")).content == PDF

    await submit(desk, f"{place}/provider/status?since=2022-05-01", files={"document": ("neu.pdf", PDF + b"2")})
    assert await File.count() == 1
    assert (await desk.get(f"/members/{row.reference}/provider/2022-05-01")).content == PDF + b"2"
    await press(desk, await desk.get(place), "/status/2022-05-01/removal")
    assert (await ProviderStatus.count(), await File.count()) == (0, 0)


async def test_a_step_ahead_is_told_today_with_its_deeds_and_can_be_taken_away(at_sunday, desk):
    row = await organisation.enter("Gast gGmbH")
    place = f"/office/members/{row.reference}"
    await submit(desk, f"{place}/provider/status", status="applied", since="1.1.2030")

    alone = await desk.get(place)
    await submit(desk, f"{place}/provider/status", status="interested", since="1.1.2020")
    today = await desk.get(place)
    then = words(await desk.get(f"{place}?on=2024-01-01"))
    edit = await desk.get(f"{place}/provider/status?since=2030-01-01")
    await press(desk, today, "/status/2030-01-01/removal")

    assert "Demnächst beantragt ab 1. Januar 2030 Bearbeiten" in words(alone)
    assert "interessiert seit 1. Januar 2020" in words(today)
    assert "Demnächst beantragt ab 1. Januar 2030 Bearbeiten" in words(today)
    assert "interessiert seit 1. Januar 2020" in then
    assert "2030" not in then
    assert 'value="1.1.2030"' in edit.text
    assert [step.status for step in await provider.history(row)] == ["interested"]


async def test_a_second_step_on_the_same_day_is_refused_in_the_form(desk):
    row = await organisation.enter("Gast gGmbH")
    place = f"/office/members/{row.reference}/provider/status"
    await submit(desk, place, status="applied", since="1.1.2024", note="beim Land")

    second = await submit(desk, place, status="operating", since="1.1.2024")

    assert second.status_code == 422
    assert "An diesem Tag beginnt schon ein anderer Schritt: „beantragt“." in words(second)
    assert [(step.status, step.note) for step in await provider.history(row)] == [("applied", "beim Land")]


async def test_a_step_is_not_moved_onto_another_and_takes_no_paper_that_is_none(desk):
    row = await organisation.enter("Gast gGmbH")
    place = f"/office/members/{row.reference}/provider/status"
    for status, since in (("interested", date(2019, 1, 1)), ("operating", date(2022, 4, 1))):
        await provider.enter(row, status, since=since)

    moved = await submit(desk, f"{place}?since=2022-04-01", since="1.1.2019")
    wrong = await submit(desk, place, files={"document": ("v.pdf", b"MZ")}, status="ended", since="1.1.2024")

    assert [moved.status_code, wrong.status_code] == [422, 422]
    assert "An diesem Tag beginnt schon ein anderer Schritt: „interessiert“." in words(moved)
    assert "weder ein PDF noch" in words(wrong)
    assert [step.status for step in await provider.history(row)] == ["interested", "operating"]
    assert await File.count() == 0


async def test_the_paper_of_a_step_is_for_the_office_and_the_own_representative_alone(client, association):
    row, other = await member("Haus e. V."), await member("Anderes e. V.")
    await provider.enter(row, "operating", since=date(2022, 4, 1), document=("Vereinbarung.pdf", PDF))
    await provider.enter(row, "ended", since=date(2024, 4, 1))
    await provider.change(row, listed_on=date(2023, 1, 1))
    paper = f"/members/{row.reference}/provider/2022-04-01"
    visitor = await client.get(paper)

    answers = []
    for name, held in (
        ("Office", (RoleKind.OFFICE, "")),
        ("Own", (RoleKind.MEMBER_REPRESENTATIVE, row.reference)),
        ("Foreign", (RoleKind.MEMBER_REPRESENTATIVE, other.reference)),
        ("Team", (RoleKind.EVENT_TEAM, "")),
    ):
        await signed_in(client, name, held)
        answers.append((await client.get(paper)).status_code)

    assert (visitor.status_code, answers) == (303, [200, 200, 404, 404])
    wrong = [(await client.get(f"/members/{of.reference}/provider/{day}")).status_code
             for of, day in ((row, "2024-04-01"), (row, "gestern"), (other, "2022-04-01"))]  # fmt: skip
    assert wrong == [404, 404, 404]
    assert "Vereinbarung" not in (await client.get(f"/members/{row.reference}?on=2023-02-01")).text
    seen = await Activity.objects().where(Activity.thing == f"organisation:{row.reference}")
    assert any("read" in one.verb or "looked" in one.verb for one in seen)


async def test_an_old_law_leads_to_what_came_after_it_on_both_pages_and_warns(desk):
    row = await member("Haus e. V.", since=date(2006, 1, 1))
    site = await a_site(row, "Bonn", "53111")
    await evidence.enter(row, await of_code("sgb12-56-old"), site=site, valid_from=date(2008, 4, 1))
    place = f"/office/members/{row.reference}"

    pages = [await desk.get(path) for path in (place, f"/members/{row.reference}")]

    for page in pages:
        assert "§ 56 SGB XII (alte Fassung)" in words(page)
        links = BeautifulSoup(page.text, "html.parser").select('main a.term[href="/glossary#sgb9-60"]')
        assert [link.get_text() for link in links] == ["§ 60 SGB IX"]
    assert "Rechtsgrundlage gilt nicht mehr" in words(pages[0])
    assert "Frühere Rechtsgrundlage § 56 SGB XII (alte Fassung) (gilt nicht mehr, seither:" in words(pages[1])
    before = words(await desk.get(f"/members/{row.reference}?on=2015-01-01"))
    assert "Rechtsgrundlage § 56 SGB XII (alte Fassung)" in before
    assert "Frühere" not in before
    assert "§ 60" not in before
    today = await desk.get("/office")
    assert "§ 56 SGB XII (alte Fassung), Bonn: Haus e. V." in words(today)
    assert "seither ist es § 60 SGB IX und braucht einen eigenen Nachweis" in words(today)

    [button] = BeautifulSoup(today.text, "html.parser").select('a[href*="evidence/new?renews="]')
    form = await desk.get(button["href"])
    assert "§ 56 SGB XII (alte Fassung), bis 31. Dezember 2017" in words(form)
    assert (await send(desk, form, issuer="Träger Demo", valid_from="1.1.2024")).status_code == 303
    assert "Haus e. V." not in words(await desk.get("/office"))
    assert "§ 56" not in words(await desk.get(f"/members/{row.reference}"))
    assert "erneuert" in words(await desk.get(place))


async def test_the_glossary_tells_what_came_after_the_old_law(client, association):
    told = words(await client.get("/glossary"))

    assert "Galt bis 31. Dezember 2017. Danach: § 60 SGB IX" in told


async def test_the_public_finds_providers_who_agreed_to_be_listed_members_or_not(client, association):
    rows = [await organisation.enter(name, land=land) for name, land in (("Eins gGmbH", "NI"), ("Zwei gGmbH", "SH"))]
    quiet, over = await organisation.enter("Still gGmbH"), await organisation.enter("Vorbei gGmbH")
    for row, status in ((rows[0], "operating"), (rows[1], "applied"), (quiet, "operating"), (over, "ended")):
        await provider.enter(row, status, since=date(2020, 1, 1))
    for row, scopes, offered_in in ((rows[0], "EV AB", "both"), (rows[1], "BBB", "rooms"), (over, "AB", "company")):
        await provider.change(row, listed_on=date(2021, 1, 1), scopes=scopes, offered_in=offered_in)

    async def found(query: str = "") -> list[str]:
        page = BeautifulSoup((await client.get(f"/members/providers{query}")).text, "html.parser")
        return [heading.get_text() for heading in page.select("article h3")]

    assert await found() == ["Eins gGmbH", "Zwei gGmbH"]
    assert "Fehler" not in words(await client.get("/members/providers"))
    assert await found("?land=SH") == await found("?scope=BBB") == ["Zwei gGmbH"]
    assert await found("?offered_in=company") == await found("?scope=AB") == ["Eins gGmbH"]
    assert await found("?offered_in=rooms") == ["Eins gGmbH", "Zwei gGmbH"]
    assert await found("?scope=Unsinn&land=XX") == ["Eins gGmbH", "Zwei gGmbH"]
    assert "Kein Anbieter gefunden" in words(await client.get("/members/providers?land=BY"))
    told = words(await client.get("/en/members/providers?land=NI"))
    assert "in operation since 1 January 2020" in told
    assert "in companies and own rooms Scope Entry procedure (EV)" in told
    assert (await client.get(f"/members/{rows[0].reference}")).status_code == 404  # no member


async def test_strangers_and_other_members_see_none_of_the_forms(client, association):
    row = await member("Haus e. V.")
    entered = await evidence.enter(row, await of_code("sgb9-51"))
    places = [
        f"/office/members/{row.reference}/{place}"
        for place in ("offers/new", "evidence/new", f"evidence/{entered.reference}", "relations/new", "provider",
                      "provider/status")
    ]  # fmt: skip

    visitors = [(await client.get(place)).status_code for place in places]
    await signed_in(client, "Foreign", (RoleKind.MEMBER_REPRESENTATIVE, "somebody-else"))
    foreign = [(await client.get(place)).status_code for place in places]

    assert (set(visitors), set(foreign)) == ({303}, {404})


async def test_the_questions_of_these_pages_do_not_grow_with_what_they_show(desk, monkeypatch):
    row = await member("Haus e. V.")
    questions = counter(desk, monkeypatch)

    async def enter(name: str, town: str) -> None:
        one = await member(name) if name else row
        site = await a_site(one, town, "53111")
        await offer.enter(one, await Entry.objects().where(Entry.code.is_in(["support", "wood"])), site=site)
        await evidence.enter(
            one, await of_code("sgb9-51"), site=site, valid_until=date(2021, 1, 1), document=("a.pdf", PDF)
        )
        await relation.enter(one, "predecessor", f"Alt {town}")

    await enter("", "Bonn")
    paths = ("/office", f"/office/members/{row.reference}", f"/members/{row.reference}?on=2020-01-01")
    few = [await questions(path) for path in paths]
    for number in range(5):
        await enter("", f"Kiel {number}")
        await enter(f"Haus {number} e. V.", "Ulm")
    many = [await questions(path) for path in paths]

    assert many == few
