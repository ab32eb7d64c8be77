"""What the office types of an assembly: five things and the usual agenda; the rest behind "all settings"."""

from datetime import time
from typing import Any

from wtforms import BooleanField, SelectField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from network import clock
from network.assembly.meeting import MODES
from network.assembly.standard import ITEMS
from network.assembly.tables.meeting import Assembly
from network.i18n import N_, _, _l, format_day, local
from network.members.lands import land_choices
from network.resolutions.book import number_of
from network.resolutions.tables import Resolution
from network.web.fields import Clock, Day, Line, Required, Ticks, plain
from network.web.forms import Form

OCCASIONS = {
    "ordinary": N_("ordinary"),
    "extraordinary": N_("extraordinary"),
    "minority": N_("demanded by a minority (§ 37 BGB)"),
}
SAME = ("title", "mode", "occasion", "venue", "street", "postal_code", "town", "land", "online_at", "rights_de",
        "rights_en", "authorised_by", "welcome", "chair", "minute_taker", "election_officer")  # fmt: skip


class Longer(TextAreaField):
    def __init__(self, label: Any = None, *, most: int = 20_000, **options: Any) -> None:
        super().__init__(label, [Length(max=most)], filters=[plain], default="", **options)


class AssemblyForm(Form):
    title = Line(_l("Title"), [Required(_l("Please give it a title."))])
    day = Day(_l("Day"), [Required(_l("Please say on which day it takes place."))])
    begins = Clock(_l("From"), [Required(_l("Please say when it begins."))], default=time(10))
    mode = SelectField(
        _l("How members take part"),
        choices=lambda: [(key, _(words)) for key, words in MODES.items()],
        description=_l("If anybody takes part online, please also fill in “Taking part online” below."),
    )
    venue = Line(_l("House"))
    town = Line(_l("Town"), most=100)

    rights_de = Longer(
        _l("How members exercise their rights online"),
        most=4000,
        description=_l(
            "Has to stand in the invitation (§ 32 II 3 BGB): how one gets in, asks for the floor, moves and votes."
        ),
    )
    rights_en = Longer(_l("The same in English"), most=4000)
    online_at = Line(_l("Address to dial in"), most=300, description=_l("Told to members alone, in the invitation."))
    authorised_by = SelectField(
        _l("What allows an assembly without a room"),
        [Optional()],
        choices={},
        default="",
        description=_l("A resolution of the members (§ 32 II 2 BGB); not needed where the bylaws allow it."),
    )

    ends = Clock(_l("Until"), [Optional()])
    street = Line(_l("Street and number"))
    postal_code = Line(_l("Postal code"), most=10)
    land = SelectField(
        _l("Land"), [Optional()], choices=lambda: [("", "–"), *land_choices()], default="",
        description=_l("Of the place"),
    )  # fmt: skip
    occasion = SelectField(
        _l("Kind of assembly"), choices=lambda: [(key, _(words)) for key, words in OCCASIONS.items()]
    )
    motions_until = Day(
        _l("Motions until"),
        [Optional()],
        description=_l("Left empty: as the bylaws say. You can give members more time, not less."),
    )
    welcome = Longer(_l("Words of the board in the invitation"), most=8000)
    chair = Line(_l("Chair of the meeting"))
    minute_taker = Line(_l("Minute taker"))
    election_officer = Line(_l("Election officer"))
    shown = BooleanField(_l("Members see day and place already now and can hand in motions"), default=True)

    def validate_begins(self, field: Clock) -> None:
        if self.day.data and field.data and clock.berlin(self.day.data, field.data).astimezone(
            clock.BERLIN
        ).time() != field.data:  # fmt: skip
            raise ValidationError(
                _("This time does not exist on that day: the clocks go forward at two in the morning.")
            )

    second_of = SelectField(
        _l("Second assembly after"),
        [Optional()],
        choices={},
        default="",
        description=_l(
            "One that had no quorum: this one, with the same agenda, decides in any case, and its invitation says so."
        ),
    )

    def offer(self, permissions: list[Resolution], without_quorum: dict[str, str] | None = None) -> None:
        self.second_of.choices = {"": "–"} | (without_quorum or {})
        self.authorised_by.choices = {"": "–"} | {
            one.reference: f"{number_of(one)} {one.title}, {format_day(one.taken_at)}" for one in permissions
        }

    @property
    def online_is_open(self) -> bool:
        """Whether the part on taking part online is shown unfolded."""
        parts = (self.rights_de, self.rights_en, self.online_at, self.authorised_by)
        return self.mode.data not in (None, "in_person") or any(part.errors for part in parts)

    @property
    def rest_is_open(self) -> bool:
        parts = (self.ends, self.street, self.postal_code, self.land, self.motions_until, self.welcome, self.chair)
        return any(part.errors for part in parts)

    def facts(self, row: Assembly | None = None) -> dict[str, Any]:
        """The columns, as meeting.plan and meeting.edit take them."""
        day, begins = self.day.data, self.begins.data
        assert day
        assert begins
        values = {name: self.data[name] or "" for name in SAME}
        shown_at = row.shown_at if row else None
        return values | {
            "starts_at": clock.berlin(day, begins),
            "ends_at": clock.berlin(day, self.ends.data) if self.ends.data else None,
            "motions_until": self.motions_until.data,
            "shown_at": (shown_at or clock.now()) if self.shown.data else None,
        }


class PlanForm(AssemblyForm):
    """A new one, with the usual agenda to tick."""

    agenda = Ticks(_l("On the agenda"))

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.agenda.offer({key: _(usual.title) for key, usual in ITEMS.items()})


def beginning(row: Assembly) -> dict[str, Any]:
    """What stands in the form of an assembly that is there already."""
    values = {name: getattr(row, name) for name in SAME}
    starts, ends = row.starts_at.astimezone(clock.BERLIN), row.ends_at
    return values | {
        "day": local(starts),
        "begins": starts.time().replace(tzinfo=None),
        "ends": ends.astimezone(clock.BERLIN).time() if ends else None,
        "motions_until": row.motions_until,
        "shown": row.shown_at is not None,
        "second_of": row.second_of,
    }
