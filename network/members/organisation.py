"""An organisation, member or guest: entered once, changed, and recognised when it is typed differently."""

from collections.abc import Collection
from typing import Any

from network import clock
from network.activity import record
from network.database import DB, on_sqlite, rows
from network.errors import Refused
from network.folding import organisation_key, sort_key
from network.i18n import N_, _
from network.members import former, joined
from network.members.former import found_by
from network.members.tables import Organisation
from network.references import new_reference

FACTS = ("name", "street", "postal_code", "town", "land", "email", "phone", "website")
NOBODY = {"", "privat", "privatperson", "keine", "keiner", "ohne", "selbst", "selbststaendig", "freiberuflich", "none",
          "private", "self employed", "n a"}  # fmt: skip
MEMBERS_FIRST = (
    "SELECT o.id FROM organisation o LEFT JOIN membership m ON m.organisation = o.id AND m.since <= {} "
    "AND (m.until IS NULL OR m.until >= {})"
)
THEN_THE_FIRST = "ORDER BY CASE WHEN m.id IS NULL THEN 1 ELSE 0 END, o.id LIMIT 1"
MORE = ("legal_form", "founded", "facility_type", "target_group", "about_de", "about_en")


async def enter(name: str, *, actor: str = "", **facts: str) -> Organisation:
    """Enter an organisation, whether or not one of this name is known (ask `known` first).

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


async def known(key: str) -> Organisation | None:
    """The organisation with this folded name (folding.organisation_key); a member goes before a guest.

    People go on typing a former name for years, and the name of an entry that was joined with another: those are the
    last to be looked at.
    """
    named = key[:200]
    if not named:
        return None
    for called in ("o.key = {}", "o.id IN (SELECT f.organisation FROM former_name f WHERE f.key = {})"):
        if found := await Organisation.raw(
            f"{MEMBERS_FIRST} WHERE {called} {THEN_THE_FIRST}", *[clock.today()] * 2, named
        ):
            return await Organisation.objects().get(Organisation.id == found[0]["id"])
    meant = await joined.meant_by(named)
    return await by_reference(meant) if meant else None


async def refuse_name_of_another(row: Organisation, name: str) -> None:
    if found := await named_alike(row, name):
        words = _(
            "%(other)s is entered already. If both are one, please join the entries; if they are two, say so below.",
            other=found,
        )
        raise Refused(words, "name")


async def named_alike(row: Organisation, name: str) -> str:
    """Another one, in words, that goes by this new name today; whose name `row` has already is nobody's business."""
    key = organisation_key(name)[:200]
    if key == row.key:
        return ""
    found = await rows(Organisation, "WHERE key = {} AND id <> {} ORDER BY id LIMIT 1", key, row.id)
    return " · ".join(part for part in (found[0].name, found[0].town) if part) if found else ""


async def of_visitor(name: str, *, actor: str = "") -> Organisation | None:
    """The organisation that somebody names who comes to an event: known by this name, or entered now.

    To be called in the deed's transaction, until the end of which nobody can join it with another. None for words that
    name nobody ("privat"). Two who name the same new one at the same moment enter it once.
    """
    key = organisation_key(name)
    if key in NOBODY or not any(letter.isalpha() for letter in key):
        return None
    if row := await held(key):
        return row
    if not on_sqlite():  # which has one writer anyway
        await Organisation.raw("SELECT pg_advisory_xact_lock(hashtext({}))", f"organisation {key}")
    return await held(key) or await enter(name, actor=actor)


async def held(key: str) -> Organisation | None:
    """The known one, kept in place until the transaction ends; if it is being joined, the one that takes it in."""
    for _try in range(3):
        row = await known(key)
        if row is None or on_sqlite():
            return row
        if await rows(Organisation, "WHERE id = {} FOR KEY SHARE", row.id):
            return row
    return None


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
