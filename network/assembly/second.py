"""A second assembly, after one without a quorum: where the bylaws say so it decides in any case (BGH II ZR 51/88)."""

from network import clock
from network.assembly import quorate
from network.assembly.meeting import State, state_of, taken, thing
from network.assembly.noted import record
from network.assembly.tables.meeting import Assembly
from network.association import bylaws, rulebook
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, format_day, local

MOST = 5  # the latest of those that may be followed


async def follow(row: Assembly, reference: str, *, actor: str) -> None:
    """Say which assembly this one follows, or "" for none.

    Refused once it is convened, as the invitation has to say so; where the bylaws know no second assembly; and after
    one that had a quorum.
    """
    async with DB.transaction():
        held = await taken(row)
        if held.second_of == reference:
            return
        if state_of(held) != State.PLANNED:
            raise Refused(_("The members have been convened to this assembly; a change is told to all of them."))
        if reference:
            await refuse_unfounded(held, reference)
        held.second_of = reference
        await held.save()
        await record(actor, N_("assembly changed"), thing(held), held.title, "second_of")


async def refuse_unfounded(row: Assembly, reference: str) -> None:
    rules = await bylaws.bylaws_on(local(row.starts_at))
    told = rulebook.explain("second_meeting", rules)
    if not rules.second_meeting:
        raise Refused(
            _("%(rule)s: %(value)s (%(origin)s, BGH II ZR 51/88).", rule=_(told.rule.title), value=told.value,
              origin=told.origin),
            "second_of",
        )  # fmt: skip
    if reference not in {one.reference for one in await without_quorum() if one.starts_at < row.starts_at}:
        raise Refused(_("Only an assembly that was held and had no quorum is followed by a second one."), "second_of")


async def without_quorum() -> list[Assembly]:
    """Held within the last assemblies, and without a quorum at their end; the latest first."""
    over = (Assembly.closed_at != None) & (Assembly.rehearsal_of == None)
    rows = await Assembly.objects().where(over).order_by(Assembly.starts_at, ascending=False).limit(MOST)
    return [one for one in rows if not await had_quorum(one)]


async def had_quorum(row: Assembly) -> bool:
    asked = await quorate.asked_for(row, row.closed_at or clock.now())
    return all(one.is_reached for _what, one in asked)


async def choices() -> dict[str, str]:
    """What the plan of an assembly offers; {} where there is nothing to follow."""
    if not (await bylaws.bylaws_on(clock.today())).second_meeting:
        return {}
    return {one.reference: f"{one.title}, {format_day(one.starts_at)}" for one in await without_quorum()}
