"""What somebody meant who typed a word that the directory does not know (decisions/0011)."""

import asyncio
import itertools
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from network.folding import base_letters, folded
from network.members import directory
from network.members.selection import Selection
from network.members.tables import Organisation

WORD = re.compile(r"[^\W\d_]{3,}")
MOST_NEAR, MOST_LOOKED_AT, MOST_TRIED, LONGEST = 3, 150, 6, 40
QUICK = 0.05  # seconds
REST = 10  # parts of the time in which words are not read anew, for one in which they are


@dataclass(slots=True)
class Words:
    """All words of names, towns and people, by their folded spelling."""

    spelled: dict[str, str] = field(default_factory=dict)
    having: dict[str, list[str]] = field(default_factory=dict)  # pair of letters → the words with it
    text: str = ""

    def instead_of(self, typed: str) -> Iterator[str]:
        """Other wordings, the nearest first; a word that stands somewhere stays as it is."""
        ways = [self.near(word) for word in folded(typed).split()]
        if not ways or not all(ways):
            return
        every = itertools.islice(itertools.product(*ways), 3**4)
        for way in sorted(every, key=lambda some: sum(far for far, _word in some)):
            if any(far for far, _word in way):
                yield " ".join(self.spelled.get(word, word) for _far, word in way)

    def near(self, word: str) -> list[tuple[int, str]]:
        """The words that it may be a slip of the hand for, with how many slips; itself, if it stands somewhere."""
        if word in self.text:
            return [(0, word)]
        most = slips_allowed(word)
        shared = Counter(known for pair in set(pairs(word)) for known in self.having.get(pair, ()))
        found = []
        for known, _number in shared.most_common(MOST_LOOKED_AT) if most else ():
            far = min(slips(word, known, most), slips(word, known[: len(word)], most) + (len(known) > len(word)))
            if far <= most:
                found.append((far, known))
        return sorted(found)[:MOST_NEAR]


def slips_allowed(word: str) -> int:
    return 0 if not 4 <= len(word) <= LONGEST else 1 if len(word) < 6 else 2  # noqa: PLR2004  four letters, six letters


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
    known = await words()
    for text in itertools.islice(known.instead_of(selection.text), MOST_TRIED):
        tried = replace(selection, text=text)
        if await directory.count(tried):
            selection.having = tried.having
            return text
    return ""


@dataclass(slots=True)
class Kept:
    last: int  # the newest line of the activity when they were read
    at: float
    took: float
    words: Words

    @property
    def rest(self) -> float:
        return REST * self.took if self.took > QUICK else 0.0


_kept: list[Kept] = []


def forget() -> None:
    _kept.clear()


async def words() -> Words:
    """Read anew when somebody has changed something since; where that takes long, for a tenth of the time at most."""
    [newest] = await Organisation.raw("SELECT max(id) AS last FROM activity")
    last, now = int(newest["last"] or 0), time.monotonic()
    if _kept and (_kept[0].last == last or now - _kept[0].at < _kept[0].rest):
        return _kept[0].words
    texts = await every_text()
    found = await asyncio.to_thread(gathered, texts)
    _kept[:] = [Kept(last, time.monotonic(), time.monotonic() - now, found)]
    return found


async def every_text() -> list[str]:
    found: list[str] = []
    for query in (
        "SELECT name, town FROM organisation",
        "SELECT DISTINCT name, town FROM site",
        "SELECT name, '' AS town FROM former_name",
        "SELECT town, '' AS name FROM former_address",
        "SELECT p.name, '' AS town FROM person p WHERE EXISTS (SELECT 1 FROM held_function h WHERE h.person = p.id)",
    ):
        found += [f"{row['name']} {row['town']}" for row in await Organisation.raw(query)]
        await asyncio.sleep(0)
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
    told.having, told.text = having, "\n".join(told.spelled)
    return told
