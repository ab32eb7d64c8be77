"""Where an organisation came from and what it belongs to: told on the pages of both."""

from dataclasses import dataclass
from datetime import date

from network import clock, roughly
from network.activity import record
from network.database import DB, rows
from network.errors import Refused
from network.folding import organisation_key
from network.i18n import N_, _
from network.members import organisation as organisations
from network.members.function import thing
from network.members.organisation import take
from network.members.tables import Organisation, Relation
from network.references import new_reference

WORDS = {
    "predecessor": N_("Predecessor"),
    "parent": N_("Parent organisation"),
    "spun_off": N_("Spun off from"),
}
SEEN_FROM_THERE = {
    "predecessor": N_("Successor"),
    "parent": N_("Belongs to it"),
    "spun_off": N_("Spun off"),
}


@dataclass(frozen=True, slots=True)
class Related:
    """A relation in the eyes of one of the two; `mine` where it was entered there."""

    reference: str
    words: str
    name: str
    other: str  # the other's reference; "" for one whom only a name tells
    span: str
    mine: bool


async def enter(
    organisation: Organisation, kind: str, name: str, *, since: str = "", until: str = "", actor: str = ""
) -> Relation:
    """Enter what another one is to this organisation; who is known by the name is meant, else the name alone is kept.

    `since` and `until` as network.roughly stores them. Refused: itself, the same twice, an end before the beginning.
    """
    async with DB.transaction():
        await take(organisation)
        other = await organisations.known(organisation_key(name))
        refuse_itself(organisation, other)
        if since and until and roughly.latest(until) < roughly.earliest(since):
            raise Refused(_("The end lies before the beginning"), "until")
        row = Relation(
            reference=new_reference(), organisation=organisation.id, kind=kind, other=other.id if other else None,
            other_name="" if other else name, since=since, until=until,
        )  # fmt: skip
        await refuse_twice(row)
        await refuse_both_ways(row)
        await row.save()
        whose = other.name if other else name
        await record(actor, N_("relation entered"), thing(organisation), organisation.name, whose)
    return row


async def remove(row: Relation, organisation: Organisation, *, actor: str = "") -> None:
    async with DB.transaction():
        await take(organisation)
        await Relation.delete().where(Relation.id == row.id)
        await record(actor, N_("relation removed"), thing(organisation), organisation.name, row.other_name)


async def of(organisation: Organisation, day: date) -> list[Related]:
    """Both ways: what was entered here, and what others entered of this one, on a past day what had begun."""
    every = await rows(Relation, "WHERE organisation = {} OR other = {} ORDER BY id", organisation.id, organisation.id)
    found = [row for row in every if day >= clock.today() or roughly.runs_on(day, row.since, "")]
    if not found:
        return []
    ids = {row.other for row in found if row.other} | {row.organisation for row in found}
    known = {row.id: row for row in await Organisation.objects().where(Organisation.id.is_in(list(ids)))}
    return [in_the_eyes_of(organisation, row, known) for row in found]


def in_the_eyes_of(organisation: Organisation, row: Relation, known: dict[int, Organisation]) -> Related:
    mine = row.organisation == organisation.id
    other = known.get(row.other if mine else row.organisation)
    words = _((WORDS if mine else SEEN_FROM_THERE)[row.kind])
    name, reference = (other.name, other.reference) if other else (row.other_name, "")
    return Related(row.reference, words, name, reference, roughly.span(row.since, row.until), mine)


async def by_reference(organisation: Organisation, reference: str) -> Relation | None:
    mine = (Relation.reference == reference) & (Relation.organisation == organisation.id)
    return await Relation.objects().get(mine)


def refuse_itself(organisation: Organisation, other: Organisation | None) -> None:
    if other and other.id == organisation.id:
        raise Refused(_("That is the same organisation."), "name")


async def refuse_both_ways(row: Relation) -> None:
    """Nobody is the other's parent and child, predecessor and successor."""
    reverse = (Relation.organisation == row.other) & (Relation.other == row.organisation) & (Relation.kind == row.kind)
    if row.other and await Relation.exists().where(reverse):
        raise Refused(_("The other way round this is entered already; both cannot be true."), "name")


async def refuse_twice(row: Relation) -> None:
    same = (Relation.organisation == row.organisation) & (Relation.kind == row.kind)
    who = (Relation.other == row.other) if row.other else (Relation.other_name == row.other_name)
    if await Relation.exists().where(same & who):
        raise Refused(_("That is entered already."), "name")
