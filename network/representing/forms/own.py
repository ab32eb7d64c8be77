"""What members type about their address, sites and people, and the office's answers."""

from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    ValidationError,
)
from wtforms import Form as Part
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from network.i18n import _, _l
from network.members import daywords, function, reading
from network.members.lands import land_choices
from network.members.site import label
from network.members.tables import FunctionKind, Site
from network.people import publication
from network.web.fields import Day, Email, Line, Required, Telephone, is_name, plain
from network.web.forms import AskingForm, Form

READERS = {
    "postal_code": reading.typed_postal_code,
    "website": reading.website,
    "opened_year": daywords.year,
    "places": reading.whole_number,
}
OUTSIDE = ("form_token", "reference", "moved_on", "services", "fields", "offers_since", "were")  # no facts of the row
NUMBERS = ("opened_year", "places")
MOVED = _l("New from this day on")
MOVED_MORE = _l("Only for a move or a new name. Leave it empty if something was written wrongly.")
OFFICE_AGREES = _l("The office has to agree to a change.")


def readable(form: Any, field: Any) -> None:
    """The same eyes that read spreadsheets."""
    del form
    if field.data:
        try:
            READERS[field.short_name](field.short_name, field.data)
        except ValueError as problem:
            raise ValidationError(str(problem)) from problem


def facts_of(values: dict[str, Any]) -> dict[str, Any]:
    """As they are understood; nothing typed is "" for texts and None for numbers."""
    return {name: fact(name, value) for name, value in values.items() if name not in OUTSIDE}


def fact(name: str, value: Any) -> Any:
    if not value:
        return None if name in NUMBERS else ""
    return READERS[name](name, value) if name in READERS else value


class OrganisationPart(Part):
    """An organisation and how it is reached; name and legal form are protected."""

    name = Line(_l("Name"), [Required(_l("Please enter the name."))], description=OFFICE_AGREES)
    legal_form = Line(_l("Legal form"), [Optional()], most=60, description=OFFICE_AGREES)
    street = Line(_l("Street and number"))
    postal_code = Line(_l("Postal code"), [readable], most=10)
    town = Line(_l("Town"), most=100)
    land = SelectField(
        _l("Land"), [Optional()], choices=lambda: [SelectChoice(*one) for one in [("", "–"), *land_choices()]]
    )
    email = Email(_l("E-mail address"))
    phone = Line(_l("Telephone"), most=60)
    website = Line(_l("Website"), [readable], most=300)
    moved_on = Day(MOVED, description=MOVED_MORE)


class OrganisationForm(OrganisationPart, Form):
    why = TextAreaField(
        _l("For the office: why the name or the legal form changes"), [Optional(), Length(max=2000)], filters=[plain]
    )


class SitePart(Part):
    name = Line(_l("Name of the site"), [Optional()], description=_l("Without one it is called by its town"))
    street = Line(_l("Street and number"))
    postal_code = Line(_l("Postal code"), [Required(_l("Please enter the postal code.")), readable], most=10)
    town = Line(_l("Town"), [Required(_l("Please enter the town."))], most=100)
    places = Line(_l("Places"), [Optional(), readable], most=10)
    moved_on = Day(MOVED, description=_l("Only for a move. Leave it empty if something was written wrongly."))


class SiteForm(SitePart, Form):
    land = SelectField(
        _l("Land"), [Optional()], choices=lambda: [SelectChoice(*one) for one in [("", "–"), *land_choices()]]
    )
    opened_year = Line(_l("Opened"), [Optional(), readable], most=20, description=_l("The year is enough"))


class LastDayForm(Form):
    day = Day(_l("Last day"), [Required(_l("Please enter the day."))])


class PersonForm(Form):
    person_title = Line(_l("Title"), [Optional()], most=60, description=_l("For example Dr."))
    name = Line(_l("First and last name"), [Required(_l("Please enter the name.")), is_name])
    email = Email(_l("E-mail address"))
    phone = Telephone(_l("Telephone"))
    shown = SelectMultipleField(
        _l("The person agrees that this is shown in public"),
        [Optional()],
        choices=lambda: {fact: _(words) for fact, words in publication.FACTS.items()},
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("Each by itself. The day is kept; without a tick nothing is shown."),
    )


class FunctionForm(PersonForm, AskingForm):
    """A colleague gets a function; who votes is for the office to agree to."""

    kind = SelectField(_l("Function"), choices=lambda: [SelectChoice(*one) for one in function.named().items()])
    site = SelectField(_l("Where"), choices={}, default="")
    since = Day(_l("First day"))

    def offer_sites(self, sites: Iterable[Site]) -> None:
        self.site.choices = {"": _("the whole organisation")} | {one.reference: label(one) for one in sites}

    @property
    def is_delegate(self) -> bool:
        return bool(self.kind.data == FunctionKind.VOTING_DELEGATE)


class ColleagueForm(AskingForm):
    name = Line(_l("First and last name"), [Required(_l("Please enter the name.")), is_name])
    email = Email(
        _l("E-mail address"),
        [Required(_l("Please enter the e-mail address."))],
        description=_l("Sign-in links go there"),
    )


class DecisionForm(Form):
    seen = HiddenField(default="")
    what = RadioField(
        _l("If you accept"),
        [Optional()],
        choices=lambda: [
            SelectChoice("changed", _("new from this day on")),
            SelectChoice("always", _("it was always so, a typing error is put right")),
        ],
        default="changed",
    )
    moved_on = Day(_l("First day"), description=_l("Until then the old one is shown; it may lie ahead"))
    is_another = BooleanField(_l("It is another organisation of the same name"))
    reason = TextAreaField(
        _l("Reason, if you decline"),
        [Optional(), Length(max=2000)],
        filters=[plain],
        description=_l("The member reads it."),
    )
