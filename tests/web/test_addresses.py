"""Names, languages and hosts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailing.letters import linked
from network.folding import organisation_key, search_key, sort_key
from network.people.views import inside


async def test_english_lives_under_en(client, association):
    german, english = await client.get("/imprint"), await client.get("/en/imprint")

    assert 'lang="de"' in german.text
    assert 'lang="en"' in english.text


async def test_another_host_name_is_not_answered(client):
    assert (await client.get("/imprint", headers={"host": "evil.example"})).status_code == 400


async def test_the_other_local_names_lead_to_one_sign_in(client, association):
    answer = await client.get("/imprint?x=1", headers={"host": "127.0.0.1:8000"})

    assert (answer.status_code, answer.headers["location"]) == (307, "http://localhost:8000/imprint?x=1")


async def test_an_unknown_page_is_a_404_in_the_frame(client, association):
    answer = await client.get("/gibt-es-nicht")

    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in answer.text and "Impressum" in answer.text


async def test_every_answer_forbids_scripts_from_elsewhere(client, association):
    policy = (await client.get("/imprint")).headers["content-security-policy"]

    assert "unsafe" not in policy and "default-src 'none'" in policy


async def test_a_form_without_its_token_is_refused(client, association):
    assert (await client.post("/sign-in", data={"email": "a@example.org"})).status_code == 403


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example", "/\\evil.example", "", "javascript:alert(1)"]
)
def test_signing_in_never_leads_out(path):
    assert inside(path) == ""


@pytest.mark.parametrize(
    "name",
    [
        *("Lebensweg gGmbH", "LEBENSWEG g. GmbH", " Lebensweg  GmbH", "Lebensweg", "lebensweg e. V.", "Lebensweg e.V."),
        *("Lebensweg GmbH & Co. KG", "Lebensweg eingetragener Verein", "Lebensweg gemeinnützige Gesellschaft mbH"),
        *("Lebensweg gem. GmbH", "Lebensweg Ges. mbH", "Lebensweg UG (haftungsbeschränkt)", "Lebensweg (gGmbH)"),
        *("Lebensweg gemeinnützige GmbH", "Lebensweg eV", "Lebensweg eG", "Lebensweg KdöR", "Lebensweg Stiftung"),
    ],
)
def test_the_same_organisation_typed_differently_is_the_same(name):
    assert organisation_key(name) == "lebensweg"


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (["Bildung + Beruf", "Bildung & Beruf gGmbH", "Bildung und Beruf e. V."], "bildung und beruf"),
        (["CO-Werk", "CO-Werk GmbH"], "co werk"),
        (["Ev. Stiftung Tannenhof", "Ev. Stiftung Tannenhof gGmbH"], "ev stiftung tannenhof"),
        (["SE Training", "SE Training GmbH"], "se training"),
        (["Lebenshilfe e. V. Kassel", "Lebenshilfe Kassel e.V.", "Lebenshilfe gGmbH, Kassel"], "lebenshilfe kassel"),
    ],
)
def test_words_of_a_name_stay_and_its_legal_form_goes(names, key):
    assert {organisation_key(name) for name in names} == {key}


@given(
    st.lists(st.sampled_from(["Reha", "Nord", "SE", "AG", "Co", "Stiftung", "Ev.", "Werk &", "Общество"]), min_size=1),
    st.sampled_from(["GmbH", "gGmbH", "e. V.", "gem. GmbH", "GmbH & Co. KG", "eingetragener Verein", "Ges. mbH"]),
)
def test_a_legal_form_at_the_end_never_makes_another_organisation(words, form):
    name = " ".join(words)

    assert organisation_key(f"{name} {form}") == organisation_key(name)


@given(st.text("aegvmbhku &.ü"))
def test_the_key_of_a_key_is_itself(name):
    assert organisation_key(organisation_key(name)) == organisation_key(name)


def test_different_organisations_stay_different():
    names = ["AG", "Stiftung", "e. V.", "Reha Nord", "Reha Süd", "B&B Training"]

    assert len({organisation_key(name) for name in names}) == len(names)


def test_search_finds_umlauts_typed_in_any_way():
    key = search_key("Zoë Müller", "Weißstraße")

    assert all(word in key for word in ("zoe mueller", "zoe muller", "weissstrasse"))


def test_names_are_sorted_as_in_a_german_lexicon():
    assert sorted(["Zander", "Äpfel", "Apfel", "Özil", "Otto"], key=sort_key) == [
        "Apfel",
        "Äpfel",
        "Otto",
        "Özil",
        "Zander",
    ]


def test_only_addresses_become_links_and_nothing_becomes_markup():
    assert linked("<b>x</b> https://example.org/a?b=1&c=2.") == (
        '&lt;b&gt;x&lt;/b&gt; <a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>.'
    )


@pytest.mark.parametrize("host", ["[", "localhost:8000:x", "[::1", ""])
async def test_a_host_name_that_is_none_is_refused(client, host):
    assert (await client.get("/imprint", headers={"host": host})).status_code == 400


async def test_a_path_with_line_ends_leads_home_without_becoming_a_header(client):
    answer = await client.get("/%0d%0aX:%201", headers={"host": "127.0.0.1:8000"})

    assert (answer.status_code, answer.headers["location"]) == (307, "http://localhost:8000/%0D%0AX%3A%201")


async def test_the_way_to_the_other_language_never_leaves_the_site(client, association):
    answer = await client.get("/en//evil.example")

    assert 'href="//evil' not in answer.text


def test_names_in_other_scripts_are_different_organisations():
    assert organisation_key("Общество") != organisation_key("協会")
    assert organisation_key("Общество GmbH") != organisation_key("協会 GmbH")
