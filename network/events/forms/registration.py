"""The registration form in its two steps, and the same people again where they are added or replaced."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from litestar.datastructures import FormMultiDict
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms import Form as Part
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from network.events.access import NEEDS
from network.events.registration import Guest
from network.folding import folded
from network.i18n import _, _l
from network.web.fields import Email, Line, Required, Telephone, is_name, one_line, plain
from network.web.forms import Form

MOST = 50  # what the form reads at all; the event says how many people it takes
FIRST_STEP = ("organisation", "name", "email", "phone", "attends", "number")
SECOND_STEP = ("people", "together", "wants_news")
NAME = Required(_l("Please enter the name."))


@dataclass(frozen=True, slots=True)
class Addressed:
    """An address that was typed; `refuse` puts words beside it."""

    email: str
    refuse: Callable[[str], None]


class PersonPart(Part):
    """One person; the label is numbered by the page."""

    name = Line(_l("First and last name"), [NAME, is_name])
    email = Email(_l("E-mail address"), [Optional()])
    role = Line(_l("Role"), [Optional()], most=120)
    diet = Line(_l("Food and drink"), [Optional()])
    needs = SelectMultipleField(
        _l("What I need in order to take part well"),
        choices=[SelectChoice(need, words) for need, words in NEEDS.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    other_need = StringField(_l("Something else"), [Length(max=500)], filters=[one_line])
    consent = BooleanField(
        _l("I agree that these details are stored for this purpose; for somebody else I have their consent.")
    )

    Meta = Form.Meta  # the same language for its messages

    @property
    def is_empty(self) -> bool:
        texts = (self.name.data, self.email.data, self.role.data, self.diet.data)
        return not any(texts) and not self.says_needs

    @property
    def says_needs(self) -> bool:
        return bool(self.needs.data or self.other_need.data or self.consent.data)

    def validate_consent(self, field: BooleanField) -> None:
        """Needs are health data: they are only taken with an express yes."""
        if (self.needs.data or self.other_need.data) and not field.data:
            raise ValidationError(_("Please agree that we store these details, or take them out."))

    def guest(self) -> Guest:
        return Guest(
            name=self.name.data or "",
            email=self.email.data or "",
            role=self.role.data or "",
            diet=self.diet.data or "",
            needs=tuple(self.needs.data or ()),
            other_need=self.other_need.data or "",
            consent=bool(self.consent.data),
        )


def put_beside(field: Field, words: str) -> None:
    field.errors = [*field.errors, words]


class PeopleForm(Form):
    """People with their details, to be added to a registration."""

    people = FieldList(FormField(PersonPart, _l("Person")), _l("People"), min_entries=1, max_entries=MOST)
    together = BooleanField(_l("We come only together: seats for all of us or for none"))

    def guests(self) -> list[Guest]:
        return [entry.form.guest() for entry in self.people]

    def validate(self, *args: Any, **options: Any) -> bool:
        """Nobody stands on it twice: same name, same address."""
        valid = super().validate(*args, **options)
        seen = set()
        for number, entry in enumerate(self.people):
            guest = entry.form.guest()
            person = (folded(guest.name), folded(guest.email))
            if guest.email and person in seen:
                self.refuse(number, "name", _("This person is already on this form"))
                valid = False
            seen.add(person)
        return valid

    def refuse(self, number: int, field: str, words: str) -> None:
        """Put words beside a field of the person with this number (from 0)."""
        put_beside(self.people.entries[number].form[field], words)
        self.people.errors = [entry.errors for entry in self.people]

    def addressed(self) -> list[Addressed]:
        return [
            Addressed(entry.form.email.data or "", partial(self.refuse, number, "email"))
            for number, entry in enumerate(self.people)
        ]

    @property
    def next_person(self) -> str:
        """The id that one more person will have: with each sending they are numbered anew."""
        return f"{self.people.id}-{len(self.people)}"

    def pressed(self, typed: FormMultiDict) -> bool:
        """The buttons that only change the form: one person more, or the n-th (counted from one) out of it."""
        if "add_person" in typed:
            self.add_person()
        if "remove_person" in typed:
            self.remove_person(str(typed["remove_person"]))
        return "add_person" in typed or "remove_person" in typed

    def add_person(self) -> None:
        if len(self.people) < MOST:
            self.people.append_entry()

    def remove_person(self, number: str) -> None:
        """The last person stays."""
        if number.isdigit() and 0 < int(number) <= len(self.people) and len(self.people) > 1:
            del self.people.entries[int(number) - 1]


class RegistrationForm(PeopleForm):
    """Step "1": who registers. Step "2": the people. The other step's values travel along as hidden fields."""

    step = HiddenField(default="1", filters=[plain])
    organisation = Line(_l("Organisation"), [Required(_l("Please enter the name of the organisation.")), is_name])
    name = Line(_l("Your first and last name"), [Required(_l("Please enter your name.")), is_name])
    email = Email(_l("Your e-mail address"), [Required(_l("Please enter your e-mail address."))])
    phone = Telephone(_l("Your telephone number"), [Optional()])
    attends = BooleanField(_l("I take part myself"), default=True)
    number = SelectField(_l("How many people do you register?"), coerce=int, default=1, validate_choice=False)
    people = FieldList(FormField(PersonPart, _l("Person")), _l("People"), min_entries=0, max_entries=MOST)
    wants_news = BooleanField(_l("Please also put me on the mailing list"))

    def __init__(self, typed: FormMultiDict | None = None, *, most: int = 10, **values: Any) -> None:
        super().__init__(typed, **values)
        self.number.choices = [SelectChoice(count, str(count)) for count in range(1, most + 1)]
        self.number.data = min(max(1, self.number.data or 1), most)
        self.typed = typed

    def validate_first(self) -> bool:
        """Only what stands on the first page."""
        valid = [self._fields[name].validate(self) for name in FIRST_STEP]
        return all(valid)

    def fill_people(self) -> None:
        """The second page begins with as many people as were announced; whoever registers and comes is the first.

        People who were typed before (somebody went back to the first page) are kept, those left empty are not.
        """
        wished = self.number.data
        for entry in reversed(list(self.people)):
            if len(self.people) > wished and entry.form.is_empty:
                self.people.entries.remove(entry)
        while len(self.people) < wished:
            self.people.append_entry()
        first = self.people.entries[0].form
        if self.attends.data and not first.name.data and not first.email.data:
            first.name.data, first.email.data = self.name.data, self.email.data

    def addressed(self) -> list[Addressed]:
        """Whoever registers gets the overview; their address stands on the other page, so the words stand on top."""

        def refuse(words: str) -> None:
            self.form_errors = [*self.form_errors, words]

        return [Addressed(self.email.data or "", refuse), *super().addressed()]

    def carried(self, shown: str) -> Iterator[tuple[str, str]]:
        """What was typed on the other page, as it was typed."""
        other = SECOND_STEP if shown == "1" else FIRST_STEP
        for name, value in self.typed.multi_items() if self.typed is not None else ():
            if name.partition("-")[0] in other and isinstance(value, str):
                yield name, value


class ReplacementForm(Form):
    """The one person who comes in another's stead."""

    person = FormField(PersonPart, _l("Who comes instead"))

    def addressed(self) -> list[Addressed]:
        field = self.person.form.email
        return [Addressed(field.data or "", partial(put_beside, field))]

    def guest(self) -> Guest:
        guest: Guest = self.person.form.guest()
        return guest
