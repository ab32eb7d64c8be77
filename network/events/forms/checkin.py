"""What is typed at the door."""

from network.i18n import _l
from network.web.fields import Line, Required, is_name
from network.web.forms import Form


class WalkInForm(Form):
    name = Line(_l("First and last name"), [Required(_l("Please enter the name.")), is_name])
    organisation = Line(_l("Organisation"), [Required(_l("Please enter the name of the organisation.")), is_name])
