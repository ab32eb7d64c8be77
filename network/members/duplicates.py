"""Entries that may be the same organisation twice, and why."""

from collections import defaultdict
from difflib import SequenceMatcher

from network.folding import folded
from network.i18n import _
from network.members.tables import Organisation

ALIKE = 0.88  # of two folded names, as difflib tells
COMMON_HOSTS = {"gmail.com", "gmx.de", "web.de", "t-online.de", "example.org"}
Pair = tuple[Organisation, Organisation, list[str]]


async def found() -> list[Pair]:
    """Pairs, those with most reasons first. Names are compared with those that begin alike: not each with each."""
    rows = await Organisation.objects().order_by(Organisation.sorting).order_by(Organisation.id)
    by_id = {row.id: row for row in rows}
    why: dict[tuple[int, int], list[str]] = defaultdict(list)
    for words, groups in ((_("same name"), grouped(rows, "key")), (_("same address"), grouped(rows, "place")),
                          (_("same website or e-mail domain"), grouped(rows, "host"))):  # fmt: skip
        for group in groups:
            for place, one in enumerate(group):
                for other in group[place + 1 :]:
                    why[one, other].append(words)
    for one, other in alike(rows):
        why[one, other].append(_("similar name"))
    pairs = [(by_id[one], by_id[other], words) for (one, other), words in why.items()]
    return sorted(pairs, key=lambda pair: (-len(pair[2]), pair[0].sorting))


def grouped(rows: list[Organisation], by: str) -> list[list[int]]:
    """Of those that share something, at most a handful: what many share tells nothing."""
    groups: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        place = f"{row.postal_code} {folded(row.street)}" if row.postal_code and row.street else ""
        groups[{"key": row.key, "place": place, "host": host(row)}[by]].append(row.id)
    return [sorted(ids) for key, ids in groups.items() if key and 1 < len(ids) <= 5]  # noqa: PLR2004


def host(row: Organisation) -> str:
    name = row.website.partition("://")[2].partition("/")[0].removeprefix("www.") or row.email.partition("@")[2]
    return "" if name.lower() in COMMON_HOSTS else name.lower()


def alike(rows: list[Organisation]) -> list[tuple[int, int]]:
    blocks: dict[str, list[Organisation]] = defaultdict(list)
    for row in rows:
        blocks[row.key[:3]].append(row)
    return [
        (min(one.id, other.id), max(one.id, other.id))
        for block in blocks.values()
        for place, one in enumerate(block)
        for other in block[place + 1 :]
        if one.key != other.key and SequenceMatcher(None, one.key, other.key).ratio() >= ALIKE
    ]
