"""What the office types about groups and the seats in them."""

from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import Length, Optional

from network.groups import words
from network.groups.tables import Part
from network.i18n import _l
from network.web.fields import Day, Email, Line, Number, Required, is_name, plain
from network.web.forms import AskingForm, Form, MeaningForm


class GroupForm(Form):
    name_de = Line(_l("Name of the group"), [Required(_l("Please enter the name."))])
    purpose_de = TextAreaField(
        _l("What it is for"),
        [Length(max=3000)],
        filters=[plain],
        description=_l("The mandate in a few sentences; of a public group it stands on the website."),
    )
    founded_on = Day(_l("First day"), [Required(_l("Please enter the day."))])
    meetings_a_year = Number(_l("Meetings in a year"), [Optional()], least=1, most=52)
    shown = BooleanField(_l("Show the group on the website"))
    name_en = Line(_l("Name in English"))
    purpose_en = TextAreaField(_l("What it is for, in English"), [Length(max=3000)], filters=[plain])


class GroupEndForm(Form):
    on = Day(_l("Last day"), [Required(_l("Please enter the day."))])
    note = Line(_l("Why"), most=300)


class SeatForm(AskingForm, MeaningForm):
    """Somebody gets a seat. Of people of the same name, and of members alike, it is asked which one is meant."""

    name = Line(_l("First and last name"), [Required(_l("Please enter the name.")), is_name])
    email = Email(_l("E-mail address"), description=_l("Whoever is known by it is found, not entered a second time."))
    organisation = Line(
        _l("For which organisation"),
        description=_l("A member, by name or number. Only guests come from other organisations, or from none."),
    )
    part = SelectField(_l("As what"), choices=words.parts, default=Part.PARTICIPANT.value)
    since = Day(_l("First day"), [Required(_l("Please enter the day."))])
    until = Day(_l("Last day"), description=_l("Empty: no end is known. It ends with the membership by itself."))
    note = Line(_l("Note"), most=300)


class PartForm(Form):
    part = SelectField(_l("As what"), choices=words.parts)
    on = Day(_l("From which day on"), [Required(_l("Please enter the day."))])


class SeatEndForm(Form):
    until = Day(_l("Last day"), [Required(_l("Please enter the day."))])
    note = Line(_l("Why"), most=300)


class SeatDaysForm(Form):
    since = Day(_l("First day"), [Required(_l("Please enter the day."))])
    until = Day(_l("Last day"), description=_l("Empty: no end is known. It ends with the membership by itself."))
    note = Line(_l("Note"), most=300)
