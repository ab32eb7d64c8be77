"""What the office writes of an event afterwards."""

from wtforms import ValidationError

from network import clock
from network.events.forms.event import Longer
from network.i18n import _, _l
from network.web.fields import Day, Line, Required
from network.web.forms import Form


class ReportForm(Form):
    title_de = Line(_l("Title"), [Required(_l("Please give it a title."))], most=300)
    body_de = Longer(
        _l("Report"),
        most=100_000,
        description=_l("Blank lines make paragraphs, “## ” a heading, “- ” a list (Markdown)."),
    )
    author = Line(_l("Author"), [Required(_l("Please say who wrote it."))])
    written_on = Day(_l("Date"), [Required(_l("Please enter the date."))], default=clock.today)
    open_questions_de = Longer(
        _l("Open questions"), most=10_000, description=_l("One a line. The follow-up begins with them.")
    )
    title_en = Line(_l("Title in English"), most=300)
    body_en = Longer(_l("Report in English"), most=100_000)
    open_questions_en = Longer(_l("Open questions in English"), most=10_000)

    def validate_body_de(self, field: Longer) -> None:
        if not field.data:
            raise ValidationError(_("Please write the report first."))
