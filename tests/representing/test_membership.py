"""A member looks at its membership and gives notice itself; what the office reads of it."""

import asyncio
from datetime import UTC, date, datetime, time

import pytest
from bs4 import BeautifulSoup

from mailing.tables import Letter
from network import clock
from network.association import bylaws
from network.errors import Refused
from network.files import File, keep_document
from network.members import function, handed, life, membership, notice, votes
from network.members.rules import may_give_notice
from network.members.tables import EventKind, FunctionKind, MembershipEvent
from network.people import person, sign_in
from network.people.viewer import viewer_with
from network.representing import colleague
from tests.browser import send, submit

PDF = b"%PDF-1.7 ..."
OCTOBER = datetime(2027, 10, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
async def in_october(association):
    """By bylaws with three months to the end of the year: a day too late for this one."""
    await bylaws.enact("", valid_from=date(1995, 5, 12), notice_months=3, notice_to="year", votes_by="member")
    with clock.set_to(OCTOBER):
        yield


@pytest.fixture
async def speaker(in_october, neckarbogen, ella, house):
    """The representative's browser; she is the voting delegate, too."""
    await function.appoint(neckarbogen, ella, FunctionKind.VOTING_DELEGATE)
    return await again(house, ella)


async def again(browser, someone):
    browser.cookies.set("verbund", await sign_in.begin_session(someone))
    return browser


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


async def test_the_page_says_beforehand_when_the_membership_would_end_and_why(speaker, neckarbogen):
    told = words(await speaker.get(f"/mine/{neckarbogen.reference}/membership"))

    assert "Eine Kündigung von heute beendet die Mitgliedschaft am 31. Dezember 2028." in told
    assert "30. September 2027 da sein müssen. Sie wirkt zum 31. Dezember 2028." in told
    assert "Stimmen 1" in told
    assert "1. Januar 1995 Mitglied von diesem Tag an" in told


async def test_a_notice_counts_from_its_receipt_is_confirmed_and_read_by_the_office(
    speaker, desk, mira, neckarbogen, ella
):
    here = f"/mine/{neckarbogen.reference}/membership"

    given = await submit(speaker, f"{here}/notice", by="Ella Brandt", sure="y")

    assert (given.status_code, given.headers["location"]) == (303, here)
    assert (await membership.open_ended(neckarbogen)).until == date(2028, 12, 31)
    event = await MembershipEvent.objects().first()
    assert (event.kind, event.on, event.said_by, event.actor) == (
        "own_notice", date(2027, 10, 2), "Ella Brandt", ella.reference,
    )  # fmt: skip
    assert "kündigt hiermit die Mitgliedschaft zum nächstmöglichen Tag, dem 31. Dezember 2028" in event.why
    letters = await Letter.objects().where(Letter.template == "members/notice_confirmed")
    assert {letter.to_email for letter in letters} == {"haus@example.org", "ella.brandt@example.org"}
    assert "Ella Brandt hat auf unseren Seiten erklärt" in " ".join(letters[0].text.split())
    assert "endet am 31. Dezember 2028" in words(await speaker.get(here))

    await again(desk, mira)
    assert "Neckarbogen Reha und Arbeit gGmbH hat gekündigt" in words(await desk.get("/office"))
    page = await desk.get(f"/office/members/{neckarbogen.reference}")
    assert "Ella Brandt hat am 2. Oktober 2027 erklärt" in words(page)
    await send(desk, page, form=0)
    assert "hat gekündigt" not in words(await desk.get("/office"))
    assert [step.words for step in (await life.timeline(neckarbogen))[:2]] == [
        "Die Geschäftsstelle hat die Kündigung gelesen",
        "Das Mitglied hat selbst gekündigt; die Mitgliedschaft endet am 31. Dezember 2028",
    ]


async def test_on_the_day_after_the_vote_is_gone_and_the_door_closed(speaker, neckarbogen):
    await submit(speaker, f"/mine/{neckarbogen.reference}/membership/notice", by="Ella Brandt", sure="y")

    with clock.set_to(clock.berlin(date(2028, 12, 31), time(12, 0))):
        assert await votes.votes_of(neckarbogen, clock.today()) == 1
    with clock.set_to(clock.berlin(date(2029, 1, 1), time(12, 0))):
        assert await votes.votes_of(neckarbogen, clock.today()) == 0
        assert (await speaker.get(f"/mine/{neckarbogen.reference}/membership")).status_code in (303, 404)


async def test_without_the_tick_or_a_name_nothing_happens(speaker, neckarbogen):
    where = f"/mine/{neckarbogen.reference}/membership/notice"

    refused = await submit(speaker, where, by="")

    assert (refused.status_code, await MembershipEvent.count()) == (422, 0)
    assert "Bitte kreuzen Sie an, dass Sie das erklären." in words(refused)
    assert "kündigt hiermit" in words(refused)


async def test_bylaws_that_want_a_signature_get_its_picture(speaker, neckarbogen):
    await bylaws.enact("", valid_from=date(2020, 1, 1), notice_months=3, notice_to="year", notice_form="written")
    where = f"/mine/{neckarbogen.reference}/membership/notice"

    unsigned = await submit(speaker, where, by="Ella Brandt", sure="y")
    assert "Bitte fügen Sie das unterschriebene Schreiben bei" in words(unsigned)
    no_paper = await submit(speaker, where, by="Ella Brandt", sure="y", files={"document": ("brief.pdf", b"MZ")})
    assert [unsigned.status_code, no_paper.status_code, await MembershipEvent.count()] == [422, 422, 0]
    await submit(speaker, where, by="Ella Brandt", sure="y", files={"document": ("brief.pdf", PDF)})

    [step] = [one for one in await life.timeline(neckarbogen) if one.document]
    assert (await speaker.get(f"/mine/{neckarbogen.reference}/membership/{step.document}")).content == PDF
    assert await File.count() == 1


async def test_documents_of_the_boards_steps_are_not_the_members(speaker, neckarbogen):
    paper = await keep_document("protokoll.pdf", PDF)
    await life.note(neckarbogen, EventKind.FULL, on=date(1995, 1, 1), effective_on=date(1995, 1, 1), why="4 zu 3",
                    document=paper)  # fmt: skip
    here = f"/mine/{neckarbogen.reference}/membership"

    assert (await speaker.get(f"{here}/{paper.reference}")).status_code == 404
    assert "4 zu 3" not in words(await speaker.get(here))


async def test_whoever_only_looks_after_addresses_gives_no_notice(in_october, neckarbogen, ella, house):
    here = f"/mine/{neckarbogen.reference}/membership"
    await again(house, ella)
    told = words(await house.get(here))
    page = await house.get(f"{here}/notice")
    token = (await house.get(f"/mine/{neckarbogen.reference}/edit")).text.partition('"_csrf_token" value="')[2]

    forced = await house.post(
        f"{here}/notice",
        data={"_csrf_token": token.partition('"')[0], "by": "Ella", "sure": "y", "seen": "2028-12-31"},
    )

    assert "Hier kündigt die Geschäftsführung oder die stimmberechtigte Person" in told
    assert (page.status_code, page.headers["location"]) == (303, here)
    assert (forced.status_code, await MembershipEvent.count()) == (303, 0)


@pytest.mark.usefixtures("in_october")
@pytest.mark.parametrize(
    ("kind", "days", "may"),
    [
        (FunctionKind.DIRECTOR, {}, True),
        (FunctionKind.VOTING_DELEGATE, {"since": date(2020, 1, 1)}, True),
        (FunctionKind.DIRECTOR, {"since": date(2027, 10, 3)}, False),
        (FunctionKind.DIRECTOR, {"until": date(2027, 10, 1)}, False),
        (FunctionKind.CONTACT, {}, False),
        (FunctionKind.QUALITY, {}, False),
    ],
)
async def test_a_representative_speaks_for_the_member_by_its_function(neckarbogen, ella, kind, days, may):
    await function.appoint(neckarbogen, ella, kind, **days)

    assert await may_give_notice(await seen_by(ella), neckarbogen) is may


async def test_nobody_else_gives_notice_for_a_member(in_october, neckarbogen, rheinweg, ella, mira):
    stranger = await person.enter("Bo Lindqvist", "bo.lindqvist@example.org")
    for someone in (ella, stranger, mira):
        await function.appoint(neckarbogen, someone, FunctionKind.DIRECTOR)
    viewers = [await seen_by(someone) for someone in (ella, stranger, mira)]

    assert [await may_give_notice(one, neckarbogen) for one in viewers] == [True, False, False]
    assert await may_give_notice(viewers[0], rheinweg) is False


async def seen_by(someone):
    return await viewer_with(await sign_in.begin_session(someone))


async def test_a_day_that_changed_meanwhile_is_read_once_more(speaker, neckarbogen, ella):
    page = await speaker.get(f"/mine/{neckarbogen.reference}/membership/notice")
    with clock.set_to(datetime(2028, 11, 1, 9, 0, tzinfo=UTC)):
        await again(speaker, ella)
        stale = await send(speaker, page, by="Ella Brandt", sure="y")

        assert (stale.status_code, await MembershipEvent.count()) == (422, 0)
        assert "Der Tag ist jetzt ein anderer" in words(stale)
        assert "31. Dezember 2029" in words(stale)
        assert (await send(speaker, stale, by="Ella Brandt", sure="y")).status_code == 303


async def test_a_double_click_gives_one_notice_and_a_second_page_none(speaker, neckarbogen):
    where = f"/mine/{neckarbogen.reference}/membership/notice"
    page, other = await speaker.get(where), await speaker.get(where)

    answers = [await send(speaker, one, by="Ella Brandt", sure="y") for one in (page, page, other)]

    assert [one.status_code for one in answers] == [303, 303, 303]
    assert await MembershipEvent.count() == 1


@pytest.mark.postgres
async def test_of_two_who_give_notice_at_the_same_moment_one_does(in_october, neckarbogen, ella):
    await function.appoint(neckarbogen, ella, FunctionKind.DIRECTOR)
    viewer = await viewer_with(await sign_in.begin_session(ella))

    answers = await asyncio.gather(
        *(notice.give(neckarbogen, viewer, said_by="Ella", seen=date(2028, 12, 31)) for _one in range(2)),
        return_exceptions=True,
    )

    assert sum(isinstance(one, Refused) for one in answers) == 1
    assert await MembershipEvent.count() == 1


async def test_the_office_takes_it_back_with_the_members_word(speaker, desk, mira, neckarbogen):
    await submit(speaker, f"/mine/{neckarbogen.reference}/membership/notice", by="Ella Brandt", sure="y")
    await again(desk, mira)

    await submit(desk, f"/office/members/{neckarbogen.reference}/notice/withdrawal", said_by="Ella Brandt")

    assert (await membership.open_ended(neckarbogen)).until is None
    assert await notice.unread() == []
    assert await handed.own_notices() == []
    told = words(await speaker.get(f"/mine/{neckarbogen.reference}/membership"))
    assert "Eine Kündigung von heute" in told
    assert len(await colleague.representatives(neckarbogen)) == 1


async def test_of_others_the_page_does_not_exist(speaker, rheinweg):
    for path in ("membership", "membership/notice"):
        assert (await speaker.get(f"/mine/{rheinweg.reference}/{path}")).status_code == 404
