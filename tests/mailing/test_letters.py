"""From a text file to words and a page."""

from mailing import letters


def test_a_letter_speaks_its_readers_language():
    facts = {"person": {"name": "Zoë"}, "association": {"short_name": "BAG"}, "minutes": 15, "place": "https://x/y"}

    german = letters.write("people/sign_in_link", "de", **facts)
    english = letters.write("people/sign_in_link", "en", **facts)

    assert (german.subject, english.subject) == ("Ihr Anmeldelink für BAG", "Your sign-in link for BAG")
    assert (german.text.split("\n")[0], english.text.split("\n")[0]) == ("Guten Tag Zoë,", "Hello Zoë,")
    assert "\n\n\n" not in german.text


def test_the_page_says_the_same_and_nothing_typed_becomes_markup():
    page = letters.as_html(
        "Betreff", "Hallo <b>Zoë</b>,\nzweite Zeile\n\nhttps://bag.example.org/a?b=1&c=2.", "Fuß", "de"
    )

    assert '<html lang="de">' in page
    assert "<p>Hallo &lt;b&gt;Zoë&lt;/b&gt;,<br>\nzweite Zeile</p>" in page
    assert '<a href="https://bag.example.org/a?b=1&amp;c=2">https://bag.example.org/a?b=1&amp;c=2</a>.' in page
    assert "<p>Fuß</p>" in page


def test_only_web_addresses_become_links():
    line = letters.linked('javascript:alert(1) data:text/html,x "https://bag.example.org/x"')

    assert str(line).count("<a ") == 1
    assert '<a href="https://bag.example.org/x">' in line
