"""Names stand in letters to others: no address of the web passes for one, and no name for an address."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.web.names import COUNTRIES, ENDINGS, has_web_address

WORD = st.text("abcdefghijklmnopqrstuvwxyzäöüß", min_size=2, max_size=14).map(str.capitalize)
PART = WORD | st.sampled_from(["Dr.", "med.", "Prof.", "von", "de", "e.V.", "gGmbH", "St.", "&", "i.", "Dipl.-Ing."])
INITIALS = st.text(string.ascii_uppercase, min_size=1, max_size=3).map(
    lambda letters: "".join(f"{a}." for a in letters)
)
LABEL = st.from_regex(r"[a-z0-9][a-z0-9-]{1,20}[a-z0-9]", fullmatch=True)


@pytest.mark.parametrize(
    "name",
    [
        "casino.com", "bonus-casino.io", "CASINO.COM", "Casino.Com", "Jetzt 500 Euro: casino.com!", "play.casino.de",
        "bit.ly/3xYz", "t.me/spam", "x.com", "www.example", "https://example.org", "Anna (gewinn.ru)", "spam@example.com",
        "glück.online", "casino．com", "casino。com", "192.168.17.4", "xn--gck-tna.de", "Besuchen Sie casino.com.",
        "kasino.pm", "1xbet.mx", "Mara Beispiel - billig.shop", "mara,casino.net",
    ],
)  # fmt: skip
def test_a_web_address_is_no_name(name):
    assert has_web_address(name)


@pytest.mark.parametrize(
    "name",
    [
        "Dr. med. A. Nguyen", "St. Elisabeth e.V.", "Müller-Lüdenscheidt", "J.R. Smith", "Lebensweg gGmbH", "J.R.R. Tolkien",
        "Dr.med. Nguyen", "Dr.med Nguyen", "Prof.Dr.Dr.h.c. Weiß", "Dipl.-Ing. Kaya", "Dipl.Ing. Kaya", "St.Elisabeth",
        "Diakonie St.Martin/Süd", "Haus am See", "M.Sc. Mara Beispiel", "B.A. Bo Lind", "Max.Mustermann", "Anne-Marie O'Neill",
        "Ph.D. Smith", "Verein für soziale Arbeit e. V.", "Zentr.im Kiez", "Ch.de Gaulle", "Lebenshilfe Nr.5", "z.Hd. Frau Ada",
        "Leben & Wohnen u.a.", "Soz.pädagogisches Zentrum", "kath.Kirchengemeinde St. Josef", "Ev.-luth. Stiftung",
        "Nguyễn Thị Minh", "Ødegård", "W.E.B. Du Bois", "AWO Kreisverband Kassel-Stadt e.V.", "2. Wohnverbund", "S.p.A.",
        "Prof.em. Weiß", "Tel.nr. unbekannt", "J.de Vries", "and.combination",
    ],
)  # fmt: skip
def test_a_name_is_no_web_address(name):
    assert not has_web_address(name)


@given(
    LABEL, st.sampled_from(f"{ENDINGS}|{COUNTRIES}".split("|")), st.lists(PART, max_size=3), st.lists(PART, max_size=3)
)
def test_no_company_hides_a_domain(label, ending, before, after):
    assert has_web_address(" ".join([*before, f"{label}.{ending}", *after]))


@given(st.lists(PART | INITIALS, min_size=1, max_size=6), st.sampled_from([" ", "-", " / "]))
def test_names_with_titles_and_initials_pass(parts, between):
    name = between.join(parts)

    assert not has_web_address(name), name
