"""What pages write in their own way, beside days and numbers: the association's Markdown, addresses."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from network import i18n, roughly

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False}).enable("table")
ALLOWED = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr", "code", "pre",
           "table", "thead", "tbody", "tr", "th", "td", "img"}  # fmt: skip
HEADING = re.compile(r"<(/?)h([1-6])>")
DIGITS = re.compile(r"[0-9]+")
LOWEST = 4
WHOLE = re.compile(r"\d\d:\d\d–\d\d:\d\d(?: Uhr)?|\+?\(?\d[\d ()/–-]{5,}\d")


@lru_cache(maxsize=256)
def markdown(text: str, top: int = 2) -> Markup:
    """No raw HTML, links cannot reach back, and its highest headings are h2.

    Whether people begin with "#" or "##": no level is left out. `top` is 3 where the text stands under an h2.
    """
    above: list[int] = []  # the levels, as typed, of the headings that the next one may stand under

    def ranked(tag: re.Match[str]) -> str:
        level = int(tag[2])
        above[:] = [*(one for one in above if one < level), level]
        return f"<{tag[1]}h{min(top - 1 + len(above), LOWEST)}>"

    html = HEADING.sub(ranked, _markdown.render(text))
    return Markup(nh3.clean(html, tags=ALLOWED, link_rel="noopener noreferrer"))  # noqa: S704  cleaned just now


def address(text: str) -> Markup:
    """An e-mail address that breaks after its @ before it breaks anywhere else."""
    return escape(text).replace("@", Markup("@<wbr>"))


def dialled(number: str) -> str:
    """What a telephone dials: +49 (0)30 / 23125-000 is +493023125000."""
    if number.startswith("+"):
        return "+" + "".join(DIGITS.findall(number.replace("(0)", "")))
    return "".join(DIGITS.findall(number))


def unbroken(text: str) -> Markup:
    """A span of hours and a telephone number stand on one line: they do not break at a dash or a blank."""
    return Markup(WHOLE.sub(r'<span class="whole">\g<0></span>', str(escape(text))))  # noqa: S704  escaped just now


def in_german(line: str, words: str) -> Markup:
    """A line of an English page that holds words kept in German alone (WCAG 3.1.2)."""
    german = Markup('<span lang="de">{}</span>').format(words)
    return escape(line).replace(escape(words), german) if words and i18n.locale() == "en" else escape(line)


FILTERS: dict[str, Callable[..., Any]] = {
    "markdown": markdown,
    "address": address,
    "dialled": dialled,
    "unbroken": unbroken,
    "in_german": in_german,
    "roughly": roughly.say,
}
