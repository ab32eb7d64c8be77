"""Reading letters: found by address, kind and state; what opens a door is hidden, what is shown cannot do anything."""

import base64
import hashlib
import re
from datetime import timedelta

import pytest

from mailing.letters import CalendarPart, Extras
from mailing.outbox import Address
from mailing.tables import Letter, LetterState
from network import clock
from network.association.profile import post
from network.i18n import speaking
from network.office import outbox
from network.people import sign_in
from network.people.tables import SignInLink
from tests.browser import submit
from tests.office.make import mira


async def test_letters_are_found_by_part_of_the_address_whatever_its_case(client, association):
    someone = await mira(client)
    await sign_in.ask_for_link(someone.email)
    await write("Wanda Zöllick", "wanda.zoellick@example.org")

    page = await client.get("/office/outbox?q=WANDA.ZOELL")

    assert names(page.text) == ["Wanda Zöllick"]


async def test_a_percent_sign_is_only_a_percent_sign(client, association):
    await mira(client)
    await write("Wanda Zöllick", "wanda@example.org")

    assert names((await client.get("/office/outbox?q=%25")).text) == []


async def test_letters_are_found_by_state_and_shown_in_pages(client, association):
    await mira(client)
    for number in range(30):
        with clock.set_to(clock.now() - timedelta(minutes=number)):
            await write(f"Gast {number}", f"gast{number}@example.org")
    await Letter.update({Letter.state: LetterState.FAILED}).where(Letter.to_email == "gast3@example.org")

    first, second = await client.get("/office/outbox"), await client.get("/office/outbox?page=2")
    failed = await client.get("/office/outbox?state=failed")

    assert (len(names(first.text)), len(names(second.text))) == (25, 5)
    assert names(first.text)[0] == "Gast 0"
    assert names(failed.text) == ["Gast 3"]


async def test_a_one_time_link_is_not_shown_nor_in_the_source(client, association):
    someone = await mira(client)
    await sign_in.ask_for_link(someone.email)
    letter = await Letter.objects().first()
    token = re.search(r"/sign-in/(\S+)", letter.text)[1]

    pages = [await client.get(f"/office/outbox/{letter.reference}{part}") for part in ("", "/page", "/source")]

    assert [token in page.text for page in pages] == [False, False, False]
    assert base64.b64encode(token.encode()).decode()[:16] not in pages[2].text
    assert await SignInLink.count() == 1


async def test_a_letter_as_a_page_can_do_nothing_but_be_read(client, association):
    await mira(client)
    letter = await write("Wanda Zöllick", "wanda@example.org")

    page = await client.get(f"/office/outbox/{letter.reference}/page")

    style = re.search(r"<style>(.*?)</style>", page.text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert page.headers.get_list("content-security-policy") == [
        f"default-src 'none'; style-src 'sha256-{digest}'; sandbox; frame-ancestors 'none'; base-uri 'none'"
    ]


async def test_the_invitation_can_be_downloaded_as_it_went_out(client, association):
    await mira(client)
    letter = await write("Wanda", "wanda@example.org", Extras(calendar=CalendarPart("REQUEST", "BEGIN:VCALENDAR\r\n")))

    file = await client.get(f"/office/outbox/{letter.reference}/calendar")

    assert (file.text, file.headers["content-type"]) == ("BEGIN:VCALENDAR\r\n", "text/calendar; charset=utf-8")


async def test_without_a_mail_server_nothing_is_offered_but_to_keep_it(client, association):
    await mira(client)
    letter = await write("Wanda", "wanda@example.org")

    kept = await submit(client, f"/office/outbox/{letter.reference}")

    assert kept.status_code == 303
    assert (await Letter.objects().first()).state == LetterState.WITHDRAWN


async def write(name: str, email: str, extras: Extras | None = None) -> Letter:
    return await post(
        "people/sign_in_link", Address(name, email), extras=extras, person=Address(name, email), place="/", minutes=1
    )


def names(html: str) -> list[str]:
    return re.findall(r'<td data-label="An">([^<]*)<', html)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({}, "Postausgang"),
        ({"sent": 3}, "Alle Briefe sind zugestellt"),
        ({"sent": 3, "held": 4, "queued": 1}, "5 Briefe warten"),
        ({"sent": 3, "queued": 1, "failed": 2}, "2 Briefe kommen nicht an"),
    ],
)
def test_the_title_says_what_is_the_matter_with_the_letters(numbers, words):
    with speaking("de"):
        assert outbox.heading(dict.fromkeys(map(str, LetterState), 0) | numbers) == words
