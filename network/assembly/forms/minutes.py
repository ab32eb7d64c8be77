"""What is typed of the minutes: their text, who signed when, and what members say against them."""

from datetime import datetime, time

from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.validators import Length

from network import clock
from network.i18n import _, _l
from network.web.fields import Day, Line, Required, plain
from network.web.forms import Form


class MinutesForm(Form):
    text = TextAreaField(
        _l("Minutes of the assembly"),
        [Required(_l("Please write what the minutes shall tell.")), Length(max=400_000)],
        filters=[plain],
        description=_l("Blank lines make paragraphs, “## ” makes a heading, “> ” a quotation (Markdown)."),
    )


class SendingForm(Form):
    copies = BooleanField(_l("Also a copy to everybody who acts for a member"), default=True)


class ObjectionForm(Form):
    """A member's own; `PaperObjectionForm` is the office's."""

    text = TextAreaField(
        _l("What is wrong, and how it should read"),
        [Required(_l("Please say what is wrong.")), Length(max=20_000)],
        filters=[plain],
    )


class PaperObjectionForm(ObjectionForm):
    member = SelectField(_l("Member"), choices={})
    said_by = Line(_l("Who signed it"), description=_l("If somebody is named"))
    received_on = Day(_l("Received on"), [Required(_l("Please say on which day."))], default=clock.today)

    @property
    def moment(self) -> datetime:
        """Today it is now; of another day its beginning, which nobody can hold against the member."""
        assert self.received_on.data
        if self.received_on.data == clock.today():
            return clock.now()
        return clock.berlin(self.received_on.data, time.min)


class DecisionForm(Form):
    upheld = RadioField(
        _l("Decision"),
        choices=lambda: [("yes", _("upheld: the minutes are put right")), ("no", _("not upheld: the minutes stay"))],
        default="no",
    )
    answer = TextAreaField(
        _l("Why, in a sentence that the member will read"),
        [Required(_l("Please write why, in a sentence that the member will read.")), Length(max=5000)],
        filters=[plain],
    )


class SignatureForm(Form):
    on = Day(_l("Signed on"), [Required(_l("Please say when it was signed."))], default=clock.today)
