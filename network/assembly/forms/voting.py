"""Who casts a member's votes: delegates, proxies, and votes that rest; typed by the member or by the office."""

from collections.abc import Iterable
from typing import Any

from wtforms import FileField, RadioField, SelectField
from wtforms.validators import Optional

from network.assembly.delegate import CAPACITIES
from network.assembly.proxy import FORMS, forms_allowed
from network.association.tables import Bylaws
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
    holder_name = Line(_l("Or to somebody else"), [is_name])
    form = RadioField(_l("Form"), choices=(), default="written")
    given_on = Day(_l("Given on"), [Required(_l("Please say on which day."))])
    document = FileField(_l("The proxy as a file"), description=_l("PDF, PNG or JPEG, at most 20 MB"))
    instructions = Line(_l("Instructions"), most=500)

    def offer(self, members: Iterable[Organisation], rules: Bylaws, *, but: str = "") -> None:
        """Only what the bylaws allow: whom, and in which form."""
        self.holder.choices = {"": "–"} | {one.reference: one.name for one in members if one.reference != but}
        allowed = forms_allowed(rules)
        self.form.choices = [(key, _(FORMS[key])) for key in allowed]
        if rules.proxies == "member":
            del self.holder_name
        if len(allowed) > 1:
            self.document.description = _("Needed for one in writing, signed. PDF, PNG or JPEG, at most 20 MB")

    @property
    def somebody_else(self) -> str:
        return (self.holder_name.data or "") if self.holder_name else ""

    def validate(self, *args: Any, **options: Any) -> bool:
        fine = bool(super().validate(*args, **options))
        if self.holder.data or self.somebody_else:
            return fine
        self.holder.errors = [*self.holder.errors, _("Please say who holds the proxy.")]
        return False

    def is_whole(self, document: Any) -> bool:
        """All that is missing is said at once. One in writing is shown by its file, not by a tick alone (§ 126 BGB)."""
        fine = self.validate()
        if self.form.data != "written" or document:
            return fine
        missing = _("Please add the signed proxy as a file, and bring the original along.")
        self.document.errors = [*self.document.errors, missing]
        return False


class PaperProxyForm(ProxyForm):
    giver = SelectField(_l("Of which member"), choices={})

    def offer(self, members: Iterable[Organisation], rules: Bylaws, *, but: str = "") -> None:
        known = list(members)
        super().offer(known, rules, but=but)
        self.giver.choices = {one.reference: one.name for one in known}


class SuspensionForm(Form):
    member = SelectField(_l("Member"), choices={})
    note = Line(_l("What is owed"), most=300)
