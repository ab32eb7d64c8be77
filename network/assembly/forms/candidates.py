"""What is typed of candidates: the call, a member's proposal, and what the candidate answers."""

from wtforms import BooleanField, RadioField, SelectField

from network.assembly.forms.planning import Longer
from network.i18n import N_, _, _l
from network.web.fields import Day, Email, Line, Required, is_name
from network.web.forms import Form

ANSWERS = {"agree": N_("I agree to stand"), "decline": N_("I do not stand")}


class CallForm(Form):
    until = Day(_l("Proposals until"), [Required(_l("Please say until when members can propose somebody."))])


class ProposalForm(Form):
    election = SelectField(_l("For which election"), choices=())
    name = Line(_l("First and last name"), [Required(_l("Please enter the name.")), is_name])
    email = Email(
        _l("E-mail address"),
        [Required(_l("Please enter the address to which the question goes."))],
        description=_l("The candidate gets a letter with a link by which to agree. Without that nobody stands."),
    )
    works_here = BooleanField(_l("Works for your organisation"))

    def offer(self, elections: dict[str, str]) -> None:
        self.election.choices = list(elections.items())


class CandidacyForm(Form):
    choice = RadioField(
        _l("Your answer"),
        [Required(_l("Please choose one of the answers."))],
        choices=lambda: [(key, _(words)) for key, words in ANSWERS.items()],
    )
    about = Longer(_l("A few lines about yourself"), most=2000,
                   description=_l("The members read them. You can leave this empty."))  # fmt: skip
