"""BLT files, in which counting programs hand papers to each other: read with care, written plainly.

The numbers of candidates and seats; withdrawn candidates as negative numbers, or as "[withdrawn 2 5]"; a line for each
ranking: how many papers, the candidates' numbers, 0; a 0 alone; the names and the title in quotation marks. "#" begins
a comment.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from network.assembly.counting.ranked import MOST_CANDIDATES, Papers, Ranking
from network.errors import Refused
from network.i18n import _
from network.resolutions.counts import MOST_VOTES

LARGEST = 20_000_000  # bytes
TOKEN = re.compile(
    r"""\s+ | \#[^\n]*                                # nothing
    | "(?P<text>(?:[^"\\\n]|\\.)*)"
    | \[(?P<option>[^\]\n]*)\]
    | \([^)\n]*\)                                     # a paper's number, of no use to us
    | (?P<number>-?\d+)(?=[\s#]|$)
    | (?P<other>\S+)""",
    re.VERBOSE,
)


@dataclass(slots=True)
class Reader:
    """The file word by word. `line` is that of the last word read."""

    words: Iterator[tuple[int, str, str]]
    line: int = 1

    def next(self, wanted: str) -> tuple[str, str]:
        """Kind and text of the next word; refused at the end of the file, naming what was wanted."""
        try:
            self.line, kind, text = next(self.words)
        except StopIteration:
            self.refuse(_("the file ends where %(wanted)s should be", wanted=wanted))
        return kind, text

    def number(self, wanted: str) -> int:
        kind, text = self.next(wanted)
        if kind != "number" or len(text) > len(str(MOST_VOTES)) + 1:
            self.refuse(_("“%(text)s” stands where %(wanted)s should be", text=text[:40], wanted=wanted))
        return int(text)

    def refuse(self, words: str) -> NoReturn:
        raise Refused(_("Line %(line)s: %(words)s.", line=self.line, words=words), "file")


def read(data: bytes) -> Papers:
    """Refused (field "file") in words with the number of the line when something is damaged or not of these rules."""
    if len(data) > LARGEST:
        raise Refused(_("The file is too large."), "file")
    reader = Reader(tokens(decoded(data)))
    candidates = reader.number(_("the number of candidates"))
    seats = reader.number(_("the number of seats"))
    if not 1 <= candidates <= MOST_CANDIDATES or not 1 <= seats <= MOST_CANDIDATES:
        reader.refuse(_("there must be 1 to %(most)s candidates and seats", most=MOST_CANDIDATES))
    withdrawn, rankings = papers_in(reader, candidates)
    names = [name_in(reader, number) for number in range(1, candidates + 1)]
    title = title_in(reader)
    if len(set(names)) < candidates:
        reader.refuse(_("two candidates have the same name"))
    return Papers(
        candidates=tuple(names),
        seats=seats,
        rankings=tuple((number, tuple(names[place - 1] for place in ranking)) for number, ranking in rankings),
        withdrawn=frozenset(names[place - 1] for place in withdrawn),
        title=title,
    )


def write(papers: Papers) -> bytes:
    """In UTF-8. Reading it gives the same papers again."""
    numbers = {name: str(number) for number, name in enumerate(papers.candidates, start=1)}
    gone = [f"-{numbers[name]}" for name in papers.candidates if name in papers.withdrawn]
    lines = [
        f"{len(papers.candidates)} {papers.seats}",
        *([" ".join(gone)] if gone else []),
        *(ranking_line(number, ranking, numbers) for number, ranking in papers.rankings),
        "0",
        *(quoted(name) for name in papers.candidates),
        quoted(papers.title),
    ]
    return ("\n".join(lines) + "\n").encode()


# --- writing ---------------------------------------------------------------------------------------------------------


def ranking_line(number: int, ranking: Ranking, numbers: dict[str, str]) -> str:
    return " ".join([str(number), *(numbers[name] for name in ranking), "0"])


def quoted(text: str) -> str:
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


# --- reading ---------------------------------------------------------------------------------------------------------


def decoded(data: bytes) -> str:
    """UTF-8, or what older programs on Windows write."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def tokens(text: str) -> Iterator[tuple[int, str, str]]:
    """The line, kind and text of each word."""
    line = 1
    for match in TOKEN.finditer(text.replace("\r\n", "\n").replace("\r", "\n")):
        kind = match.lastgroup
        if kind:
            yield line, kind, match[kind]
        line += match[0].count("\n")


def papers_in(reader: Reader, candidates: int) -> tuple[set[int], list[tuple[int, list[int]]]]:
    """Withdrawn candidates' numbers and the rankings with how many papers have each, up to the 0 that stands alone."""
    withdrawn: set[int] = set()
    rankings: list[tuple[int, list[int]]] = []
    while True:
        kind, text = reader.next(_("a ranking, or the 0 that ends them"))
        if kind == "option":
            withdrawn |= withdrawn_in(reader, text, candidates)
            continue
        if kind != "number" or len(text) > len(str(MOST_VOTES)) + 1:
            reader.refuse(_("“%(text)s” stands where a number of papers should be", text=text[:40]))
        number = int(text)
        if number == 0:
            return withdrawn, rankings
        if number > MOST_VOTES:
            reader.refuse(_("that are more papers than can be"))
        if number > 0:
            rankings.append((number, ranking_in(reader, candidates)))
        elif rankings:
            reader.refuse(_("a candidate's withdrawal stands among the rankings"))
        else:
            withdrawn.add(one_of(reader, -number, candidates))


def withdrawn_in(reader: Reader, option: str, candidates: int) -> set[int]:
    """Of "[withdrawn 2 5]"; other options, such as an order for ties, do not bind us."""
    name, *numbers = option.split() or [""]
    if name != "withdrawn":
        return set()
    if not all(number.isdecimal() and len(number) <= len(str(MOST_CANDIDATES)) for number in numbers):
        reader.refuse(_("“%(text)s” names no candidates", text=option[:40]))
    return {one_of(reader, int(number), candidates) for number in numbers}


def ranking_in(reader: Reader, candidates: int) -> list[int]:
    ranking: list[int] = []
    while number := reader.number(_("a candidate's number, or the 0 that ends the ranking")):
        if one_of(reader, number, candidates) in ranking:
            reader.refuse(_("candidate %(number)s is ranked twice", number=number))
        ranking.append(number)
    return ranking


def one_of(reader: Reader, number: int, candidates: int) -> int:
    if not 1 <= number <= candidates:
        reader.refuse(_("there is no candidate %(number)s", number=number))
    return number


def name_in(reader: Reader, number: int) -> str:
    wanted = _("the name of candidate %(number)s, in quotation marks,", number=number)
    kind, text = reader.next(wanted)
    name = unquoted(text)
    if kind != "text" or not name or not name.isprintable():
        reader.refuse(_("“%(text)s” stands where %(wanted)s should be", text=text[:40], wanted=wanted))
    return name


def title_in(reader: Reader) -> str:
    """The title, or "" at the end of the file. Source and remarks may follow in quotation marks; anything else is
    refused.
    """
    texts = []
    for line, kind, text in reader.words:
        reader.line = line
        if kind != "text":
            reader.refuse(_("“%(text)s” stands after the names and the title", text=text[:40]))
        texts.append(unquoted(text))
    return texts[0] if texts else ""


def unquoted(text: str) -> str:
    return " ".join(re.sub(r'\\(["\\])', r"\1", text).split())
