"""What the bylaws say, typed rule by rule; the fields are made from the one list of rules (association.rulebook)."""

from typing import Any

from markupsafe import Markup
from wtforms import FileField, SelectField, TextAreaField, ValidationError
from wtforms.validators import Length

from network.association.chapters.rule import Chapter, Rule
from network.association.clauses import ALL, MORE_YES, SEATS, Choice, Classes, Kind, Majority, Seats, Share, Whole, Yes
from network.association.rulebook import CHAPTERS, CLAUSES, RULES, law, seats_of, speaks
from network.association.tables import Bylaws
from network.errors import Refused
from network.i18n import _, _l
from network.web.fields import Day, Line, Number, Required, plain
from network.web.forms import Form

SILENT = ""
SUGGESTED = ("2/3", "3/4")


class Portion(Line):
    """A share or a majority as people write it: 3/4, 75 %, "more yes than no". Its data is what the clause keeps."""

    def __init__(self, label: Any, clause: Share | Majority, **options: Any) -> None:
        super().__init__(label, [self.is_readable], most=30, **options)
        self.clause = clause

    @staticmethod
    def is_readable(form: Any, field: "Portion") -> None:
        del form
        if not field.data:
            return
        try:
            field.clause.read(field.data)
        except Refused as no:
            raise ValidationError(no.words) from no

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        words = {MORE_YES: _("more yes than no"), ALL: _("all members")}
        return words.get(self.data or "", self.data or "")

    def __call__(self, **attributes: Any) -> Markup:
        offered = {"list": f"{self.id}-shares"} if isinstance(self.clause, Majority) else {}
        return super().__call__(autocomplete="off", **offered, **attributes)

    def datalist(self) -> Markup:
        """What most bylaws say, to be chosen."""
        if not isinstance(self.clause, Majority):
            return Markup()
        words = [_("more yes than no"), *SUGGESTED, *([_("all members")] if self.clause.unanimous else [])]
        options = Markup().join(Markup('<option value="{}"></option>').format(word) for word in words)
        return Markup('<datalist id="{}-shares">{}</datalist>').format(self.id, options)


def seat_field(kind: str) -> str:
    """The first seat's field is called like the clause, so that what is refused stands beside it."""
    return "board_seats" if kind == next(iter(SEATS)) else f"board_seats_{kind}"


def fields_of(rule: Rule, clause: Kind) -> dict[str, Any]:
    first = clause is rule.clauses[0]
    label = _l(clause.label if clause.label and len(rule.clauses) > 1 else rule.title)
    more: dict[str, Any] = {"description": _l(clause.hint)} if clause.hint else {}
    match clause:
        case Choice() | Yes():
            default = SILENT if first else typed(clause, clause.silent)
            options: dict[str, Any] = {"choices": lambda: answers(clause, silent=first), "default": default}
            return {clause.name: SelectField(label, **options, **more)}
        case Whole():
            default = None if first or clause.silent < clause.least else clause.silent
            return {clause.name: Number(label, least=clause.least, most=clause.most, default=default, **more)}
        case Share() | Majority():
            return {clause.name: Portion(label, clause, **more)}
        case Classes():
            return {clause.name: Line(label, most=60, **more)}
        case Seats():
            return {seat_field(kind): Number(_l(words), least=0, most=30) for kind, words in SEATS.items()}


def answers(clause: Choice | Yes, *, silent: bool) -> dict[str, str]:
    words = clause.words if isinstance(clause, Choice) else {"yes": clause.yes, "no": clause.no}
    nothing = {SILENT: _("the bylaws say nothing about it")} if silent else {}
    return nothing | {value: _(text) for value, text in words.items()}


def typed(clause: Kind, value: Any) -> Any:
    """A stored value as its field takes it; a share that the bylaws do not want is a 0."""
    if isinstance(clause, Yes):
        return "yes" if value else "no"
    return "0" if isinstance(clause, Share) and not value else value


class BylawsForm(Form):
    """About the version itself; the fields of the rules are added below, in the order of the chapters."""

    valid_from = Day(
        _l("In force from"),
        [Required(_l("Please enter the day."))],
        description=_l(
            "Changed bylaws count from the day of their entry in the register (§ 71 BGB); it may lie ahead."
        ),
    )
    adopted_on = Day(_l("Adopted on"))
    document = FileField(_l("The bylaws' text"), description=_l("PDF, at most 20 MB"))
    note = TextAreaField(_l("Note"), [Length(max=2000)], filters=[plain], description=_l("For example the paragraph"))

    def __init__(self, data: Any = None, **values: Any) -> None:
        super().__init__(data, **values)
        for kind in SEATS:
            label = self[seat_field(kind)].label
            label.text = str(label.text)[:1].upper() + str(label.text)[1:]
        fallback = law()
        for rule in RULES.values():
            field = self[rule.name]
            value = rule.say(fallback).rstrip(".")
            silent = _("Without a clause: %(value)s (%(source)s)", value=value, source=_(rule.source))
            unit = _(rule.clauses[0].label) if len(rule.clauses) == 1 else ""
            said = (str(part) for part in (unit, field.description, _(rule.hint), silent))
            field.description = " ".join(f"{part.rstrip('.')}." for part in said if part)

    @classmethod
    def of(cls, row: Bylaws, **about: Any) -> "BylawsForm":
        """Filled with what this version says; empty where it is silent."""
        values: dict[str, Any] = dict(about)
        for rule in RULES.values():
            chosen = getattr(row, rule.name)
            meant = [clause for clause in rule.clauses if clause.means_something(chosen)]
            for clause in meant if speaks(row, rule.name) else []:
                value = getattr(row, clause.name)
                if isinstance(clause, Seats):
                    seats = seats_of(value)
                    values |= {seat_field(kind): seats.get(kind, 0) for kind in SEATS}
                else:
                    values[clause.name] = typed(clause, value)
        return cls(**values)

    @property
    def said(self) -> dict[str, Any]:
        """What the bylaws say, clause by clause, as rulebook.written takes it."""
        said = {name: self[name].data for name in CLAUSES if name != "board_seats"}
        seats = {kind: self[seat_field(kind)].data for kind in SEATS}
        return said | {"board_seats": seats if any(number is not None for number in seats.values()) else None}

    @property
    def handful(self) -> list[tuple[Rule, list[Any]]]:
        return [(rule, self.parts(rule)) for rule in RULES.values() if rule.handful]

    @property
    def others(self) -> list[tuple[Chapter, list[tuple[Rule, list[Any]]]]]:
        """By chapter, what ten members need not read."""
        return [
            (chapter, [(rule, self.parts(rule)) for rule in chapter.rules if not rule.handful]) for chapter in CHAPTERS
        ]

    def said_in(self, rules: list[tuple[Rule, list[Any]]]) -> int:
        """Of how many of these rules the bylaws speak."""
        return sum(self.said[rule.name] not in (None, SILENT) for rule, _fields in rules)

    def wrong_in(self, rules: list[tuple[Rule, list[Any]]]) -> bool:
        return any(field.errors for _rule, fields in rules for field in fields)

    def parts(self, rule: Rule) -> list[Any]:
        names = [
            name
            for clause in rule.clauses
            for name in ([seat_field(kind) for kind in SEATS] if isinstance(clause, Seats) else [clause.name])
        ]
        return [self[name] for name in names]


for _rule in RULES.values():
    for _clause in _rule.clauses:
        for _name, _field in fields_of(_rule, _clause).items():
            setattr(BylawsForm, _name, _field)
