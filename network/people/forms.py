"""What is typed in to sign in."""

from wtforms import HiddenField
from wtforms.validators import InputRequired

from network.i18n import _l
from network.web.fields import Email, plain
from network.web.forms import Form


class SignInForm(Form):
    email = Email(_l("E-mail address"), [InputRequired(_l("Please enter your e-mail address"))])
    onward = HiddenField(filters=[plain])
