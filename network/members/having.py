"""Who has what was typed: an organisation itself, one of its sites, or somebody who has a function there."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from network.database import among
from network.folding import base_letters, folded
from network.members import trigrams
from network.members.exonyms import in_german
from network.members.function import PUBLIC
from network.members.lens import Lens
from network.members.tables import Organisation
from network.members.trigrams import Question

MOST_WORDS = 8
PATTERN = re.compile(r"[%_\\]")  # what LIKE takes for something else
KINDS = ", ".join(f"'{kind}'" for kind in sorted(PUBLIC))


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was typed, in its spellings, and the organisations that have it."""

    alternatives: list[str]
    own: set[int] = field(default_factory=set)
    somebody: set[int] = field(default_factory=set)  # a person there is called so
    at_sites: set[int] = field(default_factory=set)

    @property
    def whole(self) -> set[int]:
        """So that each of their sites is meant."""
        return self.own | self.somebody

    @property
    def anywhere(self) -> set[int]:
        return self.own | self.somebody | self.at_sites

    def stands_in(self, column: str) -> Question:
        found = " OR ".join([f"{column} LIKE {{}}"] * len(self.alternatives))
        return f"({found})", [f"%{one}%" for one in self.alternatives]


@dataclass(frozen=True, slots=True)
class Having:
    """Who has what was typed, on a day."""

    day: date
    text: str
    people: str
    words: list[Word]

    def answers(self, day: date, text: str, people: str) -> bool:
        return (self.day, self.text, self.people) == (day, text, people)

    def without_people(self) -> "Having":
        return Having(self.day, self.text, "", [replace(word, somebody=set()) for word in self.words])


def spellings(text: str) -> list[list[str]]:
    """Word by word, in the two spellings that search columns hold: "Müller" is "mueller" and "muller".

    An English name of a town is the German one as well.
    """
    plain = PATTERN.sub(" ", text)
    pairs = zip(folded(plain).split(), base_letters(plain).split(), strict=False)
    return [list(dict.fromkeys([*pair, *in_german(pair[0])])) for pair in pairs][:MOST_WORDS]


async def those_having(lens: Lens, text: str, people: str) -> list[Word]:
    """The dear part of a search, the longest word first. After it only those have to be looked at who have it."""
    await trigrams.look()
    words: list[Word] = []
    these: set[int] | None = None
    for alternatives in sorted(spellings(text), key=lambda some: -len(some[0])):
        word = Word(alternatives)
        if these is None or these:
            await look_for(word, lens, people, these)
            these = word.anywhere if these is None else these & word.anywhere
        words.append(word)
    return words


async def look_for(word: Word, lens: Lens, people: str, these: set[int] | None) -> None:
    """A word that is too short for the index is looked for among `these` alone, row by row."""
    few = these if trigrams.is_short(word.alternatives) else None
    asked = [itself(word, lens, few), at_sites(word, lens, few)]
    asked += [somebody(word, lens, people, few)] if people else []
    rows = await Organisation.raw(
        " UNION ALL ".join(sql for sql, _values in asked), *(value for _sql, values in asked for value in values)
    )
    for row in rows:
        getattr(word, row["way"]).add(row["id"])


def itself(word: Word, lens: Lens, few: set[int] | None) -> Question:
    former = ["former_name"] * lens.names + ["former_address"] * lens.addresses
    which, values = within("o.id", few) or any_of(
        "o.id",
        trigrams.rows_with("organisation", word.alternatives),
        rows_of("membership", word.stands_in("lower(number)")),
        *(rows_of(table, word.stands_in("search")) for table in former),
    )
    (named, names), (numbered, numbers) = word.stands_in(lens.own_search), word.stands_in("lower(m.number)")
    sql = f"SELECT 'own' AS way, o.id FROM {lens.organisations} WHERE {which} AND ({named} OR {numbered})"
    return sql, [*values, *names, *numbers]


def at_sites(word: Word, lens: Lens, few: set[int] | None) -> Question:
    moved = [rows_of("former_address", word.stands_in("search"), "site")] if lens.addresses else []
    which, values = within("s.organisation", few) or any_of(
        "s.id", trigrams.rows_with("site", word.alternatives), *moved
    )
    placed, texts = word.stands_in(lens.placed("search"))
    begin = f"SELECT 'at_sites' AS way, s.organisation AS id FROM {lens.sites}"
    return f"{begin} WHERE {which} AND {placed} AND {lens.is_open}", [*values, *texts]


def somebody(word: Word, lens: Lens, people: str, few: set[int] | None) -> Question:
    """Of "all" who have a function on the day, or of those whose names stand on the website."""
    begin = "SELECT 'somebody' AS way, h.organisation AS id FROM held_function h"
    which, values = within("h.organisation", few) or any_of("h.person", trigrams.rows_with("person", word.alternatives))
    if people == "all" and few is None:
        return f"{begin} WHERE {which} AND {lens.runs('h')}", values
    called, texts = word.stands_in("p.search")
    shown = "p.id = h.person"
    if people != "all":  # not by what stands beside the name: the e-mail address
        named, names = word.stands_in("p.sorting")
        shown, texts = f"{shown} AND h.kind IN ({KINDS}) AND {lens.agreed} AND {named}", [*names, *texts]
    # crossed: SQLite goes from the functions to the people, and not the other way round
    return f"{begin} CROSS JOIN person p WHERE {which} AND {lens.runs('h')} AND {shown} AND {called}", [*values, *texts]


def rows_of(table: str, found: Question, whose: str = "organisation") -> Question:
    return f"SELECT {whose} FROM {table} WHERE {found[0]}", found[1]


def any_of(column: str, *sources: Question) -> Question:
    return f"{column} IN ({' UNION '.join(sql for sql, _values in sources)})", [
        value for _sql, values in sources for value in values
    ]


def within(column: str, few: set[int] | None) -> Question | None:
    if few is None:
        return None
    condition, value = among(column, few)
    return condition, [value]
