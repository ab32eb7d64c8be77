"""What is typed into a form and read by somebody else in a letter carries no advertising."""

import pytest
from litestar.datastructures import FormMultiDict

from network.events.forms.checkin import WalkInForm
from network.events.forms.office import OfficeRegistrationForm
from network.events.forms.registration import PeopleForm, RegistrationForm, ReplacementForm


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (RegistrationForm, "organisation"),
        (RegistrationForm, "name"),
        (RegistrationForm, "people-0-name"),
        (PeopleForm, "people-0-name"),
        (ReplacementForm, "person-name"),
        (OfficeRegistrationForm, "organisation"),
        (OfficeRegistrationForm, "name"),
        (OfficeRegistrationForm, "people-0-name"),
        (WalkInForm, "name"),
        (WalkInForm, "organisation"),
    ],
)
def test_no_name_that_stands_in_letters_is_a_web_address(form, field):
    def objections(name):
        taken = form(FormMultiDict([(field, name)]))
        taken.validate()
        return str(taken.errors).count("Internetadresse")

    assert (objections("Gratis: bonus-casino.io"), objections("Dr.med. J.R. Smith")) == (1, 0)
