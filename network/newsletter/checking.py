"""What should be mended before an issue goes out: broken links, pictures without a description, a missing half."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from network.i18n import _
from network.newsletter.tables import Issue
from network.settings import settings

SCHEMES = ("http", "https", "mailto", "tel")
LEFT_OVER = re.compile(r"!?\[[^\]\n]*\]\s*\([^)\n]*\)?")  # what should have become a link and did not
SAYS_NOTHING = {"hier", "here", "link", "mehr", "more", "klick hier", "hier klicken", "click here"}
_parser = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True, slots=True)
class Problem:
    """`stops` says that the issue cannot go out like this."""

    text: str
    stops: bool = False


def problems(issue: Issue) -> list[Problem]:
    found = [*missing(issue)]
    for body in (issue.body_de, issue.body_en):
        found += in_text(body)
    return found


def missing(issue: Issue) -> Iterator[Problem]:
    if not issue.subject_de.strip():
        yield Problem(_("The subject is missing."), stops=True)
    if not issue.body_de.strip():
        yield Problem(_("The text is missing."), stops=True)
    if bool(issue.subject_en.strip()) != bool(issue.body_en.strip()):
        yield Problem(_("The English version has a subject or a text, but not both."), stops=True)


def in_text(body: str) -> Iterator[Problem]:
    for token in _parser.parse(body):
        for child in token.children or []:
            yield from in_part(child)
        yield from unnamed_links(token.children or [])


def in_part(child: Token) -> Iterator[Problem]:
    if child.type == "link_open":
        address = str(child.attrGet("href") or "")
        if not leads_somewhere(address):
            yield Problem(_("This link leads nowhere: %(link)s", link=address or "()"), stops=True)
    elif child.type == "image":
        address = str(child.attrGet("src") or "")
        if not child.content.strip():
            yield Problem(
                _("This picture has no description for people who cannot see it: %(link)s", link=address), stops=True
            )
        if urlsplit(address).scheme not in ("http", "https") and not address.startswith("/"):
            yield Problem(_("This picture cannot be found: %(link)s", link=address or "()"), stops=True)
    elif child.type == "text":
        for left in LEFT_OVER.findall(child.content):
            yield Problem(_("This looks like a link, but is not one: %(link)s", link=left), stops=True)


def unnamed_links(children: list[Token]) -> Iterator[Problem]:
    """A link is read aloud without its sentence: "here" says nothing (WCAG 2.4.4)."""
    for opened, inside in pairwise(children):
        if opened.type == "link_open" and inside.content.strip().casefold() in SAYS_NOTHING:
            yield Problem(_("A link says only “%(words)s”; please say where it leads.", words=inside.content.strip()))


def leads_somewhere(address: str) -> bool:
    """A page of our own, or a whole address of somebody's."""
    if address == settings().base_url or address.startswith(f"{settings().base_url}/"):
        return True  # also where the house has no name with a dot in it, as on one's own computer
    parts = urlsplit(address)
    if not parts.scheme:
        return address.startswith("/") and not address.startswith("//")
    if parts.scheme in ("mailto", "tel"):
        return bool(parts.path)
    return parts.scheme in SCHEMES and "." in parts.netloc
