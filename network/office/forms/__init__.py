"""What the office types into its own rooms: the association's details, privacy texts, people and filters."""

import re
from typing import Any

from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from network.association.colours import readable_on_white
from network.association.keeping import Kept
from network.i18n import N_, _, _l
from network.members.lands import land_choices
from network.people.tables import RoleKind
from network.web.fields import Day, Email, Line, Number, Required, Telephone, plain
from network.web.forms import AskingForm, Form, MeaningForm

GRANTED = {
    RoleKind.OFFICE: N_("Office: everything the association does"),
    RoleKind.EVENT_TEAM: N_("Event team: participants, their needs and the check-in"),
    RoleKind.ADMIN: N_("Administration: settings, people and roles"),
    RoleKind.MEMBER_REPRESENTATIVE: N_("Represents a member"),
}
BOUNDS = {
    "days": lambda least, most: _("In days after which it goes, from %(least)s to %(most)s", least=least, most=most),
    "months": lambda least, most: _(
        "In months after which it goes, from %(least)s to %(most)s", least=least, most=most
    ),
    "years": lambda least, most: _("In years after which it goes, from %(least)s to %(most)s", least=least, most=most),
}
HEX = re.compile(r"^#[0-9a-fA-F]{6}$")


def is_readable_colour(form: Form, field: Any) -> None:
    del form
    if not field.data:
        return
    if not HEX.match(field.data):
        raise ValidationError(_("Please write the colour like #0b5566"))
    if not readable_on_white(field.data):
        raise ValidationError(_("This colour is too light to be read on white; please choose a darker one."))


class ProfileForm(Form):
    """The association's details; the groups are how the page shows them."""

    full_name = Line(_l("Full name"), [Required(_l("Please enter the full name."))])
    short_name = Line(_l("Short name"), [Required(_l("Please enter the short name."))], most=60)
    legal_form = Line(_l("Legal form"), most=60)
    founded_on = Day(_l("Founded on"))
    street = Line(_l("Street and number"))
    postal_code = Line(_l("Postal code"), most=10)
    town = Line(_l("Town"), most=100)
    land = SelectField(
        _l("Land"),
        [Optional()],
        choices=lambda: [("", "–"), *land_choices()],
        default="",
        description=_l("Its public holidays count where periods for assemblies are reckoned."),
    )
    email = Email(_l("E-mail address"), [Required(_l("Please enter your e-mail address."))])
    phone = Line(_l("Telephone"), most=60)
    represented_by = TextAreaField(
        _l("Represented by"),
        [Length(max=1000)],
        filters=[plain],
        description=_l("One person a line, with the office held. Counts only until the board's terms are entered."),
    )
    register_court = Line(_l("Register court"), most=100)
    register_number = Line(_l("Register number"), most=40)
    vat_id = Line(_l("VAT ID"), most=20)
    editor = Line(_l("Responsible for the content"), description=_l("§ 18 (2) MStV: a person with an address"))
    privacy_contact = Line(
        _l("Who looks after data protection"),
        most=300,
        description=_l("The data protection officer, or whom people turn to: name and how to reach them"),
    )
    processors = TextAreaField(
        _l("Who works with your data on your behalf"),
        [Length(max=4000)],
        filters=[plain],
        description=_l("One a line, with what for: whoever runs the server, the mail provider (Art. 28 GDPR)"),
    )
    sender_name = Line(_l("Sender of letters"), description=_l("Without it the short name is used"))
    sender_email = Email(_l("Sender's address"), description=_l("Without it the e-mail address above is used"))
    reply_to = Email(_l("Answers go to"), description=_l("Without it answers go to the sender's address"))
    accent = Line(
        _l("Accent colour"),
        [is_readable_colour],
        most=7,
        description=_l("Like #0b5566; dark enough to be read on white"),
    )
    logo = FileField(_l("Logo"), description=_l("PNG or JPEG, at most 1 MB"))
    remove_logo = BooleanField(_l("Show no logo any more"))
    claim_de = Line(_l("One sentence about you"), most=300)
    claim_en = Line(_l("The same sentence in English"), most=300)
    about_de = TextAreaField(
        _l("About us"),
        [Length(max=20000)],
        filters=[plain],
        description=_l(
            "Markdown; the first paragraph also stands on the home page. {members} and {sites} become today's figures."
        ),
    )
    about_en = TextAreaField(_l("About us, in English"), [Length(max=20000)], filters=[plain])

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        fields = [field for field in self if field.name != "form_token"]
        ends = {
            _("Name"): "founded_on",
            _("Address"): "phone",
            _("Register and responsibility"): "editor",
            _("Data protection"): "processors",
            _("Letters"): "reply_to",
            _("Appearance"): "remove_logo",
            _("What you say of yourselves"): "about_en",
        }
        groups: list[tuple[str, list[Any]]] = []
        for title, last in ends.items():
            end = next(index for index, field in enumerate(fields) if field.name == last) + 1
            groups.append((title, fields[:end]))
            fields = fields[end:]
        return groups


class NoticeForm(Form):
    text_de = TextAreaField(
        _l("Text"),
        [Required(_l("Please enter the text.")), Length(max=40000)],
        filters=[plain],
        description=_l("Markdown"),
    )
    text_en = TextAreaField(_l("The same in English"), [Length(max=40000)], filters=[plain])


class WhoForm(Form):
    name = Line(_l("Name"), [Required(_l("Please enter the name."))])
    email = Email(
        _l("E-mail address"),
        [Required(_l("Please enter the e-mail address."))],
        description=_l("Sign-in links go there"),
    )


class CorrectForm(WhoForm):
    email = Email(_l("E-mail address"), description=_l("Another one than before is told to both addresses by letter"))
    title = Line(_l("Title"), [Optional()], most=60, description=_l("For example Dr."))
    phone = Telephone(_l("Telephone"), [Optional()])


class PersonForm(WhoForm, AskingForm, MeaningForm):
    roles = SelectMultipleField(
        _l("Roles"),
        [Required(_l("Please choose at least one role."))],
        choices=lambda: {str(kind): _(words) for kind, words in GRANTED.items()},
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    event = SelectField(_l("Event team for"), choices={}, default="")
    member = Line(_l("Represented member"), [Optional()], description=_l("Its name or its member number"))
    since = Day(_l("First day"), description=_l("Without one: today."))
    until = Day(_l("Last day"), description=_l("Without one the role runs until somebody ends it."))

    def offer(self, events: dict[str, str]) -> None:
        self.event.choices = {"": _("all events")} | events


class ActivityFilter(Form):
    who = SelectField(_l("Person"), choices={}, default="")
    day = Day(_l("Day"))


class PrivacyFilter(Form):
    q = Line(_l("Name or e-mail address"), description=_l("A name may be followed by the organisation"))


class KeepingForm(Form):
    """How a kind of data goes; how long it is kept is asked as well where the law leaves a choice (`keeping_form`)."""

    yearly = RadioField(
        _l("How it is deleted"),
        choices=lambda: [("", _("by itself, every night")), ("y", _("in the yearly run, after somebody approved it"))],
        default="",
    )


def keeping_form(kept: Kept) -> type[KeepingForm]:
    """With the law's bounds, in the kind's own unit."""
    term = kept.term
    if term is None or not term.is_choice:
        return KeepingForm
    least, most, unit = term.least, term.most, term.unit

    class BoundedForm(KeepingForm):
        number = Number(
            _l("Kept for"),
            [Required(_l("Please enter a number."))],
            least=least,
            most=most,
            description=BOUNDS[unit](least, most),
        )

    return BoundedForm


class ApprovalForm(Form):
    """The numbers that somebody looked at go along: others are not approved by it."""

    seen = HiddenField()


class OutboxFilter(Form):
    q = Line(_l("Name or address"))
    state = SelectField(_l("State"), choices={}, default="")
    template = SelectField(_l("Kind of letter"), choices={}, default="")


class KeepForm(Form):
    """A choice of a list under a name."""

    name = Line(_l("Name of the choice"), [Required(_l("Please give the choice a name."))], most=80)
    room = HiddenField()
    query = HiddenField(validators=[Length(max=1000)])
