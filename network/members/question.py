"""What a line of a spreadsheet leaves open about who is meant, and what its cells say when it has been answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from network.i18n import _
from network.members.tables import Organisation

ANOTHER = "another"  # no column of any file: somebody said that this is another organisation of the same name


@dataclass(frozen=True, slots=True)
class Answer:
    """One that the office can give with a click."""

    key: str
    words: str
    cells: dict[str, str]


def which_of_two(number: str, mine: Organisation, other: Organisation, its_number: str) -> tuple[str, list[Answer]]:
    """The number says one organisation and the name another."""
    words = _(
        "The number %(number)s is that of %(mine)s, the name that of %(other)s; please say who is meant",
        number=number, mine=mine.name, other=other.name,
    )  # fmt: skip
    return words, [
        Answer("number", it_is(mine, number), {"name": mine.name}),
        Answer("name", it_is(other, its_number), {"number": its_number, "name": other.name}),
    ]


def which_of_one_name(known: Sequence[tuple[Organisation, str]]) -> tuple[str, list[Answer]]:
    """Several have the name; the number of each stands beside it."""
    words = _("Several are called %(name)s; please enter the number of the one that is meant", name=known[0][0].name)
    return words, [
        Answer(f"number{place}", it_is(row, number), {"number": number})
        for place, (row, number) in enumerate(known)
        if number
    ]


def same_or_another(number: str) -> list[Answer]:
    """The name is known under another number, in the directory or further up in the file."""
    return [
        Answer("same", _("It is the one with the number %(number)s", number=number), {"number": number}),
        Answer(ANOTHER, _("It is another organisation of the same name"), {ANOTHER: "1"}),
    ]


def it_is(row: Organisation, number: str) -> str:
    if not number:
        return _("It is %(name)s", name=row.name)
    return _("It is %(name)s, %(number)s", name=row.name, number=number)
