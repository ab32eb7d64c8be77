"""What the office types about a term of a catalogue."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length

from network.catalogue.entry import name_of
from network.catalogue.tables import Entry
from network.i18n import _l
from network.web.fields import Day, Line, Required, plain
from network.web.forms import Form


class EntryForm(Form):
    name_de = Line(_l("Name"), [Required(_l("Please enter the name."))])
    text_de = TextAreaField(
        _l("What it is, in plain words"),
        [Length(max=2000)],
        filters=[plain],
        description=_l("Stands in the public glossary."),
    )
    name_en = Line(_l("Name in English"))
    text_en = TextAreaField(_l("What it is, in English"), [Length(max=2000)], filters=[plain])
    since = Day(_l("Applies from"))


class EndingForm(Form):
    until = Day(_l("Last day"), [Required(_l("Please enter the day."))])
    successor = SelectField(_l("What applies after it"), choices=[], default="", validate_choice=True)

    def __init__(self, typed: Any = None, *, others: Sequence[Entry] = (), **values: Any) -> None:
        super().__init__(typed, **values)
        self.successor.choices = [
            SelectChoice("", "–"),
            *(SelectChoice(row.reference, name_of(row)) for row in others),
        ]
