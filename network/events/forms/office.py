"""What the office types when somebody rings up to register."""

from wtforms import BooleanField, FieldList, FormField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from network.events.access import NEEDS
from network.events.forms.registration import MOST, PeopleForm, PersonPart
from network.i18n import _l
from network.web.fields import Email, Line, Telephone, is_name


class CallerPart(PersonPart):
    """Somebody else types it: what was said on the telephone, and that it was."""

    needs = SelectMultipleField(
        _l("What the person needs in order to take part well"),
        choices=[SelectChoice(need, words) for need, words in NEEDS.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    consent = BooleanField(_l("The person agrees that these details are stored for this purpose."))


class OfficeRegistrationForm(PeopleForm):
    """One page: who registers, and the people."""

    organisation = Line(_l("Organisation"), [InputRequired(_l("Please enter the name of the organisation")), is_name])
    name = Line(_l("Who registers"), [InputRequired(_l("Please enter the name")), is_name])
    email = Email(_l("Their e-mail address"), [InputRequired(_l("Please enter the e-mail address"))])
    phone = Telephone(_l("Their telephone number"), [Optional()])
    people = FieldList(FormField(CallerPart, _l("Person")), _l("People"), min_entries=1, max_entries=MOST)
