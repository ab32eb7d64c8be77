"""A term as pages show it: its name, leading to the glossary where that explains it."""

from markupsafe import Markup, escape

from network.catalogue.entry import name_of, text_of
from network.catalogue.tables import Entry
from network.i18n import locale
from network.web.addresses import url


def term(row: Entry | None) -> Markup:
    """What it means is told on pointing at it, and in the glossary to which it leads; "" for no term."""
    if row is None:
        return Markup("")
    name = escape(name_of(row))
    if locale() == "en" and not row.name_en:
        name = Markup('<span lang="de">{}</span>').format(name)
    if not row.text_de:
        return name
    place, told = f"{url('/glossary')}#{row.code}", text_of(row)
    return Markup('<a class="term" href="{}" title="{}">{}</a>').format(place, told, name)
