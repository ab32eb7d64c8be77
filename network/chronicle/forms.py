"""What the office types about a milestone."""

from wtforms import BooleanField, TextAreaField
from wtforms.validators import Length

from network.i18n import _l
from network.web.fields import Line, Required, RoughDay, plain
from network.web.forms import Form


class MilestoneForm(Form):
    day = RoughDay(_l("When"), [Required(_l("Please say when it was, as far as it is known."))])
    title_de = Line(_l("What happened"), [Required(_l("Please say in a few words what happened."))])
    text_de = TextAreaField(_l("More about it"), [Length(max=5000)], filters=[plain])
    title_en = Line(_l("What happened, in English"))
    text_en = TextAreaField(_l("More about it, in English"), [Length(max=5000)], filters=[plain])
    shown = BooleanField(_l("Show it on the website"), default=True)
