"""What is typed about appointments and payments."""

from wtforms import SelectField

from network.board import words
from network.board.allowance import KINDS
from network.board.forms.terms import WhoForm
from network.board.tables import AppointmentKind
from network.i18n import _, _l
from network.web.fields import Day, Euros, Line, Required
from network.web.forms import Form


class AppointedForm(Form):
    """In which days and for which business somebody is in charge."""

    since = Day(_l("First day"), [Required(_l("Please enter the day."))])
    until = Day(_l("Last day"))
    scope = Line(
        _l("For which business"), most=300, description=_l("A special representative acts only in it (§ 30 BGB).")
    )
    source = Line(_l("Decided by"), description=_l("For example the board on 3 May 2027"))


class AppointmentForm(WhoForm, AppointedForm):
    kind = SelectField(_l("As"), choices={}, default=AppointmentKind.MANAGING_DIRECTOR.value)

    def offer(self, *, special: bool) -> None:
        """A special representative only where the bylaws provide for one."""
        kinds = [kind for kind in AppointmentKind if special or kind == AppointmentKind.MANAGING_DIRECTOR]
        self.kind.choices = {kind.value: words.appointment(kind) for kind in kinds}


class AllowanceForm(Form):
    person = SelectField(_l("To whom"), choices={})
    kind = SelectField(_l("What for"), choices=lambda: {kind: _(said) for kind, said in KINDS.items()})
    amount = Euros(_l("Amount in euros"), [Required(_l("Please enter the amount."))])
    paid_on = Day(_l("Paid on"), [Required(_l("Please enter the day."))])
    note = Line(_l("Note"), most=300)
