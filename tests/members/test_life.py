"""The life of a membership: guest, full member, notice, exit, and what changes by itself on the day."""

from asyncio import gather
from datetime import UTC, date, datetime

import pytest

from mailing.tables import Letter
from network import clock
from network.activity import WORKER, Activity
from network.association import bylaws
from network.demo.texts import BYLAWS
from network.errors import Refused
from network.files import File
from network.i18n import speaking
from network.members import directory, guest, handed, life, membership, notice, organisation, votes
from network.members.tables import EventKind, Membership, MembershipEvent
from network.people import person, roles, sign_in
from network.people.tables import Role, RoleKind, Session
from network.people.viewer import COOKIE, VISITOR, Viewer, viewer_with
from tests.browser import send, submit
from tests.members.make import a_site, member, the_ten

OFFICE = Viewer(1, "mira", "Mira Quandt", "mira.quandt@example.org", frozenset({("office", "")}))
PDF = ("Kündigung.pdf", b"%PDF-1.7 Wir treten aus.")


def at(day: date):
    return clock.set_to(datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC))


@pytest.fixture
async def rules(association):
    await bylaws.enact("", **BYLAWS)


async def at_the_desk(desk):
    """Signed in again, now that the clock stands elsewhere."""
    mira = await person.person_at("mira.quandt@example.org")
    desk.cookies.set(COOKIE, await sign_in.begin_session(mira))


async def a_guest(since=date(2027, 1, 1), **facts):
    row = await membership.admit(
        "Saaletal Reha gGmbH", since=since, kind="guest", email="saaletal@example.org", **facts
    )
    await a_site(row, "Halle", "06108", land="ST")
    return row


async def test_the_ten_have_eighteen_votes_as_the_bylaws_of_the_day_give_them(rules):
    await the_ten()
    first = await votes.total(date(2027, 9, 5))
    await bylaws.enact("", valid_from=date(2028, 1, 1), notice_months=3, notice_to="year", votes_by="sites")

    assert first == 18
    assert [await votes.total(date(2027, 12, 31)), await votes.total(date(2028, 1, 1))] == [18, 23]
    assert sorted((await votes.votes_on(date(2027, 9, 5))).values()) == [1, 1, 1, 1, 2, 2, 2, 2, 3, 3]


async def test_a_guest_has_no_vote_and_stands_beside_the_count(rules, at_sunday):
    await the_ten()
    row = await a_guest()

    counts = await directory.counts()
    with speaking("de"):
        said = directory.in_words(counts)

    assert said == "10 Mitglieder, 23 Standorte und 1 Gastmitglied, Stand: heute"
    assert (await votes.total(clock.today()), await votes.votes_of(row, clock.today())) == (18, 0)


async def test_guests_vote_where_the_bylaws_say_so_and_an_assembly_counts_by_its_own_rules(rules, at_sunday):
    await the_ten()
    row = await a_guest()
    theirs = await bylaws.enact("", **BYLAWS | {"valid_from": date(2028, 1, 1), "guests_vote": True})

    assert [await votes.votes_of(row, day) for day in (date(2027, 12, 31), date(2028, 1, 1))] == [0, 1]
    assert (await votes.votes_on(date(2027, 12, 31), theirs))[row.id] == 1


async def test_the_public_reads_who_is_a_guest(client, rules, at_sunday):
    await the_ten()
    row = await a_guest()

    page = await client.get("/members")
    own = await client.get(f"/en/members/{row.reference}")

    assert "10 Mitglieder, 23 Standorte und ein Gastmitglied." in page.text
    assert "Gastmitglied" in page.text.partition("Saaletal Reha gGmbH</a>")[2].partition("</article>")[0]
    assert "Guest member since 2027" in own.text


async def test_a_guest_becomes_a_full_member_on_the_day_that_was_decided(rules):
    with at(date(2028, 10, 5)):
        row = await a_guest(number="M11")
        sent = await guest.make_full(row, since=date(2029, 1, 1), said_by="Vorstand", why="Beschluss 14/2028")

    rows = await membership.history(row)
    [letter] = await Letter.objects()
    counted = [(await directory.counts(day)).members for day in (date(2028, 12, 31), date(2029, 1, 1))]
    assert [(one.kind, one.since, one.until, one.number) for one in rows] == [
        ("guest", date(2027, 1, 1), date(2028, 12, 31), "M11"),
        ("full", date(2029, 1, 1), None, "M11"),
    ]
    assert (counted, [await votes.total(date(2028, 12, 31)), await votes.total(date(2029, 1, 1))]) == ([0, 1], [0, 1])
    assert (sent, letter.to_email, letter.subject) == (1, "saaletal@example.org", "Vollmitglied ab 1. Januar 2029")


async def test_on_the_day_itself_it_is_written_down_once_that_a_guest_became_a_full_member(rules):
    with at(date(2028, 10, 5)):
        row = await a_guest()
        await guest.make_full(row, since=date(2029, 1, 1))
        await life.mark_days()
        before = await MembershipEvent.count()
    with at(date(2029, 1, 2)):
        await life.mark_days()
        await life.mark_days()

    written = await Activity.objects().where((Activity.actor == WORKER) & Activity.thing.like("organisation:%"))
    assert (before, await MembershipEvent.count()) == (1, 2)
    assert [(one.verb, one.label) for one in written] == [("became a full member", "Saaletal Reha gGmbH")]


async def test_whoever_is_no_guest_cannot_become_a_full_member(rules, at_sunday):
    full = await member("Schon voll e. V.")
    leaving = await a_guest()
    await membership.resign(leaving, until=date(2027, 12, 31))

    for row in (full, leaving):
        with pytest.raises(Refused):
            await guest.make_full(row, since=date(2027, 10, 1))


async def test_today_asks_about_a_guest_three_months_before_its_time_ends_and_afterwards(rules):
    row = await a_guest()
    with speaking("de"):
        lines = {day: await handed.due(OFFICE, day) for day in (date(2028, 10, 1), date(2028, 10, 2), date(2029, 1, 1))}

    assert [len(found) for found in lines.values()] == [0, 1, 1]
    soon, over = lines[date(2028, 10, 2)][0], lines[date(2029, 1, 1)][0]
    assert (soon.title, soon.day, soon.kind) == (
        "Saaletal Reha gGmbH: Gast oder Vollmitglied?",
        date(2028, 12, 31),
        "info",
    )
    assert (over.kind, over.state, over.action_url) == (
        "warn", "Gastzeit ist um", f"/office/members/{row.reference}/full",
    )  # fmt: skip
    assert (await directory.counts(date(2029, 6, 1))).guests == 1


async def test_a_notice_is_reckoned_in_words(rules):
    with speaking("de"):
        late = (await notice.reckon(date(2027, 10, 2))).words
        in_time = (await notice.reckon(date(2027, 9, 30))).words

    assert late == (
        "Nach der Satzung beträgt die Kündigungsfrist 3 Monate zum Jahresende. Die am 2. Oktober 2027 eingegangene "
        "Kündigung kommt für den 31. Dezember 2027 zu spät: Dafür hätte sie bis zum 30. September 2027 da sein müssen. "
        "Sie wirkt zum 31. Dezember 2028."
    )
    assert in_time.endswith("Die am 30. September 2027 eingegangene Kündigung wirkt zum 31. Dezember 2027.")


async def test_another_day_needs_a_reason_and_the_letter_tells_it(rules, at_sunday):
    row = await member("Haus e. V.", email="haus@example.org")
    with pytest.raises(Refused) as no:
        await notice.receive(row, received=date(2027, 9, 1), said_by="Vorstand", until=date(2027, 9, 30))
    await notice.receive(row, received=date(2027, 9, 1), said_by="Vorstand", until=date(2027, 9, 30), why="Auflösung")

    [letter] = await Letter.objects()
    assert no.value.field == "why"
    assert (await membership.history(row))[0].until == date(2027, 9, 30)
    assert "Vereinbart wurde stattdessen der 30. September 2027. Grund: Auflösung" in letter.text


async def test_a_notice_of_tomorrow_and_a_second_one_are_refused(rules, at_sunday):
    row = await member("Haus e. V.")
    with pytest.raises(Refused) as early:
        await notice.receive(row, received=date(2027, 9, 6), said_by="Vorstand")
    await notice.receive(row, received=date(2027, 9, 5), said_by="Vorstand")
    with pytest.raises(Refused):
        await notice.receive(row, received=date(2027, 9, 5), said_by="Vorstand")

    assert (early.value.field, await MembershipEvent.count()) == ("received", 1)


async def test_a_notice_taken_back_gives_everything_back(rules, at_sunday):
    row = await member("Haus e. V.", email="haus@example.org")
    ella = await person.enter("Ella Brandt", "ella.brandt@example.org", locale="en")
    await roles.grant(ella, RoleKind.MEMBER_REPRESENTATIVE, row.reference)
    await notice.receive(row, received=date(2027, 9, 1), said_by="Vorstand")
    ended = (await Role.objects().first()).until
    await notice.take_back(row, said_by="Vorstand", why="Es geht doch weiter")

    steps = [step.words for step in await life.timeline(row)]
    letters = await Letter.select(Letter.to_email, Letter.template, Letter.locale).order_by(Letter.id)
    assert (ended, (await Role.objects().first()).until, (await membership.history(row))[0].until) == (
        date(2027, 12, 31), None, None,
    )  # fmt: skip
    assert [(one["to_email"], one["template"].partition("/")[2], one["locale"]) for one in letters] == [
        ("haus@example.org", "notice_confirmed", "de"), ("ella.brandt@example.org", "notice_confirmed", "en"),
        ("haus@example.org", "notice_taken_back", "de"), ("ella.brandt@example.org", "notice_taken_back", "en"),
    ]  # fmt: skip
    assert [step.split(";")[0] for step in steps] == [
        "Kündigung zurückgenommen", "Kündigung eingegangen", "Mitglied von diesem Tag an",
    ]  # fmt: skip


async def test_a_guest_that_leaves_before_its_full_membership_stays_a_guest_until_then(rules, at_sunday):
    row = await a_guest()
    await guest.make_full(row, since=date(2029, 1, 1))
    await notice.receive(row, received=date(2027, 9, 1), said_by="Vorstand")

    assert [(one.kind, one.until) for one in await membership.history(row)] == [("guest", date(2027, 12, 31))]


async def test_a_guest_that_stays_after_all_becomes_a_full_member_on_the_day_decided_before(rules, at_sunday):
    row = await a_guest(number="M77")
    await guest.make_full(row, since=date(2028, 1, 1))
    decided = await histories(row)
    await notice.receive(row, received=date(2027, 9, 1), said_by="Vorstand")
    gone = await histories(row)
    await notice.take_back(row, said_by="Vorstand")

    assert decided == [("guest", date(2027, 12, 31), "M77"), ("full", None, "M77")]
    assert gone == decided[:1]
    assert await histories(row) == decided


async def test_a_guest_for_whom_nothing_was_decided_stays_a_guest_after_all(rules, at_sunday):
    row = await a_guest()
    await notice.receive(row, received=date(2027, 9, 1), said_by="Vorstand")
    await notice.take_back(row, said_by="Vorstand")

    assert await histories(row) == [("guest", None, "")]


async def histories(row) -> list[tuple[str, date | None, str]]:
    return [(one.kind, one.until, one.number) for one in await membership.history(row)]


async def test_after_the_last_day_roles_sessions_and_sign_in_are_gone_and_today_says_so_once(rules):
    with at(date(2027, 9, 1)):
        row = await member("Haus e. V.")
        ella = await person.enter("Ella Brandt", "ella.brandt@example.org")
        await roles.grant(ella, RoleKind.MEMBER_REPRESENTATIVE, row.reference)
        await notice.receive(row, received=date(2027, 9, 1), said_by="Vorstand")
    with at(date(2027, 12, 31)):
        token = await sign_in.begin_session(ella)
        inside = await viewer_with(token)
        await life.mark_days()
    with at(date(2028, 1, 1)), speaking("de"):
        outside = await viewer_with(token)
        await life.mark_days()
        await life.mark_days()
        await sign_in.ask_for_link("ella.brandt@example.org")
        lines = [await handed.due(OFFICE, date(2028, 1, day)) for day in (1, 14, 15)]

    assert (inside.holds(RoleKind.MEMBER_REPRESENTATIVE, row.reference), outside.roles) == (True, frozenset())
    assert (await Session.count(), await Letter.count().where(Letter.template == "people/sign_in_link")) == (0, 0)
    assert [[line.title for line in found] for found in lines] == [
        ["Haus e. V. ist aus dem Verband ausgeschieden"]
    ] * 2 + [[]]
    assert await Activity.count().where(Activity.verb == "left the association") == 1


async def test_a_membership_that_ended_long_ago_is_no_news(rules, at_sunday):
    row = await member("Alt e. V.")
    await membership.resign(row, until=date(2020, 12, 31))

    await life.mark_days()

    assert await MembershipEvent.count() == 0
    with speaking("de"):
        assert [(step.day, step.words) for step in await life.timeline(row)] == [
            (date(2020, 12, 31), "Letzter Tag der Mitgliedschaft"), (date(2001, 1, 1), "Mitglied von diesem Tag an"),
        ]  # fmt: skip


async def test_what_was_decided_on_its_first_day_is_told_in_one_line(rules, at_sunday):
    row = await a_guest(since=date(2027, 9, 1))
    await life.note(row, EventKind.GUEST, on=date(2027, 9, 1), effective_on=date(2027, 9, 1), said_by="Vorstand")
    await guest.make_full(row, since=clock.today(), said_by="Vorstand")

    with speaking("de"):
        told = [step.words for step in await life.timeline(row)]

    assert told == [
        "Als Vollmitglied aufgenommen, ab 5. September 2027", "Als Gastmitglied aufgenommen, ab 1. September 2027",
    ]  # fmt: skip


async def test_visitors_are_told_nothing_of_guests_and_farewells(rules):
    await a_guest()

    assert await handed.due(VISITOR, date(2029, 1, 1)) == []


async def test_a_notice_entered_after_its_last_day_says_when_the_membership_ended(desk, rules):
    row = await member("Haus e. V.")

    stored = await submit(desk, f"/office/members/{row.reference}/notice?received=1.9.2020", said_by="Vorstand")
    told = (await desk.get(stored.headers["location"])).text

    assert "Die Mitgliedschaft endete am 31. Dezember 2020." in told


@pytest.mark.parametrize("day", [date(1700, 1, 1), date(2150, 1, 1)])
async def test_no_membership_begins_or_ends_on_a_day_that_nobody_can_mean(rules, at_sunday, day):
    row, new = await a_guest(), await organisation.enter("Neu e. V.")
    [guest_time] = await membership.history(row)
    deeds = [
        membership.correct(guest_time, row, since=day, number=""),
        membership.join(new, since=day),
        membership.resign(row, until=day),
        guest.make_full(row, since=day),
    ]

    for deed in deeds:
        with speaking("de"), pytest.raises(Refused, match="zwischen 1800 und 2037"):
            await deed

    assert await histories(row) == [("guest", None, "")]
    assert await Membership.count() == 1


async def test_the_office_sees_the_day_before_it_stores_the_notice(desk, rules):
    with at(date(2027, 10, 4)):
        await at_the_desk(desk)
        row = await member("Haus e. V.", email="haus@example.org")
        await a_site(row, "Kassel", "34117")
        place = f"/office/members/{row.reference}/notice"
        page = await desk.get(f"{place}?received=2.10.2027")
        wrong = await desk.get(f"{place}?received=2.13.2027")
        nobody = await submit(desk, f"{place}?received=2.10.2027", files={"document": PDF})
        text = await submit(
            desk, f"{place}?received=2.10.2027", said_by="Vorstand", files={"document": ("x.pdf", b"Hallo")}
        )
        stored = await submit(desk, f"{place}?received=2.10.2027", said_by="Vorstand", files={"document": PDF})
        own = await desk.get(stored.headers["location"])
        [file] = await File.objects()
        document = await desk.get(f"/office/members/{row.reference}/life/{file.reference}")
        again = await desk.get(place)

    assert "Die Mitgliedschaft endet am 31. Dezember 2028" in page.text
    assert "Ein Standort geht mit, eine Stimme geht mit." in " ".join(page.text.split())
    assert [answer.status_code for answer in (wrong, nobody, text, stored)] == [422, 422, 422, 303]
    assert "weder ein PDF noch ein PNG- oder JPEG-Bild" in text.text
    assert "Ein Brief liegt im Postausgang." in own.text
    assert "Kündigung.pdf" in own.text
    assert (again.status_code, document.content) == (404, PDF[1])


async def test_of_two_notices_at_the_same_moment_one_is_stored(rules, at_sunday):
    row = await member("Haus e. V.", email="haus@example.org")

    outcomes = await gather(
        *(notice.receive(row, received=date(2027, 9, 1), said_by="Vorstand") for _ in range(3)), return_exceptions=True
    )

    assert sorted(isinstance(outcome, Refused) for outcome in outcomes) == [False, True, True]
    assert (await MembershipEvent.count(), await Letter.count()) == (1, 1)


async def test_a_double_click_stores_one_notice(desk, rules):
    row = await member("Haus e. V.", email="haus@example.org")
    page = await desk.get(f"/office/members/{row.reference}/notice")
    answers = [await send(desk, page, said_by="Vorstand") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert (await MembershipEvent.count(), await Letter.count()) == (1, 1)


async def test_the_office_makes_a_guest_a_full_member(desk, rules):
    with at(date(2028, 10, 5)):
        await at_the_desk(desk)
        row = await a_guest()
        page = await desk.get(f"/office/members/{row.reference}/full")
        answer = await submit(
            desk, f"/office/members/{row.reference}/full", said_by="Vorstand", why="Beschluss 14/2028"
        )
        own = await desk.get(answer.headers["location"])

    assert 'value="1.1.2029"' in page.text
    assert "Gastmitglied, Vollmitglied ab 1. Januar 2029" in own.text
    assert "Vorstand: Beschluss 14/2028" in own.text
    assert await Membership.count() == 2
