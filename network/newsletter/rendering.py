"""An issue as the mail that readers get: the page from cleaned Markdown, the text from its source."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from mailing.campaigns import KEY, Links, Words, composed
from mailing.letters import Sender
from network.i18n import _, speaking
from network.newsletter.tables import Issue
from network.settings import settings
from network.web.addresses import link
from network.web.filters import markdown

PREVIEW_KEY = "preview"
OWN_PAGE = re.compile(r"(\]\(<?)/(?!/)")
_parser = MarkdownIt("commonmark", {"html": False}).enable("table")


def texts(issue: Issue, title: str, key: str = KEY) -> list[Words]:
    """The issue in each language it has, German first; `key` opens a reader's own pages (a gap unless it is given)."""
    return [text_in(issue, locale, title, key) for locale in languages(issue)]


def languages(issue: Issue) -> list[str]:
    return ["de", "en"] if issue.body_en else ["de"]


def text_in(issue: Issue, locale: str, title: str, key: str = KEY) -> Words:
    """One language, with the reason why it comes; the ways out and the association's block are the post office's."""
    with speaking(locale):
        subject, body = words(issue, locale)
        why = _("You get “%(title)s” because you joined our mailing list and confirmed it.", title=title)
        html = markdown(absolute(body)) + Markup("<p>{}</p>").format(why)
        return Words(locale, subject, f"{plain_text(body)}\n\n{why}", html, links(key))


def links(key: str) -> Links:
    """In the language being spoken, except the address that a mail program posts to."""
    return Links(
        preferences=link(f"/newsletter/preferences/{key}"),
        leave=link(f"/newsletter/leave/{key}"),
        one_click=f"{settings().base_url}/newsletter/one-click/{key}",
        help=link("/newsletter"),
    )


def words(issue: Issue, locale: str) -> tuple[str, str]:
    """Subject and body; English readers get German where there is no English."""
    if locale == "en" and issue.body_en:
        return issue.subject_en or issue.subject_de, issue.body_en
    return issue.subject_de, issue.body_de


def as_sent(issue: Issue, locale: str, title: str, sender: Sender) -> Words:
    """The whole message as a reader gets it, to look at; its key opens nothing."""
    return composed(text_in(issue, locale, title, PREVIEW_KEY), sender)


def absolute(source: str) -> str:
    """Links to our own pages may be written without the site's name; mail programs need it."""
    return OWN_PAGE.sub(rf"\1{settings().base_url}/", source)


def plain_text(source: str) -> str:
    """The source as a letter: links after their words, pictures by their descriptions, no marks of emphasis."""
    lines: list[str] = []
    for token in _parser.parse(absolute(source)):
        if token.type == "inline":
            lines.append(prefix(token, lines) + inline_text(token.children or []))
        elif token.type in ("fence", "code_block"):
            lines += [token.content.rstrip(), ""]
        elif token.type == "hr":
            lines += ["* * *", ""]
        elif token.type in ("heading_close", "paragraph_close", "bullet_list_close", "ordered_list_close", "tr_close"):
            lines.append("")
        elif token.type == "list_item_open":
            lines.append(f"{token.info}. " if token.info else "- ")
    return tidy("\n".join(lines))


def prefix(token: Token, lines: list[str]) -> str:
    """A list item's text stands behind its mark."""
    del token
    return lines.pop() if lines and re.fullmatch(r"(?:-|\d+\.) ", lines[-1]) else ""


def inline_text(children: list[Token]) -> str:
    parts: list[str] = []
    address = ""
    start = 0
    for child in children:
        if child.type == "link_open":
            address, start = str(child.attrGet("href") or ""), len(parts)
        elif child.type == "link_close":
            said = "".join(parts[start:])
            parts[start:] = [
                said if address in (said, f"mailto:{said}") else f"{said} ({address.removeprefix('mailto:')})"
            ]
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "image":
            parts.append(f"[{child.content}]" if child.content else "")
        else:
            parts.append(child.content)
    return "".join(parts)


def tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip()
