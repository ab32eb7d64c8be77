"""Pages for another day: what the address asks for, what nobody can show, and what stays out of caches and searches."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from tests.members.make import a_site, member


def main(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser").select_one("main")


def quiet_line(answer) -> str:
    return " ".join(main(answer).select_one(".as-of > details > summary").get_text(" ").split())


async def two_members() -> None:
    early = await member("Anker", since=date(2001, 1, 1))
    late = await member("Steg", since=date(2024, 6, 1))
    await a_site(early, "Kassel", "34117", opened_year=2010)
    await a_site(late, "Ulm", "89073", opened_year=2024)


async def test_a_typed_german_day_opens_the_list_as_it_was(client, association, at_sunday):
    await two_members()

    page = await client.get("/members?on=12.5.2023")

    assert quiet_line(page) == "Stand: 12. Mai 2023"
    assert "1 Mitglied, 1 Standort" in main(page).get_text(" ", strip=True)
    assert [h3.get_text(strip=True) for h3 in main(page).select("article h3")] == ["Anker"]


async def test_links_inside_keep_the_day_and_one_leads_back(client, association, at_sunday):
    await two_members()

    page = await client.get("/en/members?q=anker&on=2023-05-12")
    [to_member] = [link["href"] for link in main(page).select("article a")]
    [back] = [link["href"] for link in main(page).select(".as-of > a")]

    assert to_member.endswith("?on=2023-05-12")
    assert back == "/en/members?q=anker"
    assert quiet_line(await client.get(to_member)) == "As of: 12 May 2023"
    assert quiet_line(await client.get(back)) == "As of: today, 5 September 2027"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("32.5.2023", "Diesen Tag gibt es nicht"),
        ("vorgestern", "Bitte schreiben Sie den Tag wie"),
        ("1.1.1492", "zwischen 1800 und 2127"),
        ("1.1.2028", "noch nicht öffentlich"),
    ],
)
async def test_a_day_that_nobody_can_show_is_answered_in_words(client, association, at_sunday, typed, words):
    await two_members()

    page = await client.get("/members", params={"on": typed})

    assert page.status_code == 422
    assert words in main(page).select_one(".as-of .error").get_text(" ", strip=True)
    assert main(page).select_one(".as-of input[name=on]")["value"] == typed
    assert "2 Mitglieder, 2 Standorte" in main(page).get_text(" ", strip=True)


async def test_searches_know_today_alone(client, association, at_sunday):
    await two_members()

    then, now = await client.get("/members?on=2023-05-12"), await client.get("/members")
    head = BeautifulSoup(then.text, "html.parser").head

    assert head.select_one("link[rel=canonical]")["href"] == "http://localhost:8000/members"
    assert head.select_one("meta[name=robots]")["content"] == "noindex"
    assert "noindex" not in now.text
    assert "Disallow: /*?*on=" in (await client.get("/robots.txt")).text


async def test_only_pages_of_today_are_kept(client, association, at_sunday):
    await two_members()

    then, now = await client.get("/members?on=2023-05-12"), await client.get("/members")

    assert (then.headers["cache-control"], "etag" in then.headers) == ("private, no-cache", False)
    assert "etag" in now.headers
