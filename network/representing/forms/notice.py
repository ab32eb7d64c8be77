"""What a member types who gives notice."""

from wtforms import BooleanField, DateField, FileField
from wtforms.widgets import HiddenInput

from network.i18n import _l
from network.web.fields import Line, Required, is_name
from network.web.forms import Form


class NoticeForm(Form):
    """A tick and a name are text form (§ 126b BGB); where the bylaws want a signature, its picture comes along."""

    seen = DateField(widget=HiddenInput())  # the day that stood on the page
    by = Line(_l("Your name"), [Required(_l("Please enter your name.")), is_name])
    document = FileField(_l("Signed letter"), description=_l("PDF, JPEG or PNG, at most 20 MB"))
    sure = BooleanField(validators=[Required(_l("Please tick that this is what you declare."))])
