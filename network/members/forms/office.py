"""What the office types about members, sites and spreadsheets, and how the public searches."""

from collections.abc import Callable, Iterable
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from network.catalogue.entry import name_of
from network.catalogue.tables import Entry
from network.i18n import N_, _, _l, format_day
from network.members import borders, daywords, function, provider, reading, relation
from network.members.headings import ABOUT, column_name
from network.members.lands import land_choices
from network.members.site import label
from network.members.tables import MembershipKind, Site
from network.people import publication
from network.web.fields import Day, Email, Line, Required, Roughly, Telephone, Ticks, is_name, plain
from network.web.forms import AskingForm, Form

NUMBERS = ("opened_year", "places", "lat", "lon")
READERS: dict[str, Callable[[str, str], Any]] = {
    "postal_code": reading.typed_postal_code,
    "website": reading.website,
    "opened_year": daywords.year,
    "places": reading.whole_number,
    "lat": reading.coordinate,
    "lon": reading.coordinate,
}


KIND_WORDS = {MembershipKind.FULL: N_("Full member"), MembershipKind.GUEST: N_("Guest member, without a vote")}


def readable(form: Form, field: Any) -> None:
    """The same eyes that read spreadsheets."""
    del form
    if field.data:
        try:
            READERS[field.short_name](field.short_name, field.data)
        except ValueError as problem:
            raise ValidationError(str(problem)) from problem


def agrees(form: Form, field: Any) -> None:
    """Postal code, Land and coordinates tell of one place. Who moves leaves coordinates of the old one standing."""
    if field.errors or (form.data.get("moved_on") and field.short_name in ("lat", "lon")):
        return
    try:
        facts = {name: fact(name, form.data.get(name)) for name in ("postal_code", "land", "lat", "lon")}
    except ValueError:  # said beside it
        return
    if words := borders.misplaced(facts).get(field.short_name):
        raise ValidationError(f"{words}.")


def facts_of(form: Form) -> dict[str, Any]:
    """A form's facts as they are understood; nothing typed is "" for texts and None for numbers."""
    return {name: fact(name, value) for name, value in form.values.items()}


def fact(name: str, value: Any) -> Any:
    if not value:
        return None if name in NUMBERS else ""
    return READERS[name](name, value) if name in READERS else value


class Land(SelectField):
    def __init__(self, label: Any = None, none: Any = "–", **options: Any) -> None:
        super().__init__(label, choices=lambda: choices([("", str(none)), *land_choices()]), default="", **options)


def choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(key, words) for key, words in pairs]


def moved_some_day(form: Form, field: Any) -> None:
    """A day alone says enough; "moved" alone does not."""
    if form.data["what"] == "moved" and not field.data and not field.errors:
        raise ValidationError(_("Please enter the day."))


class MemberForm(Form):
    """An organisation and how it is reached."""

    name = Line(_l("Name"), [Required(_l("Please enter the name."))], description=_l("With its legal form"))
    street = Line(_l("Street and number"))
    postal_code = Line(_l("Postal code"), [readable], most=10)
    town = Line(_l("Town"), most=100)
    land = Land(_l("Land"), validators=[agrees])
    email = Email(_l("E-mail address"))
    phone = Line(_l("Telephone"), most=60)
    website = Line(_l("Website"), [readable], most=300)


class DescribedForm(Form):
    """What one knows of an organisation when one knows it well."""

    legal_form = Line(_l("Legal form"), most=60, description=_l("For example gGmbH, e. V. or foundation"))
    founded = Roughly(_l("Founded"))
    facility_type = SelectField(_l("Type of facility"), choices={}, default="")
    target_group = Line(_l("For whom"), most=300, description=_l("For example people with mental illness"))
    about_de = TextAreaField(
        _l("About the organisation"),
        [Length(max=4000)],
        filters=[plain],
        description=_l("Stands in the public directory. {members} and {sites} become the association's numbers."),
    )
    about_en = TextAreaField(_l("About the organisation, in English"), [Length(max=4000)], filters=[plain])

    def offer_types(self, types: Iterable[Entry]) -> None:
        self.facility_type.choices = {"": "–"} | {one.reference: name_of(one) for one in types}


class ChangeForm(Form):
    """Whoever types another name or address says whether it changed, or was written wrongly before."""

    what = RadioField(
        _l("If name or address are different now"),
        choices=lambda: choices([("corrected", _("a typing error is put right")), ("moved", _("renamed or moved on"))]),
        default="corrected",
    )
    moved_on = Day(
        _l("Day of the new name or the move"),
        [moved_some_day],
        description=_l("Until then the old one is shown; it may lie ahead"),
    )


class MemberEditForm(MemberForm, DescribedForm, ChangeForm):
    """A known organisation."""

    is_another = BooleanField(_l("It is another organisation of the same name"))


class MembershipForm(Form):
    number = Line(_l("Member number"), most=20)
    since = Day(_l("Member since"), [Required(_l("Please enter the day."))])
    kind = SelectField(
        _l("Kind of membership"),
        choices=lambda: choices((key, _(words)) for key, words in KIND_WORDS.items()),
        default=MembershipKind.FULL,
    )


class NewMemberForm(MemberForm, MembershipForm, AskingForm):
    """A new member: who it is, and since when. Of a name that is known it is asked whether that one is meant."""


class EndForm(Form):
    until = Day(_l("Last day"), [Required(_l("Please enter the day."))])
    account = BooleanField(_l("From then on this person does not act for the member here any more"), default=True)


class Document(FileField):
    def __init__(self, label: Any = None, **options: Any) -> None:
        super().__init__(label, description=_l("PDF, JPEG or PNG, at most 20 MB"), **options)


class ReceiptForm(Form):
    """First step of a notice: the day from which everything is reckoned."""

    received = Day(_l("Received on"), [Required(_l("Please enter the day."))])


class NoticeForm(Form):
    received = DateField(widget=HiddenInput(), id="received-then")
    said_by = Line(_l("Who gave notice"), [Required(_l("Please say who gave notice."))])
    document = Document(_l("The notice"))
    until = Day(_l("Another last day, agreed by both"))
    why = TextAreaField(_l("Reason"), [Length(max=2000)], filters=[plain], description=_l("Needed for another day"))


class TakenBackForm(Form):
    said_by = Line(_l("Who took it back"), [Required(_l("Please say who took it back."))])
    why = TextAreaField(_l("Reason"), [Length(max=2000)], filters=[plain])


class FullForm(Form):
    """A guest becomes a full member."""

    since = Day(_l("Full member from"), [Required(_l("Please enter the day."))])
    said_by = Line(_l("Who decided"), [Required(_l("Please say who decided."))])
    why = TextAreaField(_l("Resolution or reason"), [Length(max=2000)], filters=[plain])
    document = Document(_l("Document"))


class SiteForm(Form):
    name = Line(_l("Name of the site"), description=_l("Without one it is called by its town"))
    code = Line(_l("Site number"), most=20)
    street = Line(_l("Street and number"))
    postal_code = Line(
        _l("Postal code"),
        [Required(_l("Please enter the postal code.")), readable],
        most=10,
    )
    town = Line(_l("Town"), [Required(_l("Please enter the town."))], most=100)
    land = Land(_l("Land"), validators=[agrees])
    opened_year = Line(
        _l("Opened"), [readable], most=20, description=_l("The year is enough; with its day it counts from that day on")
    )
    places = Line(_l("Places"), [readable], most=10)
    lat = Line(
        _l("Latitude"), [readable, agrees], most=20, description=_l("For example 49.486; empty: from the postal code")
    )
    lon = Line(_l("Longitude"), [readable, agrees], most=20, description=_l("For example 8.470"))
    email = Email(_l("E-mail address"))
    phone = Line(_l("Telephone"), most=60)
    website = Line(_l("Website"), [readable], most=300)


class SiteEditForm(SiteForm, ChangeForm):
    """A known site."""


class ClosingForm(Form):
    closed_on = Day(_l("Last day"), [Required(_l("Please enter the day."))])


class PersonForm(Form):
    """Who it is: found by the address, or entered anew; and what of it may stand in public."""

    person_title = Line(_l("Title"), most=60, description=_l("For example Dr."))
    name = Line(_l("First and last name"), [Required(_l("Please enter the name.")), is_name])
    email = Email(_l("E-mail address"))
    phone = Telephone(_l("Telephone"))
    shown = SelectMultipleField(
        _l("The person agrees that this is shown in public"),
        [Optional()],
        choices=lambda: {fact: _(words) for fact, words in publication.FACTS.items()},
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("Each by itself. The day is kept; without a tick nothing is shown."),
    )


class AtSiteForm(Form):
    """At one of the sites, or everywhere."""

    site = SelectField(_l("Where"), choices={}, default="")

    def offer_sites(self, sites: Iterable[Site]) -> None:
        self.site.choices = {"": _("the whole organisation")} | {one.reference: label(one) for one in sites}


class HoldingForm(AtSiteForm):
    """Where, under which title and in which days somebody holds a function."""

    title = Line(_l("As it is called there"), [Optional()], most=120, description=_l("For example head of training"))
    since = Day(_l("First day"), description=_l("Leave it empty if nobody knows."))
    until = Day(_l("Last day"))


class FunctionForm(PersonForm, HoldingForm, AskingForm):
    """Somebody gets a function. Of people of the same name it is asked which one is meant."""

    kind = SelectField(_l("Function"), choices=lambda: choices(function.named().items()))
    in_place = BooleanField(_l("In place of whoever is voting delegate now"))


class HeldForm(PersonForm, HoldingForm):
    """A function that somebody holds, with what is known of the person."""

    def leave_the_person(self) -> None:
        for name in ("person_title", "name", "email", "phone"):
            del self[name]


class UploadForm(Form):
    file = FileField(
        _l("Spreadsheet"),
        description=_l("XLSX, XLS, ODS or CSV, at most 20 MB. Columns may stand in any order, with title lines above."),
    )


class StoringForm(Form):
    """Asked once for the whole file, of members whose lines do not say it."""

    since = Day(_l("Member since"), description=_l("It goes for every new member whose line names no day."))


def line_form(columns: list[str]) -> type[Form]:
    """A form with one field for each column that a line of a spreadsheet has."""
    fields = {name: cell(name, column_name(name, columns)) for name in columns}
    return type("LineForm", (Form,), fields)


def cell(name: str, words: str) -> Any:
    if name in ABOUT:
        return TextAreaField(words, [Length(max=4000)], filters=[plain])
    return Line(words, most=1000)


class SpanForm(Form):
    since = Roughly(_l("Since"))
    until = Roughly(_l("Until"), description=_l("Only if it has ended"))


class OfferForm(AtSiteForm, SpanForm):
    """Several offers at once, all since the same time."""

    services = Ticks(_l("Services"))
    fields = Ticks(_l("Occupational fields"))


class EvidenceForm(AtSiteForm):
    basis = SelectField(_l("Legal basis"), choices={})
    issuer = Line(_l("Issued by"), description=_l("For example the pension insurance or the employment agency"))
    sign = Line(_l("File number"), most=100)
    valid_from = Day(_l("Valid from"))
    valid_until = Day(_l("Valid until"), description=_l("Leave it empty if it has no end."))
    document = FileField(_l("Document"), description=_l("PDF, JPEG or PNG, at most 20 MB"))
    note = Line(_l("Note"), most=1000)

    def offer_bases(self, bases: Iterable[Entry]) -> None:
        """Of an old one it is told until when it applied."""
        self.basis.choices = {
            one.reference: _("%(name)s, until %(day)s", name=name_of(one), day=format_day(one.until))
            if one.until
            else name_of(one)
            for one in bases
        }


class RelationForm(SpanForm):
    kind = SelectField(_l("What it is to this organisation"), choices=lambda: choices(words_of(relation.WORDS)))
    name = Line(
        _l("Name of the other organisation"),
        [Required(_l("Please enter the name."))],
        description=_l("Whoever is known here by this name is meant; else only the name is kept."),
    )


class StatusForm(Form):
    status = SelectField(_l("How far it is"), choices=lambda: choices(words_of(provider.STATUSES)))
    since = Day(_l("Since"), [Required(_l("Please enter the day."))])
    document = Document(_l("Document that shows it"))
    note = Line(_l("Note"), most=1000)


class ProviderForm(Form):
    approved_on = Day(_l("Approved by the employment agency on"), description=_l("For entry procedure and training"))
    agreed_on = Day(
        _l("Agreement with the authority for integration assistance of"), description=_l("For the work area")
    )
    offered_in = SelectField(
        _l("Offered"), choices=lambda: choices([("", "–"), *words_of(provider.OFFERED_IN)]), default=""
    )
    scopes = Ticks(_l("Scope"))
    listed = BooleanField(_l("Wants to stand in the public directory of providers, also without being a member"))


def words_of(words: dict[str, str]) -> list[tuple[str, str]]:
    return [(key, _(text)) for key, text in words.items()]
