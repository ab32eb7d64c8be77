"""What is typed of an application to the register: its words, the days of its way, and data for the register alone."""

from collections.abc import Mapping
from typing import Any

from wtforms import FileField, SelectField, TextAreaField
from wtforms.validators import Length, Optional

from network import clock
from network.i18n import _, _l
from network.web.fields import Day, Line, Required, plain
from network.web.forms import Form

PAPER = _l("PDF, PNG or JPEG, at most 20 MB")
ON = {"validators": [Required(_l("Please say on which day."))], "default": clock.today}


class ApplicationForm(Form):
    text = TextAreaField(
        _l("Application to the register"),
        [Required(_l("Please write what is applied for.")), Length(max=50_000)],
        filters=[plain],
    )


class StepForm(Form):
    """A step with its day; the others add what the step needs."""

    on = Day(_l("On"), **ON)
    document = FileField(_l("Paper to it"), description=PAPER)

    @property
    def facts(self) -> dict[str, Any]:
        left_out = {"on", "document", "form_token"}
        return {one.name: one.data for one in self if one.name not in left_out and not one.name.startswith("_")}


class CertifiedForm(StepForm):
    notary = Line(_l("Notary"), [Required(_l("Please say who certified it."))])


class QueryForm(StepForm):
    words = TextAreaField(
        _l("What the court asks for"), [Required(_l("Please write what the court wants.")), Length(max=10_000)],
        filters=[plain],
    )  # fmt: skip
    until = Day(_l("Answer until"))


class RegisteredForm(StepForm):
    entry = Line(
        _l("Register sheet and entry"), [Required(_l("Please enter register number and entry."))], most=100,
        description=_l("For example VR 12345, entry 7"),
    )  # fmt: skip


class RefusedForm(StepForm):
    words = TextAreaField(
        _l("Why the court refuses it"), [Required(_l("Please write why.")), Length(max=10_000)], filters=[plain]
    )


class PaperForm(Form):
    resolution = SelectField(_l("From the resolution book"), [Optional()], choices={}, default="")
    document = FileField(_l("The document as PDF"), description=_l("PDF, at most 20 MB"))

    def offer(self, resolutions: Mapping[str, str]) -> None:
        """What the board decided, by reference; without any there is nothing to choose from."""
        self.resolution.choices = {"": _("another document")} | dict(resolutions) if resolutions else {}


class RegisterDataForm(Form):
    born_on = Day(_l("Born on"), [Required(_l("Please enter the date of birth."))])
    residence = Line(_l("Town of residence"), [Required(_l("Please enter the town."))], most=100)
