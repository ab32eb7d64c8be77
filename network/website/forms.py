"""A form with a field of every shape, for the patterns page."""

from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from network.web.fields import Clock, Day, Email, Line
from network.web.forms import Form


class PatternForm(Form):
    organisation = Line("Organisation", [InputRequired("Bitte geben Sie die Organisation an")])
    email = Email("E-Mail-Adresse", description="Dorthin geht die Bestätigung")
    day = Day("Tag")
    start = Clock("Beginn")
    land = SelectField("Bundesland", choices={"": "bitte wählen", "HE": "Hessen", "SN": "Sachsen"})
    mode = RadioField(
        "Teilnahme",
        choices={"in_person": "vor Ort", "online": "online"},
        default="in_person",
    )
    consent = BooleanField("Ich bin einverstanden", [InputRequired("Ohne Ihr Einverständnis geht es nicht")])
    words = TextAreaField("Was sollen wir wissen?")
