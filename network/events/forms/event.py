"""What the office types of an event: eight things, and the rest behind "All settings"."""

from datetime import date, time, timedelta
from typing import Any

from wtforms import BooleanField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from network import clock
from network.events.event import SEATS, day_after
from network.events.tables import Event, Mode
from network.i18n import N_, _, _l, local
from network.web.fields import Clock, Day, Email, Line, Number, Required, one_line, plain
from network.web.forms import Form

MODES = {Mode.IN_PERSON: N_("in person"), Mode.ONLINE: N_("online"), Mode.HYBRID: N_("in person and online")}
COPIED = ("lead_de", "description_de", "access_de", "costs_de", "title_en", "lead_en", "description_en", "access_en",
          "costs_en", "closing_de", "closing_en", "mode", "venue", "street", "postal_code", "town",
          "online_address", "seats", "waiting_list", "smaller_may_pass",
          "ring_days", "most_people", "contact_name", "contact_email", "contact_phone")  # fmt: skip


class Longer(TextAreaField):
    """Text of several lines; Markdown where the page says so."""

    def __init__(self, label: Any = None, *, most: int = 20_000, **options: Any) -> None:
        super().__init__(label, [Length(max=most)], filters=[plain], default="", **options)


class EventForm(Form):
    title_de = Line(
        _l("Title"),
        [Required(_l("Please give it a title."))],
        description=_l("With its number, if it belongs to a series: “2. Austauschforum”."),
    )
    day = Day(_l("Day"), [Required(_l("Please say on which day it takes place."))])
    begins = Clock(_l("From"), [Required(_l("Please say when it begins."))], default=time(10))
    ends = Clock(_l("Until"), [Required(_l("Please say when it ends."))], default=time(16))
    mode = SelectField(_l("How people take part"), choices=lambda: [(key, _(name)) for key, name in MODES.items()])
    venue = Line(_l("House"))
    street = Line(_l("Street and number"))
    postal_code = Line(_l("Postal code"), most=10)
    town = Line(_l("Town"), most=100, description=_l("Only an online event does without."))
    access_de = Longer(
        _l("How to get in"),
        most=2000,
        description=_l("Steps, lift, hearing loop, parking: what people need to know before they come."),
    )
    seats = Number(
        _l("Seats"),
        [Required(_l("Please say how many seats there are."))],
        least=1,
        most=100_000,
        default=SEATS,
    )
    deadline = Day(_l("Register until"), [Optional()], description=_l("Left empty: two weeks before."))
    costs_de = Line(_l("What it costs"), most=300)
    description_de = Longer(
        _l("Description"), description=_l("Blank lines make paragraphs, “- ” makes a list (Markdown).")
    )

    lead_de = Line(_l("One sentence under the title"), most=400)
    last_day = Day(_l("Last day"), [Optional()], description=_l("Only if it takes longer than one day."))
    online_address = StringField(
        _l("Address of the broadcast"),
        [Length(max=500)],
        filters=[one_line],
        default="",
        description=_l("Told only to people with a seat."),
    )
    waiting_list = BooleanField(_l("When all seats are taken, there is a waiting list"), default=True)
    smaller_may_pass = BooleanField(_l("Smaller groups may pass one that does not fit"), default=True)
    ring_days = Number(
        _l("So many days before, the office rings people up about free seats"),
        [Required(_l("Please enter a number."))],
        least=0,
        most=60,
        default=2,
    )
    most_people = Number(
        _l("Most people in one registration"),
        [Required(_l("Please enter a number."))],
        least=1,
        most=10,
        default=10,
    )
    contact_name = Line(_l("Who answers questions"))
    contact_email = Email(_l("E-mail address for questions"))
    contact_phone = Line(_l("Telephone for questions"), most=60)
    co_organisers = Longer(_l("Together with"), most=4000, description=_l("One organisation a line."))
    closing_de = Longer(
        _l("What people read after registering"),
        most=4000,
        description=_l("For example hotels nearby, or what to bring."),
    )

    title_en = Line(_l("Title in English"))
    lead_en = Line(_l("One sentence under the title, in English"), most=400)
    access_en = Longer(_l("How to get in, in English"), most=2000)
    costs_en = Line(_l("What it costs, in English"), most=300)
    description_en = Longer(_l("Description in English"))
    closing_en = Longer(_l("What people read after registering, in English"), most=4000)

    again = BooleanField(_l("Create it nevertheless"))

    def validate_town(self, field: Line) -> None:
        if not field.data and self.mode.data != Mode.ONLINE:
            raise ValidationError(_("Please say in which town it takes place, or choose “online”."))

    def validate_begins(self, field: Clock) -> None:
        exists_in_berlin(self.day.data, field.data)

    def validate_ends(self, field: Clock) -> None:
        exists_in_berlin(self.last_day.data or self.day.data, field.data)

    @property
    def facts(self) -> dict[str, Any]:
        """What event.create and event.edit take."""
        day, begins, ends = self.day.data, self.begins.data, self.ends.data
        assert day
        assert begins
        assert ends
        values = {name: self.data[name] for name in COPIED}
        starts_at = clock.berlin(day, begins)
        values |= {
            "title_de": self.title_de.data,
            "starts_at": starts_at,
            "ends_at": clock.berlin(self.last_day.data or day, ends),
            "co_organisers": lines(self.co_organisers.data or ""),
        }
        if self.deadline.data:
            on_the_day = self.deadline.data == day
            values["deadline"] = starts_at if on_the_day else day_after(self.deadline.data)
        return values


class CancellationForm(Form):
    reason = Longer(_l("Why, in a sentence that everybody will read"), most=2000)


def exists_in_berlin(day: date | None, at: time | None) -> None:
    """In the night when summer time begins an hour is left out."""
    if day is None or at is None:
        return
    if clock.berlin(day, at).astimezone(clock.BERLIN).time() != at:
        raise ValidationError(_("This time does not exist on that day: the clocks go forward at two in the morning."))


def lines(text: str) -> list[str]:
    return [line for line in (one_line(line)[:200] for line in text.splitlines()) if line]


def values_of(event: Event, co_organisers: list[str]) -> dict[str, Any]:
    """The form as it stands for an event that is there."""
    first, last = local(event.starts_at), local(event.ends_at)
    return {name: getattr(event, name) for name in COPIED} | {
        "title_de": event.title_de,
        "day": first,
        "begins": event.starts_at.astimezone(clock.BERLIN).time(),
        "ends": event.ends_at.astimezone(clock.BERLIN).time(),
        "last_day": last if last != first else None,
        "deadline": last_day_of(event),
        "co_organisers": "\n".join(co_organisers),
    }


def last_day_of(event: Event) -> date:
    """The last day on which one can register; `deadline` is the first moment that is too late."""
    return local(event.deadline - timedelta(seconds=1))
