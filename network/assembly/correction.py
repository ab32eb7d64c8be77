"""A count that was announced wrongly is put right: what had been announced stays told, with the reason.

An announced result stands until it is corrected; that is open to the chair until somebody has signed the minutes.
"""

from collections.abc import Awaitable, Callable

from network import clock
from network.assembly import minutes
from network.assembly.meeting import thing
from network.assembly.noted import record
from network.assembly.tables.day import Correction
from network.assembly.tables.meeting import Assembly
from network.errors import Refused
from network.i18n import N_, _


async def is_open(row: Assembly) -> bool:
    """While nobody has signed what the minutes tell."""
    return not any([await minutes.signed_by(one) for one in await minutes.versions(row)])


async def refuse_late(row: Assembly, reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Please say why."), "reason")
    if not await is_open(row):
        raise Refused(
            _("The minutes are signed and tell this result. What is wrong in them is put right by an objection that is "
              "upheld, and by a new decision of the members.")
        )  # fmt: skip


def refuse_same(*, same: bool) -> None:
    if same:
        raise Refused(_("These are the numbers that were announced."))


async def keep(
    row: Assembly, vote: str, *, title: str, announced: str, resolution: str, reason: str, actor: str
) -> None:
    """Part of the deed: what had been announced stays, and everybody can read why it was wrong."""
    await Correction(
        assembly=row.id, vote=vote, announced=announced, resolution=resolution, reason=reason.strip(), at=clock.now(),
        actor=actor,
    ).save()  # fmt: skip
    await record(actor, N_("count corrected"), thing(row), row.title, f"{title}: {reason.strip()}")


# --- what an upper slice has to take back ----------------------------------------------------------------------------

_register: list[Callable[..., Awaitable[None]]] = []


def ask_register(take_back: Callable[..., Awaitable[None]]) -> None:
    """From now on an application goes with the result that it tells of (worker.py hands it down)."""
    _register[:] = [take_back]


async def take_back_application(row: Assembly, *, actor: str) -> None:
    """Refused while the court has it."""
    for take_back in _register:
        await take_back(row, actor=actor)
