"""What is typed in to sign in."""

from wtforms import HiddenField
from wtforms.validators import InputRequired

from network.i18n import _l
from network.web.forms import Email, Form, plain


class SignInForm(Form):
    email = Email(_l("E-mail address"), [InputRequired(_l("Please enter your e-mail address"))])
    onward = HiddenField(filters=[plain])
