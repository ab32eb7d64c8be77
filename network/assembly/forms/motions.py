"""What is typed of motions: by the member itself, by the office for what came by mail, and the office's answer."""

from datetime import datetime, time

from wtforms import FileField, SelectField, ValidationError
from wtforms.validators import Optional

from network import clock
from network.assembly.forms.planning import Longer
from network.assembly.motion import KINDS
from network.assembly.tables.meeting import ItemKind
from network.i18n import _, _l
from network.web.fields import Clock, Day, Line, Required
from network.web.forms import Form


class MotionForm(Form):
    title = Line(_l("What it is about"), [Required(_l("Please give it a title."))], most=300)
    wording = Longer(_l("What is to be decided, in its wording"), most=20_000)
    reasons = Longer(_l("Reasons"), most=20_000)
    kind = SelectField(
        _l("What is moved"), choices=lambda: [(kind.value, _(words)) for kind, words in KINDS.items()]
    )  # fmt: skip
    document = FileField(_l("Paper to it"), description=_l("PDF, PNG or JPEG, at most 20 MB"))

    def validate_wording(self, field: Longer) -> None:
        if not field.data and self.kind.data != ItemKind.DISCUSSION:
            raise ValidationError(_("Please say what is to be decided."))


class PaperMotionForm(MotionForm):
    """For what came by mail or post."""

    member = SelectField(_l("Member"), choices={})
    received_on = Day(_l("Received on"), [Required(_l("Please say on which day."))])
    received_at = Clock(_l("At"), [Optional()])

    @property
    def moment(self) -> datetime:
        """Without a time the beginning of the day, which nobody can hold against the member."""
        assert self.received_on.data
        return clock.berlin(self.received_on.data, self.received_at.data or time.min)


class DecliningForm(Form):
    reason = Longer(_l("Why, in a sentence that the member will read"), most=2000)
