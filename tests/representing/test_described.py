"""What representatives keep of what their organisation is, offers and works on; and what of it the office looks at."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from mailing.tables import Letter
from network import clock
from network.catalogue import beginnings
from network.catalogue.tables import Entry
from network.errors import Refused
from network.files import File
from network.members import evidence, offer, provider, site
from network.members.tables import Evidence, Offer, Organisation
from network.representing import check, proof, proposal, telling
from network.representing.rules import EVIDENCE
from network.representing.tables import DataCheck, Proposal
from network.representing.telling import Offered
from tests.browser import submit

PDF = b"%PDF-1.7 ..."


@pytest.fixture(autouse=True)
async def catalogue() -> None:
    await beginnings.lay_out()


@pytest.fixture
async def mannheim(neckarbogen):
    return await site.enter(neckarbogen, postal_code="68161", town="Mannheim")


@pytest.fixture
async def asked(neckarbogen):
    """The path behind the link of the yearly question."""
    await check.start(clock.today().year, actor="")
    return "/still-right/" + check.token_of(neckarbogen, clock.today().year)


async def of_code(code: str) -> Entry:
    return await Entry.objects().get(Entry.code == code)


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


async def fresh(row) -> Organisation:
    return await Organisation.objects().get(Organisation.id == row.id)


async def offered() -> list[tuple[str, str, str]]:
    terms = {one.id: one.code for one in await Entry.objects()}
    return sorted((terms[one.entry], one.since, one.until) for one in await Offer.objects())


# --- in the own room -------------------------------------------------------------------------------------------------


async def test_the_profile_is_the_members_own_word(house, neckarbogen):
    kind = await of_code("btz")

    stored = await submit(
        house, f"/mine/{neckarbogen.reference}/profile", founded="Anfang der 80er", facility_type=kind.reference,
        target_group="Menschen mit psychischen Erkrankungen", about_de="Ein Haus am Neckar.",
    )  # fmt: skip

    row = await fresh(neckarbogen)
    assert stored.status_code == 303
    assert (row.founded, row.facility_type, row.about_de) == ("198X-early", kind.id, "Ein Haus am Neckar.")
    assert "Ein Haus am Neckar." in words(await house.get(f"/mine/{neckarbogen.reference}"))
    assert await Proposal.count() == 0


async def test_offers_are_entered_with_rough_beginnings_ended_and_removed(house, neckarbogen, mannheim):
    here = f"/mine/{neckarbogen.reference}"
    entered = await submit(house, f"{here}/offers/new", site=mannheim.reference, services=["counselling"],
                           fields=["metal", "wood"], since="Anfang der 1990er")  # fmt: skip
    assert (entered.status_code, {one.site for one in await Offer.objects()}) == (303, {mannheim.id})

    metal = await Offer.objects().get(Offer.entry == (await of_code("metal")).id)
    wood = await Offer.objects().get(Offer.entry == (await of_code("wood")).id)
    await submit(house, f"{here}/offers/{metal.reference}", form=0, until="2005")
    await submit(house, f"{here}/offers/{wood.reference}", form=1)

    assert await offered() == [("counselling", "199X-early", ""), ("metal", "199X-early", "2005")]


async def test_nothing_ticked_is_said_and_what_ends_before_it_begins_is_refused(house, neckarbogen):
    here = f"/mine/{neckarbogen.reference}"

    nothing = await submit(house, f"{here}/offers/new", since="1990")
    backwards = await submit(house, f"{here}/offers/new", services=["counselling"], since="2000", until="1990")

    assert [nothing.status_code, backwards.status_code, await Offer.count()] == [422, 422, 0]
    assert "mindestens eine Leistung oder ein Berufsfeld" in words(nothing)


async def test_evidence_counts_when_the_office_has_looked_at_its_paper(house, desk, neckarbogen, mannheim, ella):
    here, basis = f"/mine/{neckarbogen.reference}", await of_code("sgb9-51")

    sent = await submit(
        house, f"{here}/evidence/new", files={"document": ("bescheid.pdf", PDF)}, basis=basis.reference,
        site=mannheim.reference, issuer="DRV Demo", sign="AZ 7", valid_from="1.1.2026", valid_until="31.12.2099",
    )  # fmt: skip
    assert sent.status_code == 303
    assert await Evidence.count() == 0
    told = "Nachweis: § 51 SGB IX, Mannheim, DRV Demo, AZ 7, seit 1. Januar 2026, bis 31. Dezember 2099"
    assert told in words(await house.get(here))
    asked = await Proposal.objects().first()
    assert (await house.get(f"{here}/proposals/{asked.reference}/document")).content == PDF
    assert (await desk.get(f"/office/members/proposals/{asked.reference}/document")).content == PDF

    await submit(desk, f"/office/members/proposals/{asked.reference}")

    row = await Evidence.objects().first()
    assert (row.issuer, row.sign, row.valid_until, row.site) == ("DRV Demo", "AZ 7", date(2099, 12, 31), mannheim.id)
    assert (await evidence.paper_of(row)).content == PDF
    letter = await Letter.objects().get(Letter.template == "representing/proposal_accepted")
    assert (letter.to_email, "§ 51 SGB IX, Mannheim" in letter.text) == (ella.email, True)


async def test_the_paper_of_evidence_that_is_not_entered_is_not_kept(house, desk, neckarbogen):
    here, basis = f"/mine/{neckarbogen.reference}/evidence/new", await of_code("sgb9-51")
    for name in ("erster.pdf", "zweiter.pdf"):  # the second takes the place of the first
        await submit(house, here, files={"document": (name, PDF)}, basis=basis.reference)
    assert [file.name for file in await File.objects()] == ["zweiter.pdf"]
    [told] = await proposal.open_ones(neckarbogen)

    await submit(desk, f"/office/members/proposals/{told.row.reference}", press="decline", reason="Unleserlich.")

    assert [await File.count(), await Evidence.count()] == [0, 0]


async def test_evidence_is_put_right_and_renewed_by_a_proposal(house, desk, neckarbogen):
    here, basis = f"/mine/{neckarbogen.reference}/evidence", await of_code("sgb9-51")
    row = await evidence.enter(neckarbogen, basis, issuer="DRV", valid_until=date(2027, 1, 31), document=("a.pdf", PDF))
    assert "Das ist schon so eingetragen." in words(await submit(house, f"{here}/{row.reference}"))

    await submit(house, f"{here}/{row.reference}", issuer="Deutsche Rentenversicherung Demo")
    page = await house.get(f"{here}/new?renews={row.reference}")
    assert 'value="1.2.2027"' in page.text
    await submit(house, f"{here}/new?renews={row.reference}", valid_until="31.1.2032")
    told = await proposal.open_ones(neckarbogen)
    assert len(told) == 2
    for one in told:
        await submit(desk, f"/office/members/proposals/{one.row.reference}")

    found = await Evidence.objects().order_by(Evidence.id)
    assert [(one.issuer, one.valid_until) for one in found] == [
        ("Deutsche Rentenversicherung Demo", date(2027, 1, 31)), ("DRV", date(2032, 1, 31)),
    ]  # fmt: skip
    assert (await evidence.paper_of(found[0])).content == PDF


async def test_evidence_that_was_changed_meanwhile_is_not_put_right_unseen(neckarbogen):
    basis = await of_code("sgb9-51")
    row = await evidence.enter(neckarbogen, basis, issuer="DRV", valid_until=date(2027, 1, 31))
    new = proof.told(basis, None, {"issuer": "DRV Demo", "valid_until": date(2027, 1, 31)}, of=row)
    asked = await proposal.propose(neckarbogen, EVIDENCE, new, by="x")
    seen = (await proposal.told(asked)).current_key

    await evidence.change(row, neckarbogen, basis, issuer="Agentur Demo")

    assert (await proposal.told(asked)).overtaken
    with pytest.raises(Refused):
        await proposal.accept(asked, seen=seen, actor="")
    await evidence.remove(row, neckarbogen)
    with pytest.raises(Refused, match="nicht mehr da"):
        await proposal.accept(asked, seen="", actor="")


async def test_a_paper_that_is_none_comes_back_with_all_that_was_typed(house, neckarbogen):
    basis = await of_code("sgb9-51")

    refused = await submit(house, f"/mine/{neckarbogen.reference}/evidence/new", basis=basis.reference,
                           issuer="DRV Demo", files={"document": ("bescheid.pdf", b"MZ")})  # fmt: skip
    backwards = await submit(house, f"/mine/{neckarbogen.reference}/evidence/new", basis=basis.reference,
                             valid_from="1.1.2027", valid_until="1.1.2026")  # fmt: skip

    assert [refused.status_code, backwards.status_code, await Proposal.count()] == [422, 422, 0]
    assert 'value="DRV Demo"' in refused.text


async def test_of_60_sgb_ix_papers_are_looked_at_and_the_rest_is_stored(house, desk, neckarbogen):
    here = f"/mine/{neckarbogen.reference}"
    early = await submit(house, f"{here}/provider", status="operating", since="1.4.2022", listed="on")
    assert "sobald die Geschäftsstelle dem Stand zugestimmt hat" in words(early)
    dayless = await submit(house, f"{here}/provider", status="operating")
    assert (dayless.status_code, await Proposal.count()) == (422, 0)

    await submit(house, f"{here}/provider", status="operating", since="1.4.2022", approved_on="10.1.2022",
                 offered_in="company", scopes=["EV", "AB"])  # fmt: skip
    row = await fresh(neckarbogen)
    assert (row.offered_in, row.scopes, row.approved_on) == ("company", "EV AB", None)
    proposed = {one.field: one.new for one in await Proposal.objects()}
    assert proposed == {"provider_status": "operating\n2022-04-01", "approved_on": "2022-01-10"}
    for one in await Proposal.objects():
        await submit(desk, f"/office/members/proposals/{one.reference}")
    await submit(house, f"{here}/provider", listed="on")

    row = await fresh(neckarbogen)
    assert (row.approved_on, row.listed_on) == (date(2022, 1, 10), clock.today())
    assert [(step.status, step.since) for step in await provider.history(row)] == [("operating", date(2022, 4, 1))]
    assert "Zustimmung der Agentur für Arbeit 10. Januar 2022" in words(await house.get(here))


async def test_a_day_that_never_was_can_be_proposed_away(house, desk, neckarbogen):
    await provider.change(neckarbogen, approved_on=date(2022, 1, 10))
    await submit(house, f"/mine/{neckarbogen.reference}/provider", approved_on="")

    asked = await Proposal.objects().first()
    await submit(desk, f"/office/members/proposals/{asked.reference}")

    assert (await fresh(neckarbogen)).approved_on is None


PAGES = ("profile", "offers/new", "evidence/new", "provider")


@pytest.mark.parametrize("path", PAGES)
async def test_of_others_nothing_of_it_exists(house, client, rheinweg, path):
    assert (await house.get(f"/mine/{rheinweg.reference}/{path}")).status_code == 404


async def test_what_belongs_to_others_is_not_found_by_its_reference(house, neckarbogen, rheinweg):
    here = f"/mine/{neckarbogen.reference}"
    theirs = await evidence.enter(rheinweg, await of_code("sgb9-51"), document=("a.pdf", PDF))
    await offer.enter(rheinweg, [await of_code("wood")])
    new = proof.told(await of_code("sgb9-51"), None, {})
    paper = await File.objects().first()
    asked = await proposal.propose(rheinweg, EVIDENCE, new, document=paper, by="x")

    places = [f"evidence/{theirs.reference}", f"evidence/new?renews={theirs.reference}",
              f"offers/{(await Offer.objects().first()).reference}", f"proposals/{asked.reference}/document"]  # fmt: skip

    assert [(await house.get(f"{here}/{path}")).status_code for path in places] == [404] * 4


# --- behind the link of the yearly question --------------------------------------------------------------------------


async def test_the_yearly_page_shows_what_is_offered_and_the_evidence_without_its_paper(
    asked, client, neckarbogen, mannheim
):
    await offer.enter(neckarbogen, [await of_code("wood")], site=mannheim, since="199X-early")
    row = await evidence.enter(neckarbogen, await of_code("sgb9-51"), site=mannheim, document=("bescheid.pdf", PDF))

    page = await client.get(asked)

    assert "Mannheim Berufsfelder (seit Anfang der 1990er) : Holz" in words(page)
    assert "§ 51 SGB IX , Mannheim" in words(page)
    assert f"/members/{neckarbogen.reference}/evidence" not in page.text
    assert (await client.get(f"/members/{neckarbogen.reference}/evidence/{row.reference}")).status_code == 303


async def test_an_unchanged_answer_changes_none_of_it(asked, client, neckarbogen, mannheim):
    await offer.enter(neckarbogen, [await of_code("counselling")], since="1985~")
    await offer.enter(neckarbogen, [await of_code("wood"), await of_code("support")], site=mannheim, since="199X-early")
    await provider.enter(neckarbogen, "operating", since=date(2020, 1, 1))
    await provider.change(neckarbogen, approved_on=date(2019, 1, 1), listed_on=date(2020, 1, 1), scopes="EV AB")
    before = await offered()

    await submit(client, f"{asked}/corrections", by="Ella Brandt")

    assert ((await DataCheck.objects().first()).corrections, await Proposal.count(), await offered()) == (0, 0, before)
    assert (await fresh(neckarbogen)).listed_on == date(2020, 1, 1)


async def test_the_yearly_answer_puts_offers_profile_and_60_sgb_ix_right(asked, client, neckarbogen, mannheim):
    await offer.enter(neckarbogen, [await of_code("wood"), await of_code("metal")], site=mannheim, since="1990")

    stored = await submit(
        client, f"{asked}/corrections", by="Ella Brandt", profile__target_group="Junge Erwachsene",
        sites__0__fields=["wood", "it"], sites__0__offers_since="Frühjahr 2026", offers__services=["counselling"],
        provider__status="interested", provider__since="1.3.2026",
    )  # fmt: skip

    yesterday = clock.ahead(days=-1).astimezone(clock.BERLIN).date().isoformat()
    assert stored.status_code == 303
    assert await offered() == [
        ("counselling", "", ""), ("it", "2026-spring", ""), ("metal", "1990", yesterday), ("wood", "1990", ""),
    ]  # fmt: skip
    assert (await fresh(neckarbogen)).target_group == "Junge Erwachsene"
    assert [(one.field, one.new) for one in await Proposal.objects()] == [("provider_status", "interested\n2026-03-01")]
    assert (await DataCheck.objects().first()).corrections == 5


async def test_evidence_is_sent_behind_the_link_and_the_answer_goes_to_whoever_was_asked(
    asked, client, desk, neckarbogen
):
    sent = await submit(client, f"{asked}/evidence/new", basis=(await of_code("sgb9-60")).reference, issuer="Land Demo",
                        files={"document": ("bescheid.pdf", PDF)})  # fmt: skip
    assert (sent.status_code, sent.headers["location"]) == (303, asked)
    told = await Proposal.objects().first()

    await submit(desk, f"/office/members/proposals/{told.reference}")

    assert (await Evidence.objects().first()).issuer == "Land Demo"
    letter = await Letter.objects().get(Letter.template == "representing/proposal_accepted")
    assert letter.to_email == "haus@example.org"
    assert (await client.get("/still-right/nobody-knows-this/evidence/new")).status_code == 410


async def test_what_others_entered_while_somebody_ticked_does_not_end(neckarbogen):
    wood, metal = await of_code("wood"), await of_code("metal")
    await offer.enter(neckarbogen, [wood, metal])

    count = await telling.of_offers(neckarbogen, None, Offered(["field/wood"], ["field/wood"]), by="x")

    assert (count, await offered()) == (0, [("metal", "", ""), ("wood", "", "")])


async def test_what_only_begins_today_and_is_ticked_off_goes(neckarbogen):
    wood = await of_code("wood")
    await offer.enter(neckarbogen, [wood], since=clock.today().isoformat())

    count = await telling.of_offers(neckarbogen, None, Offered([], ["field/wood"]), by="x")

    assert (count, await offered()) == (1, [])
