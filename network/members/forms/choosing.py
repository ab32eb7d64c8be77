"""How somebody chooses from the directory: what is searched for, and what a list is narrowed to."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import BooleanField, SelectField, ValidationError

from network.i18n import N_, _, _l, format_number
from network.members.forms.office import Land, choices
from network.members.provider import STATUSES
from network.members.reading import typed_postal_code
from network.members.selection import SORTS, STANDINGS
from network.members.whereabouts import of_postal_code
from network.web.fields import Line
from network.web.forms import Form

SORT_WORDS = {
    "name": N_("by name"),
    "number": N_("by number"),
    "town": N_("by town"),
    "land": N_("by Land"),
    "sites": N_("most sites first"),
    "since": N_("by date of joining"),
}
STANDING_WORDS = {
    "members": N_("Members"),
    "guests": N_("Guest members"),
    "former": N_("Former members"),
    "others": N_("Other organisations"),
    "all": N_("All"),
}


def known_postal_code(form: Form, field: Any) -> None:
    """Of a street: post boxes and typing errors lie nowhere, and a guess would list the wrong sites."""
    del form
    if not field.data:
        return
    try:
        field.data = typed_postal_code(field.short_name, field.data)
    except ValueError as problem:
        raise ValidationError(str(problem)) from problem
    if of_postal_code(field.data) is None:
        words = _(
            "We know no area with the postal code %(code)s. Post boxes have none; please take that of a street.",
            code=field.data,
        )
        raise ValidationError(words)


class SearchFilter(Form):
    """What everybody searches by."""

    q = Line(_l("Name or place"))
    land = Land(_l("Land"), none=_l("All"))
    near = Line(_l("Near the postal code"), [known_postal_code], most=10, render_kw={"inputmode": "numeric"})


class DirectoryFilter(SearchFilter):
    """The public search: each choice tells how many there are with it."""

    service = SelectField(_l("Service"), default="")
    occupation = SelectField(_l("Occupational field"), default="")
    offered_in = SelectField(_l("Form of offer under § 60 SGB IX"), default="")
    scope = SelectField(_l("Scope under § 60 SGB IX"), default="")
    provider = SelectField(_l("How far it is"), default="")

    def know(self, choices_of: Mapping[str, Mapping[str, str]]) -> None:
        """Everything that may be asked for: by the field its keys, each with its words."""
        self.words = choices_of
        for name, words in choices_of.items():
            self.choose_from(name, words)

    def tell(self, found: Mapping[str, Mapping[str, int]]) -> None:
        """How many there are with each choice; what nobody has is not offered, unless it is chosen."""
        for name, numbers in found.items():
            offered = {
                key: words for key, words in self.words[name].items() if key in numbers or key == self[name].data
            }
            told = {key: f"{words} ({format_number(numbers.get(key, 0))})" for key, words in offered.items()}
            self.choose_from(name, told)

    def choose_from(self, name: str, words: Mapping[str, str]) -> None:
        field = self[name]
        assert isinstance(field, SelectField)
        field.choices = choices([("", _("All")), *words.items()])


class ListFilter(SearchFilter):
    standing = SelectField(
        _l("Who"), choices=lambda: choices((key, _(STANDING_WORDS[key])) for key in STANDINGS), default="members"
    )
    sort = SelectField(_l("Order"), choices=lambda: choices((key, _(SORT_WORDS[key])) for key in SORTS), default="name")
    offer = SelectField(_l("Service or field"), default="")
    basis = SelectField(_l("Legal basis"), default="")
    provider = SelectField(
        _l("Provider under § 60"),
        choices=lambda: choices([("", _("All")), *((key, _(words)) for key, words in STATUSES.items())]),
        default="",
    )
    expiring = BooleanField(_l("Evidence runs out within 90 days"))

    def offer_entries(self, entries: Iterable[tuple[str, str]], bases: Iterable[tuple[str, str]]) -> None:
        """What the catalogues have to choose from, by their codes."""
        self.offer.choices = choices([("", _("All")), *entries])
        self.basis.choices = choices([("", _("All")), *bases])
