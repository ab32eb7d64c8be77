"""What somebody meant who typed a word that the directory does not know (decisions/0011)."""

import asyncio
import itertools
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from network.folding import base_letters, folded
from network.members import directory, vocabulary
from network.members.exonyms import in_german
from network.members.having import MOST_WORDS
from network.members.selection import Selection
from network.members.tables import Organisation

WORD = re.compile(r"[^\W\d_]{3,}")
SHORTEST, LONG, LONGEST = 3, 6, 40  # letters
MOST_NEAR, MOST_LOOKED_AT, MOST_WAYS, MOST_TRIED = 4, 150, 4**4, 6
LEFT_OUT = 9  # farther than any slips
QUICK = 0.05  # seconds
REST = 10  # parts of the time in which words are not read anew, for one in which they are


@dataclass(slots=True)
class Words:
    """All words of names, towns and people, by their folded spelling."""

    spelled: dict[str, str] = field(default_factory=dict)
    having: dict[str, list[str]] = field(default_factory=dict)  # pair of letters → the words with it
    text: str = "\n"  # each word on a line of its own

    def instead_of(self, typed: str) -> Iterator[str]:
        """Other wordings, the nearest first."""
        words = folded(typed).split()[:MOST_WORDS]
        ways = [self.ways(word, alone=len(words) == 1) for word in words]
        every = itertools.islice(itertools.product(*ways), MOST_WAYS)
        for way in sorted(every, key=lambda some: sum(far for far, _word in some)):
            told = [word for _far, word in way if word]
            if told != words and any(len(word) >= SHORTEST for word in told):
                yield " ".join(self.spelled.get(word, word) for word in told)

    def ways(self, word: str, *, alone: bool) -> list[tuple[int, str]]:
        """What the word may have been meant as, with how far that is; "" leaves it out.

        A long word that stands somewhere stays as it is. A short one stands in many others: among several words it may
        be a slip as well. One that nothing is near to must not end the search for the others.
        """
        stands = any(spelling in self.text for spelling in (word, *in_german(word)))
        if stands and (alone or len(word) >= LONG):
            return [(0, word)]
        near = self.near(word)
        kept = [(0, word)] if stands or not near else []
        begins = stands and f"\n{word}" in self.text
        return [*kept, *near, *([] if alone or near or begins else [(LEFT_OUT, "")])]

    def near(self, word: str) -> list[tuple[int, str]]:
        """The words that it may be a slip of the hand for, with how many slips."""
        most = slips_allowed(word)
        shared = (
            Counter(known for pair in set(pairs(word)) for known in self.having.get(pair, ())) if most else Counter()
        )
        found = []
        for known, number in shared.most_common(MOST_LOOKED_AT):
            far = min(slips(word, known, most), slips(word, known[: len(word)], most) + (len(known) > len(word)))
            if 0 < far <= most:
                found.append((far, -number, known))
        return [(far, known) for far, _shared, known in sorted(found)[:MOST_NEAR]]


def slips_allowed(word: str) -> int:
    return 0 if not SHORTEST <= len(word) <= LONGEST else 1 if len(word) < LONG else 2


def pairs(word: str) -> list[str]:
    whole = f"^{word}$"
    return [whole[place : place + 2] for place in range(len(whole) - 1)]


def slips(one: str, other: str, most: int) -> int:
    """Letters left out, doubled, mistaken or in the wrong order, up to `most`; any more count as one more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [place]
        for at, known in enumerate(other, start=1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != known))
            if place > 1 and at > 1 and letter == other[at - 2] and one[place - 2] == known:
                cost = min(cost, earlier[at - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


async def meant(selection: Selection) -> str:
    """The wording nearest to what was typed that finds somebody in this choice; "" for none.

    The choice then knows who has that, so that its text can be replaced without looking once more.
    """
    for text in await wordings(selection.text, of_all=selection.people == "all"):
        tried = replace(selection, text=text)
        if await directory.count(tried):
            selection.having = tried.having
            return text
    return ""


async def wordings(typed: str, *, of_all: bool) -> list[str]:
    """What may have been meant, the nearest first, by all words the office knows or those that the website shows."""
    return list(itertools.islice((await words(of_all=of_all)).instead_of(typed), MOST_TRIED))


@dataclass(slots=True)
class Kept:
    last: int  # the newest line of the activity when they were read
    at: float
    took: float
    words: Words

    @property
    def rest(self) -> float:
        return REST * self.took if self.took > QUICK else 0.0


_kept: dict[bool, Kept] = {}


def forget() -> None:
    _kept.clear()


async def words(*, of_all: bool) -> Words:
    """Read anew when somebody has changed something since; where that takes long, for a tenth of the time at most."""
    [newest] = await Organisation.raw("SELECT max(id) AS last FROM activity")
    last, now = int(newest["last"] or 0), time.monotonic()
    kept = _kept.get(of_all)
    if kept and (kept.last == last or now - kept.at < kept.rest):
        return kept.words
    texts = await vocabulary.texts(of_all=of_all)
    found = await asyncio.to_thread(gathered, texts)
    _kept[of_all] = Kept(last, time.monotonic(), time.monotonic() - now, found)
    return found


def gathered(texts: Iterable[str]) -> Words:
    told = Words()
    for word in {word for text in texts for word in WORD.findall(text)}:
        for key in {folded(word), base_letters(word)}:
            if told.spelled.setdefault(key, word).islower():
                told.spelled[key] = word
    having: dict[str, list[str]] = defaultdict(list)
    for key in sorted(told.spelled):
        for pair in set(pairs(key)):
            having[pair].append(key)
    told.having, told.text = having, "\n".join(["", *told.spelled])
    return told
