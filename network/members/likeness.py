"""By what two entries look like one: names with slips, addresses written in another way, telephone numbers, domains.

Entries are never compared each with each. Those that share something rare stand in a group, only they are compared,
and what many share tells nothing: so the work grows with the entries, not with their pairs.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from network.folding import folded

MOST_TOGETHER = 8  # in a group; what more share tells nothing
SHORTEST_PHONE, SHORTEST_WORD = 6, 5
LITTLE_WORDS = {"am", "an", "auf", "bei", "berufliche", "das", "der", "des", "die", "e", "fuer", "gem", "im", "in",
                "ins", "mit", "und", "v", "vom", "von", "zu", "zum", "zur"}  # fmt: skip
COMMON_HOSTS = {"gmail.com", "googlemail.com", "gmx.de", "gmx.net", "web.de", "t-online.de", "outlook.com",
                "outlook.de", "hotmail.com", "hotmail.de", "icloud.com", "yahoo.com", "yahoo.de", "freenet.de",
                "posteo.de", "mailbox.org", "aol.com", "live.de", "arcor.de"}  # fmt: skip
SPELLINGS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ss", "s"), ("ph", "f"), ("th", "t"))
STREET = re.compile(r" ?str(asse)?\b")
HOUSE_NUMBER = re.compile(r"(?<=\d) (?=[a-z]\b)")

Two = tuple[int, int]


@dataclass(slots=True)
class Pair:
    """Two entries by their numbers, the smaller first, and by what they look like one."""

    one: int
    other: int
    why: list[str] = field(default_factory=list)


class Findings:
    """What was found of which pairs."""

    def __init__(self) -> None:
        self.pairs: dict[Two, Pair] = {}

    def say(self, reason: str, pairs: Iterable[Two]) -> None:
        for two in pairs:
            told = self.pairs.get(two) or self.pairs.setdefault(two, Pair(*two))
            if reason not in told.why:
                told.why.append(reason)


def groups_by(keys: Iterable[tuple[Hashable, int]], most: int = MOST_TOGETHER) -> Iterator[list[int]]:
    """The ids that share a key, where two or a few do."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for key, number in keys:
        found[key].append(number)
    return (ids for ids in found.values() if 1 < len(ids) <= most)


def pairs_in(groups: Iterable[Sequence[int]]) -> set[Two]:
    return {(min(pair), max(pair)) for ids in groups for pair in combinations(ids, 2) if pair[0] != pair[1]}


def same(told: Iterable[tuple[str, int]], most: int = MOST_TOGETHER) -> set[Two]:
    """Of those that tell something, the pairs that tell the same."""
    return pairs_in(groups_by(((text, number) for text, number in told if text), most))


def sounding(text: str) -> str:
    """A folded text without what is written now so, now so: "Müller", "Mueller" and "Muller" are the same."""
    for written, short in SPELLINGS:
        text = text.replace(written, short)
    return text


def words_in(key: str) -> list[str]:
    return [word for word in key.split() if word not in LITTLE_WORDS and len(word) > 1]


def is_part(mine: Collection[str], theirs: Collection[str]) -> bool:
    """All words of the shorter one stand in the other, a long one perhaps with a slip of the hand."""
    short, long = sorted((mine, theirs), key=len)
    return bool(short) and all(
        word in long or (len(word) >= SHORTEST_WORD and any(is_slip(word, other) for other in long)) for word in short
    )


def is_slip(one: str, other: str) -> bool:
    """At most one letter left out, doubled or mistaken, or two in the wrong order."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        start += 1
    rest, rest_other = one[start:], other[start:]
    if rest[1:] in (rest_other, rest_other[1:]) or rest == rest_other[1:]:
        return True
    return rest[2:] == rest_other[2:] and rest[1::-1] == rest_other[:2]


def without_a_letter(word: str) -> Iterator[str]:
    """The word, and what is left of a long one without one letter: two that are a slip apart share one of them."""
    yield word
    for place in range(len(word) if len(word) >= SHORTEST_WORD else 0):
        yield word[:place] + word[place + 1 :]


def rare_words(words: Mapping[int, Collection[str]], most: int = MOST_TOGETHER) -> Iterator[tuple[Hashable, int]]:
    """Each entry under those of its words that few have, also where they are written with a slip of the hand."""
    having = Counter(word for some in words.values() for word in set(some))
    for number, some in words.items():
        for word in set(some):
            if having[word] <= most:
                yield from ((part, number) for part in without_a_letter(word))


def letter_pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(f" {text} "))


def alike(texts: Mapping[int, str]) -> Callable[[int, int], float]:
    """From 0 to 1: the share of pairs of letters that the texts of two entries have in common (Dice)."""
    known: dict[int, frozenset[tuple[str, str]]] = {}

    def of(number: int) -> frozenset[tuple[str, str]]:
        if number not in known:
            known[number] = letter_pairs(texts[number])
        return known[number]

    def share(one: int, other: int) -> float:
        mine, theirs = of(one), of(other)
        return 2 * len(mine & theirs) / (len(mine) + len(theirs))

    return share


def digits(phone: str) -> str:
    """A number without its country, or "" where too little is left: "+49 (0)621 23125-0" and "0621 231250"."""
    abroad = phone.lstrip().startswith(("+", "00"))
    figures = re.sub(r"\D", "", phone.replace("(0)", "", 1) if abroad else phone)
    national = figures.removeprefix("00").removeprefix("49") if abroad else figures.removeprefix("0")
    return national if len(national) >= SHORTEST_PHONE else ""


def place_of(postal_code: str, street: str) -> str:
    """A street in a postal code, "Straße" or "Str."; "" when one of both is unknown."""
    if not postal_code or not street:
        return ""
    plain = re.sub(r"[\W_]+", " ", folded(street)).strip()
    return f"{postal_code} {HOUSE_NUMBER.sub('', STREET.sub('str', plain))}"


def host_of(address: str) -> str:
    """The domain of a website or an e-mail address; "" for those where anybody has one."""
    name = address.rpartition("@")[2] if "@" in address else address.partition("://")[2].partition("/")[0]
    name = name.lower().removeprefix("www.")
    return "" if name in COMMON_HOSTS else name


def mailbox_of(address: str) -> str:
    """An e-mail address without what is written now so, now so: dots, umlauts, what follows a plus sign."""
    local, _at, domain = (address.lower() if address.isascii() else folded(address)).partition("@")
    plain = local.partition("+")[0].replace(".", "").replace("-", "").replace("_", "")
    return f"{sounding(plain)}@{domain}" if plain and domain else ""
