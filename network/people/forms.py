"""What is typed in to sign in."""

from wtforms import HiddenField

from network.i18n import _l
from network.web.fields import Email, Required, plain
from network.web.forms import Form


class SignInForm(Form):
    email = Email(_l("E-mail address"), [Required(_l("Please enter your e-mail address."))])
    onward = HiddenField(filters=[plain])
