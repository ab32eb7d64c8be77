"""What is typed of an election: its places, who stands, each ballot, its counts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, FileField, HiddenField, RadioField, SelectField
from wtforms.validators import Optional

from network.assembly.decision import WAYS
from network.assembly.election import METHODS, MODES
from network.assembly.forms.day import Reason
from network.assembly.forms.planning import Longer
from network.assembly.tables.elections import Round, RoundCount
from network.assembly.verdict import LOTS, YES_NO, Counted
from network.i18n import _, _l
from network.resolutions.counts import MOST_VOTES
from network.web.fields import Email, Line, Number, Required, Ticks, is_name
from network.web.forms import Form

HELD_BY = ("paper", "hands")
MARKED_BY_SEVERAL = ("list", "list_relative", "approval")  # papers may name several


class ElectionForm(Form):
    title = Line(_l("What is elected"), [Required(_l("Please say what is elected."))], most=300)
    item = SelectField(_l("Agenda item"), choices=())
    seats = Ticks(_l("Seats on the board"), description=_l("None ticked: something else is elected, such as auditors."))
    number = Number(_l("How many places"), [Optional()], least=1, most=200, default=1)
    method = RadioField(_l("How"), choices=(), default="single")
    officer = Line(_l("Who leads the election"), [Required(_l("Please say who leads the election."))])
    by_election = BooleanField(_l("A by-election"), description=_l("For the rest of the term, if the bylaws say so."))

    def offer(self, items: dict[str, str], seats: dict[str, str], methods: Sequence[str]) -> None:
        self.item.choices, self.seats.choices = list(items.items()), list(seats.items())
        self.method.choices = [(one, _(METHODS[one])) for one in methods]


class CandidateForm(Form):
    name = Line(_l("First and last name"), [Required(_l("Please enter the name.")), is_name])
    email = Email(_l("E-mail address"), description=_l("Needed for seats on the board."))
    works_for = SelectField(_l("Works for the member"), [Optional()], choices=())
    proposed_by = Line(_l("Proposed by"))
    about = Longer(_l("About the candidate"), most=4000)
    agreed = BooleanField(_l("Is here and agrees to stand"))

    def offer(self, members: dict[str, str]) -> None:
        self.works_for.choices = [("", _("not said")), *members.items()]


class BallotForm(Form):
    mode = RadioField(_l("Which ballot"), [Required(_l("Please choose the ballot."))], choices=())
    candidates = Ticks(_l("Who stands in it"))
    way = RadioField(_l("How it is voted"), choices=(), default="paper")

    def offer(self, modes: Sequence[str], candidates: dict[str, str], ways: Sequence[str] = HELD_BY) -> None:
        self.way.choices = [(one, _(WAYS[one])) for one in ways]
        self.mode.choices = [(one, _(MODES[one])) for one in modes]
        self.candidates.choices = list(candidates.items())


class CountingForm(Form):
    abstain = Number(_l("Abstentions"), [Optional()], least=0, most=MOST_VOTES, default=0)
    invalid = Number(_l("Invalid"), [Optional()], least=0, most=MOST_VOTES, default=0)
    not_cast = Number(_l("Not cast"), [Optional()], least=0, most=MOST_VOTES, default=0)

    def counted_with(self, **given: Any) -> Counted:
        return Counted(
            abstain=self.abstain.data or 0, invalid=self.invalid.data or 0, not_cast=self.not_cast.data or 0, **given
        )


class YesNoForm(CountingForm):
    yes = Number(_l("Yes"), [Required(_l("Please enter a number."))], least=0, most=MOST_VOTES)
    no = Number(_l("No"), [Required(_l("Please enter a number."))], least=0, most=MOST_VOTES)

    @property
    def counted(self) -> Counted:
        return self.counted_with(yes=self.yes.data or 0, no=self.no.data or 0)


class RankedForm(Form):
    invalid = Number(_l("Invalid"), [Optional()], least=0, most=MOST_VOTES, default=0)
    not_cast = Number(_l("Not cast"), [Optional()], least=0, most=MOST_VOTES, default=0)
    file = FileField(_l("The papers as a BLT file"), description=_l("As counting programs write it."))
    drawn = HiddenField(default="")  # a line for each lot


class LotForm(Form):
    drawn = RadioField(_l("Who was drawn"), [Required(_l("Please choose who was drawn."))], choices=())
    by = Line(_l("Who drew the lot"), [Required(_l("Please say who drew the lot."))])

    def offer(self, equals: dict[str, str]) -> None:
        self.drawn.choices = list(equals.items())


class LotCorrection(Reason, LotForm):
    pass


class YesNoCorrection(Reason, YesNoForm):
    pass


class RankedCorrection(Reason, RankedForm):
    pass


class CountingCorrection(Reason, CountingForm):
    pass


def counting_form(mode: str, lines: Sequence[RoundCount], typed: Any = None, *, represented: int = 0) -> Any:
    """A number for each candidate, or yes and no; where papers name several, the valid ones follow from the rest."""
    if mode == "transferable":
        return RankedForm(typed)
    if mode in YES_NO:
        return YesNoForm(typed)
    return votes_form(CountingForm, mode, lines, typed, represented=represented)


def correction_form(one: Round, lines: Sequence[RoundCount], typed: Any = None) -> Any:
    """The same with the numbers as they were announced, and why they were wrong."""
    rest = {"abstain": one.abstain, "invalid": one.invalid, "not_cast": one.not_cast}
    if one.mode in LOTS:
        form = LotCorrection(typed, drawn=one.drawn, by=one.drawn_by)
        form.offer({line.candidate.reference: line.candidate.name for line in lines})
        return form
    if one.mode == "transferable":
        return RankedCorrection(typed, **rest)
    if one.mode in YES_NO:
        return YesNoCorrection(typed, yes=lines[0].yes, no=lines[0].no, **rest)
    given = {f"votes_{number}": line.yes for number, line in enumerate(lines)}
    return votes_form(CountingCorrection, one.mode, lines, typed, represented=one.represented, **given | rest)


def votes_form(
    base: type[CountingForm], mode: str, lines: Sequence[RoundCount], typed: Any, *, represented: int, **start: Any
) -> Any:
    names = {f"votes_{number}": line.candidate for number, line in enumerate(lines)}
    fields = {
        name: Number(who.name, [Required(_l("Please enter a number."))], least=0, most=MOST_VOTES)
        for name, who in names.items()
    }
    form = type("VotesForm", (base,), fields)(typed, **start)
    form.votes_for = [form[name] for name in names]
    form.counted_for = lambda: counted(form, names, mode, represented)
    return form


def counted(form: Any, names: dict[str, Any], mode: str, represented: int) -> Counted:
    votes = {who.reference: form[name].data or 0 for name, who in names.items()}
    given: Counted = form.counted_with(votes=votes)
    if mode not in MARKED_BY_SEVERAL:
        return given
    return replace(given, papers=represented - given.abstain - given.invalid - given.not_cast)
