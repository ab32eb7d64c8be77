"""What the office types when somebody rings up to register."""

from dataclasses import replace
from typing import Any

from wtforms import BooleanField, FieldList, FormField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from network.events.access import NEEDS
from network.events.forms.registration import MOST, NAME, PeopleForm, PersonPart
from network.events.registration import Guest
from network.folding import folded
from network.i18n import _l
from network.web.fields import Email, Line, Required, Telephone, is_name


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

    organisation = Line(_l("Organisation"), [Required(_l("Please enter the name of the organisation.")), is_name])
    name = Line(_l("Who registers"), [Required(_l("Please enter the name.")), is_name])
    email = Email(_l("Their e-mail address"), [Required(_l("Please enter the e-mail address."))])
    phone = Telephone(_l("Their telephone number"), [Optional()])
    attends = BooleanField(_l("Takes part too"))
    people = FieldList(FormField(CallerPart, _l("Person")), _l("People"), min_entries=1, max_entries=MOST)

    def validate(self, *args: Any, **options: Any) -> bool:
        """Whoever registers and takes part needs no name a second time."""
        if self.own_place is not None:
            name = self.people.entries[self.own_place].form.name
            name.validators = [one for one in name.validators if one is not NAME]
        return super().validate(*args, **options)

    def guests(self) -> list[Guest]:
        """As typed, and among them whoever registers, if they take part: once, wherever they stand."""
        guests = super().guests()
        if not self.attends.data:
            return guests
        name, email = self.name.data or "", self.email.data or ""
        if self.own_place is None:
            return [Guest(name=name, email=email), *guests]
        mine = guests[self.own_place]
        guests[self.own_place] = replace(mine, name=name, email=mine.email or email)
        return guests

    @property
    def own_place(self) -> int | None:
        """Where among the people whoever registers stands: by their name, or where no name is typed."""
        if not self.attends.data:
            return None
        names = [folded(guest.name) for guest in super().guests()]
        wanted = (folded(self.name.data or ""), "")
        return next((names.index(name) for name in wanted if name in names), None)
