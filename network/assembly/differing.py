"""Two texts side by side: what goes, what comes and what stays, word by word. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Some words: "same", "gone" or "new"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph before and after; one of the two is empty where a whole paragraph goes or comes."""

    old: tuple[Run, ...]
    new: tuple[Run, ...]

    @property
    def differs(self) -> bool:
        return any(run.kind != "same" for run in (*self.old, *self.new))


def differences(old: str, new: str) -> list[Pair]:
    """Paragraph by paragraph; those that only one text has stand alone."""
    before, after = paragraphs(old), paragraphs(new)
    matched = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [
        pair
        for _tag, a, b, c, d in matched
        for pair in (compared(one, other) for one, other in zip_longest(before[a:b], after[c:d], fillvalue=""))
    ]


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def compared(old: str, new: str) -> Pair:
    if not (old and new):
        return Pair(tuple(runs([("gone", old)])), tuple(runs([("new", new)])))
    before, after = WORDS.findall(old), WORDS.findall(new)
    left: list[tuple[str, str]] = []
    right: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        left.append(("same" if tag == "equal" else "gone", "".join(before[a:b])))
        right.append(("same" if tag == "equal" else "new", "".join(after[c:d])))
    return Pair(tuple(runs(left)), tuple(runs(right)))


def runs(parts: list[tuple[str, str]]) -> Iterator[Run]:
    """Neighbours of one kind together; blanks at their ends belong to nobody."""
    for kind, text in parts:
        if text:
            yield Run(kind, text)
