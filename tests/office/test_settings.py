"""What the association says of itself is changed in one place, by the administration."""

import pytest
from bs4 import BeautifulSoup

from network.activity import Activity
from network.association import pages, profile
from network.association.tables import Notice
from network.files import File
from tests.browser import send, submit
from tests.office.make import mira, pia

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


async def test_a_changed_name_is_on_every_page_at_once(client, association):
    await pia(client)

    saved = await submit(client, "/office/settings", full_name="Bundesverband Neue Wege e. V.")

    assert saved.status_code == 303
    assert "Bundesverband Neue Wege e. V." in (await client.get("/imprint")).text


async def test_a_refused_form_keeps_what_was_typed(client, association):
    await pia(client)

    refused = await submit(client, "/office/settings", accent="#ffee88", phone="+49 30 123")

    assert refused.status_code == 422
    assert "zu hell" in refused.text
    assert 'value="#ffee88"' in refused.text
    assert 'value="+49 30 123"' in refused.text
    assert (await profile.known_profile()).phone == "+49 30 000000"


async def test_the_office_reads_the_settings_and_gets_no_form(client, association):
    await mira(client)

    page = await client.get("/office/settings")

    assert page.status_code == 200
    assert 'enctype="multipart/form-data"' not in page.text
    main = BeautifulSoup(page.text, "html.parser").select_one("main")
    assert main.select_one("dl.facts dt").text == "Voller Name"
    assert [title.text for title in main.select("section.card h2")] == [
        "Name", "Anschrift", "Register und Verantwortung", "Datenschutz", "Was Sie über sich sagen", "Impressum",
        "Briefe kommen von", "Satzung", "Geschichte des Verbands", "Datenschutztexte",
    ]  # fmt: skip
    assert [title.text for title in main.select("dd.prose[lang=de] :is(h2, h3, h4)")] == [
        "Was uns verbindet",
        "Was wir tun",
    ]


async def test_a_new_logo_replaces_the_old_one_for_everybody(client, association):
    await pia(client)

    await with_logo(client, "erstes.png", PNG)
    await with_logo(client, "zweites.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 40)
    known = await profile.known_profile()
    shown = await client.get(known.logo_url)

    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    assert await File.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "weder ein PNG- noch ein JPEG"),
        (PNG + b"\0" * 1024 * 1024, "größer als 1 MB"),
    ],
)
async def test_what_is_no_picture_or_too_large_is_refused_and_nothing_is_stored(client, association, content, words):
    await pia(client)

    refused = await with_logo(client, "logo.png", content, town="Hamburg")

    assert refused.status_code == 422
    assert words in refused.text
    assert (await File.count(), (await profile.known_profile()).town) == (0, "Berlin")


async def test_a_changed_privacy_text_is_a_new_version_and_the_old_one_stays(client, association):
    someone = await pia(client)

    await submit(client, "/office/settings/notices/newsletter", text_de="Neuer Text")
    await submit(client, "/office/settings/notices/newsletter", text_de="Neuer Text")

    versions = await Notice.select(Notice.version).where(Notice.place == "newsletter").order_by(Notice.id)
    deed = (
        await Activity.objects()
        .where(Activity.actor == someone.reference)
        .order_by(Activity.id, ascending=False)
        .first()
    )
    assert [row["version"] for row in versions] == ["1", "2"]
    assert (await pages.notice("newsletter")).text_de == "Neuer Text"
    assert (deed.verb, deed.detail) == ("privacy text changed", "2")


async def test_a_preview_changes_nothing_and_runs_no_script(client, association):
    await pia(client)

    shown = await submit(
        client, "/office/settings/notices/site", press="preview", text_de="## Neu\n\n<script>x</script>"
    )

    assert shown.status_code == 200
    assert "<h2>Neu</h2>" in shown.text or "<h3>Neu</h3>" in shown.text
    assert "<script>x" not in shown.text
    assert await Notice.count().where(Notice.place == "site") == 1


async def with_logo(client, name: str, content: bytes, **typed: str):
    page = await client.get("/office/settings")
    return await send(client, page, files={"logo": (name, content)}, **typed)
