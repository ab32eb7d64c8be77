"""What members type about what they are, offer and work on: profile, offers, evidence, § 60 SGB IX."""

from collections.abc import Collection, Iterable
from typing import Any

from wtforms import BooleanField, FileField, HiddenField, SelectField, TextAreaField
from wtforms import Form as Part
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length, Optional

from network.catalogue.entry import name_of, names
from network.catalogue.tables import Entry, EntryKind
from network.i18n import _, _l
from network.members import provider
from network.members.site import label
from network.members.tables import Site
from network.representing.forms.own import OFFICE_AGREES
from network.representing.telling import Offered, key
from network.web.fields import Day, Line, Roughly, Ticks, plain
from network.web.forms import Form


class ProfilePart(Part):
    """Nobody has to agree to these: they are the member's own words."""

    founded = Roughly(_l("Founded"))
    facility_type = SelectField(_l("Type of facility"), [Optional()], choices={}, default="")
    target_group = Line(_l("For whom"), most=300, description=_l("For example people with mental illness"))
    about_de = TextAreaField(
        _l("About the organisation"),
        [Optional(), Length(max=4000)],
        filters=[plain],
        description=_l("Stands in the public directory. {members} and {sites} become the association's numbers."),
    )
    about_en = TextAreaField(_l("About the organisation, in English"), [Optional(), Length(max=4000)], filters=[plain])

    def offer_types(self, types: Iterable[Entry]) -> None:
        self.facility_type.choices = {"": "–"} | {one.reference: name_of(one) for one in types}


class ProfileForm(ProfilePart, Form):
    pass


class OffersPart(Part):
    """What is offered in one place: ticked is what is offered today."""

    services = Ticks(_l("Services"))
    fields = Ticks(_l("Occupational fields"))
    offers_since = Roughly(_l("What is new is offered since"))
    were = HiddenField(filters=[plain])

    def offer_terms(self, terms: Collection[Entry]) -> None:
        self.services.offer(names(one for one in terms if one.kind == EntryKind.SERVICE))
        self.fields.offer(names(one for one in terms if one.kind == EntryKind.FIELD))

    @property
    def offered(self) -> Offered:
        chosen = {f"{EntryKind.SERVICE.value}/{code}" for code in self.services.data or ()}
        chosen |= {f"{EntryKind.FIELD.value}/{code}" for code in self.fields.data or ()}
        return Offered(chosen, (self.were.data or "").split(), self.offers_since.data or "")


def ticked(terms: Collection[Entry]) -> dict[str, Any]:
    """The values of an OffersPart in which these terms stand ticked."""
    return {
        "services": [one.code for one in terms if one.kind == EntryKind.SERVICE],
        "fields": [one.code for one in terms if one.kind == EntryKind.FIELD],
        "were": " ".join(key(one) for one in terms),
    }


class PlaceForm(Form):
    """At one of the sites, or everywhere."""

    site = SelectField(_l("Where"), choices={}, default="")

    def offer_sites(self, sites: Iterable[Site]) -> None:
        self.site.choices = {"": _("the whole organisation")} | {one.reference: label(one) for one in sites}


class SpanForm(Form):
    since = Roughly(_l("Since"))
    until = Roughly(_l("Until"), description=_l("Only if it has ended"))


class OfferForm(PlaceForm, SpanForm):
    """Several offers at once, all since the same time."""

    services = Ticks(_l("Services"))
    fields = Ticks(_l("Occupational fields"))


class EvidenceForm(PlaceForm):
    """The office looks at the paper before it counts."""

    basis = SelectField(_l("Legal basis"), choices={})
    issuer = Line(_l("Issued by"), description=_l("For example the pension insurance or the employment agency"))
    sign = Line(_l("File number"), most=100)
    valid_from = Day(_l("Valid from"))
    valid_until = Day(_l("Valid until"), description=_l("Leave it empty if it has no end."))
    document = FileField(_l("Document"), description=_l("PDF, JPEG or PNG, at most 20 MB"))
    why = TextAreaField(_l("For the office"), [Optional(), Length(max=2000)], filters=[plain])

    def offer_bases(self, bases: Iterable[Entry]) -> None:
        self.basis.choices = {one.reference: name_of(one) for one in bases}


class ProviderPart(Part):
    status = SelectField(
        _l("How far it is"), [Optional()], default="", description=OFFICE_AGREES,
        choices=lambda: choices({"": "–"} | {status: _(words) for status, words in provider.STATUSES.items()}),
    )  # fmt: skip
    since = Day(_l("So since"), description=_l("Only for another status."))
    approved_on = Day(_l("Approved by the employment agency on"), description=OFFICE_AGREES)
    agreed_on = Day(_l("Agreement with the authority for integration assistance of"), description=OFFICE_AGREES)
    offered_in = SelectField(
        _l("Offered"), [Optional()], default="",
        choices=lambda: choices({"": "–"} | {place: _(words) for place, words in provider.OFFERED_IN.items()}),
    )  # fmt: skip
    scopes = Ticks(_l("Scope"))
    listed = BooleanField(_l("We want to stand in the public directory of providers"))


class ProviderForm(ProviderPart, Form):
    why = TextAreaField(_l("For the office"), [Optional(), Length(max=2000)], filters=[plain])


def choices(words: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, text) for value, text in words.items()]
