"""One text for many: the message is made once, with gaps, and filled in for each reader in a few microseconds."""

import hashlib
import json
import re
from binascii import b2a_qp
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from markupsafe import escape

from mailing.letters import Sender
from mailing.message import header, mailbox, one_line
from mailing.tables import SendingText
from network.clock import BERLIN
from network.i18n import _, speaking

# Words that stand in a text for what differs from reader to reader; letters only, so that they survive in addresses.
GREETING = "QZGREETINGZQ"  # "Hello Robin Acker," or "Hello,"
NAME = "QZNAMEZQ"
KEY = "QZKEYZQ"  # in the addresses of one's own pages
GAP = re.compile(f"({GREETING}|{NAME}|{KEY})")

Piece = bytes | tuple[str, str]  # a gap is (where it stands, which word): each place has its own encoding


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody a sending goes to. `key` opens their own pages; name and key may be missing."""

    email: str
    name: str = ""
    key: str = ""
    locale: str = "de"
    subscriber: int | None = None


class Stencil:
    """A message with gaps. ValueError when a subject has one: it is the same for everybody."""

    def __init__(self, sender: Sender, words: SendingText) -> None:
        if GAP.search(words.subject):
            raise ValueError("a subject is the same for everybody")
        headers: dict[str, str] = json.loads(words.headers)
        boundary = "=_" + hashlib.sha256(f"{words.subject}\0{words.text}\0{words.html}".encode()).hexdigest()[:32]
        self.pieces = joined(
            [
                *[("own", name) for name in ("To", "Date", "Message-ID")],
                *(piece for name, value in headers.items() for piece in gapped(name, value)),
                same_for_all(sender, words.locale, words.subject),
                f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n'.encode("ascii"),
                *part(boundary, "plain", words.text),
                *part(boundary, "html", words.html),
                f"\r\n--{boundary}--\r\n".encode("ascii"),
            ]
        )
        with speaking(words.locale):
            self.hello, self.hello_name = _("Hello,"), _("Hello %(name)s,", name=NAME)

    def fill(self, reader: Reader, message_id: str, at: datetime) -> bytes:
        """The message for one reader. The same reader and moment give the same bytes."""
        name = reader.name if reader.name.isprintable() else one_line(reader.name)
        key = reader.key.encode("ascii")
        hello = self.hello_name.replace(NAME, name) if name else self.hello
        values: dict[tuple[str, str], bytes] = {
            ("own", "To"): header("To", mailbox(name, reader.email)),
            ("own", "Date"): date_line(at.replace(microsecond=0)),
            ("own", "Message-ID"): f"Message-ID: {message_id}\r\n".encode("ascii"),
            ("header", KEY): key,
            ("plain", KEY): key,
            ("html", KEY): key,
            ("plain", NAME): quoted_printable(name),
            ("html", NAME): quoted_printable(str(escape(name))),
            ("plain", GREETING): quoted_printable(hello),
            ("html", GREETING): quoted_printable(str(escape(hello))),
        }
        return b"".join([values[piece] if isinstance(piece, tuple) else piece for piece in self.pieces])


@lru_cache(maxsize=4)
def date_line(at: datetime) -> bytes:
    return f"Date: {format_datetime(at.astimezone(BERLIN))}\r\n".encode("ascii")


def same_for_all(sender: Sender, locale: str, subject: str) -> bytes:
    head = [
        header("From", mailbox(sender.name, sender.email)),
        header("Reply-To", mailbox("", sender.reply_to)) if sender.reply_to else b"",
        header("Subject", subject),
        header("Content-Language", locale),
        header("MIME-Version", "1.0"),
    ]
    return b"".join(head)


def gapped(name: str, value: str) -> list[Piece]:
    """A header line with gaps; only the key may stand in one."""
    line = header(name, value)
    pieces: list[Piece] = []
    for words in line.decode("ascii").split(KEY):
        pieces += [words.encode("ascii"), ("header", KEY)]
    return pieces[:-1]


def part(boundary: str, subtype: str, text: str) -> list[Piece]:
    """One body part. Around a gap the line is broken softly: what fills it needs no regard to its neighbours."""
    head = (
        f'\r\n--{boundary}\r\nContent-Type: text/{subtype}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    pieces: list[Piece] = [head.encode("ascii")]
    for number, words in enumerate(GAP.split(text.replace("\r\n", "\n").replace("\r", "\n"))):
        if number % 2:
            pieces += [b"=\r\n", (subtype, words), b"=\r\n"]
        elif words:
            pieces.append(quoted_printable(words))
    return pieces


def quoted_printable(text: str) -> bytes:
    return b2a_qp(text.encode()).replace(b"\n", b"\r\n")


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbouring bytes in one piece."""
    result: list[Piece] = []
    for piece in pieces:
        last = result[-1] if result else None
        if isinstance(piece, bytes) and isinstance(last, bytes):
            result[-1] = last + piece
        else:
            result.append(piece)
    return result
