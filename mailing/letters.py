"""Letters from their text files: subject and body in the reader's language, and the HTML that follows from the text."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import Template
from markupsafe import Markup, escape

from network import i18n
from network.templating import Speaking

LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose letterhead it is. `footer` is the legal block under every letter, per language."""

    name: str
    email: str
    footer_de: str
    footer_en: str
    reply_to: str = ""

    def footer(self, locale: str) -> str:
        return self.footer_en if locale == "en" else self.footer_de


@dataclass(frozen=True, slots=True)
class Written:
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class CalendarPart:
    method: str  # REQUEST or CANCEL
    text: str


@dataclass(slots=True)
class Extras:
    """What a letter may carry besides its words."""

    calendar: CalendarPart | None = None
    enclosure: Enclosure | None = None
    headers: dict[str, str] = field(default_factory=dict)
    secrets: Sequence[str] = ()

    @property
    def headers_json(self) -> str:
        return json.dumps(self.headers)


@cache
def environment(language: str) -> Speaking:
    """Letters are plain text: nothing is escaped here, the HTML is derived from the finished text."""
    return Speaking(language, autoescape=False)


def write(template: str, locale: str, **context: Any) -> Written:
    """Render templates/letters/<template>.txt in this language. Blank lines are never more than one in a row."""
    with i18n.speaking(locale):
        page = environment(i18n.locale()).get_template(f"letters/{template}.txt")
        parts = page.new_context(context)
        subject = " ".join("".join(page.blocks["subject"](parts)).split())
        body = re.sub(r"\n{3,}", "\n\n", "".join(page.blocks["body"](parts))).strip()
    return Written(subject, body + "\n")


def as_html(subject: str, text: str, footer: str, locale: str) -> str:
    """The same words as a page: paragraphs, line breaks and links, in one frame that mail programs understand."""
    return framed(subject, as_body(text), footer, locale)


def framed(subject: str, body: Markup, footer: str, locale: str) -> str:
    """A finished body in the same frame; whoever hands it in answers for its markup."""
    return frame().render(subject=subject, body=body, footer=paragraphs(footer), locale=locale)


def as_body(text: str) -> Markup:
    return Markup("\n").join(Markup("<p>{}</p>").format(paragraph) for paragraph in paragraphs(text))


@cache
def frame() -> Template:
    return Speaking("en", autoescape=True).get_template("letters/frame.html")


def paragraphs(text: str) -> list[Markup]:
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    return [Markup("<br>\n").join(linked(line) for line in block.split("\n")) for block in blocks]


def linked(line: str) -> Markup:
    """Escape a line and make its addresses into links; nothing else of it becomes markup."""
    parts: list[Markup] = []
    end = 0
    for match in LINK.finditer(line):
        parts += [escape(line[end : match.start()]), Markup('<a href="{0}">{0}</a>').format(match.group())]
        end = match.end()
    return Markup("").join([*parts, escape(line[end:])])
