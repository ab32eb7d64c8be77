"""The way of an application through the house: evidence, visit, the board's proposal, decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from network import clock
from network.activity import record
from network.admission import letters
from network.admission.application import add_step, thing
from network.admission.tables import Application, Step, StepKind
from network.database import DB
from network.errors import Refused
from network.files import File
from network.i18n import N_, _, local

WAY = (StepKind.EVIDENCE, StepKind.VISIT, StepKind.PROPOSAL)
ENDS = (StepKind.DECLINED, StepKind.WITHDRAWN)
STATES = {
    StepKind.RECEIVED: N_("not confirmed yet"),
    StepKind.CONFIRMED: N_("received"),
    StepKind.EVIDENCE: N_("evidence checked"),
    StepKind.VISIT: N_("visited"),
    StepKind.PROPOSAL: N_("proposed by the board"),
    StepKind.ACCEPTED: N_("accepted"),
    StepKind.DECLINED: N_("declined"),
    StepKind.WITHDRAWN: N_("withdrawn"),
}
NEXT_WORDS = {
    StepKind.EVIDENCE: N_("Check the evidence"),
    StepKind.VISIT: N_("Visit"),
    StepKind.PROPOSAL: N_("The board proposes"),
    StepKind.ACCEPTED: N_("Decide"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an application is."""

    application: Application
    kind: StepKind
    on: date

    @property
    def state(self) -> str:
        return _(STATES[self.kind])

    @property
    def next(self) -> StepKind | None:
        return None if self.application.closed_at else next_step([self.kind])


def next_step(taken: Iterable[str]) -> StepKind:
    """What usually follows on the furthest of these steps."""
    order = [*WAY, StepKind.ACCEPTED]
    furthest = max((order.index(StepKind(kind)) for kind in taken if kind in WAY), default=-1)
    return order[furthest + 1]


async def take(
    row: Application,
    kind: StepKind,
    *,
    on: date,
    said_by: str = "",
    why: str = "",
    document: File | None = None,
    actor: str,
) -> Step:
    """One more step, or an end without membership: declined (with a letter) or withdrawn, both with a reason.

    Refused for a day to come or before the application, for a step on the way that does not say who took it, and when
    it has been decided already.
    """
    refuse_impossible(row, on)
    if kind in WAY and not said_by:
        raise Refused(_("Please enter who did it."), "said_by")
    if kind in ENDS and not why:
        raise Refused(_("Please say why."), "why")
    async with DB.transaction():
        await close(row) if kind in ENDS else await hold(row)
        step = await add_step(row, kind, on=on, said_by=said_by, why=why, actor=actor,
                              document=document.id if document else None)  # fmt: skip
        if kind == StepKind.DECLINED:
            await letters.declined(row, why)
        await record(actor, N_("step of an application entered"), thing(row), row.name, kind)
    return step


def refuse_impossible(row: Application, on: date) -> None:
    if on > clock.today():
        raise Refused(_("This day has not come yet."), "on")
    if on < local(row.received_at):
        raise Refused(_("The application only came later."), "on")


async def hold(row: Application) -> None:
    """Take the row; refused when it has been decided."""
    open_ = (Application.id == row.id) & (Application.closed_at == None)
    if not await Application.update({Application.digest: row.digest}).where(open_).returning(Application.id):
        raise Refused(_("This application has been decided already."))


async def close(row: Application) -> None:
    await hold(row)
    await Application.update({Application.closed_at: clock.now()}).where(Application.id == row.id)


# --- lists -----------------------------------------------------------------------------------------------------------


async def standings(*, is_open: bool) -> list[Standing]:
    """All confirmed applications that are open, the oldest first, or closed, the latest first; with their last step."""
    wanted = (Application.closed_at == None) if is_open else (Application.closed_at != None)
    known = await Application.objects().where(wanted).order_by(Application.received_at, ascending=is_open)
    last = await last_steps([row.id for row in known])
    return [Standing(row, *last[row.id]) for row in known if last[row.id][0] != StepKind.RECEIVED]


async def last_steps(numbers: list[int]) -> dict[int, tuple[StepKind, date]]:
    """By application: the furthest step and its day."""
    if not numbers:
        return {}
    rows = (
        await Step.select(Step.application, Step.kind, Step.on).where(Step.application.is_in(numbers)).order_by(Step.id)
    )
    order = list(StepKind)
    last: dict[int, tuple[StepKind, date]] = {}
    for row in rows:
        kind = StepKind(row["kind"])
        if row["application"] not in last or order.index(kind) >= order.index(last[row["application"]][0]):
            last[row["application"]] = kind, row["on"]
    return last
