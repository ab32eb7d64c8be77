"""Whom a line of a spreadsheet means: by its number, else by its name; what stays open is asked, never guessed."""

from datetime import date
from typing import Any

from network.folding import folded, number_key, organisation_key
from network.i18n import _
from network.members import question
from network.members.outcome import Known, MemberPlan, Outcome
from network.members.question import Answer
from network.members.sheet import spoken
from network.members.tables import Organisation


def same_identity(column: str, one: Any, other: Any) -> bool:
    """Whether it names the same one, however it is written."""
    key = {"name": organisation_key, "number": number_key}.get(column)
    return key is not None and key(one) == key(other)


def who(
    facts: dict[str, Any], told: Known, problems: dict[str, str], *, is_another: bool = False
) -> tuple[Organisation | None, list[Answer]]:
    """By its number, else by its name. Where they say two different ones, or the name says several, it is asked."""
    number, name = facts.get("number", ""), facts.get("name", "")
    key = organisation_key(name)[:200] if name else ""
    called = [told.by_id[one] for one in told.by_key.get(key, [])] if key else []
    members = [one for one in called if one.id in told.memberships]
    answers: list[Answer] = []
    if numbered := told.by_id.get(told.by_number.get(number_key(number), 0)):
        if called and key != numbered.key:
            other = (members or called)[0]
            problems["name"], answers = question.which_of_two(number, numbered, other, number_of(other, told))
        return numbered, answers
    if is_another:
        return None, answers
    if len(members) > 1 and not number:
        members = standing_where(facts, members) or members
        if len(members) > 1:
            named = [(one, number_of(one, told)) for one in members]
            problems["number"], answers = question.which_of_one_name(named)
    return next(iter(members or called), None), answers  # a member goes before a guest of the same name


def number_of(row: Organisation, told: Known) -> str:
    """Its last one."""
    return next((one.number for one in reversed(told.memberships.get(row.id, [])) if one.number), "")


def standing_where(facts: dict[str, Any], called: list[Organisation]) -> list[Organisation]:
    """Those of one name that have the address of the line."""
    told = [name for name in ("postal_code", "town") if name in facts]
    return [one for one in called if told and all(folded(getattr(one, name)) == folded(facts[name]) for name in told)]


def ask_of_twice_named(outcome: Outcome, plan: MemberPlan, named: dict[str, MemberPlan]) -> None:
    """One name under two numbers in one file: two organisations come in only when somebody says so."""
    if "name" not in plan.facts:
        return
    first = named.setdefault(organisation_key(plan.facts["name"]), plan)
    is_one = first.row is not None and first.row is plan.row
    if first is plan or plan.is_another or first.is_another or (plan.row and not is_one):
        return
    if is_one and not overlapping(first.facts, plan.facts):
        return
    number = str(first.facts.get("number", ""))
    outcome.answers = question.same_or_another(number)
    outcome.reading.problems["number"] = _(
        "Line %(line)s has the same name and the number %(number)s; please say whether it is the same member",
        line=spoken(first.first_line), number=number,
    )  # fmt: skip


def overlapping(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two memberships as they are told have a day in common; unknown days might."""
    first, second = sorted((one, other), key=lambda facts: facts.get("since") or date.min)
    return "until" not in first or "since" not in second or first["until"] >= second["since"]
