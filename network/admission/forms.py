"""What applicants type into the public form, and what the office enters step by step."""

from typing import Any

from wtforms import (
    BooleanField,
    FileField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from network.admission.application import COMMITMENT, sites_in
from network.errors import Refused
from network.i18n import _, _l
from network.members import reading
from network.members.lands import land_choices
from network.members.tables import MembershipKind
from network.web.fields import Day, Email, Line, Required, Telephone, is_name, plain
from network.web.forms import Form

DOCUMENT = _l("PDF, JPEG or PNG, at most 20 MB")


READERS = {"postal_code": reading.typed_postal_code, "website": reading.website}


def is_readable(form: Form, field: Any) -> None:
    """Web addresses by the same eyes that read spreadsheets, postal codes by stricter ones."""
    del form
    if field.data:
        try:
            field.data = READERS[field.short_name](field.short_name, field.data)
        except ValueError as problem:
            raise ValidationError(str(problem)) from problem


def are_sites(form: Form, field: Any) -> None:
    del form
    try:
        sites_in(field.data or "")
    except Refused as no:
        raise ValidationError(no.words) from no


class ApplicationForm(Form):
    """Who wants to become a member, where it works, and whom to ask."""

    name = Line(
        _l("Name of your organisation"), [Required(_l("Please enter the name."))], description=_l("With its legal form")
    )
    street = Line(_l("Street and number"))
    postal_code = Line(_l("Postal code"), [Required(_l("Please enter the postal code.")), is_readable], most=10)
    town = Line(_l("Town"), [Required(_l("Please enter the town."))], most=100)
    land = SelectField(
        _l("Land"),
        [Optional()],
        choices=lambda: [SelectChoice("", "–"), *(SelectChoice(*pair) for pair in land_choices())],
        default="",
    )
    website = Line(_l("Website"), [is_readable], most=300)
    sites = TextAreaField(
        _l("Your sites"),
        [Length(max=4000), are_sites],
        filters=[plain],
        description=_l("One a line, for example: 06108 Halle, Saalestraße 5"),
    )
    why = TextAreaField(_l("What you do, and why you want to join"), [Length(max=5000)], filters=[plain])
    documents = MultipleFileField(
        _l("Documents"),
        description=_l(
            "For example the evidence under § 51 SGB IX and your bylaws. PDF, JPEG or PNG, at most 20 MB each and "
            "25 MB together; they can also follow later."
        ),
    )
    contact_name = Line(_l("Whom may we ask?"), [Required(_l("Please enter a name.")), is_name])
    contact_email = Email(_l("E-mail address"), [Required(_l("Please enter the e-mail address."))])
    contact_phone = Telephone(_l("Telephone"))
    committed = BooleanField(_l(COMMITMENT), [Required(_l("Without this commitment nobody can become a member."))])


class StepForm(Form):
    """One step on the way: when, who, what came of it."""

    on = Day(_l("Day"), [Required(_l("Please enter the day."))])
    said_by = Line(_l("Who"), [Required(_l("Please enter who did it."))])
    why = TextAreaField(_l("Note"), [Length(max=5000)], filters=[plain])
    document = FileField(_l("Document"), description=DOCUMENT)


class EndForm(Form):
    """Declined or withdrawn: never without a reason."""

    on = Day(_l("Day"), [Required(_l("Please enter the day."))])
    said_by = Line(_l("Who"))
    why = TextAreaField(_l("Reason"), [Required(_l("Please say why.")), Length(max=5000)], filters=[plain])
    document = FileField(_l("Document"), description=DOCUMENT)


class AcceptanceForm(Form):
    on = Day(_l("Decided on"), [Required(_l("Please enter the day."))])
    said_by = Line(_l("Who decided"), [Required(_l("Please say who decided."))])
    kind = SelectField(_l("Accepted as"), choices={}, default=MembershipKind.GUEST)
    since = Day(_l("Member from"), [Required(_l("Please enter the day."))])
    number = Line(_l("Member number"), most=20)
    entry = RadioField(_l("Which entry of the directory becomes the member?"), [Optional()], choices={})
    sites = SelectMultipleField(
        _l("Sites to take over"),
        [Optional()],
        choices={},
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    represents = BooleanField(_l("The contact represents the member, and can sign in from this day on"), default=True)
    why = TextAreaField(_l("Resolution or reason"), [Length(max=5000)], filters=[plain])
    document = FileField(_l("Document"), description=DOCUMENT)

    def offer(self, sites: list[str], *, guests: bool, entries: dict[str, str]) -> None:
        """What can be chosen here: sites as typed, guests only where the bylaws know them, entries that are alike."""
        guest = {str(MembershipKind.GUEST): _("Guest member, without a vote")} if guests else {}
        self.kind.choices = guest | {str(MembershipKind.FULL): _("Full member")}
        self.sites.choices = {line: line for line in sites}
        self.entry.choices, first = entries, next(iter(entries), "")
        self.entry.data = self.entry.data if self.entry.data in entries else first
