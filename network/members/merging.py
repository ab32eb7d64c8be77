"""Two entries of one organisation, or of one person, joined into one: looked at before, undone exactly (parting)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from piccolo.table import Table

from network import clock
from network.activity import record
from network.database import DB, marks, on_sqlite, save_all
from network.errors import Refused
from network.folding import organisation_key
from network.i18n import N_, _, format_day
from network.members import belongings, directory, former, organisation, samesites, site
from network.members.belongings import KINDS, Belongings, Key, RowKey, Swap, number, ref
from network.members.tables import FormerAddress, FormerName, Membership, Merge, Organisation, Site
from network.people import person
from network.people.tables import Person, Publication, Session, SignInLink
from network.references import fingerprint, new_reference
from network.rowkeeping import all_tables, as_text, by_id, name_of, point, pointing_at, remove, row_from, say, table_of

FACTS = {
    "organisation": (*organisation.FACTS, *organisation.MORE, "offered_in", "scopes", "approved_on", "agreed_on",
                     "listed_on"),
    "person": ("title", "name", "email", "phone"),
}  # fmt: skip

Changed = tuple[RowKey, tuple[str, str]]  # a row before and after


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody who looked at both decided."""

    facts: Mapping[str, Any] = field(default_factory=dict)  # what the kept one gets
    sites: Sequence[
        tuple[str, str]
    ] = ()  # references of sites that are the same: of the kept one, of the one that goes
    membership: str = ""  # "kept" or "gone", where both are members in the same days
    seen: str = ""  # what the page showed (`seen`); "" asks nothing


NOTHING_CHOSEN = Choice()


async def preview(kind: str, kept: Table, gone: Table, sites: Sequence[tuple[str, str]] = ()) -> Belongings:
    """What would go over, what both have, and what stands in the way."""
    return await belongings.of(kind, await swaps_of(kept, gone, sites))


async def swaps_of(kept: Table, gone: Table, sites: Sequence[tuple[str, str]]) -> list[Swap]:
    """The two themselves, and each pair of sites. Refused where a site is not theirs any more, or is named twice."""
    found = [Swap(gone, kept)]
    for mine, theirs in sites:
        assert isinstance(kept, Organisation)
        assert isinstance(gone, Organisation)
        stays, goes = await site.by_reference(kept, mine), await site.by_reference(gone, theirs)
        if stays is None or goes is None or any(goes.id == number(one.gone) for one in found[1:]):
            raise Refused(_("One of the sites has changed meanwhile. Please look at both entries again."))
        found.append(Swap(goes, stays))
    return found


async def merge(kind: str, kept: Table, gone: Table, choice: Choice = NOTHING_CHOSEN, *, actor: str = "") -> Merge:
    """Make one of two: everything that led to `gone` leads to `kept`, which gets the chosen facts; `gone` goes.

    Refused with words, before anything moves, while something stands in the way: two memberships or delegates in the
    same days, or somebody who changed one of the two since it was looked at. What was moved is kept for `undo`.
    """
    async with DB.transaction():
        kept, gone = await both(kind, kept, gone)
        swaps = await swaps_of(kept, gone, choice.sites)
        moving = await belongings.of(kind, swaps)
        refuse_oneself(gone, actor)
        refuse_changed_since_seen(kind, kept, gone, choice.seen)
        dropped = chosen_memberships(moving, choice.membership)
        if moving.in_the_way:
            raise Refused(" ".join(moving.in_the_way))
        told = await move(kind, swaps, moving, dropped, choice.facts)
        row = Merge(
            reference=new_reference(), kind=kind, kept=ref(kept), gone=ref(gone), gone_name=called(gone),
            gone_key=organisation_key(called(gone))[:200] if kind == "organisation" else "", actor=actor,
            merged_at=clock.now(), moved=json.dumps(told),
        )  # fmt: skip
        await row.save()
        await record(actor, N_("entries merged"), f"{kind}:{ref(kept)}", called(kept), called(gone))
    return row


async def both(kind: str, kept: Table, gone: Table) -> tuple[Any, Any]:
    """Both rows, locked in the order of their numbers; nobody stores a file or joins others meanwhile.

    From now on nobody can hang anything on one of the two, and whoever was about to sees that one has gone.
    """
    await directory.wait_for_others()
    await take(kind, [kept, gone])
    found = [await one_of(kind, ref(row)) for row in (kept, gone)]
    if None in found:
        raise Refused(_("One of the two is gone already."))
    return found[0], found[1]


async def take(kind: str, entries: Sequence[Table]) -> None:
    if not on_sqlite():
        ids = sorted({number(row) for row in entries})
        await KINDS[kind].raw(
            f'SELECT id FROM "{name_of(KINDS[kind])}" WHERE id IN ({marks(ids)}) ORDER BY id FOR UPDATE', *ids
        )


def seen(kind: str, kept: Table, gone: Table) -> str:
    """What a page shows of both, in a few letters."""
    shown = [[str(row.__dict__[fact]) for fact in FACTS[kind]] for row in (kept, gone)]
    return fingerprint(json.dumps(shown))[:16]


def refuse_oneself(gone: Table, actor: str) -> None:
    if actor and ref(gone) == actor:
        raise Refused(_("This is your own entry. Please let it be the one that stays."))


def refuse_changed_since_seen(kind: str, kept: Table, gone: Table, token: str) -> None:
    if token and token != seen(kind, kept, gone):
        raise Refused(_("Somebody has changed one of the two meanwhile. Please look at both again."))


def chosen_memberships(moving: Belongings, choice: str) -> list[Membership]:
    """The memberships that were not right."""
    mine, theirs = moving.memberships
    if mine and choice not in ("kept", "gone"):
        raise Refused(
            _("Both are members in the same days: %(one)s, and %(other)s. Please say which is right.",
              one=days_of(mine), other=days_of(theirs)),
            "membership",
        )  # fmt: skip
    return theirs if choice == "kept" else mine


async def move(
    kind: str, swaps: Sequence[Swap], moving: Belongings, dropped: Iterable[Membership], facts: Mapping[str, Any]
) -> dict[str, Any]:
    """Move everything; returns what `undo` needs."""
    kept, gone = swaps[0].kept, swaps[0].gone
    ending = await belongings.consents_that_end(kept, gone, facts) if kind == "person" else []
    going = {(name_of(row), number(row)): as_text(row) for row in dropped}
    twice = moving.twice | going
    for name, row_id in twice:
        await remove(all_tables()[name], row_id)
    keys = [key for one in moving.keys if (key := without(one, going))]
    for name, column, ids, _of, _from, to in keys:
        await point(all_tables()[name], column, ids, to)
    for name, column, start, ids in moving.texts:
        await say(all_tables()[name], column, ids, start + ref(kept))
    await end_sessions(kind, gone)
    for swap in reversed(swaps):
        await leave(swap)
    for (name, _row_id), (_before, after) in moving.filled.items():
        await save_all([row_from(all_tables()[name], after)])
    changes = [*moving.filled.items(), *await end_today(ending), *await with_facts(kind, swaps, facts)]
    return {
        "gone": [(swap.table, as_text(swap.gone)) for swap in swaps],
        "twice": [(name, text) for (name, _row_id), text in twice.items()],
        "keys": keys,
        "texts": moving.texts,
        "changes": [(name, *texts) for (name, _row_id), texts in changes],
    }


def without(key: Key, going: Mapping[RowKey, str]) -> Key | None:
    table, column, ids, of_table, was, becomes = key
    rest = [one for one in ids if (table, one) not in going]
    return (table, column, rest, of_table, was, becomes) if rest else None


async def end_sessions(kind: str, gone: Table) -> None:
    if kind == "person":
        await Session.delete().where(Session.person == number(gone))
        await SignInLink.delete().where(SignInLink.person == number(gone))


async def leave(swap: Swap) -> None:
    """Nothing hangs on it any more; something that does is a mistake of ours, and nothing is merged then."""
    if left := await pointing_at(type(swap.gone), [number(swap.gone)]):
        raise RuntimeError(f"still pointed at by {sorted(name_of(table_of(column)) for column, _ids in left)}")
    await remove(type(swap.gone), number(swap.gone))


async def end_today(consents: Sequence[Publication]) -> list[Changed]:
    changes: list[Changed] = []
    for row in (await by_id(Publication, [one.id for one in consents])).values():
        before = as_text(row)
        row.withdrawn_on = clock.today()
        await save_all([row])
        changes.append(((name_of(row), row.id), (before, as_text(row))))
    return changes


async def with_facts(kind: str, swaps: Sequence[Swap], facts: Mapping[str, Any]) -> list[Changed]:
    """Give the kept ones what was chosen, and their sites what only the same site of the other knew."""
    before = [as_text(swap.kept) for swap in swaps]
    kept = swaps[0].kept
    for fact, value in facts.items():
        if fact in FACTS[kind]:
            setattr(kept, fact, value)
    derive(kept)
    for swap in swaps[1:]:
        assert isinstance(swap.kept, Site)
        assert isinstance(swap.gone, Site)
        samesites.fill(swap.kept, swap.gone)
    for swap in swaps:
        await save_all([swap.kept])
    changes = [
        ((name_of(swap.kept), number(swap.kept)), (was, as_text(swap.kept)))
        for swap, was in zip(swaps, before, strict=True)
    ]
    return changes + (await former_found_anew(kept) if isinstance(kept, Organisation) else [])


def derive(row: Table) -> None:
    if isinstance(row, Organisation):
        organisation.derive(row)
    elif isinstance(row, Person):
        person.derive(row)
    elif isinstance(row, Site):
        site.derive(row)


async def former_found_anew(kept: Organisation) -> list[Changed]:
    """By what former names and addresses are found follows from the entry to which they belong now."""
    was = await former_texts(kept)
    await former.derive(kept)
    return [(key, (was[key], text)) for key, text in (await former_texts(kept)).items() if was[key] != text]


async def former_texts(kept: Organisation) -> dict[RowKey, str]:
    rows: list[FormerName | FormerAddress] = [*await former.names_of(kept), *await former.addresses_of(kept)]
    return {(name_of(row), row.id): as_text(row) for row in rows}


# --- reading ---------------------------------------------------------------------------------------------------------


async def one_of(kind: str, reference: str) -> Any:
    table: Any = KINDS[kind]
    return await table.objects().get(table.reference == reference)


def days_of(memberships: Sequence[Membership]) -> str:
    """Such as "No. M1 from 1 January 2001 to 31 December 2010"."""
    return ", ".join(membership_in_words(one) for one in memberships)


def membership_in_words(one: Membership) -> str:
    first, last = format_day(one.since), format_day(one.until) if one.until else ""
    days = _("from %(since)s to %(until)s", since=first, until=last) if last else _("since %(day)s", day=first)
    return f"{one.number}, {days}" if one.number else days


def called(row: Table) -> str:
    return str(row.__dict__["name"])
