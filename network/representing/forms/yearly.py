"""What the page of the yearly question asks, and what can be put right there."""

from wtforms import BooleanField, FieldList, FormField, HiddenField, TextAreaField
from wtforms import Form as Part
from wtforms.validators import Length, Optional

from network.i18n import _l
from network.representing.forms.described import OffersPart, ProfilePart, ProviderPart
from network.representing.forms.own import OFFICE_AGREES, OrganisationPart, SitePart
from network.web.fields import Email, Line, Required, Telephone, is_name, plain
from network.web.forms import AskingForm, Form

MOST = 200


class KnownSitePart(SitePart, OffersPart):
    reference = HiddenField(filters=[plain])


class KnownPersonPart(Part):
    reference = HiddenField(filters=[plain])
    name = Line(_l("First and last name"), [Required(_l("Please enter the name.")), is_name])
    email = Email(_l("E-mail address"))
    phone = Telephone(_l("Telephone"))
    gone = BooleanField(_l("Does not do this any more"))


class ConfirmForm(Form):
    """All is right: only who says so."""

    by = Line(_l("Your name"), [Required(_l("Please enter your name.")), is_name], most=200)


class AnswerForm(ConfirmForm, AskingForm):
    """All that the house knows of a member, to be put right."""

    organisation = FormField(OrganisationPart, _l("Organisation"))
    profile = FormField(ProfilePart, _l("Profile"))
    offers = FormField(OffersPart, _l("Offered by the whole organisation"))
    provider = FormField(ProviderPart, _l("Alternative provider (§ 60 SGB IX)"))
    sites = FieldList(FormField(KnownSitePart, _l("Site")), _l("Sites"), max_entries=MOST)
    people = FieldList(FormField(KnownPersonPart, _l("Person")), _l("People"), max_entries=MOST)
    delegate_name = Line(_l("New voting delegate"), [Optional(), is_name], description=OFFICE_AGREES)
    delegate_email = Email(_l("E-mail address of the new voting delegate"), [Optional()])
    remark = TextAreaField(
        _l("What else is different"),
        [Optional(), Length(max=4000)],
        filters=[plain],
        description=_l("For example a new or closed site, or a new colleague. The office enters it."),
    )
