"""An organisation, member or guest: entered once, changed, and recognised when it is typed differently."""

from collections.abc import Collection
from typing import Any

from network import clock
from network.activity import record
from network.database import DB, on_sqlite, rows
from network.errors import Refused
from network.folding import organisation_key, sort_key
from network.i18n import N_, _
from network.members import former
from network.members.former import found_by
from network.members.tables import Organisation
from network.references import new_reference

FACTS = ("name", "street", "postal_code", "town", "land", "email", "phone", "website")
MORE = ("legal_form", "founded", "facility_type", "target_group", "about_de", "about_en")


async def enter(name: str, *, actor: str = "", **facts: str) -> Organisation:
    """Enter an organisation, whether or not one of this name is known (ask `known` or `of_name` first).

    `facts`: street, postal_code, town, land (two letters), email, phone, website.
    """
    async with DB.transaction():
        row = drafted(name, **facts)
        await row.save()
        await record(actor, N_("organisation entered"), f"organisation:{row.reference}", name)
    return row


def drafted(name: str, **facts: str) -> Organisation:
    """The row, not stored yet."""
    row = Organisation(reference=new_reference(), since=clock.now(), name=name)
    for fact, value in facts.items():
        setattr(row, fact, value)
    derive(row)
    return row


def derive(row: Organisation) -> None:
    """What is stored to find, compare and sort follows from what was typed."""
    row.key = organisation_key(row.name)[:200]
    row.search = found_by(row.name, row, row.email)
    row.sorting = sort_key(row.name)[:200]


async def of_name(name: str, *, actor: str = "") -> Organisation:
    """The organisation of this name, entered now if nobody knew it."""
    async with DB.transaction():
        return await known(organisation_key(name)) or await enter(name, actor=actor)


async def known(key: str) -> Organisation | None:
    """The organisation with this folded name (folding.organisation_key); a member goes before a guest.

    People go on typing a former name for years: it is the last to be looked at.
    """
    rows = await Organisation.raw(
        "SELECT o.id FROM organisation o LEFT JOIN membership m ON m.organisation = o.id AND m.since <= {} "
        "AND (m.until IS NULL OR m.until >= {}) WHERE o.key = {} "
        "OR EXISTS (SELECT 1 FROM former_name f WHERE f.organisation = o.id AND f.key = {}) "
        "ORDER BY CASE WHEN o.key = {} THEN 0 ELSE 1 END, CASE WHEN m.id IS NULL THEN 1 ELSE 0 END, o.id LIMIT 1",
        clock.today(),
        clock.today(),
        *[key[:200]] * 3,
    )
    return await Organisation.objects().get(Organisation.id == rows[0]["id"]) if key and rows else None


async def by_reference(reference: str) -> Organisation | None:
    return await Organisation.objects().get(Organisation.reference == reference)


async def by_id(ids: Collection[int]) -> dict[int, Organisation]:
    found = await Organisation.objects().where(Organisation.id.is_in([*ids])) if ids else []
    return {row.id: row for row in found}


async def take(row: Organisation) -> None:
    """The first statement of whatever changes an organisation or hangs something on it (decisions/0003).

    Of two who do so at the same moment the second waits, and `row` says what the first stored. Refused when it has been
    joined with another one meanwhile.
    """
    hold = "" if on_sqlite() else " FOR NO KEY UPDATE"
    found = await rows(Organisation, f"WHERE id = {{}} AND reference = {{}}{hold}", row.id, row.reference)
    if not found:
        raise Refused(_("%(name)s has just been joined with another entry. Please open its page again.", name=row.name))
    row.__dict__.update(found[0].__dict__)


async def change(row: Organisation, *, actor: str = "", **facts: Any) -> list[str]:
    """Put right what is known of an organisation; returns the names of what became different.

    The past changes with it. A new name or seat from a day on is `moving.rename` and `moving.move_seat`.
    """
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    if not changed:
        return []
    async with DB.transaction():
        await take(row)
        for name in changed:
            setattr(row, name, facts[name])
        if not row.name:
            raise Refused(_("An organisation needs a name."), "name")
        derive(row)
        await row.save()
        await former.derive(row)
        await record(
            actor, N_("organisation changed"), f"organisation:{row.reference}", row.name, ", ".join(sorted(changed))
        )
    return changed
