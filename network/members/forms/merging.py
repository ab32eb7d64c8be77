"""What the office decides about two entries: which facts stay, which sites are the same, which membership is right."""

from collections.abc import Sequence
from typing import Any, ClassVar

from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from network.i18n import _, _l
from network.members.belongings import Belongings
from network.members.merging import Choice, days_of
from network.members.samesites import SameSite
from network.members.telling import Differing
from network.web.fields import Line, plain
from network.web.forms import Form

KEPT, GONE = "kept", "gone"
LONGEST = 300


class FindForm(Form):
    """The other entry, by its name."""

    q = Line(_l("Name of the other entry"))


class MergeForm(Form):
    seen = HiddenField(filters=[plain])
    told_by_one: ClassVar[dict[str, bool]] = {}  # each fact in which two entries differ, and whether one is silent

    def choice(self, facts: dict[str, Any]) -> Choice:
        """`facts`: what the entry that goes says, of which the chosen ones stay."""
        chosen = {fact: value for fact, value in facts.items() if fact in self and self[fact].data == GONE}
        sites = [(mine, theirs) for mine, _blank, theirs in (one.partition(" ") for one in self.ticked)]
        membership = self["membership"].data or "" if "membership" in self else ""
        return Choice(chosen, sites, membership, self.seen.data or "")

    @property
    def ticked(self) -> list[str]:
        return list(self["sites"].data or []) if "sites" in self else []

    @property
    def contradictions(self) -> list[Any]:
        """The facts of which both say something else."""
        return [self[fact] for fact, alone in self.told_by_one.items() if not alone]

    @property
    def additions(self) -> list[Any]:
        """The facts that only one of both knows: proposed as they are."""
        return [self[fact] for fact, alone in self.told_by_one.items() if alone]


def merge_form(facts: Sequence[Differing], sites: Sequence[SameSite], moving: Belongings) -> type[MergeForm]:
    """A form with one field for each fact in which two entries differ."""
    fields: dict[str, Any] = {one.fact: which(one.words, one.mine, one.theirs, default(one)) for one in facts}
    if sites:
        fields["sites"] = SelectMultipleField(
            _("Sites that are the same"),
            [Optional()],
            choices=[SelectChoice(one.key, told(one)) for one in sites],
            default=[one.key for one in sites if one.sure],
            widget=ListWidget(prefix_label=False),
            option_widget=CheckboxInput(),
            description=_("What is ticked becomes one site with everything that belongs to both."),
        )
    mine, theirs = moving.memberships
    if mine:
        words = _("Both are members in the same days. Which membership is right?")
        fields["membership"] = which(words, days_of(mine), days_of(theirs), None)
    silent = {one.fact: not (one.mine and one.theirs) for one in facts}
    return type("MergeFormOfTwo", (MergeForm,), fields | {"told_by_one": silent})


def which(words: str, mine: str, theirs: str, chosen: str | None) -> RadioField:
    both = [SelectChoice(KEPT, short(mine)), SelectChoice(GONE, short(theirs))]
    return RadioField(words, [Optional()], choices=both, default=chosen)


def default(one: Differing) -> str:
    return GONE if one.takes_theirs else KEPT


def short(text: str) -> str:
    return (text if len(text) <= LONGEST else f"{text[:LONGEST]} …") or _("nothing")


def told(one: SameSite) -> str:
    different = "; ".join(one.contradictions)
    return _("%(site)s (different: %(what)s)", site=one.words, what=different) if different else one.words
