"""Coming in by a link."""

import re

from mailing.tables import Letter
from network import clock
from network.people import person, sign_in
from tests.browser import submit


async def test_a_known_person_signs_in_by_link_and_button(client, association):
    await person.enter("Mira Quandt", "mira.quandt@example.org")

    await submit(client, "/sign-in", email="Mira.Quandt@example.org")
    letter = await Letter.objects().first()
    link = re.search(r"/sign-in/\S+", letter.text)[0]
    looked = await client.get(link)
    pressed = await submit(client, link)

    assert (looked.status_code, pressed.status_code) == (200, 303)
    assert "verbund=" in pressed.headers["set-cookie"]
    assert (await client.get(link)).status_code == 410


async def test_an_unknown_address_gets_no_letter_and_the_same_answer(client, association):
    answer = await submit(client, "/sign-in", email="fremd@example.org")

    assert answer.status_code == 200
    assert await Letter.count() == 0


async def test_a_link_is_used_up_or_too_old(association):
    mira = await person.enter("Mira Quandt", "mira.quandt@example.org")
    token = await sign_in.new_link(mira)

    with clock.set_to(clock.ahead(minutes=16)):
        assert not await sign_in.is_usable(token)
    assert await sign_in.is_usable(token)


async def test_a_similar_address_is_somebody_else(client, association):
    mine = await person.enter("Jona Müller", "chef@müller.example.org")
    theirs = await person.enter("Jona Mueller", "chef@mueller.example.org")

    await submit(client, "/sign-in", email="chef@muller.example.org")
    await submit(client, "/sign-in", email="Chef@xn--mller-kva.example.org")

    assert mine.id != theirs.id
    assert [letter.to_name for letter in await Letter.objects()] == ["Jona Müller"]


async def test_links_to_one_address_are_limited_however_it_is_typed(client, association):
    spellings = ["mira@müller.example.org", "MIRA@müller.example.org", "Mira@xn--mller-kva.example.org"]

    answers = [await submit(client, "/sign-in", email=email) for email in [*spellings * 2, "mIRA@müller.example.org"]]

    assert [answer.status_code for answer in answers] == [200] * 6 + [422]
