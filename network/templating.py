"""Jinja that speaks one language: texts are translated while a template is compiled, not while it is shown.

A page holds about fifty texts; looked up one by one they took a quarter of its time (decisions/0007).
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from network import i18n

TEMPLATES = Path(__file__).parent.parent / "templates"
GAP = re.compile(r"%\((\w+)\)s")
FILTERS: dict[str, Callable[..., Any]] = {
    "day": i18n.format_day,
    "weekday": i18n.format_weekday,
    "short_day": i18n.format_short_day,
    "clock": i18n.format_clock,
    "moment": i18n.format_moment,
    "number": i18n.format_number,
    "euros": i18n.format_euros,
    "names": i18n.format_names,
    "local": i18n.local,
}


class Speaking(Environment):
    """Reads templates/ and translates what stands there as _("…") and ngettext("…", "…", number)."""

    def __init__(self, language: str, *, autoescape: bool, **options: Any) -> None:
        super().__init__(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=autoescape,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            **options,
        )
        self.language = language
        self.filters |= FILTERS
        self.globals["_"] = self.translated

    def translated(self, message: str) -> str:
        """For a text that only the page knows, as in _(label)."""
        text = i18n.catalogue(self.language).gettext(message) if message else ""
        return Markup(text) if self.autoescape else text  # noqa: S704  our own words

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        """Jinja's hook between reading a template and writing its code."""
        return str(super()._generate(Translator(self).visit(source), *args, **options))


class Translator(NodeTransformer):
    """Puts the words of one language in the place of each call that asks for them."""

    def __init__(self, environment: Speaking) -> None:
        self.catalogue = i18n.catalogue(environment.language)
        self.safe = bool(environment.autoescape)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  Jinja's name for it
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or not node.args or not isinstance(node.args[0], nodes.Const):
            return node
        values = {pair.key: pair.value for pair in node.kwargs}
        if node.node.name == "_":
            return self.words(self.catalogue.gettext(node.args[0].value), values)
        if node.node.name == "ngettext":
            one, many, number = node.args
            return self.plural(one.as_const(), many.as_const(), number, values)
        return node

    def plural(self, one: str, many: str, number: nodes.Expr, values: dict[str, nodes.Expr]) -> nodes.Expr:
        """German and English have the same two forms: one, and any other number."""
        values = {"num": nodes.Filter(number, "number", [], [], None, None)} | values
        return nodes.CondExpr(
            nodes.Compare(number, [nodes.Operand("eq", nodes.Const(1))]),
            self.words(self.catalogue.ngettext(one, many, 1), values),
            self.words(self.catalogue.ngettext(one, many, 2), values),
        )

    def words(self, text: str, values: dict[str, nodes.Expr]) -> nodes.Expr:
        """The text with its gaps: a constant, or constants and what the page puts between them."""
        pieces: list[nodes.Expr] = []
        for number, piece in enumerate(GAP.split(text)):
            if number % 2:
                pieces.append(values[piece])
            elif piece:
                pieces.append(self.constant(piece.replace("%%", "%")))
        return pieces[0] if len(pieces) == 1 else nodes.Concat(pieces)

    def constant(self, text: str) -> nodes.Expr:
        return nodes.MarkSafe(nodes.Const(text)) if self.safe else nodes.Const(text)
