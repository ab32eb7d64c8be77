"""Forms: what is typed is checked for its shape here; whether it is true is the verb's business (Refused)."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, ClassVar

from litestar.datastructures import FormMultiDict, MultiDict
from wtforms import FileField, HiddenField, RadioField
from wtforms import Form as WTForm
from wtforms.i18n import get_translations
from wtforms.validators import Optional

from network import i18n
from network.errors import Refused
from network.i18n import N_, _, _l
from network.web.fields import plain
from network.web.once import form_token

GONE = N_("Something that was ticked cannot be chosen, or no more. Please look at the entries again.")


class OurWords:
    """What WTForms says by itself, in our words where its own are a machine's."""

    PLAINER: ClassVar[dict[str, str]] = {
        "Not a valid choice.": N_("Please choose one of the entries."),
        "Invalid Choice: could not coerce.": N_("Please choose one of the entries."),
        "Invalid choice(s): one or more data inputs could not be coerced.": GONE,
        "'%(value)s' is not a valid choice for this field.": GONE,
    }

    def __init__(self, theirs: Any) -> None:
        self.theirs = theirs

    def gettext(self, words: str) -> str:
        ours = self.PLAINER.get(words)
        return _(ours) if ours else str(self.theirs.gettext(words))

    def ngettext(self, one: str, many: str, number: int) -> str:
        ours = self.PLAINER.get(one)
        return _(ours) if ours else str(self.theirs.ngettext(one, many, number))


@cache
def messages(language: str) -> "OurWords":
    """WTForms' own words; it would look for their files anew for every form and every part of it."""
    return OurWords(get_translations(["de_DE", "de"] if language == "de" else ["en"]))


class Form(WTForm):
    """Every form carries a token by which it is taken only once (web.once)."""

    form_token = HiddenField(default=form_token, filters=[plain])

    class Meta:
        locales: ClassVar[list[str]] = ["de"]
        cache_translations = False

        def get_translations(self, form: WTForm) -> Any:
            del form
            return messages(i18n.locale())

    def __init__(self, typed: FormMultiDict | MultiDict[Any] | None = None, **values: Any) -> None:
        super().__init__(Typed(typed, file_fields(type(self))) if typed is not None else None, **values)

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, without the token."""
        return {name: value for name, value in self.data.items() if name != "form_token"}

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Put the verb's no beside the field that it is about, or on top of the form."""
        try:
            yield
        except Refused as no:
            field = self._fields.get(no.field)
            if field is None:
                self.form_errors = [*self.form_errors, no.words]
            else:
                field.errors = [*field.errors, no.words]


class AskingForm(Form):
    """A form that may ask whether one of those who are known is meant; without choices it does not."""

    same_as = RadioField(_l("Is it one of them?"), [Optional()], choices={}, validate_choice=False)

    def ask(self, choices: dict[str, str]) -> None:
        """`choices`: what they are told apart by, by reference, and that it is none of them."""
        self.same_as.choices = choices


class MeaningForm(Form):
    """A form that may ask which one is meant by what was typed into one of its fields."""

    meant = RadioField(_l("Which one is meant?"), [Optional()], choices={}, validate_choice=False)

    def choose(self, field: Any, exactly: str, choices: Mapping[str, str], question: str) -> str:
        """The reference of what was typed, or was picked of the `choices`; "" with the question beside the field."""
        if exactly or not field.data:
            return exactly
        self.meant.choices = dict(choices)
        if self.meant.data in choices:
            return str(self.meant.data)
        field.errors = [*field.errors, question]
        return ""


@cache
def file_fields(form: type[WTForm]) -> set[str]:
    fields = ((name, getattr(form, name)) for name in dir(form) if not name.startswith("_"))
    return {name for name, field in fields if issubclass(getattr(field, "field_class", object), FileField)}


class Typed:
    """Litestar's form data in the words WTForms asks with: texts, and files only where a form asks for one."""

    def __init__(self, data: FormMultiDict | MultiDict[Any], files: Collection[str] = ()) -> None:
        self.data = data
        self.files = files

    def __contains__(self, name: str) -> bool:
        return name in self.data

    def __iter__(self) -> Iterator[str]:
        """Our fields have plain names; WTForms stumbles over "people-²-name"."""
        return (name for name in self.data if name.isascii())

    def __len__(self) -> int:
        return len(self.data)

    def getlist(self, name: str) -> list[Any]:
        values = self.data.getall(name, [])
        return values if name in self.files else [value for value in values if isinstance(value, str)]


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only what somebody filled in."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}
