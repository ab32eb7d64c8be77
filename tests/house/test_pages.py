"""Every page of the demo that can be reached by links: whole, in its language, and with the Impressum in public."""

import httpx
import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup

from network import demo, i18n
from network.association import profile
from network.clock import today
from network.demo.cast import DUTIES
from network.demo.texts import PROMISE
from network.people import sign_in
from network.people.tables import Person
from tests.house.walk import is_page, walk

CONTENT = {*DUTIES, PROMISE["title_de"]}  # the demo's own words, which also are phrases of ours
MIRA, PIA, JUNO, ELLA = "Mira Quandt", "Pia Nörtemann", "Juno Feldkamp", "Ella Brandt"
HENRIKE = "Henrike Voßberg"  # chairs the board


@pytest.mark.parametrize("start", ["/", "/en"])
async def test_public_pages_are_whole_and_carry_the_impressum(client, start):
    await demo.build(today())

    pages = await walk(client, [start, "/_patterns"] if start == "/" else [start])

    assert faults(pages, await impressum(pages)) == ""
    assert len(pages) > 20


@pytest.mark.parametrize(
    ("who", "start", "fewest"),
    [
        (MIRA, "/office", 60),
        (MIRA, "/en/office", 60),
        (PIA, "/office/settings", 4),
        (PIA, "/office/people", 2),
        (PIA, "/office/privacy", 8),
        (PIA, "/en/office/privacy", 8),
        (JUNO, "/office", 4),
        (HENRIKE, "/office", 20),
        (HENRIKE, "/en/office", 20),
        (ELLA, "/mine", 8),
        (ELLA, "/en/mine", 8),
    ],
)
async def test_office_pages_are_whole(client, who, start, fewest):
    await demo.build(today())
    person = await Person.objects().get(Person.name == who)
    client.cookies.set("verbund", await sign_in.begin_session(person))

    pages = await walk(client, [start], only=start)

    assert faults(pages, {}) == ""
    assert len(pages) >= fewest


async def test_before_it_is_set_up_a_page_says_what_to_do(client):
    pages = await walk(client, ["/"], only="/none")

    assert faults(pages, {}) == ""
    assert "python -m network start" in pages["/"].text


def faults(pages: dict[str, httpx.Response], impressum: dict[str, list[str]]) -> str:
    """What is wrong with which page, in words."""
    return "\n".join(f"{path}: {fault}" for path, page in pages.items() for fault in faults_of(path, page, impressum))


def faults_of(path: str, page: httpx.Response, impressum: dict[str, list[str]]) -> list[str]:
    if page.status_code != 200:
        return [f"status {page.status_code}"]
    if not is_page(page) or path.endswith("/page"):  # a letter as mail programs show it
        return []
    soup = BeautifulSoup(page.text, "html.parser")
    language = "en" if path.startswith("/en") else "de"
    title = soup.title.get_text(strip=True) if soup.title else ""
    told = soup.get_text(" ")
    return [
        *([] if len(title) > 5 and not title.startswith("–") else [f"title {title!r}"]),
        *([] if len(soup.find_all("h1")) == 1 else [f"{len(soup.find_all('h1'))} h1"]),
        *([] if soup.html and soup.html.get("lang") == language else ["wrong language"]),
        *[f"no Impressum line {line!r}" for line in impressum.get(language, []) if line not in " ".join(told.split())],
        *[f"not in its language: {text!r}" for text in foreign(soup, language)],
    ]


async def impressum(pages: dict[str, httpx.Response]) -> dict[str, list[str]]:
    known = await profile.known_profile()
    lines = {}
    for language in ("de", "en"):
        with i18n.speaking(language):
            lines[language] = [" ".join(line.split()) for line in known.imprint_lines[:4]]
    return lines


def foreign(soup: BeautifulSoup, language: str) -> list[str]:
    """Texts of the house that stand in the other language, outside of what says so by `lang`."""
    for element in soup.select(f"main [lang]:not([lang={language}]), nav [lang]:not([lang={language}]), script, pre"):
        element.decompose()
    texts = {" ".join(text.split()) for text in soup.stripped_strings}
    return sorted(texts & OTHERS[language] - CONTENT)


def others() -> dict[str, set[str]]:
    """By language: phrases that belong to the other one alone."""
    with (i18n.CATALOGUES / "de" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale="de")
    pairs = [(m.id, m.string) for m in catalogue if isinstance(m.id, str) and m.id and m.string and "%(" not in m.id]
    english, german = {one for one, _two in pairs}, {two for _one, two in pairs}
    return {"de": english - german, "en": german - english}


OTHERS = others()
