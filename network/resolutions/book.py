"""The book: each decision gets the next number of its body and year, and is never changed afterwards."""

from datetime import date, datetime
from typing import Any

from piccolo.columns import Column

from network import clock
from network.activity import record
from network.database import DB, locked
from network.folding import search_key
from network.i18n import LOCALES, N_, _, format_day, local, speaking
from network.references import new_reference
from network.resolutions.tables import Body, Kind, Outcome, Resolution, Year

BODIES = {
    Body.ASSEMBLY: N_("General assembly"),
    Body.BOARD: N_("Board"),
    Body.MEMBERS: N_("Members in writing"),
}
SHORT = {Body.ASSEMBLY: N_("GA"), Body.BOARD: N_("B"), Body.MEMBERS: N_("M")}
KINDS = {
    Kind.ORDINARY: N_("Resolution"),
    Kind.DISCHARGE: N_("Discharge"),
    Kind.BYLAWS: N_("Change of the bylaws"),
    Kind.PURPOSE: N_("Change of the purpose"),
    Kind.DISSOLUTION: N_("Dissolution"),
    Kind.VIRTUAL: N_("Permission of virtual assemblies"),
    Kind.REMOVAL: N_("Removal from office"),
    Kind.CONTRIBUTIONS: N_("Contributions"),
    Kind.ELECTION: N_("Election"),
}
OUTCOMES = {
    Outcome.ADOPTED: N_("adopted"),
    Outcome.REJECTED: N_("rejected"),
    Outcome.PENDING: N_("pending: not all absent members have agreed yet"),
}

OF_ELECTIONS = {Outcome.ADOPTED: N_("elected"), Outcome.REJECTED: N_("nobody elected")}


async def enter(
    body: Body,
    *,
    kind: Kind,
    title: str,
    wording: str,
    outcome: Outcome,
    taken_at: datetime,
    actor: str,
    **facts: Any,
) -> Resolution:
    """Write a decision into the book, in the deed's transaction; `facts` are its counts, rules, source and document.

    The year's row is taken first, so the numbers have no gap and none is given twice.
    """
    year = local(taken_at).year
    async with DB.transaction():
        await Year.insert(Year(body=body, year=year)).on_conflict(action="DO NOTHING", target=(Year.body, Year.year))
        known = await Year.select(Year.id).where((Year.body == body) & (Year.year == year)).first()
        assert known
        series = await locked(Year, known["id"], Year.last)
        row = Resolution(
            reference=new_reference(), body=body, year=year, number=series.last, kind=kind, title=title,
            wording=wording, outcome=outcome, taken_at=taken_at, actor=actor, entered_at=clock.now(), **facts,
        )  # fmt: skip
        row.search = searched(row)
        await row.save()
        await record(actor, N_("resolution entered"), f"resolution:{row.reference}", f"{number_of(row)} {title}")
    return row


async def enter_instead(of: Resolution, because: str, *, actor: str, **entry: Any) -> Resolution:
    """A wrong count was announced: what it came to truly gets a number of its own, from the same moment, and takes the
    place of the wrong one, which stays in the book and is in force no longer. `entry` is what `enter` takes.
    """
    async with DB.transaction():
        row = await enter(
            Body(of.body), taken_at=of.taken_at, actor=actor, replaces=of.id, corrects_because=because,
            effective_on=of.effective_on, document=of.document, **entry,
        )  # fmt: skip
        label = f"{number_of(of)} {of.title}"
        await record(actor, N_("resolution corrected"), f"resolution:{of.reference}", label, number_of(row))
    return row


def searched(row: Resolution) -> str:
    """What a search looks into; the number in both languages."""
    numbers = []
    for language in LOCALES:
        with speaking(language):
            numbers.append(number_of(row))
    return search_key(*numbers, row.title, row.wording)


async def settle(
    row: Resolution, outcome: Outcome, *, actor: str, agreed_later: int = 0, declined_later: int = 0
) -> None:
    """What was pending is adopted or rejected now, by what absent members sent; nothing else of it ever changes."""
    async with DB.transaction():
        pending = (Resolution.id == row.id) & (Resolution.outcome == Outcome.PENDING)
        settled: dict[Column | str, Any] = {
            Resolution.outcome: outcome,
            Resolution.agreed_later: agreed_later,
            Resolution.declined_later: declined_later,
        }
        if await Resolution.update(settled).where(pending).returning(Resolution.id):
            label = f"{number_of(row)} {row.title}"
            await record(actor, N_("resolution settled"), f"resolution:{row.reference}", label, _(OUTCOMES[outcome]))


async def take_effect(reference: str, on: date, *, actor: str) -> None:
    """From this day on it counts, where that was waited for: the register entered a change of the bylaws (§ 71 BGB)."""
    async with DB.transaction():
        waiting = (Resolution.reference == reference) & (Resolution.effective_on == None)
        if await Resolution.update({Resolution.effective_on: on}).where(waiting).returning(Resolution.id):
            row = await by_reference(reference)
            assert row
            label = f"{number_of(row)} {row.title}"
            await record(actor, N_("resolution takes effect"), f"resolution:{reference}", label, format_day(on))


async def by_reference(reference: str) -> Resolution | None:
    return await Resolution.objects().get(Resolution.reference == reference)


def number_of(row: Resolution) -> str:
    """Such as "GA 2027-3"."""
    body = _(SHORT[Body(row.body)])
    return f"{body} {row.year}-{row.number}"


def outcome_of(row: Resolution) -> str:
    """In words; whoever is elected is not adopted."""
    words = OF_ELECTIONS if row.kind == Kind.ELECTION else OUTCOMES
    return _(words[Outcome(row.outcome)])
