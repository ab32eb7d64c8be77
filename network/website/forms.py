"""A form with a field of every shape, for the patterns page."""

from wtforms import BooleanField, RadioField, SelectField, TextAreaField

from network.web.fields import Clock, Day, Email, Line, Required
from network.web.forms import Form


class PatternForm(Form):
    organisation = Line("Organisation", [Required("Bitte geben Sie die Organisation an")])
    email = Email("E-Mail-Adresse", description="Dorthin geht die Bestätigung")
    day = Day("Tag")
    start = Clock("Beginn")
    land = SelectField("Bundesland", choices={"": "bitte wählen", "HE": "Hessen", "SN": "Sachsen"})
    mode = RadioField(
        "Teilnahme",
        choices={"in_person": "vor Ort", "online": "online"},
        default="in_person",
    )
    consent = BooleanField("Ich bin einverstanden", [Required("Ohne Ihr Einverständnis geht es nicht")])
    words = TextAreaField("Was sollen wir wissen?")
