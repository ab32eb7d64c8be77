"""What is typed when members are invited, when a letter comes back, and when something moves."""

from datetime import date
from typing import Any

from wtforms import BooleanField, FileField, RadioField, ValidationError
from wtforms.validators import Optional

from network.assembly.forms.planning import AssemblyForm, Longer
from network.assembly.tables.meeting import Assembly
from network.i18n import _, _l
from network.web.fields import Day, Email, Line, Required, one_line
from network.web.forms import Form


class ConveningForm(Form):
    copies = BooleanField(_l("Also a copy to everybody who acts for a member"), default=True)
    late_because = Longer(
        _l("Why it is convened nevertheless"),
        most=2000,
        description=_l("Stands in the proof of dispatch and in the minutes."),
    )


class AgainForm(Form):
    """Another address, or a letter."""

    way = RadioField(
        _l("By which way"),
        choices=lambda: [
            ("email", _("to another e-mail address")), ("post", _("by post")), ("handed", _("handed over already")),
        ],
        default="email",
    )  # fmt: skip
    email = Email(_l("E-mail address"), [Optional()])
    name = Line(_l("Name"), description=_l("Of whoever reads it there, or took it"))
    on = Day(_l("Handed over on"))
    document = FileField(_l("Receipt"), description=_l("PDF, PNG or JPEG, at most 20 MB"))

    def validate_way(self, field: RadioField) -> None:
        if field.data == "email" and not one_line(self.email.data or ""):
            raise ValidationError(_("Please enter the other e-mail address."))
        if field.data == "handed" and not (self.on.data and self.name.data):
            raise ValidationError(_("Please enter the day and who took it."))


class NoteForm(Form):
    """What became of a letter after it was written."""

    posted_on = Day(_l("Posted on"))
    received_on = Day(_l("Received on"), description=_l("When the member says so"))
    came_back = BooleanField(_l("It came back, or the mail server reported later that it did not arrive"))
    because = Line(_l("What the report says"), most=500)
    document = FileField(_l("Receipt"), description=_l("PDF, PNG or JPEG, at most 20 MB"))


class PostedForm(Form):
    on = Day(_l("Posted on"), [Required(_l("Please say on which day."))])

    @property
    def day(self) -> date:
        assert self.on.data
        return self.on.data


class MoveForm(AssemblyForm):
    """Another day or place: what the plan says, with a word to the members."""

    because = Longer(_l("A word to the members"), most=2000)
    late_because = Longer(
        _l("Why it is moved nevertheless"),
        most=2000,
        description=_l("Stands in the proof of dispatch and in the minutes."),
    )

    def facts(self, row: Assembly | None = None) -> dict[str, Any]:
        return super().facts(row) | {"shown_at": row.shown_at if row else None}


class CancellationForm(Form):
    because = Longer(_l("Why, in a sentence that all members will read"), most=2000)
