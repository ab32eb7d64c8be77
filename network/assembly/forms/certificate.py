"""What is typed for the certificate of the number of members."""

from network.i18n import _l
from network.web.fields import Day, Required
from network.web.forms import Form


class KeyDateForm(Form):
    on = Day(_l("Key date"), [Required(_l("Please enter the day."))])
