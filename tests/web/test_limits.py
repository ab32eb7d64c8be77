"""Too large, too often: said in words, nothing stored."""

import time

import pytest

from network import clock
from network.activity import Activity
from network.errors import Refused
from network.web.limits import count_attempt
from tests.browser import submit
from tests.office.make import mira


async def test_a_body_that_is_too_large_is_a_413_in_the_frame(client, association):
    before = await Activity.count()
    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = await client.post("/sign-in", content=b"email=" + b"x" * (26 * 1024 * 1024), headers=kind)

    assert answer.status_code == 413
    assert "Das ist zu groß" in answer.text
    assert await Activity.count() == before


@pytest.mark.parametrize("path", ["/sign-in", "/newsletter", "/office/members/import", "/nowhere"])
async def test_more_fields_than_any_form_has_are_refused_before_they_are_taken_apart(client, association, path):
    """Ten megabytes of "&a=1" kept the whole house waiting for seconds, whoever sent them."""
    kind = {"content-type": "application/x-www-form-urlencoded"}
    before = time.monotonic()
    answer = await client.post(path, content=b"&a=1" * 2_500_000, headers=kind)

    assert answer.status_code in (404, 405, 413)
    assert time.monotonic() - before < 2


async def test_where_a_file_is_taken_it_may_be_large_but_not_endless(client, association):
    await mira(client)
    answer = await submit(client, "/office/members/import", files={"file": ("a.csv", b"x;y\n" * 1_000_000, "text/csv")})
    assert answer.status_code == 422

    answer = await submit(client, "/office/members/import", files={"file": ("a.csv", b"x;y\n" * 7_000_000, "text/csv")})
    assert answer.status_code == 413


async def test_six_attempts_are_fine_and_the_seventh_waits():
    for _ in range(6):
        await count_attempt("sign-in-for", "a@example.org", most=6, minutes=15)

    with pytest.raises(Refused):
        await count_attempt("sign-in-for", "a@example.org", most=6, minutes=15)
    with clock.set_to(clock.ahead(minutes=16)):
        await count_attempt("sign-in-for", "a@example.org", most=6, minutes=15)


async def test_who_asks_too_often_is_told_so_beside_what_they_typed(client, association):
    for _ in range(6):
        await submit(client, "/sign-in", email="a@example.org")
    answer = await submit(client, "/sign-in", email="a@example.org")

    assert answer.status_code == 422
    assert "Bitte warten Sie einige Minuten" in answer.text and "a@example.org" in answer.text


async def test_scripts_and_line_ends_in_a_field_are_only_text(client, association):
    answer = await submit(client, "/sign-in", email='"><script>alert(1)</script>\r\nBcc: x@example.org')

    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
