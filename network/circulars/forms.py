"""What is typed in for a decision in writing, and how it is answered."""

from collections.abc import Sequence

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import Length

from network.circulars.circular import KINDS
from network.circulars.tables import Choice
from network.circulars.voters import Asked
from network.i18n import N_, _, _l
from network.resolutions import book
from network.resolutions.tables import Body, Kind
from network.web.fields import Day, Line, Required, Ticks, is_name, plain
from network.web.forms import Form

CHOICES = {
    Choice.YES: N_("Yes, I agree"),
    Choice.NO: N_("No"),
    Choice.OBJECTION: N_("I object to deciding this without a meeting"),
}


class CircularForm(Form):
    title = Line(_l("Title"), [Required(_l("Please give it a title."))], most=300)
    wording = TextAreaField(
        _l("What is to be decided, in its wording"),
        [Required(_l("Please write what is decided.")), Length(max=20_000)],
        filters=[plain],
    )  # fmt: skip
    until = Day(_l("Answers until"), [Required(_l("Please say until when answers can come."))])
    reasons = TextAreaField(_l("Reasons"), [Length(max=20_000)], filters=[plain], default="")
    kind = SelectField(_l("Kind"), choices=[], default=Kind.ORDINARY)
    banned = Ticks(
        _l("Who has no vote in it (§ 34 BGB)"),
        description=_l("Whoever the association makes a contract with, or is in a lawsuit with, about this."),
    )

    def offer(self, body: Body, asked: Sequence[Asked]) -> None:
        self.kind.choices = [(kind.value, _(book.KINDS[kind])) for kind in KINDS[body]]
        self.banned.offer({one.key: one.name for one in asked})


class WithdrawalForm(Form):
    because = Line(_l("Why"), [Required(_l("Please say why; everybody who was asked is told."))], most=500)


class AnswerForm(Form):
    choice = RadioField(
        _l("Your answer"), [Required(_l("Please choose one of the answers."))],
        choices=lambda: [(key.value, _(words)) for key, words in CHOICES.items()],
    )  # fmt: skip
    by = Line(_l("Your name"), [Required(_l("Please write your name: it makes this a declaration in text form (§ 126b BGB).")), is_name])  # fmt: skip  # noqa: E501
