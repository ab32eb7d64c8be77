"""A letter's bytes, read back by Python's own parser."""

import json
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header

import pytest

from mailing import message
from mailing.tables import Letter

ICS = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Austauschforum für alle\r\nEND:VCALENDAR\r\n"


def letter(**facts):
    plain = {
        "reference": "abcDEF123_-x",
        "message_id": "<abcDEF123_-x@example.org>",
        "locale": "de",
        "from_name": "Bundesarbeitsgemeinschaft Ausbildung für Ältere und Jüngere mit einem langen Namen",
        "from_email": "geschaeftsstelle@example.org",
        "to_name": "Zoë Ünlü",
        "to_email": "zoe@example.org",
        "reply_to": "antwort@example.org",
        "subject": "Ihre Anmeldung zum 2. Austauschforum „Übergänge gestalten“ in Kassel: bitte bewahren Sie dies auf",
        "text": "Guten Tag Zoë,\n\nIhr Platz ist reserviert.\n.\nhttps://bag.example.org/x\n",
        "footer": "BAG BW\nMusterufer 1",
        "headers": "{}",
        "written_at": datetime(2027, 9, 5, 8, tzinfo=UTC),
        "due_at": datetime(2027, 9, 5, 8, tzinfo=UTC),
    }
    return Letter(**(plain | facts))


def read(row):
    return message_from_bytes(message.as_bytes(row), policy=policy.default)


def decoded(row, name):
    """By the older reader: the newer one of Python 3.11 puts blanks between the encoded words of a long name."""
    return str(make_header(decode_header(message_from_bytes(message.as_bytes(row))[name])))


def test_headers_and_both_texts_come_through_with_umlauts():
    mail = read(letter())

    assert str(mail["Subject"]) == letter().subject
    assert decoded(letter(), "From") == f"{letter().from_name} <geschaeftsstelle@example.org>"
    assert mail["To"].addresses[0].display_name == "Zoë Ünlü"
    assert str(mail["Reply-To"]) == "antwort@example.org"
    assert mail["Date"].datetime == datetime(2027, 9, 5, 8, tzinfo=UTC)
    assert str(mail["Message-ID"]) == "<abcDEF123_-x@example.org>"
    assert [mail["Auto-Submitted"], mail["Content-Language"]] == ["auto-generated", "de"]
    text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert text == f"{letter().text.rstrip()}\n\n-- \nBAG BW\nMusterufer 1\n"
    assert '<a href="https://bag.example.org/x">' in mail.get_body(("html",)).get_content()


def test_everything_is_seven_bit_with_short_lines():
    raw = message.as_bytes(letter(text="ü" * 3000, calendar=ICS))

    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_an_invitation_is_the_last_of_the_alternatives_and_keeps_its_lines():
    mail = read(letter(calendar=ICS, calendar_method="REQUEST"))

    parts = list(mail.iter_parts())
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html", "text/calendar"]
    assert parts[2]["Content-Type"].params == {"charset": "utf-8", "method": "REQUEST"}
    assert parts[2].get_payload(decode=True).decode() == ICS


def test_an_enclosure_stands_beside_the_words():
    mail = read(letter(attachment_name="Übersicht/2027.pdf", attachment_type="application/pdf", attachment=b"%PDF"))

    assert [part.get_content_type() for part in mail.iter_parts()] == ["multipart/alternative", "application/pdf"]
    enclosure = next(mail.iter_attachments())
    assert (enclosure.get_filename(), enclosure.get_content()) == ("Übersicht_2027.pdf", b"%PDF")


def test_nothing_typed_by_anybody_becomes_a_header():
    evil = "Zoë\r\nBcc: all@example.org\r\n\r\nfree money"
    mail = read(letter(to_name=evil, subject=evil, from_name=evil, headers=json.dumps({"X-Note": evil})))

    assert mail["Bcc"] is None
    assert mail["To"].addresses[0].addr_spec == "zoe@example.org"
    assert str(mail["Subject"]) == "Zoë Bcc: all@example.org free money"
    assert "free money" not in mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    "address", ["zoë@example.org", "zoe", "a@b@", "zoe@example.org\r\nBcc: x@example.org", "<zoe@example.org>", ""]
)
def test_an_address_that_no_server_takes_is_refused(address):
    with pytest.raises(ValueError):
        message.as_bytes(letter(to_email=address))


def test_a_domain_with_umlauts_is_written_in_its_ascii_form():
    assert message.in_ascii("zoe@bücher.example") == "zoe@xn--bcher-kva.example"
    assert message.in_ascii("zoe@straße.example") == "zoe@xn--strae-oqa.example"  # never to strasse.example


def test_letters_may_bring_headers_but_not_ours_and_none_with_odd_names():
    mail = read(
        letter(headers=json.dumps({"Auto-Submitted": "no", "to": "x@example.org", "List-Id": "<a.example.org>"}))
    )

    assert [mail["Auto-Submitted"], mail["List-Id"]] == ["no", "<a.example.org>"]
    assert mail.get_all("To") == ["Zoë Ünlü <zoe@example.org>"]
    with pytest.raises(ValueError):
        message.as_bytes(letter(headers=json.dumps({"X Evil": "1"})))


def test_a_long_address_in_a_header_stays_whole():
    link = "<https://bag.example.org/newsletter/leave/" + "k" * 120 + ">"

    assert f"List-Unsubscribe: {link}\r\n".encode() in message.as_bytes(
        letter(headers=json.dumps({"List-Unsubscribe": link}))
    )


def test_the_same_letter_gives_the_same_bytes():
    assert message.as_bytes(letter(calendar=ICS)) == message.as_bytes(letter(calendar=ICS))
