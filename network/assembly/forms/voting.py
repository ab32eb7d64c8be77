"""Who casts a member's votes: delegates, proxies, and votes that rest; typed by the member or by the office."""

from collections.abc import Iterable

from wtforms import FileField, RadioField, SelectField
from wtforms.validators import Optional

from network.assembly.delegate import CAPACITIES
from network.assembly.proxy import FORMS
from network.i18n import _, _l
from network.members.tables import Organisation
from network.web.fields import Day, Email, Line, Required, is_name
from network.web.forms import Form


class DelegateForm(Form):
    who = Line(_l("Name"), [Required(_l("Please enter the name.")), is_name])
    email = Email(_l("E-mail address"), [Optional()])
    capacity = RadioField(
        _l("Speaks for the member as"),
        choices=lambda: [(key, _(words)) for key, words in CAPACITIES.items()],
        default="delegate",
    )
    document = FileField(_l("Authorisation"), description=_l("PDF, PNG or JPEG, at most 20 MB"))


class ProxyForm(Form):
    """The member's own; `PaperProxyForm` is the office's."""

    holder = SelectField(_l("To which member"), [Optional()], choices={}, default="")
    holder_name = Line(_l("Or to somebody else"), [is_name], description=_l("Only where the bylaws allow anybody"))
    form = RadioField(
        _l("Form"), choices=lambda: [(key, _(words)) for key, words in FORMS.items()], default="written"
    )  # fmt: skip
    given_on = Day(_l("Given on"), [Required(_l("Please say on which day."))])
    document = FileField(_l("The proxy as a file"), description=_l("PDF, PNG or JPEG, at most 20 MB"))
    instructions = Line(_l("Instructions"), most=500)

    def offer(self, members: Iterable[Organisation], *, but: str = "") -> None:
        self.holder.choices = {"": "–"} | {one.reference: one.name for one in members if one.reference != but}


class PaperProxyForm(ProxyForm):
    giver = SelectField(_l("Of which member"), choices={})

    def offer(self, members: Iterable[Organisation], *, but: str = "") -> None:
        known = list(members)
        super().offer(known, but=but)
        self.giver.choices = {one.reference: one.name for one in known}


class SuspensionForm(Form):
    member = SelectField(_l("Member"), choices={})
    note = Line(_l("What is owed"), most=300)
