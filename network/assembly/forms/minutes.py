"""What is typed of the minutes: their text, and who signed when."""

from wtforms import TextAreaField
from wtforms.validators import Length

from network import clock
from network.i18n import _l
from network.web.fields import Day, Required, plain
from network.web.forms import Form


class MinutesForm(Form):
    text = TextAreaField(
        _l("Minutes of the assembly"),
        [Required(_l("Please write what the minutes shall tell.")), Length(max=400_000)],
        filters=[plain],
        description=_l("Blank lines make paragraphs, “## ” makes a heading, “> ” a quotation (Markdown)."),
    )


class SignatureForm(Form):
    on = Day(_l("Signed on"), [Required(_l("Please say when it was signed."))], default=clock.today)
