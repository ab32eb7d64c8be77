"""What is typed on the day: who comes, who chairs, what is voted on, the counts, remarks."""

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import Length, Optional

from network.assembly.ban import REASONS
from network.assembly.decision import WAYS
from network.assembly.forms.planning import Longer
from network.i18n import _, _l
from network.resolutions.counts import MOST_VOTES, Count
from network.web.fields import Day, Line, Number, Required, Ticks, plain
from network.web.forms import Form


class OpeningForm(Form):
    chair = Line(_l("Who chairs the meeting"), [Required(_l("Please say who chairs the meeting."))])
    minute_taker = Line(_l("Who takes the minutes"), [Required(_l("Please say who takes the minutes."))])


class ArrivalForm(Form):
    name = Line(_l("Who comes for it"), [Required(_l("Please say who comes."))])
    place = RadioField(
        _l("Where"), choices=lambda: [("room", _("in the room")), ("online", _("online"))], default="room"
    )


class GuestForm(Form):
    name = Line(_l("Name"), [Required(_l("Please enter a name."))])
    capacity = Line(_l("What for"), description=_l("For example managing director, speaker, auditor."))


class RemarkForm(Form):
    text = Longer(_l("What the minutes shall tell"), most=4000)


class VoteForm(Form):
    title = Line(_l("What it is about"), [Required(_l("Please say what it is about."))], most=300)
    wording = TextAreaField(
        _l("Wording, as it is voted on"),
        [Required(_l("Please enter the wording that is voted on.")), Length(max=20_000)],
        filters=[plain],
    )
    way = RadioField(
        _l("How it is voted"), choices=lambda: [(key, _(words)) for key, words in WAYS.items()], default="hands"
    )


class LateVoteForm(VoteForm):
    """Of a motion that came late it is voted first whether to decide on it."""

    agreed_yes = Number(
        _l("For deciding on it: yes"), [Required(_l("Please enter a number."))], least=0, most=MOST_VOTES
    )
    agreed_no = Number(_l("For deciding on it: no"), [Required(_l("Please enter a number."))], least=0, most=MOST_VOTES)

    @property
    def agreed(self) -> Count:
        return Count(self.agreed_yes.data or 0, self.agreed_no.data or 0)


class CountForm(Form):
    yes = Number(_l("Yes"), [Required(_l("Please enter a number."))], least=0, most=MOST_VOTES)
    no = Number(_l("No"), [Required(_l("Please enter a number."))], least=0, most=MOST_VOTES)
    abstain = Number(_l("Abstentions"), [Optional()], least=0, most=MOST_VOTES, default=0)
    invalid = Number(_l("Invalid"), [Optional()], least=0, most=MOST_VOTES, default=0)
    not_cast = Number(_l("Not cast"), [Optional()], least=0, most=MOST_VOTES, default=0)

    @property
    def count(self) -> Count:
        return Count(*(field.data or 0 for field in (self.yes, self.no, self.abstain, self.invalid, self.not_cast)))


class SplitForm(Form):
    """Which way how many of a member's own votes go."""

    yes = Number(_l("Yes"), [Optional()], least=0, most=MOST_VOTES, default=0)
    no = Number(_l("No"), [Optional()], least=0, most=MOST_VOTES, default=0)
    abstain = Number(_l("Abstentions"), [Optional()], least=0, most=MOST_VOTES, default=0)

    @property
    def count(self) -> Count:
        return Count(self.yes.data or 0, self.no.data or 0, self.abstain.data or 0)


class Reason:
    """Goes with every form that corrects something announced."""

    reason = TextAreaField(
        _l("Why the announced count was wrong"),
        [Required(_l("Please say why.")), Length(max=2000)],
        filters=[plain],
        description=_l("It stands in the minutes and in the resolution book."),
    )


class CountCorrection(Reason, CountForm):
    pass


class BreakingOffForm(Form):
    reason = Line(_l("Why it is broken off"), [Required(_l("Please say why."))], most=500)


class BanForm(Form):
    organisation = SelectField(_l("Member"), choices=())
    why = RadioField(
        _l("Why"),
        [Required(_l("Please choose the reason."))],
        choices=lambda: [(key, _(words)) for key, words in REASONS.items()],
    )
    note = Line(_l("In words, for the minutes"), most=300)


class RemovedForm(Form):
    terms = Ticks(_l("Whose term ends"))


class AssentForm(Form):
    organisation = SelectField(_l("Member"), choices=())
    agrees = RadioField(
        _l("What it says"),
        [Required(_l("Please choose what it says."))],
        choices=lambda: [("yes", _("agrees")), ("no", _("does not agree"))],
    )
    received_on = Day(_l("Received on"), [Required(_l("Please say when it arrived."))])
    said_by = Line(_l("Who signed"), [Required(_l("Please say who signed."))])
