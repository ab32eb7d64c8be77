"""Documents for reading and printing: typst makes tagged PDFs (PDF/UA-1) from templates/documents/*.typ.

Text of people never becomes typst source: it goes along as data, Markdown as a tree of blocks that the template draws.
"""

import asyncio
import json
import logging
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import fontpkg_atkinson_hyperlegible
import typst
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

log = logging.getLogger("verbund.documents")
TEMPLATES = Path(__file__).parent.parent / "templates" / "documents"
ACCESSIBLE: list[Any] = ["ua-1"]

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
SAFE = ("https://", "http://", "mailto:")

_one_at_a_time = Lock()  # a compiler keeps its inputs between two calls


async def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of templates/documents/<template>.typ; the template finds `data` as JSON in sys.inputs.data."""
    return await asyncio.to_thread(made, template, json.dumps(data, ensure_ascii=False))


def made(template: str, data: str) -> bytes:
    """Where a character has no glyph (an emoji) the standard cannot be kept: then tagged all the same, but no more."""
    with _one_at_a_time:
        try:
            return compiled(template, data, ACCESSIBLE)
        except typst.TypstError as error:
            log.warning("%s is not PDF/UA: %s", template, error)
            return compiled(template, data, [])


def compiled(template: str, data: str, standards: list[Any]) -> bytes:
    content = compiler(template).compile(sys_inputs={"data": data}, format="pdf", pdf_standards=standards)
    assert isinstance(content, bytes)
    return content


@cache
def compiler(template: str) -> typst.Compiler:
    """Kept, because its fonts are read only once; system fonts would make another PDF on every machine."""
    return typst.Compiler(TEMPLATES / f"{template}.typ", root=TEMPLATES, font_paths=[fonts()], ignore_system_fonts=True)


def fonts() -> Path:
    """The folder of the package that brings Atkinson Hyperlegible."""
    return Path(fontpkg_atkinson_hyperlegible.ROOT) / "files"


def blocks(text: str) -> list[dict[str, Any]]:
    """Markdown as the templates draw it: headings, paragraphs, lists, quotes, code, tables and lines."""
    return without_gaps([block(node) for node in SyntaxTreeNode(MARKDOWN.parse(text)).children])


def without_gaps(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """No level of headings is left out and none is empty (PDF/UA demands it); the first is 1."""
    worded = [one for one in found if one["kind"] != "heading" or any(run["text"].strip() for run in one["runs"])]
    above: list[int] = []  # the levels, as typed, of the headings that the next one may stand under
    for one in worded:
        if one["kind"] == "heading":
            above = [*(level for level in above if level < one["level"]), one["level"]]
            one["level"] = len(above)
    return worded


def block(node: SyntaxTreeNode) -> dict[str, Any]:
    kind = node.type
    if kind == "heading":
        return heading(node)
    if kind in ("bullet_list", "ordered_list"):
        return {"kind": kind, "items": [[block(part) for part in item.children] for item in node.children]}
    if kind == "blockquote":
        return {"kind": kind, "blocks": [block(part) for part in node.children]}
    if kind in ("fence", "code_block"):
        return {"kind": "code", "text": node.content.rstrip("\n")}
    if kind == "table":
        rows = [[runs_of(cell) for cell in row.children] for part in node.children for row in part.children]
        return {"kind": kind, "head": rows[0], "rows": rows[1:]}
    return {"kind": kind, "runs": runs_of(node)}  # a paragraph, or a line without any


def heading(node: SyntaxTreeNode) -> dict[str, Any]:
    """Inside a list or a quotation it is only emphasis."""
    if node.level:
        return {"kind": "paragraph", "runs": [{**run, "strong": True} for run in runs_of(node)]}
    return {"kind": "heading", "level": int(node.tag[1]), "runs": runs_of(node)}


def runs_of(node: SyntaxTreeNode) -> list[dict[str, Any]]:
    """The words inside a block, each run with how it is set."""
    return [run for inline in node.children for part in inline.children for run in runs(part)]


def runs(node: SyntaxTreeNode, **style: Any) -> Iterator[dict[str, Any]]:
    if node.type == "text":
        yield {"text": node.content, **style}
    elif node.type == "code_inline":
        yield {"text": node.content, "code": True, **style}
    elif node.type == "softbreak":
        yield {"text": " ", **style}
    elif node.type == "hardbreak":
        yield {"text": "\n", **style}
    elif node.type == "image":
        yield {"text": node.content, **style}
    else:
        if node.type == "link" and str(node.attrs.get("href", "")).startswith(SAFE):
            style = {**style, "href": node.attrs["href"]}
        elif node.type in ("strong", "em"):
            style = {**style, node.type: True}
        for part in node.children:
            yield from runs(part, **style)
