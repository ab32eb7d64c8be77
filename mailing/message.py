"""A letter as the bytes that travel: its words as text and page, an invitation, an enclosure."""

import json
import re
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, quote

from mailing import letters
from mailing.addresses import ascii_domain
from mailing.tables import Letter
from network.clock import BERLIN

# Seven bits only: every server takes that, whatever it announces.
POLICY = SMTP.clone(cte_type="7bit")
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,185}")
HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
OURS = {"from", "to", "reply-to", "subject", "date", "message-id", "content-language", "mime-version"}


def as_bytes(letter: Letter) -> bytes:
    """The whole message. The same letter gives the same bytes each time, so a repeated one can be recognised.

    Raises ValueError when it cannot be written, as with an address that has letters outside ASCII before the @.
    """
    message = EmailMessage(policy=POLICY)
    add_words(message, letter)
    if letter.attachment_name:
        add_enclosure(message, letter)
    name_boundaries(message, letter.reference)
    head = [
        header("From", mailbox(letter.from_name, letter.from_email)),
        header("To", mailbox(letter.to_name, letter.to_email)),
        header("Reply-To", mailbox("", letter.reply_to)) if letter.reply_to else b"",
        header("Subject", letter.subject),
        header("Date", format_datetime(letter.written_at.astimezone(BERLIN))),
        header("Message-ID", letter.message_id),
        header("Content-Language", letter.locale),
        more_headers(letter),
    ]
    return b"".join(head) + message.as_bytes()


def add_words(message: EmailMessage, letter: Letter) -> None:
    """From plain to rich: mail programs show the last part they know, and look there for an invitation."""
    message.set_content(signed(letter.text, letter.footer))
    page = letters.as_html(letter.subject, letter.text, letter.footer, letter.locale)
    message.add_alternative(page, subtype="html")
    if letter.calendar:
        method = one_line(letter.calendar_method or "REQUEST")
        message.add_alternative(letter.calendar, subtype="calendar", cte="base64", params={"method": method})


def add_enclosure(message: EmailMessage, letter: Letter) -> None:
    main, _, sub = (letter.attachment_type or "application/octet-stream").partition("/")
    name = one_line(letter.attachment_name).replace("/", "_").replace("\\", "_")
    message.add_attachment(bytes(letter.attachment), maintype=main, subtype=sub, filename=name)


def name_boundaries(message: EmailMessage, reference: str) -> None:
    """Python would draw them by lot each time."""
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{reference}_{number}")


def more_headers(letter: Letter) -> bytes:
    """What the letter brings itself, and that nobody sat down to write it (RFC 3834) unless it says so."""
    wanted = {"Auto-Submitted": "auto-generated"} | json.loads(letter.headers or "{}")
    return b"".join(header(name, value) for name, value in wanted.items() if name.lower() not in OURS)


def header(name: str, value: str) -> bytes:
    """One header. Not by Python's EmailMessage, which loses blanks in long ones and encodes long addresses."""
    if not HEADER_NAME.fullmatch(name):
        raise ValueError(f"not the name of a header: {name!r}")
    return f"{name}: {encoded(one_line(value, 900), name)}\r\n".encode("ascii")


def encoded(value: str, name: str = "") -> str:
    """Plain where it can be, else in encoded words (RFC 2047), folded between them. An address keeps its <…>."""
    if value.isascii():
        return value
    words, mark, address = value.rpartition(" <") if value.endswith(">") else (value, "", "")
    whole = Header(words.strip('"'), "utf-8", header_name=name).encode(linesep="\r\n")
    return f"{whole}\r\n{mark}{address}" if mark else whole


def mailbox(name: str, email: str) -> str:
    name, address = one_line(name), in_ascii(email)
    if not name:
        return address
    return f'"{quote(name)}" <{address}>' if name.isascii() else f"{name} <{address}>"


def in_ascii(email: str) -> str:
    """The address as every mail server knows it: the domain in its ASCII form. ValueError when there is none."""
    if PLAIN_ADDRESS.fullmatch(email):
        return email
    local, _, domain = one_line(email, 254).rpartition("@")
    if not (local and domain and local.isascii()) or re.search(r"[\s<>,;:\\\"()\[\]]", local):
        raise ValueError(f"this address cannot be written to: {email}")
    return f"{local}@{ascii_domain(domain)}"


def signed(text: str, footer: str) -> str:
    """A text with the association's block under the line that mail programs know as the end."""
    return f"{text.rstrip()}\n\n-- \n{footer.strip()}\n" if footer.strip() else text


def one_line(text: str, longest: int = 200) -> str:
    """What goes into headers: no line ends, no control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:longest]
