"""The bylaws in versions: planned ahead, put right, withdrawn; read by the office, members and, if told, everybody."""

from asyncio import gather
from datetime import date, time, timedelta
from random import Random

import pytest
from bs4 import BeautifulSoup
from piccolo.query.base import Query

from network import clock
from network.activity import Activity
from network.association import bylaws, profile, rulebook
from network.association.rulebook import changes, law
from network.association.tables import Association, Bylaws
from network.board.tables import Term
from network.demo.texts import BYLAWS, LATER_BYLAWS
from network.errors import Refused
from network.files import File
from network.i18n import speaking
from network.office import bylaws as on_today
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import COOKIE, VISITOR, Viewer
from tests.browser import submit

PDF = b"%PDF-1.7 Satzung"
BOOK = "/office/settings/bylaws"
TODAY = date(2027, 7, 20)


@pytest.fixture
def summer():
    with clock.set_to(clock.berlin(TODAY, time(9, 0))):
        yield


async def signed_in(client, kind, of=""):
    someone = await person.enter(f"Wer {kind}", f"{kind}@example.org")
    await roles.grant(someone, kind, of)
    client.cookies.set(COOKIE, await sign_in.begin_session(someone))
    return client


def words(answer):
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


@pytest.mark.parametrize("seed", range(25))
async def test_entered_and_withdrawn_in_any_order_each_day_has_what_a_replay_gives(summer, seed):
    chance = Random(seed)
    days = [TODAY + timedelta(days=n) for n in (-900, -400, -1, 0, 1, 30, 400)]
    replay: dict[date, int] = {}
    for turn in range(1, 15):
        day = chance.choice(days)
        if chance.random() < 0.6:
            await bylaws.enact("", valid_from=day, term_months=turn)
            replay[day] = turn
        elif day > TODAY:
            await bylaws.withdraw("", day)
            replay.pop(day, None)
        elif day in replay:
            with pytest.raises(Refused):
                await bylaws.withdraw("", day)

    def in_force(day):
        begun = [one for one in replay if one <= day]
        return replay[max(begun)] if begun else replay[min(replay)] if replay else 0

    looked_at = [day + timedelta(days=n) for day in days for n in (-1, 0, 1)]
    assert [(await bylaws.bylaws_on(day)).term_months for day in looked_at] == [in_force(day) for day in looked_at]
    assert len(await bylaws.versions()) == len(replay)


async def test_changed_bylaws_count_from_their_entry_in_the_register(summer):
    await bylaws.enact("", **BYLAWS)
    await bylaws.enact("", **LATER_BYLAWS)

    days = [date(2027, 7, 20), date(2027, 8, 2), date(2027, 8, 3)]
    assert [(await bylaws.bylaws_on(day)).written_resolution for day in days] == ["all", "all", "majority"]


async def test_decisions_remember_a_version_by_its_first_day_if_there_is_one(summer):
    unknown = bylaws.first_day(await bylaws.bylaws_on(TODAY))
    await bylaws.enact("", **BYLAWS)

    assert (unknown, bylaws.first_day(await bylaws.bylaws_on(TODAY))) == (None, date(1995, 5, 12))


async def test_a_version_put_right_stays_the_same_row_also_on_another_day(summer):
    first = await bylaws.enact("", valid_from=date(2027, 8, 3), term_months=24)
    moved = await bylaws.enact("", valid_from=date(2027, 8, 4), term_months=36, instead_of=date(2027, 8, 3))

    assert (moved.id, len(await bylaws.versions())) == (first.id, 1)
    assert (await bylaws.bylaws_on(date(2027, 8, 4))).term_months == 36


async def test_before_the_founding_there_were_no_bylaws(association, summer):
    await profile.change("", "association founded", founded_on=date(1995, 5, 12))

    with pytest.raises(Refused) as no:
        await bylaws.enact("", valid_from=date(1995, 5, 11))

    assert (no.value.field, "12. Mai 1995" in no.value.words) == ("valid_from", True)
    await bylaws.enact("", valid_from=date(1995, 5, 12))


async def test_a_version_never_takes_the_place_of_another(summer):
    for day in (date(2020, 1, 1), date(2027, 8, 3)):
        await bylaws.enact("", valid_from=day)

    with pytest.raises(Refused) as no:
        await bylaws.enact("", valid_from=date(2020, 1, 1), instead_of=date(2027, 8, 3))

    assert (no.value.field, await Bylaws.count()) == ("valid_from", 2)


async def test_bylaws_are_adopted_before_they_count_and_their_text_is_a_pdf(summer):
    with pytest.raises(Refused) as early:
        await bylaws.enact("", valid_from=TODAY, adopted_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused) as picture:
        await bylaws.enact("", valid_from=TODAY, document=("Satzung.png", b"\x89PNG\r\n\x1a\n"))

    assert (early.value.field, picture.value.field, await Bylaws.count()) == ("adopted_on", "document", 0)
    assert await File.count() == 0


async def test_a_text_stays_when_the_rules_are_put_right(summer):
    await bylaws.enact("", valid_from=TODAY, document=("Satzung.pdf", PDF))
    await bylaws.enact("", valid_from=TODAY, term_months=36)

    kept = await bylaws.version_of(TODAY)
    assert (kept.document is not None, kept.term_months) == (True, 36)


def test_two_versions_are_compared_rule_by_rule():
    before, after = (Bylaws(**version_of(said)) for said in (BYLAWS, LATER_BYLAWS))

    with speaking("en"):
        told = [(c.rule.name, c.before.value, c.after.value, c.after.origin) for c in changes(before, after)]

    assert told == [
        ("virtual_assembly", "only after the members have resolved so", "may be convened by the board", "Bylaws"),
        (
            "written_resolution",
            "only if all members agree, in text form",
            "with the same majority as in a meeting",
            "Bylaws",
        ),
    ]
    assert [c.rule.name for c in changes(after, before)] == ["virtual_assembly", "written_resolution"]
    assert changes(before, before) == []


def version_of(said):
    return rulebook.written({name: value for name, value in said.items() if name not in ("valid_from", "note")})


# --- pages -----------------------------------------------------------------------------------------------------------


async def test_an_association_begins_with_one_of_three_ways(client, association, summer):
    admin = await signed_in(client, RoleKind.ADMIN)
    start = await admin.get(BOOK)
    answers = [
        await submit(admin, f"{BOOK}/new?preset={name}", valid_from=day)
        for name, day in (("member", "1.1.2020"), ("sites", "1.1.2021"), ("later", "1.1.2022"))
    ]

    assert [link["href"] for link in BeautifulSoup(start.text, "html.parser").select(".choices a")] == [
        f"{BOOK}/new?preset={name}" for name in ("member", "sites", "later")
    ]
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    rules = [await bylaws.bylaws_on(date(year, 6, 1)) for year in (2020, 2021, 2022)]
    assert [(r.votes_by, r.proxies, r.convening_period, r.holdover) for r in rules] == [
        ("member", "none", 2, True),
        ("classes", "member", 4, True),
        ("member", "none", 0, False),
    ]
    assert [changes(law(), rules[2]), rules[2].spoken] == [[], ""]


async def test_a_refused_form_keeps_all_that_was_typed_and_opens_where_it_is_wrong(client, association, summer):
    admin = await signed_in(client, RoleKind.ADMIN)
    answer = await submit(
        admin, f"{BOOK}/new", valid_from="3.8.2027", quorum_votes="die Hälfte", majority_bylaws="70 %",
        board_seats="1", board_seats_deputy="zwei", minority="0,2", note="§ 9",
    )  # fmt: skip

    page = BeautifulSoup(answer.text, "html.parser")
    typed = {name: page.select_one(f"[name={name}]").get("value") for name in
             ("valid_from", "quorum_votes", "majority_bylaws", "board_seats", "board_seats_deputy", "minority")}  # fmt: skip
    assert answer.status_code == 422
    assert typed == {"valid_from": "3.8.2027", "quorum_votes": "die Hälfte", "majority_bylaws": "70 %",
                     "board_seats": "1", "board_seats_deputy": "zwei", "minority": "0,2"}  # fmt: skip
    assert page.select_one("[name=note]").text.strip() == "§ 9"
    assert {link["href"] for link in page.select(".errors a")} == {"#quorum_votes", "#board_seats_deputy", "#minority"}
    assert all(page.select_one(f"[name={name}]").find_parent("details").has_attr("open") for name in
               ("quorum_votes", "board_seats_deputy", "minority"))  # fmt: skip
    assert await Bylaws.count() == 0


async def test_the_form_of_a_version_says_again_what_the_version_says(client, association, summer):
    await bylaws.enact("", **BYLAWS, quorum_members="0", majority_purpose="all")
    before = await bylaws.version_of(BYLAWS["valid_from"])
    admin = await signed_in(client, RoleKind.ADMIN)

    stored = await submit(admin, f"{BOOK}/1995-05-12/edit")
    copied = await submit(admin, f"{BOOK}/new", valid_from="1.1.2030")

    after, copy = await bylaws.version_of(BYLAWS["valid_from"]), await bylaws.version_of(date(2030, 1, 1))
    assert (stored.status_code, copied.status_code) == (303, 303)
    assert (changes(before, after), changes(before, copy), before.spoken) == ([], [], copy.spoken)


async def test_a_planned_version_is_told_with_its_differences_and_can_be_withdrawn(client, association, summer):
    await bylaws.enact("", **BYLAWS)
    await bylaws.enact("", **LATER_BYLAWS)
    admin = await signed_in(client, RoleKind.ADMIN)

    book, version = words(await admin.get(BOOK)), words(await admin.get(f"{BOOK}/2027-08-03"))
    first = words(await admin.get(f"{BOOK}/1995-05-12"))
    gone = await submit(admin, f"{BOOK}/2027-08-03/withdrawal")
    again = await admin.get(f"{BOOK}/2027-08-03/withdrawal")

    assert "Gilt ab 3. August 2027 geplant" in book
    assert "nur wenn alle Mitglieder in Textform zustimmen" in version
    assert "mit der gleichen Mehrheit wie in einer Versammlung Satzung" in version
    assert "Satzung, in Kraft seit 12. Mai 1995" in first
    assert (gone.status_code, again.status_code, len(await bylaws.versions())) == (303, 404, 1)
    assert [a.verb for a in await Activity.objects().where(Activity.verb == "planned bylaws withdrawn")] != []


async def test_what_has_been_in_force_cannot_be_withdrawn(client, association, summer):
    await bylaws.enact("", **BYLAWS)
    admin = await signed_in(client, RoleKind.ADMIN)

    asked = await admin.get(f"{BOOK}/1995-05-12/withdrawal")
    with pytest.raises(Refused):
        await bylaws.withdraw("", BYLAWS["valid_from"])

    assert (asked.status_code, await Bylaws.count()) == (404, 1)


async def test_a_new_version_of_a_day_that_has_one_is_refused(client, association, summer):
    await bylaws.enact("", **BYLAWS)
    admin = await signed_in(client, RoleKind.ADMIN)

    answer = await submit(admin, f"{BOOK}/new", valid_from="12.5.1995", term_months="24")

    assert (answer.status_code, "Für diesen Tag gibt es schon eine Fassung." in answer.text) == (422, True)
    assert (await bylaws.version_of(BYLAWS["valid_from"])).term_months == 36


@pytest.mark.parametrize("path", ["2027-13-01", "heute", "1999-01-01", "1999-01-01/edit", "1995-05-12/document"])
async def test_what_is_not_there_is_not_found(client, association, summer, path):
    await bylaws.enact("", **BYLAWS)
    admin = await signed_in(client, RoleKind.ADMIN)

    assert (await admin.get(f"{BOOK}/{path}")).status_code == 404


READERS = [
    (RoleKind.ADMIN, [200, 200, 200, 200, 200]),
    (RoleKind.OFFICE, [200, 200, 404, 404, 200]),
    (RoleKind.EVENT_TEAM, [404, 404, 404, 404, 404]),
    (RoleKind.MEMBER_REPRESENTATIVE, [404, 404, 404, 404, 200]),
    (None, [303, 303, 303, 303, 404]),
]


@pytest.mark.parametrize(("kind", "expected"), READERS)
async def test_who_may_read_and_write_the_bylaws(client, association, summer, kind, expected):
    await bylaws.enact("", **BYLAWS)
    if kind:
        await signed_in(client, kind, "one" if kind == RoleKind.MEMBER_REPRESENTATIVE else "")

    paths = [BOOK, f"{BOOK}/1995-05-12", f"{BOOK}/new", f"{BOOK}/1995-05-12/edit", "/bylaws"]
    assert [(await client.get(path)).status_code for path in paths] == expected


async def test_the_website_shows_the_members_rules_only_if_the_association_wants_it(client, association, summer):
    await bylaws.enact("", document=("Satzung.pdf", PDF), **BYLAWS)
    await bylaws.enact("", **LATER_BYLAWS)
    hidden = [(await client.get(path)).status_code for path in ("/bylaws", "/bylaws/document")]
    await bylaws.show("")
    shown, english, text = (
        await client.get("/bylaws"),
        await client.get("/en/bylaws"),
        await client.get("/bylaws/document"),
    )
    home, sitemap = await client.get("/about"), await client.get("/sitemap.xml")
    await bylaws.hide("")
    client.cookies.clear()

    assert hidden == [404, 404]
    assert "Gilt ab 3. August 2027" in words(shown)
    assert ("Stimmübertragung" in words(shown), "Besondere Vertretung" in words(shown)) == (True, False)
    assert "another member may vote by proxy" in words(english)
    assert (text.content, text.headers["content-type"]) == (PDF, "application/pdf")
    assert ('href="/bylaws"' in home.text, "/bylaws</loc>" in sitemap.text) == (True, True)


async def test_the_administration_decides_whether_the_website_shows_them(client, association, summer):
    await bylaws.enact("", **BYLAWS)
    admin = await signed_in(client, RoleKind.ADMIN)

    shown = await submit(admin, BOOK)
    seen = (await admin.get(BOOK)).text
    hidden = await submit(admin, BOOK)

    assert (shown.status_code, "gezeigt seit 20. Juli 2027" in seen, hidden.status_code) == (303, True, 303)
    verbs = [row.verb for row in await Activity.objects().order_by(Activity.id)]
    assert verbs[-2:] == ["bylaws shown on the website", "bylaws taken off the website"]


async def test_a_file_comes_along_with_the_form(client, association, summer):
    admin = await signed_in(client, RoleKind.ADMIN)
    await submit(
        admin, f"{BOOK}/new", valid_from="1.1.2020", adopted_on="1.12.2019", files=[("document", ("Satzung.pdf", PDF))]
    )

    kept = await admin.get(f"{BOOK}/2020-01-01/document")
    assert (kept.status_code, kept.content) == (200, PDF)
    assert "Beschlossen am 1. Dezember 2019" in words(await admin.get(f"{BOOK}/2020-01-01"))


async def test_the_pages_ask_the_same_number_of_questions_whatever_the_number_of_versions(
    client, association, summer, monkeypatch
):
    asked = []
    ask = Query._run

    async def counted(self, *args, **options):
        if self.table not in (Association, Term):  # the profile is kept for a second, so that they come and go
            asked.append(self)
        return await ask(self, *args, **options)

    monkeypatch.setattr(Query, "_run", counted)
    await bylaws.enact("", **BYLAWS)
    await bylaws.show("")
    admin = await signed_in(client, RoleKind.ADMIN)
    paths = [BOOK, f"{BOOK}/1995-05-12", f"{BOOK}/new", "/bylaws"]

    async def questions():
        counts = []
        for path in paths:
            asked.clear()
            assert (await admin.get(path)).status_code == 200
            counts.append(len(asked))
        return counts

    few = await questions()
    for year in range(2000, 2040, 2):
        await bylaws.enact("", **BYLAWS | {"valid_from": date(year, 1, 1), "term_months": year - 1990})

    assert await questions() == few
    assert max(few) <= 12


@pytest.mark.postgres
async def test_two_who_enter_the_same_day_at_once_make_one_version(association, summer):
    entered = await gather(*(bylaws.enact("", valid_from=TODAY, term_months=n) for n in range(1, 9)))

    assert (len({row.id for row in entered}), len(await bylaws.versions())) == (1, 1)


async def test_today_tells_of_rules_that_come_and_have_come(summer):
    administration, office = (Viewer(roles=frozenset({(kind, "")})) for kind in (RoleKind.ADMIN, RoleKind.OFFICE))
    without = [[line.title for line in await on_today.due(one, TODAY)] for one in (administration, office, VISITOR)]
    await bylaws.enact("", **BYLAWS)
    await bylaws.enact("", **LATER_BYLAWS)
    days = [date(2027, 6, 1), TODAY, date(2027, 8, 3), date(2027, 9, 1)]
    told = [[(line.title, line.reason) for line in await on_today.due(office, day)] for day in days]

    changed = (
        "Anders als bisher: Rein virtuelle Versammlungen und Beschlüsse schriftlich oder online, ohne Versammlung."
    )
    assert without == [["Die Satzung ist noch nicht eingetragen"], [], []]
    assert told == [
        [],
        [("Eine geänderte Satzung tritt in Kraft", changed)],
        [("Eine geänderte Satzung ist in Kraft", changed)],
        [],
    ]
