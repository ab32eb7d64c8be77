"""Issues: what they look like as mail, what is found wrong with them, and their way to the readers."""

import asyncio

import pytest

from mailing import campaigns, lists, outbox
from mailing.campaigns import KEY
from mailing.tables import Delivery, Sending, Subscriber
from network.errors import Refused
from network.newsletter import archive, checking, joining, rendering, writing
from network.newsletter.tables import Issue

WORDS = {
    "subject_de": "Einladung zum 2. Forum",
    "body_de": "# Liebe Lesende\n\nam **25. April** in [Kassel](/events/2-forum).\n\n- eins\n- zwei\n\n"
    "![Der Saal](https://example.org/saal.jpg)",
    "subject_en": "",
    "body_en": "",
}
ENGLISH = {"subject_en": "Invitation", "body_en": "Dear readers"}


async def fresh(issue):
    return await Issue.objects().get(Issue.id == issue.id)


def test_a_text_is_the_source_without_its_marks():
    assert rendering.plain_text(WORDS["body_de"]) == (
        "Liebe Lesende\n\nam 25. April in Kassel (http://localhost:8000/events/2-forum).\n\n- eins\n\n- zwei\n\n[Der Saal]"
    )


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a\nb", "a\nb"),
        ("1. eins\n2. zwei", "1. eins\n\n2. zwei"),
        ("<https://example.org>", "https://example.org"),
        ("<kim@example.org>", "kim@example.org"),
        ("[uns](mailto:kim@example.org)", "uns (kim@example.org)"),
        ("> Zitat\n\n---\n\n    Code", "Zitat\n\n* * *\n\nCode"),
        ("*a* & <b>", "a & <b>"),
    ],
)
def test_markdown_reads_well_as_text(source, text):
    assert rendering.plain_text(source) == text


def issue_with(**words):
    return Issue(_ignore_missing=True, **(WORDS | words))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({}, []),
        ({"body_de": "[x](www.example.org)"}, ["Dieser Link führt nirgendwohin: www.example.org"]),
        ({"body_de": "[x]()"}, ["Dieser Link führt nirgendwohin: ()"]),
        ({"body_de": "[x](https://nirgends)"}, ["Dieser Link führt nirgendwohin: https://nirgends"]),
        ({"body_de": "[Foren](http://localhost:8000/events) [Start](http://localhost:8000)"}, []),
        ({"body_de": "[x](http://localhost:80001/events)"},
         ["Dieser Link führt nirgendwohin: http://localhost:80001/events"]),
        ({"body_de": "[x] (https://example.org)"}, ["Das sieht aus wie ein Link, ist aber keiner: [x] (https://example.org)"]),
        ({"body_de": "[x](https://example.org"}, ["Das sieht aus wie ein Link, ist aber keiner: [x](https://example.org"]),
        ({"body_de": "![](https://example.org/a.jpg)"},
         ["Dieses Bild hat keine Beschreibung für Menschen, die es nicht sehen: https://example.org/a.jpg"]),
        ({"body_de": "![Saal](saal.jpg)"}, ["Dieses Bild ist nicht zu finden: saal.jpg"]),
        ({"body_de": "[hier](https://example.org)"}, ["Ein Link sagt nur „hier“; bitte sagen Sie, wohin er führt."]),
        ({"body_de": "[Mail](mailto:kim@example.org) [Seite](/members)"}, []),
        ({"subject_de": " "}, ["Der Betreff fehlt."]),
        ({"subject_en": "Invitation"}, ["Die englische Fassung hat einen Betreff oder einen Text, aber nicht beides."]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(words, found):
    assert [problem.text for problem in checking.problems(issue_with(**words))] == found


def test_scripts_in_an_issue_stay_words(association):
    text = rendering.text_in(
        issue_with(body_de="<script>alert(1)</script> [x](javascript:alert(1))"), "de", "Rundbrief"
    )

    assert "<script" not in text.html
    assert "javascript:" not in text.html.replace("[x](javascript:alert(1))", "")


async def test_the_message_carries_what_mail_programs_ask_for(joined, sink):
    reader = await joined("kim@example.org", name="Kim Aydın")
    issue = await writing.draft("mira", **WORDS)

    await writing.send("mira", issue)
    await outbox.deliver_due()

    [taken] = sink.taken
    message, key = taken.message, reader.key
    base = "http://localhost:8000/newsletter"
    assert message["Subject"] == "Einladung zum 2. Forum"
    assert message["To"] == "Kim Aydın <kim@example.org>"
    assert message["List-Id"] == "Rundbrief <rundbrief.example.org>"
    assert message["List-Unsubscribe"] == f"<{base}/one-click/{key}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Help"] == f"<{base}>"
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for part in (text, html):
        assert f"{base}/preferences/{key}" in part
        assert f"{base}/leave/{key}" in part
        assert "Musterufer 1" in part
        assert KEY not in part
    assert "<strong>25. April</strong>" in html
    assert "**" not in text


async def test_each_reader_gets_it_in_their_language(joined, sink):
    await joined("de@example.org")
    await joined("en@example.org", locale="en")
    issue = await writing.draft("mira", **(WORDS | ENGLISH))

    await writing.send("mira", issue)
    await outbox.deliver_due()

    said = {one.recipient: (one.message["Subject"], one.message["Content-Language"]) for one in sink.taken}
    assert said == {"de@example.org": ("Einladung zum 2. Forum", "de"), "en@example.org": ("Invitation", "en")}
    english = next(one for one in sink.taken if one.recipient == "en@example.org")
    assert "http://localhost:8000/en/newsletter/leave/" in english.message.get_body(("plain",)).get_content()


async def test_only_the_chosen_readers_get_it(joined, sink):
    for email, status, land in [
        ("a@example.org", "operating", "BE"),
        ("b@example.org", "operating", "BY"),
        ("c@example.org", "", ""),
    ]:
        await joined(email, provider_status=status, land=land)
    issue = await writing.draft("mira", **WORDS)
    await writing.choose_readers("mira", issue, ["operating"], ["BE"])

    assert await writing.send("mira", await fresh(issue)) == 1
    await outbox.deliver_due()

    assert sink.recipients == ["a@example.org"]
    assert await archive.all_sent() == []


async def test_a_sent_issue_does_not_change_any_more(joined, sink):
    await joined()
    issue = await writing.draft("mira", **WORDS)
    await writing.send("mira", issue)

    for deed in (
        writing.edit("mira", issue, **(WORDS | {"subject_de": "Anders"})),
        writing.choose_readers("mira", issue, ["operating"], []),
        writing.discard("mira", issue),
        writing.send("mira", issue),
    ):
        with pytest.raises(Refused):
            await deed

    assert (await fresh(issue)).subject_de == "Einladung zum 2. Forum"
    assert await Sending.count() == 1


async def test_pressing_send_at_once_twice_sends_once(joined, sink):
    await joined()
    issue = await writing.draft("mira", **WORDS)

    done = await asyncio.gather(*(writing.send("mira", issue) for _ in range(4)), return_exceptions=True)

    assert [one for one in done if not isinstance(one, Refused)] == [1]
    assert (await Sending.count(), await Delivery.count()) == (1, 1)


@pytest.mark.parametrize("words", [{"body_de": "[x](www.example.org)"}, {"body_de": ""}])
async def test_faults_stop_an_issue_and_nothing_is_written(joined, sink, words):
    await joined()
    issue = await writing.draft("mira", **(WORDS | words))

    with pytest.raises(Refused):
        await writing.send("mira", issue)

    assert ((await fresh(issue)).sent_at, await Sending.count()) == (None, 0)


async def test_an_issue_for_nobody_is_refused(association, sink):
    issue = await writing.draft("mira", **WORDS)

    with pytest.raises(Refused):
        await writing.send("mira", issue)

    assert (await fresh(issue)).sent_at is None


async def test_one_click_while_sending_is_running_is_not_sent_any_more(joined, sink):
    readers = [await joined(f"r{number:03}@example.org") for number in range(40)]
    issue = await writing.draft("mira", **WORDS)
    await writing.send("mira", issue)
    late, latest = readers[-1], readers[-2]
    left = asyncio.Event()

    def leave_meanwhile(command, argument):
        if command == "." and not left.is_set():
            left.set()
            asyncio.get_running_loop().create_task(joining.leave(late.key, by="one-click"))
            asyncio.get_running_loop().create_task(joining.erase("", latest.email))

    sink.answers, sink.delay = leave_meanwhile, 0.02
    await outbox.deliver_due()

    progress = await campaigns.progress((await fresh(issue)).sending)
    assert (progress.state, progress.sent, progress.skipped) == ("done", 38, 2)
    assert late.email not in sink.recipients
    assert latest.email not in sink.recipients
    assert await Delivery.exists().where(Delivery.email == latest.email) is False


async def test_dead_addresses_are_not_written_to_again(joined, sink):
    for number in range(3):
        await joined(f"r{number}@example.org")
    says = {"r0@example.org": "550 5.1.1 User unknown", "r1@example.org": "550 5.7.1 Looks like spam"}
    sink.answers = lambda command, argument: next(
        (said for email, said in says.items() if command == "RCPT" and email in argument), None
    )
    await writing.send("mira", await writing.draft("mira", **WORDS))

    await outbox.deliver_due()
    await joining.notice_bounces()

    dead = await Subscriber.objects().where(Subscriber.bounced_at != None)
    assert [one.email for one in dead] == ["r0@example.org"]


@pytest.mark.parametrize(
    ("answer", "is_dead"),
    [
        ("550 5.1.1 User unknown", True),
        ("550-5.1.1 The account does not exist", True),
        ("551 user not found here", True),
        ("550 5.7.1 User unknown to our policy", False),
        ("552 5.2.2 Mailbox full", False),
        ("550 Message rejected", False),
        ("", False),
    ],
)
def test_only_what_is_said_of_the_address_counts(answer, is_dead):
    assert lists.says_unknown(answer) is is_dead


async def test_a_test_goes_to_oneself_in_every_language(association, sink):
    issue = await writing.draft("mira", **(WORDS | ENGLISH))

    await writing.test("mira", issue, "Mira Quandt", "mira.quandt@example.org")
    await outbox.deliver_due()

    assert sorted(one.message["Subject"] for one in sink.taken) == ["Test: Einladung zum 2. Forum", "Test: Invitation"]
    assert sink.recipients == ["mira.quandt@example.org"] * 2
    assert (await fresh(issue)).sent_at is None


async def test_a_test_has_the_headers_that_readers_get(association, sink, joined):
    await joined()
    issue = await writing.draft("mira", **WORDS)

    await writing.test("mira", issue, "Mira Quandt", "mira.quandt@example.org")
    await outbox.deliver_due()
    await writing.send("mira", issue)
    await outbox.deliver_due()

    mine, readers = (
        {name: value for name, value in one.message.items() if name.startswith("List-")} for one in sink.taken
    )
    assert set(mine) == set(readers) >= {"List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Help"}
    assert mine["List-Id"] == readers["List-Id"]


async def test_without_a_mail_server_a_test_is_refused_and_an_issue_waits(joined):
    await joined()
    issue = await writing.draft("mira", **WORDS)

    with pytest.raises(Refused):
        await writing.test("mira", issue, "Mira Quandt", "mira.quandt@example.org")
    await writing.send("mira", issue)

    progress = await campaigns.progress((await fresh(issue)).sending)
    assert (progress.state, progress.waiting) == ("paused", 1)
