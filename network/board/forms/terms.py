"""The office's forms for terms: how they begin, how they end, and what was entered wrongly."""

from wtforms import BooleanField, FileField, RadioField, SelectField, TextAreaField
from wtforms.validators import Length

from network.board import words
from network.board.leaving import ENDED_OTHERWISE
from network.board.tables import Beginning, Ending
from network.i18n import _, _l
from network.web.fields import Day, Email, Line, Required, Telephone, is_name, plain
from network.web.forms import AskingForm, Form


class WhoForm(AskingForm):
    """Who it is: found by the address, or entered anew. Of people of the same name it is asked which one is meant."""

    name = Line(_l("First and last name"), [Required(_l("Please enter the name.")), is_name])
    email = Email(_l("E-mail address"), description=_l("Whoever is known by it is found; sign-in links go there."))
    person_title = Line(_l("Title"), most=60, description=_l("For example Dr."))
    phone = Telephone(_l("Telephone"))


class TermForm(WhoForm):
    """Somebody gets a seat."""

    WAYS = (
        Beginning.ELECTED,
        Beginning.BY_ELECTION,
        Beginning.CO_OPTED,
        Beginning.APPOINTED_BY_COURT,
        Beginning.ENTERED,
    )

    seat = SelectField(_l("Seat"), choices={})
    began_as = SelectField(_l("How"), choices={}, default=Beginning.ELECTED.value)
    accepted_on = Day(
        _l("Accepted on"),
        [Required(_l("Please enter the day."))],
        description=_l("The term begins with it, or when the seat becomes free. Of the past: the first day in office."),
    )
    until = Day(
        _l("Last day"),
        description=_l("Only of the past, or until the next assembly; else it follows from the bylaws."),
    )
    source = Line(_l("Decided by"), description=_l("For example the assembly of 11 June 2027, item 7"))
    honorary = BooleanField(_l("Works unpaid"), default=True)
    gives_up = BooleanField(_l("Leaves another seat for it"))

    def offer(self, seats: dict[str, str], *, co_option: bool) -> None:
        """Seats by reference; that the board fills one itself is offered only where the bylaws allow it."""
        self.seat.choices = seats
        ways = [way for way in self.WAYS if way != Beginning.CO_OPTED or co_option]
        self.began_as.choices = {way.value: words.beginning(way) for way in ways}


class ResignationForm(Form):
    received_on = Day(_l("Received on"), [Required(_l("Please enter the day."))])
    effective_on = Day(
        _l("Last day in office"),
        [Required(_l("Please enter the day."))],
        description=_l("From the next day on the seat is vacant."),
    )
    source = Line(_l("Where it is written"), description=_l("For example e-mail to the chair"))


class EndForm(Form):
    by = SelectField(
        _l("What ended it"),
        choices=lambda: {way.value: words.ending(way) for way in (Ending.REMOVAL, *ENDED_OTHERWISE)},
    )
    on = Day(
        _l("Day"),
        [Required(_l("Please enter the day."))],
        description=_l(
            "Of a removal the day of the decision, which is the first without the office; else the last day in office."
        ),
    )
    source = Line(_l("Decided by"), description=_l("Of a removal the resolution"))


class CorrectionForm(Form):
    """All days of a term, and why they were wrong."""

    since = Day(_l("First day"), [Required(_l("Please enter the day."))])
    until = Day(_l("Last regular day"), description=_l("Empty: until somebody else is elected."))
    accepted_on = Day(_l("Accepted on"))
    began_as = SelectField(_l("How it began"), choices=lambda: {way.value: words.beginning(way) for way in Beginning})
    source = Line(_l("Decided by"))
    honorary = BooleanField(_l("Works unpaid"))
    ended_on = Day(_l("Ended before that on"), description=_l("Empty: nothing ended it."))
    ended_by = SelectField(
        _l("What ended it"),
        choices=lambda: {way.value: words.ending(way) if way else "–" for way in Ending},
        default="",
    )
    received_on = Day(_l("Resignation received on"))
    end_source = Line(_l("Ended by decision"))
    reason = TextAreaField(
        _l("Why it is put right"), [Required(_l("Please say why.")), Length(max=1000)], filters=[plain]
    )


class StrikingForm(Form):
    reason = Line(_l("Why it never was"), [Required(_l("Please say why."))], most=500)


class ShownForm(Form):
    """How somebody is shown in public."""

    style = RadioField(
        _l("How the office is called"),
        choices=lambda: {style: _(said) for style, said in words.STYLES.items()},
    )
    photo = FileField(
        _l("Picture"),
        description=_l(
            "JPEG or PNG, at most 4 MB, best upright. Where and when it was taken is removed from the file."
        ),
    )
    alt_de = Line(
        _l("What the picture shows"),
        most=300,
        description=_l(
            "For people who cannot see it, for example: Portrait of a woman with short grey hair in an office"
        ),
    )
    alt_en = Line(_l("The same in English"), most=300)
    consented = BooleanField(
        _l("I agree that this picture is shown on the website. I can withdraw that here at any time.")
    )
