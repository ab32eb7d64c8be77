"""What is typed of a minority's demand: what it wants and why, who stands behind it, and what became of it."""

from collections.abc import Iterable
from datetime import time

from wtforms import FileField, SelectField, ValidationError
from wtforms.validators import Optional

from network import clock
from network.assembly.forms.planning import Longer
from network.assembly.tables.meeting import Assembly
from network.i18n import _, _l, format_day
from network.members.tables import Organisation
from network.web.fields import Clock, Day, Line, Required, Ticks
from network.web.forms import Form


class OwnDemandForm(Form):
    purpose = Longer(_l("What the members want to have decided or discussed"), most=5000)
    reasons = Longer(_l("Their reasons"), most=20_000)


class DemandForm(OwnDemandForm):
    received_on = Day(_l("Received on"), [Required(_l("Please say on which day."))], default=clock.today)
    supporters = Ticks(_l("Who signed it"))
    document = FileField(_l("The demand as a file"), description=_l("PDF, PNG or JPEG, at most 20 MB"))

    def offer(self, members: Iterable[Organisation]) -> None:
        self.supporters.offer({one.reference: one.name for one in members})


class SupportForm(Form):
    member = SelectField(_l("Member"), choices={})
    since = Day(_l("Received on"), [Required(_l("Please say on which day."))], default=clock.today)


class FollowForm(Form):
    """In an assembly that is planned, or in one of its own."""

    assembly = SelectField(_l("In which assembly"), choices={}, default="")
    day = Day(_l("Day of its own assembly"))
    begins = Clock(_l("From"), [Optional()], default=time(10))

    def offer(self, rows: Iterable[Assembly]) -> None:
        known = {one.reference: f"{one.title}, {format_day(one.starts_at)}" for one in rows}
        self.assembly.choices = {"": _("one of its own")} | known

    def validate_day(self, field: Day) -> None:
        if not self.assembly.data and not field.data:
            raise ValidationError(_("Please say on which day it takes place."))


class RefusalForm(Form):
    on = Day(_l("Refused on"), [Required(_l("Please say on which day."))], default=clock.today)
    why = Longer(_l("Why the board does not follow it"), most=5000)


class CourtForm(Form):
    on = Day(_l("Decided on"), [Required(_l("Please say on which day."))], default=clock.today)
    court = Line(_l("Court and file number"), [Required(_l("Please enter court and file number."))])


class EndForm(Form):
    why = Longer(_l("How it came to its end"), most=2000)
