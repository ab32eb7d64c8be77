"""Who casts a member's votes: delegates, proxies within the bylaws, votes that rest, and the list of all."""

import asyncio
from datetime import date

import pytest
from bs4 import BeautifulSoup

from network import clock
from network.assembly import attendance, delegate, meeting, proxy, suspension, voting_list
from network.assembly.tables.convocation import Proxy
from network.assembly.tables.meeting import Assembly
from network.association import bylaws
from network.errors import Refused
from network.members import function
from network.members.tables import FunctionKind
from network.people.tables import RoleKind
from tests.assembly.conftest import RULES, browser, come_in, somebody
from tests.assembly.make import assembly, at
from tests.browser import fields_of, submit

pytestmark = pytest.mark.usefixtures("in_april")
PDF = ("Vollmacht.pdf", b"%PDF-1.7 ...", "application/pdf")
GIVEN = date(2027, 4, 1)


@pytest.fixture
async def row(ten, in_april):
    one = await assembly(shown_at=clock.now())
    await Assembly.update({Assembly.convened_at: clock.now()}).where(Assembly.id == one.id)
    return await meeting.by_reference(one.reference)


async def with_rules(**changed):
    await bylaws.enact("", valid_from=date(2027, 1, 1), **RULES | changed)


async def given(row, giver, holder, *, form="written", **facts):
    return await proxy.give(row, giver, holder, form=form, given_on=GIVEN, actor="", **facts)


async def test_a_second_proxy_over_the_limit_names_rule_and_paragraph(row, ten):
    await given(row, ten["M10"], ten["M07"])

    with pytest.raises(Refused) as no:
        await given(row, ten["M09"], ten["M07"])

    assert "§§ 38, 40 BGB" in no.value.words
    assert "höchstens eine Vollmacht in einer Hand" in no.value.words
    assert (no.value.field, await Proxy.count()) == ("holder", 1)


@pytest.mark.postgres
@pytest.mark.parametrize("again", ["Max Fremd", "max fremd", "  MAX  FREMD ", "Máx Fremd"])
async def test_the_limit_holds_however_the_name_of_the_holder_is_written(row, ten, again):
    await with_rules(proxies="anybody")
    await given(row, ten["M10"], None, holder_name="Max Fremd")

    with pytest.raises(Refused):
        await given(row, ten["M09"], None, holder_name=again)

    await given(row, ten["M09"], None, holder_name="Maxima Fremd")


async def test_of_two_that_reach_the_limit_at_once_one_is_refused(row, ten):
    answers = await asyncio.gather(
        given(row, ten["M10"], ten["M07"]), given(row, ten["M09"], ten["M07"]), return_exceptions=True
    )

    assert sorted(type(one).__name__ for one in answers) == ["Proxy", "Refused"]


async def test_a_proxy_that_is_revoked_makes_room(row, ten):
    first = await given(row, ten["M10"], ten["M07"])

    await proxy.revoke(row, first, actor="")
    await given(row, ten["M09"], ten["M07"])

    assert [bool(one.revoked_at) for one in await proxy.proxies_of(row)] == [True, False]


@pytest.mark.parametrize(
    ("rules", "field", "words"),
    [
        ({"proxies": "none"}, "holder", "§ 38 Satz 2, § 40 BGB"),
        ({"proxies": "member", "proxy_form": "written"}, "form", "§§ 38, 40, 126 BGB"),
    ],
)
async def test_what_the_bylaws_do_not_allow_is_refused(row, ten, rules, field, words):
    await with_rules(**rules)

    with pytest.raises(Refused) as no:
        await given(row, ten["M10"], ten["M07"], form="text")

    assert (no.value.field, words in no.value.words) == (field, True)


async def test_only_bylaws_that_say_so_let_anybody_hold_one(row, ten):
    with pytest.raises(Refused, match=r"§§ 38, 40 BGB"):
        await given(row, ten["M10"], None, holder_name="Jemand")

    await with_rules(proxies="anybody")
    await given(row, ten["M10"], None, holder_name="Jemand")

    assert [one.holder_name for one in await proxy.proxies_of(row)] == ["Jemand"]


async def test_nobody_gives_to_itself_twice_or_without_a_vote(row, ten):
    await given(row, ten["M10"], ten["M07"])
    for giver, holder in (("M10", "M08"), ("M01", "M01")):
        with pytest.raises(Refused):
            await given(row, ten[giver], ten[holder])

    assert await Proxy.count() == 1


async def test_another_delegate_takes_the_place_of_the_first(row, ten):
    for who in ("Ella Brandt", "Volkmar Issleib"):
        await delegate.name(row, ten["M01"], who=who, email="", capacity="delegate", actor="")

    assert [one.name for one in (await delegate.delegates_of(row)).values()] == ["Volkmar Issleib"]


async def test_the_list_counts_votes_by_class_and_forecasts_the_quorum(row, ten):
    await with_rules(quorum_votes="1/2")
    for number in ("M01", "M02", "M07"):
        await delegate.name(row, ten[number], who=number, email="", capacity="legal", actor="")
    await given(row, ten["M10"], ten["M07"])
    await given(row, ten["M09"], ten["M08"])  # nobody is named for M08: it may not come

    found = await voting_list.list_of(row)

    assert (found.total, found.classes) == (18, [(3, 2), (2, 4), (1, 4)])
    assert [(one.present, one.is_reached) for one in found.forecast] == [(4, True), (8, False)]


async def test_whoever_holds_more_than_a_quarter_is_named(row, ten):
    await with_rules(votes_by="sites")
    found = await voting_list.list_of(row)

    assert [(one.organisation.name, one.percent) for one in found.large] == [(ten["M01"].name, "26,1 %")]
    assert "§§ 3, 20 GwG" in voting_list.large_words(found.large[0])


async def test_a_quarter_itself_is_not_more_than_a_quarter(row, ten):
    assert (await voting_list.list_of(row)).large == []  # 3 of 18


async def test_votes_rest_while_contributions_are_owed_where_the_bylaws_say_so(row, ten):
    with pytest.raises(Refused, match=r"§§ 25, 38 BGB"):
        await suspension.suspend(row, ten["M02"], note="Beitrag 2026", actor="")
    await with_rules(arrears_suspend=True)
    with pytest.raises(Refused) as no:
        await suspension.suspend(row, ten["M02"], note=" ", actor="")

    await suspension.suspend(row, ten["M02"], note="Beitrag 2026", actor="")
    resting = await attendance.entitled(row)
    await suspension.lift(row, ten["M02"], actor="")

    assert no.value.field == "note"
    assert (ten["M02"].id in resting, sum(resting.values())) == (False, 15)
    assert sum((await attendance.entitled(row)).values()) == 18


async def test_a_representative_names_gives_and_revokes_for_the_own_member_alone(row, ten):
    ella = await somebody("Ella Brandt", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference)
    await function.appoint(ten["M01"], ella, FunctionKind.VOTING_DELEGATE)
    mine = f"/mine/{ten['M01'].reference}/assemblies/{row.reference}"
    others = f"/mine/{ten['M02'].reference}/assemblies/{row.reference}"
    theirs = await given(row, ten["M10"], ten["M07"])
    async with browser() as hers:
        await come_in(hers, ella)
        named = await submit(hers, f"{mine}/delegate", files={})
        bare = await submit(hers, f"{mine}/proxy", holder=ten["M02"].reference, files={})
        full = await submit(hers, f"{mine}/proxy", holder=ten["M07"].reference, files={"document": PDF})
        gave = await submit(hers, f"{mine}/proxy", holder=ten["M02"].reference, files={"document": PDF})
        page = await hers.get(mine)
        token = page.text.partition('name="_csrf_token" value="')[2].partition('"')[0]
        strange = [
            await hers.get(f"{others}/delegate"), await hers.get(f"{others}/proxy"),
            await hers.get(f"/office/assemblies/{row.reference}/voting-list"),
            await hers.post(f"{mine}/proxies/{theirs.reference}/revocation", data={"_csrf_token": token}),
        ]  # fmt: skip

    assert [one.status_code for one in (named, bare, full, gave)] == [303, 422, 422, 303]
    assert "§§ 38, 40 BGB" in full.text
    assert [one.name for one in (await delegate.delegates_of(row)).values()] == ["Ella Brandt"]
    assert [one.status_code for one in strange] == [404] * 4


@pytest.fixture
async def hers(row, ten):
    """The browser of who represents M01."""
    ella = await somebody("Ella Brandt", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference)
    async with browser() as one:
        yield await come_in(one, ella)


async def test_all_that_a_proxy_is_missing_is_said_at_once(row, ten, hers):
    mine = f"/mine/{ten['M01'].reference}/assemblies/{row.reference}/proxy"

    bare = await submit(hers, mine, given_on="", files={})

    assert bare.status_code == 422
    assert "Bitte sagen Sie, wer die Vollmacht hält." in bare.text
    assert "Bitte sagen Sie, an welchem Tag." in bare.text
    assert "Bitte fügen Sie die unterschriebene Vollmacht als Datei bei" in bare.text


async def test_a_proxy_is_offered_only_as_the_bylaws_allow_it(row, ten, hers):
    mine = f"/mine/{ten['M01'].reference}/assemblies/{row.reference}/proxy"
    strict = BeautifulSoup((await hers.get(mine)).text, "html.parser").select_one("main form")
    await with_rules(proxies="anybody", proxy_form="text")
    free = BeautifulSoup((await hers.get(mine)).text, "html.parser").select_one("main form")
    gave = await hers.post(mine, data=fields_of(free) | {"form": "text", "holder_name": "Jemand Anders"})

    assert [one["value"] for one in strict.select("[name=form]")] == ["written"]
    assert strict.select_one("[name=holder_name]") is None
    for name in ("holder", "document"):
        assert "freiwillig" not in strict.select_one(f"label[for={name}]").text
    assert [one["value"] for one in free.select("[name=form]")] == ["written", "text"]
    assert "Unterschrift" in free.select_one("#document-hint").text
    assert gave.status_code == 303


async def test_the_office_and_the_election_officer_enter_and_the_board_reads(desk, row, ten):
    place = f"/office/assemblies/{row.reference}/voting-list"
    officer = await somebody("Gisbert Ohm", RoleKind.ELECTION_OFFICER, of=row.reference)
    chair = await somebody("Henrike Vossberg", RoleKind.BOARD_MEMBER)
    entered = await submit(
        desk, f"{place}/proxies/new", giver=ten["M10"].reference, holder=ten["M07"].reference, given_on="1.4.2027",
        files={},
    )  # fmt: skip
    async with browser() as other:
        await come_in(other, officer)
        officers = [await other.get(f"{place}{path}") for path in ("", "/proxies/new", "/suspension")]
        await come_in(other, chair)
        board = [await other.get(f"{place}{path}") for path in ("", "/proxies/new", "/suspension")]

    assert (entered.status_code, await Proxy.count()) == (303, 1)
    assert [one.status_code for one in officers] == [200, 200, 200]
    assert [one.status_code for one in board] == [200, 404, 404]


async def test_nothing_is_given_in_an_assembly_that_is_over(row, ten):
    await Assembly.update({Assembly.closed_at: at(16)}).where(Assembly.id == row.id)

    with pytest.raises(Refused):
        await given(row, ten["M10"], ten["M07"])
    with pytest.raises(Refused):
        await delegate.name(row, ten["M01"], who="Ella", email="", capacity="legal", actor="")
