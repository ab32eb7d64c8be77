"""German and English: whose turn it is, and how days, times and numbers are written."""

import gettext
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal
from babel.support import LazyProxy

from network.clock import BERLIN

LOCALES = ("de", "en")
LANGUAGE_NAMES = {"de": "Deutsch", "en": "English"}  # each in itself
CATALOGUES = Path(__file__).with_name("locale")

_locale: ContextVar[str] = ContextVar("locale", default="de")


def locale() -> str:
    """The language of whoever is being answered just now: "de" or "en"."""
    return _locale.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    token = _locale.set(language if language in LOCALES else "de")
    try:
        yield
    finally:
        _locale.reset(token)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """English is the source; the German catalogue is read as it was edited, so that no compiled twin can be stale."""
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _(message: str, /, **values: Any) -> str:
    text = catalogue(locale()).gettext(message) if message else ""
    return text % values if values else text


def ngettext(one: str, many: str, number: int, /, **values: Any) -> str:
    """The right plural; %(num)s is the number itself."""
    return catalogue(locale()).ngettext(one, many, number) % {"num": format_number(number), **values}


def _l(message: str, /, **values: Any) -> Any:
    """A text in the language of whoever reads it later."""
    return LazyProxy(lambda: _(message, **values), enable_cache=False)


def N_(message: str) -> str:  # noqa: N802  gettext's own name for "translate this later"
    return message


@cache
def babel(language: str) -> Locale:
    return Locale("de", "DE") if language == "de" else Locale("en", "GB")


@lru_cache(maxsize=2000)
def day_in(form: str, day: date, language: str) -> str:
    """A page writes the same few days again and again; Babel takes its time over each."""
    if form == "MMMMd":
        return str(format_skeleton(form, day, locale=babel(language)))
    return str(format_date(day, form, locale=babel(language)))


def format_day(day: date | datetime) -> str:
    """25. April 2028"""
    return day_in("long", local(day), locale())


def format_weekday(day: date | datetime) -> str:
    """Dienstag, 25. April 2028"""
    return day_in("full", local(day), locale())


def format_short_day(day: date | datetime) -> str:
    """25. April"""
    return day_in("MMMMd", local(day), locale())


def format_clock(moment: datetime) -> str:
    """10:00"""
    return moment.astimezone(BERLIN).strftime("%H:%M")


def format_moment(moment: datetime) -> str:
    """25.04.2028, 10:00"""
    return moment.astimezone(BERLIN).strftime("%d.%m.%Y, %H:%M")


def format_number(number: float) -> str:
    """12.345,6"""
    if isinstance(number, int):  # most are, and Babel takes ten times as long over each
        return f"{number:,}".replace(",", "." if locale() == "de" else ",")
    return str(format_decimal(number, locale=babel(locale())))


def format_euros(cents: int) -> str:
    """1.234,50 €"""
    return str(format_currency(Decimal(cents) / 100, "EUR", locale=babel(locale())))


def format_names(names: Iterable[str]) -> str:
    """Ada, Bo und Cy"""
    return str(format_list([*names], locale=babel(locale())))


def local(day: date | datetime) -> date:
    return day.astimezone(BERLIN).date() if isinstance(day, datetime) else day
