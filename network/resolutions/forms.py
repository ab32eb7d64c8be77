"""What a list of resolutions is narrowed to."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import SelectField

from network.i18n import N_, _, _l
from network.resolutions.book import BODIES, KINDS, OUTCOMES
from network.resolutions.finding import Choice
from network.resolutions.tables import Body, Outcome
from network.web.fields import Line
from network.web.forms import Form

OF_BOTH = {Outcome.ADOPTED: N_("adopted or elected"), Outcome.REJECTED: N_("rejected or nobody elected")}


class BookFilter(Form):
    q = Line(_l("Number or words"))
    body = SelectField(_l("Body"), default="")
    year = SelectField(_l("Year"), default="")
    kind = SelectField(_l("Kind"), default="")
    outcome = SelectField(_l("Outcome"), default="")

    def offer(self, bodies: Sequence[Body], years: Sequence[int]) -> None:
        said: dict[str, Mapping[Any, str]] = {
            "body": {key: words for key, words in BODIES.items() if key in bodies},
            "kind": KINDS,
            "outcome": OUTCOMES | OF_BOTH,
        }
        for name, words in said.items():
            self.choose_from(name, {str(key): _(word).partition(":")[0] for key, word in words.items()})
        self.choose_from("year", {str(year): str(year) for year in years})

    def choose_from(self, name: str, words: Mapping[str, str]) -> None:
        field = self[name]
        assert isinstance(field, SelectField)
        field.choices = [("", _("All")), *words.items()]

    def choice(self, bodies: Sequence[Body]) -> Choice:
        """From the address; what nobody can choose counts as not chosen."""
        self.validate()
        values = {name: "" if name in self.errors else value or "" for name, value in self.values.items()}
        return Choice(
            bodies=bodies, body=values["body"], year=int(values["year"] or 0), kind=values["kind"],
            outcome=values["outcome"], text=values["q"],
        )  # fmt: skip
