"""The kinds of fields our forms are made of: lines, addresses, names, days, times and numbers as people type them."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from email_validator import EmailNotValidError, validate_email
from markupsafe import Markup, escape
from wtforms import (
    DateField,
    EmailField,
    IntegerField,
    SelectMultipleField,
    StringField,
    TelField,
    TimeField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional, StopValidation
from wtforms.widgets import CheckboxInput, Input, ListWidget, TextInput, core
from wtforms.widgets.core import clean_key  # type: ignore[attr-defined]  # newer than its stubs

from network import clock, roughly
from network.i18n import _, _l, format_number
from network.web.names import has_web_address

DAYS = re.compile(r"^(\d{1,2})\s*[., -]\s*(\d{1,2})\s*[., -]\s*(\d{4}|\d{2})$|^(\d{2})(\d{2})(\d{4})$")
WHOLE_NUMBER = re.compile(r"^[+-]?[0-9]{1,9}$")
AMOUNT = re.compile(r"^(\d{1,3}(?:[. ]\d{3})+|\d{1,7})(?:[,.](\d{1,2}))?\s*(?:€|EUR|Euro)?$", re.IGNORECASE)
TIMES = re.compile(r"^\s*(\d{1,2})(?:\s*[:.,]\s*(\d{2}))?\s*(?:uhr|h)?\s*$", re.IGNORECASE)
TELEPHONE = re.compile(r"^(?=(?:[^0-9]*[0-9]){4})\+?[0-9 ()/.–-]{4,39}$")  # four digits at least
# Control characters, and what turns the reading direction round or cannot be seen; joiners stay, emoji need them.
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


def plain(text: Any) -> Any:
    """What people type, without what nobody can see: control characters and blanks around it."""
    return CONTROL.sub("", text).strip() if isinstance(text, str) else text


def one_line(text: Any) -> Any:
    return " ".join(plain(text).split()) if isinstance(text, str) else text


class Required(InputRequired):
    """Something has to stand there that is not blank; WTForms' own takes blanks for an answer."""

    def __call__(self, form: Any, field: Any) -> None:
        if field.process_errors:  # it says more exactly what is wrong
            return
        typed = [one_line(value) for value in field.raw_data or ()]
        if any(typed) and field.data is not False and field.data not in (None, "", []):  # 0 is an answer
            return
        field.raw_data = []
        super().__call__(form, field)


class Line(StringField):
    """One line of text."""

    def __init__(self, label: Any = None, validators: Any = (), *, most: int = 200, **options: Any) -> None:
        super().__init__(label, [*validators, Length(max=most)], filters=[one_line], **options)


class Email(EmailField):
    """An address that mail can be sent to, as far as its shape tells; stored in its normal form."""

    def __init__(self, label: Any = None, validators: Any = (), **options: Any) -> None:
        super().__init__(label, [*validators, Length(max=254), is_email], filters=[one_line], **options)


def is_email(form: Any, field: Any) -> None:
    del form
    if not field.data:
        return
    try:
        found = validate_email(field.data, check_deliverability=False, test_environment=True, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValidationError(_("Please enter an e-mail address, for example name@example.org")) from error
    field.data = found.normalized


class Telephone(TelField):
    """A number to ring up, written as its owner writes it."""

    def __init__(self, label: Any = None, validators: Any = (), **options: Any) -> None:
        super().__init__(label, [*validators, is_telephone], filters=[one_line], **options)


def is_telephone(form: Any, field: Any) -> None:
    del form
    if field.data and not TELEPHONE.match(field.data):
        raise ValidationError(_("Please enter a telephone number, for example 030 23125 000"))


def is_name(form: Any, field: Any) -> None:
    """Names stand in letters to others: no web address in them, or our letters would carry strangers' advertising."""
    del form
    if field.data and has_web_address(field.data):
        raise ValidationError(_("Please enter only the name, without a web address."))


LAST_YEAR = 2999  # whatever is reckoned from a day stays a day


class Day(DateField):
    """A day as people write it: 25.4.2022, 2022-04-25, and as our pages do: 25. April 2022, 25 April 2022.

    A field of text: browsers' own fields for days speak the browser's language and take no such day. Where there are
    scripts, the browser's calendar stands beside it (`data-day`).
    """

    widget = TextInput()

    def __init__(self, label: Any = None, validators: Any = (), *, description: Any = "", **options: Any) -> None:
        super().__init__(
            label,
            validators or [Optional()],
            format=["%Y-%m-%d", "%d.%m.%Y"],
            description=_l("For example 25.4.2028. %(more)s", more=description)
            if description
            else _l("For example 25.4.2028"),
            render_kw={"inputmode": "decimal", "autocomplete": "off", "data-day": _l("Calendar")},
            **options,
        )

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return f"{self.data.day}.{self.data.month}.{self.data.year}" if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.read(valuelist)
        if self.data and self.data.year > LAST_YEAR:
            self.data = None
            raise ValueError(_("There is no such day. Please write it like 25.4.2028"))

    def read(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            return
        if match := DAYS.match(valuelist[0].strip()):
            day, month, year = (int(part) for part in match.groups() if part)
            try:
                self.data = date(full_year(year), month, day)
            except ValueError as error:
                raise ValueError(_("There is no such day. Please write it like 25.4.2028")) from error
            return
        try:
            self.data = day_in_words(valuelist[0]) or date.fromisoformat(valuelist[0].strip())
        except ValueError as error:
            self.data = None
            raise ValueError(_("Please write the day like 25.4.2028")) from error


def day_in_words(text: str) -> date | None:
    """As our pages write it: "12. Mai 1995", "12 May 1995". None without a word; ValueError for less than a day."""
    return date.fromisoformat(roughly.read(text)) if any(map(str.isalpha, text)) else None


class Roughly(StringField):
    """A day as roughly as it is known: 1985, May 1995, early 1990s. Its data is what network.roughly stores."""

    def __init__(self, label: Any = None, validators: Any = (), **options: Any) -> None:
        known = {"description": _l("As exactly as it is known: 12.5.1995, May 1995, around 1985 or early 1990s")}
        super().__init__(label, validators, render_kw={"autocomplete": "off"}, **known | options)

    def _value(self) -> str:
        return " ".join(self.raw_data) if self.raw_data else roughly.say(self.data or "")

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = roughly.read(one_line(valuelist[0])) if valuelist else ""


def full_year(year: int) -> int:
    """'28 is in this century, '95 was in the last."""
    if year > 99:  # noqa: PLR2004
        return year
    return 2000 + year if 2000 + year <= clock.today().year + 20 else 1900 + year


class RoughDay(Line):
    """A day as far as it is known: "1985", "May 1995", "Anfang der 1990er"; its data is what `roughly` stores."""

    def __init__(self, label: Any = None, validators: Any = (), *, description: Any = "", **options: Any) -> None:
        examples = _l("For example 1985, 12.5.1995 or early 1990s")
        super().__init__(label, [*validators, is_rough_day], most=60, description=description or examples, **options)

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return roughly.say(self.data or "")


def is_rough_day(form: Any, field: Any) -> None:
    del form
    try:
        field.data = roughly.read(field.data or "")
    except ValueError as problem:
        raise ValidationError(str(problem)) from problem


class Number(IntegerField):
    """A whole number from `least` to `most`; whatever else is typed gets one answer, with that range."""

    def __init__(self, label: Any = None, validators: Any = (), *, least: int, most: int, **options: Any) -> None:
        super().__init__(label, validators, **options)
        self.least, self.most = least, most
        self.flags.min, self.flags.max = least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        self.data = int(typed) if WHOLE_NUMBER.match(typed) else None
        if self.data is None or not self.least <= self.data <= self.most:
            self.data = None
            raise ValueError(
                _(
                    "Please enter a number from %(least)s to %(most)s.",
                    least=format_number(self.least),
                    most=format_number(self.most),
                )
            )

    def pre_validate(self, form: Any) -> None:
        """One error is enough."""
        del form
        if self.process_errors:
            raise StopValidation


class Euros(IntegerField):
    """An amount of money as people type it: 960, 960,50 or 1.250,00 €. Its data are cents."""

    widget = TextInput()

    def __init__(self, label: Any = None, validators: Any = (), **options: Any) -> None:
        known = {
            "description": _l("For example 960 or 87,50"),
            "render_kw": {"inputmode": "decimal", "autocomplete": "off"},
        }
        super().__init__(label, validators, **known | options)

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return f"{self.data // 100},{self.data % 100:02}" if self.data is not None else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = one_line(valuelist[0]) if valuelist else ""
        self.data = None
        if not typed:
            return
        match = AMOUNT.match(typed)
        if match is None:
            raise ValueError(_("Please write the amount like 87,50."))
        self.data = int(re.sub(r"[. ]", "", match[1])) * 100 + int((match[2] or "0").ljust(2, "0"))

    def pre_validate(self, form: Any) -> None:
        """One error is enough."""
        del form
        if self.process_errors:
            raise StopValidation


class Clock(TimeField):
    """A time as people write it: 10, 10:00, 10.30 Uhr."""

    widget = TextInput()

    def __init__(self, label: Any = None, validators: Any = (), **options: Any) -> None:
        render_kw = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(label, validators, description=_l("For example 10:30"), render_kw=render_kw, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            return
        match = TIMES.match(valuelist[0])
        try:
            self.data = time(int(match[1]), int(match[2] or 0)) if match else None
        except ValueError:
            self.data = None
        if self.data is None:
            raise ValueError(_("Please write the time like 10:00"))


class Ticks(SelectMultipleField):
    """Any number of entries, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any = None, **options: Any) -> None:
        super().__init__(label, [Optional()], choices={}, **options)

    def offer(self, choices: Mapping[str, str]) -> None:
        """What can be ticked: what is stored → what is read beside the box."""
        self.choices = dict(choices)


def shape_of(field: Any) -> str:
    """Which of the shapes in templates/parts/form.html a field has."""
    input_type = getattr(field.widget, "input_type", "")
    if input_type == "hidden":
        return "hidden"
    if input_type == "checkbox":
        return "check"
    if hasattr(field, "form"):
        return "form"
    if hasattr(field, "entries"):
        return "list"
    return "group" if hasattr(getattr(field, "option_widget", None), "input_type") else "control"


def is_voluntary(field: Any) -> bool:
    """A choice is voluntary only when it says so; anything else unless it is required."""
    return field.flags.optional if hasattr(field, "iter_choices") else not field.flags.required


FIELDS: dict[str, Any] = {"shape_of": shape_of, "is_voluntary": is_voluntary}


def attributes(**values: Any) -> Markup:
    """The attributes of a field's tag, as WTForms writes them, which spends a third of a page's time on it."""
    written = [
        clean_key(name) if value is True else f'{clean_key(name)}="{escape(value)}"'
        for name, value in sorted(values.items())
        if value is not False
    ]
    return Markup(" ".join(written))  # noqa: S704  escaped just now


core.html_params = attributes
Input.html_params = staticmethod(attributes)  # type: ignore[method-assign]
