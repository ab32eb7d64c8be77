"""How a resolution in the book came about, reckoned again from its counts and the rules it was taken under."""

from collections.abc import Sequence
from dataclasses import dataclass

from network.association import rulebook
from network.association.bylaws import bylaws_on
from network.association.rulebook import Told
from network.association.tables import Bylaws
from network.i18n import local
from network.resolutions.counts import Count, addition_words
from network.resolutions.majorities import Base, Consents, decide
from network.resolutions.ruling import CIRCULAR, majority_in, rules_asked
from network.resolutions.tables import Body, Kind, Resolution


@dataclass(frozen=True, slots=True)
class Reckoned:
    """`words` is the arithmetic, `addition` the counts; `rules` where the majority comes from, none: § 32 I 3 BGB."""

    words: str
    addition: str
    rules: Sequence[Told]
    differs: bool  # the book says something else than the counts do


async def reckoned(row: Resolution) -> Reckoned | None:
    """None for an election, which has rounds of its own, and for what nobody counted."""
    counted = count_of(row)
    if row.kind == Kind.ELECTION or not row.represented:
        return None
    rules = await rules_of(row)
    body, in_writing = Body(row.body), is_in_writing(row)
    majority = majority_in(body, row.kind, in_writing=in_writing, rules=rules)
    of_all = majority.base == Base.EVERYBODY
    consents = Consents(row.agreed_later, row.declined_later) if of_all else Consents()
    total = max(row.represented, row.total or 0)
    result = decide(majority, counted, represented=row.represented, banned=row.banned, total=total, consents=consents,
                    casting=row.casting)  # fmt: skip
    asked = rules_asked(body, row.kind, in_writing=in_writing, rules=rules)
    told = [rulebook.explain(name, rules) for name in asked]
    return Reckoned(result.words, addition_words(counted), told, result.outcome != row.outcome)


async def rules_of(row: Resolution) -> Bylaws:
    """As they were known when it was decided here; what was entered by hand goes by all that is known today."""
    known_at = row.rules_known_at or (row.taken_at if row.source else None)
    return await bylaws_on(row.rules_from or local(row.taken_at), known_at=known_at)


def count_of(row: Resolution) -> Count:
    return Count(row.yes, row.no, row.abstain, row.invalid, row.not_cast)


def is_in_writing(row: Resolution) -> bool:
    return row.source.startswith(CIRCULAR) or row.body == Body.MEMBERS
