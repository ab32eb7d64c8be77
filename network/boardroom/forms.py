"""What is typed in for a meeting of the board: when and where, its agenda, what happened, and tasks."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from wtforms import BooleanField, FileField, RadioField, SelectField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from network import clock
from network.boardroom.conflict import REASONS
from network.boardroom.tables import BoardMeeting
from network.i18n import _, _l, local
from network.web.fields import Clock, Day, Line, Number, Required, plain
from network.web.forms import Form

SAME = ("title", "place", "online_at", "words", "chair", "minute_taker")
MOST_OF_A_BOARD = 60


class Longer(TextAreaField):
    def __init__(self, label: Any = None, validators: Any = (), *, most: int = 20_000, **options: Any) -> None:
        super().__init__(label, [*validators, Length(max=most)], filters=[plain], default="", **options)


class When(Form):
    """Day, time and place: of a plan, and of a move."""

    day = Day(_l("Day"), [Required(_l("Please say on which day it takes place."))])
    begins = Clock(_l("From"), [Required(_l("Please say when it begins."))], default=time(10))
    ends = Clock(_l("Until"), [Optional()])
    place = Line(_l("Where"), most=300, description=_l("House, street and town, if there is a room"))
    online_at = Line(_l("Address to dial in"), most=300, description=_l("If somebody takes part online"))

    def validate_begins(self, field: Clock) -> None:
        if self.day.data and field.data and clock.berlin(self.day.data, field.data).astimezone(
            clock.BERLIN
        ).time() != field.data:  # fmt: skip
            raise ValidationError(
                _("This time does not exist on that day: the clocks go forward at two in the morning.")
            )

    def when(self) -> dict[str, Any]:
        day, begins = self.day.data, self.begins.data
        assert day
        assert begins
        return {
            "starts_at": clock.berlin(day, begins),
            "ends_at": clock.berlin(day, self.ends.data) if self.ends.data else None,
            "place": self.place.data or "",
            "online_at": self.online_at.data or "",
        }


class PlanForm(When):
    title = Line(_l("Title"), [Required(_l("Please give it a title."))], default=lambda: _("Board meeting"))
    words = Longer(_l("Words in the invitation"), most=8000)
    chair = Line(_l("Who chairs"))
    minute_taker = Line(_l("Minute taker"))

    def facts(self) -> dict[str, Any]:
        return {name: self.data[name] or "" for name in SAME} | self.when()


def beginning(row: BoardMeeting) -> dict[str, Any]:
    """What stands in the form of a meeting that is there already."""
    starts, ends = row.starts_at.astimezone(clock.BERLIN), row.ends_at
    return {name: getattr(row, name) for name in SAME} | {
        "day": local(starts),
        "begins": starts.time().replace(tzinfo=None),
        "ends": ends.astimezone(clock.BERLIN).time() if ends else None,
    }


class InvitationForm(Form):
    late_because = Longer(_l("Why it is late"), most=2000)


class MoveForm(When):
    because = Longer(_l("What you want to say about it"), most=2000)
    late_because = Longer(_l("Why it is late"), most=2000)


class NewsForm(InvitationForm):
    because = Longer(_l("What you want to say about it"), most=2000)


class CancellationForm(Form):
    because = Line(_l("Why"), [Required(_l("Please say why; everybody who was invited is told."))], most=500)


class ItemForm(Form):
    title = Line(
        _l("Title"), [Required(_l("Please give it a title."))], most=300,
        description=_l("What is decided must be recognisable from it (§ 32 (1) BGB)."),
    )  # fmt: skip
    text = Longer(_l("What is to be decided, or what it is about"))
    speaker = Line(_l("Who speaks to it"))


class PaperForm(Form):
    document = FileField(_l("File"), description=_l("PDF, PNG or JPEG, at most 20 MB"))
    title = Line(_l("What it is called"), description=_l("Left empty: as the file is called"))


# --- on the day ------------------------------------------------------------------------------------------------------


class SaidForm(Form):
    said = Longer(_l("What the minutes shall tell of it"))


class ConflictForm(Form):
    who = SelectField(_l("Who"), choices={})
    why = RadioField(
        _l("Why"), [Required(_l("Please choose one of the entries."))],
        choices=lambda: [(key, _(words)) for key, words in REASONS.items()],
    )  # fmt: skip

    def offer(self, people: Mapping[str, str]) -> None:
        self.who.choices = dict(people)


class DecisionForm(Form):
    title = Line(_l("Title"), [Required(_l("Please give it a title."))], most=300)
    wording = Longer(_l("What is decided, in its wording"), [Required(_l("Please write what is decided."))])
    yes = Number(_l("Yes"), [Optional()], least=0, most=MOST_OF_A_BOARD)
    no = Number(_l("No"), [Optional()], least=0, most=MOST_OF_A_BOARD, default=0)
    abstain = Number(_l("Abstentions"), [Optional()], least=0, most=MOST_OF_A_BOARD, default=0)
    casting = RadioField(
        _l("If the votes are equal: how the chair voted"), [Optional()],
        choices=lambda: {"yes": _("Yes"), "no": _("No"), "abstain": _("Abstention")},
    )  # fmt: skip
    agreed = BooleanField(_l("All members of the board are here and agree to deciding on it"))


class TaskForm(Form):
    title = Line(_l("What is to be done"), [Required(_l("Please say what is to be done."))], most=300)
    who = SelectField(_l("Who"), choices={})
    due_on = Day(_l("Until"), [Required(_l("Please say until when."))])

    def offer(self, people: Mapping[str, str]) -> None:
        self.who.choices = dict(people)


class DoneForm(Form):
    note = Line(_l("What came of it"), most=300)


class MinutesForm(Form):
    text = Longer(
        _l("Minutes"), [Required(_l("Please write what the minutes shall tell."))], most=400_000,
        description=_l("Blank lines make paragraphs, “## ” makes a heading, “> ” a quotation (Markdown)."),
    )  # fmt: skip
