"""The report: drafted, edited, published, as a page and as a document."""

import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from network import clock, documents
from network.errors import Refused
from network.events import checkin, report
from network.events.tables import Report
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from tests.browser import submit
from tests.events.make import forum, people, sign_up


async def past_forum(**facts):
    """A forum of yesterday with twenty-one people of one organisation each, who all came."""
    starts_at = clock.ahead(days=1)
    event = await forum(starts_at=starts_at, deadline=starts_at, slug="2-austauschforum", **facts)
    for number in range(21):
        await sign_up(event, f"Gast {number}", organisation=f"Haus {number}")
    with clock.set_to(event.starts_at):
        for one in await people(event):
            await checkin.tick(event.id, one.reference, actor="mira")
    return event


async def office(client):
    mira = await person.enter("Mira Quandt", "mira.quandt@example.org")
    await roles.grant(mira, RoleKind.OFFICE)
    client.cookies.set("verbund", await sign_in.begin_session(mira))


async def test_the_draft_begins_with_the_figures_in_both_languages(association):
    event = await past_forum(description_de="Wir tauschen uns aus.")

    draft = await report.draft(event, "Mira Quandt")

    day = report.facts.day(event)
    assert draft["title_de"] == "Bericht: 2. Austauschforum"
    assert draft["body_de"] == (
        f"Über 20 Teilnehmende aus über 20 Organisationen waren am {day} in Kassel dabei.\n\n"
        "## Worum es ging\n\nWir tauschen uns aus.\n"
    )
    assert draft["body_en"].startswith("Over 20 participants from over 20 organisations took part on ")


async def test_it_is_published_only_when_the_event_is_over(association):
    event = await past_forum()
    words = {"actor": "mira", "written_on": clock.today(), "title_de": "Bericht", "body_de": "Gut.", "author": "Mira"}

    with pytest.raises(Refused, match="vorbei"):
        await report.write(event.id, publish=True, **words)
    with pytest.raises(Refused, match="vorbei"):
        await report.write(event.id, **words)
    with clock.set_to(event.ends_at):
        kept = await report.write(event.id, **words)
        published = await report.write(event.id, publish=True, **words)

    assert (kept.published_at, published.published_at) == (None, event.ends_at)
    assert await Report.count() == 1


async def test_from_the_form_to_the_permanent_page_and_its_pdf(client, association):
    event = await past_forum()
    await office(client)
    place = f"/office/events/{event.reference}/report"

    with clock.set_to(event.ends_at + timedelta(hours=1)):
        written_on = clock.today()
        client.cookies.clear()
        await office(client)
        drafted = await client.get(place)
        kept = await submit(client, place, open_questions_de="Wer zahlt?")
        hidden = await client.get("/events/2-austauschforum/report")
        done = await submit(client, place, press="publish")
    client.cookies.clear()
    page = await client.get("/events/2-austauschforum/report")
    english = await client.get("/en/events/2-austauschforum/report")
    document = await client.get("/events/2-austauschforum/report.pdf")

    assert "Über 20 Teilnehmende aus über 20 Organisationen" in drafted.text
    assert (kept.status_code, hidden.status_code, done.status_code) == (303, 404, 303)
    assert (page.status_code, page.headers["cache-control"]) == (200, "public, max-age=0, must-revalidate")
    assert "Wer zahlt?" in page.text
    assert "Over 20 participants" in english.text
    pdf = PdfReader(io.BytesIO(document.content))
    root = pdf.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], pdf.metadata.title) == (
        True, "de", "Bericht: 2. Austauschforum",
    )  # fmt: skip
    assert "Über 20 Teilnehmende aus über 20 Organisationen" in pdf.pages[0].extract_text()
    assert b"pdfuaid" in document.content
    told = [" ".join(page.extract_text().split()) for page in pdf.pages]
    assert f"Mira Quandt · {report.facts.format_day(written_on)}" in told[0]
    assert told[0].endswith("1 / 1")
    for words in ("Vertreten durch: ", "VR 00000 B", "Impressum: http://localhost:8000/imprint",
                  "Dieser Bericht steht dauerhaft unter http://localhost:8000/events/2-austauschforum/report"):  # fmt: skip
        assert words in told[0]


async def test_what_a_report_says_in_german_alone_is_marked_on_its_english_page(client, association):
    event = await past_forum(title_en="", lead_de="Ein Tag.", costs_de="Nichts")
    words = {"actor": "mira", "written_on": clock.today(), "author": "Mira", "publish": True, "title_de": "Bericht",
             "body_de": "Gut.", "open_questions_de": "Wer zahlt?\nWann?"}  # fmt: skip

    async def languages(**english):
        with clock.set_to(event.ends_at):
            await report.write(event.id, **words, **english)
        page = await client.get(f"/en/events/2-austauschforum/report?{len(english)}")
        main = BeautifulSoup(page.text, "html.parser").main
        return [main.h1.get("lang"), main.article.div.get("lang"), main.article.ul.get("lang"), main.article.ul.li.text]

    assert await languages() == ["de", "de", "de", "Wer zahlt?"]
    assert await languages(title_en="Report", body_en="Good.") == [None, None, "de", "Wer zahlt?"]
    everything = {"title_en": "Report", "body_en": "Good.", "open_questions_en": "Who pays?"}
    assert await languages(**everything) == [None, None, None, "Who pays?"]


async def test_a_refused_report_keeps_what_was_typed(client, association):
    event = await past_forum()
    await office(client)

    with clock.set_to(event.ends_at):
        client.cookies.clear()
        await office(client)
        answer = await submit(client, f"/office/events/{event.reference}/report", body_de="", title_de="Mein Titel")

    assert (answer.status_code, "Mein Titel" in answer.text, await Report.count()) == (422, True, 0)


@pytest.mark.parametrize(
    ("markdown", "standard"),
    [
        ("## eins\n\n#### zwei\n\n# drei", True),
        ("> # in einem Zitat\n\n- # in einer Liste\n-", True),
        ("#\n\n| a | b |\n|---|---|\n| 1 |", True),
        ('#set text(red) $x$ \\" [a](javascript:x) <b>roh</b>', True),
        ("Ein Gesicht: 😀", False),
    ],
)
async def test_no_text_breaks_the_document(markdown, standard):
    data = {"language": "de", "title": "T", "association": "V", "facts": [], "byline": "", "questions": [],
            "questions_title": "", "questions_language": "de", "stands_at": "", "imprint": ["V"],
            "address": "https://example.org", "body": documents.blocks(markdown)}  # fmt: skip

    made = await documents.pdf("report", data)

    assert (made.startswith(b"%PDF-"), b"pdfuaid" in made) == (True, standard)


def test_headings_of_a_document_keep_their_rank_without_gaps():
    levels = [one["level"] for one in documents.blocks("## a\n\n## b\n\n#### c\n\n# d\n\n### e") if "level" in one]

    assert levels == [1, 1, 2, 1, 2]
