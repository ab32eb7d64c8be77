"""Who is in charge without a seat on the board: a managing director, a special representative (§ 30 BGB)."""

from dataclasses import dataclass
from datetime import date

from network.activity import record
from network.association.bylaws import bylaws_on
from network.board import words
from network.board.tables import Appointment, AppointmentKind
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, format_day
from network.people.person import full_name
from network.people.tables import Person
from network.references import new_reference


@dataclass(frozen=True, slots=True)
class Appointed:
    row: Appointment
    person: Person

    @property
    def who(self) -> str:
        return full_name(self.person)

    @property
    def title(self) -> str:
        return words.appointment(self.row.kind)

    @property
    def span(self) -> str:
        return words.span(self.row.since, self.row.until)

    def runs(self, day: date) -> bool:
        return self.row.since <= day and (self.row.until is None or self.row.until >= day)


async def appoint(
    person: Person,
    kind: str,
    *,
    since: date,
    until: date | None = None,
    scope: str = "",
    source: str = "",
    actor: str = "",
) -> Appointment:
    """Put somebody in charge. No seat, no role: what an employee may do in this house is given by hand.

    A special representative is refused unless the bylaws in force on the day provide for one, and without the business
    that they may act in (§ 30 BGB).
    """
    row = Appointment(
        reference=new_reference(), person=person.id, kind=AppointmentKind(kind), since=since, until=until, scope=scope,
        source=source,
    )  # fmt: skip
    async with DB.transaction():
        await refuse_wrong(row)
        await row.save()
        await record(actor, N_("appointed"), thing(row), label(row, person), format_day(since))
    return row


async def change(
    row: Appointment, person: Person, *, since: date, until: date | None, scope: str, source: str, actor: str
) -> None:
    """Other days, another business; `until` is the last day."""
    row.since, row.until, row.scope, row.source = since, until, scope, source
    async with DB.transaction():
        await refuse_wrong(row)
        await row.save()
        await record(actor, N_("appointment changed"), thing(row), label(row, person))


async def remove(row: Appointment, person: Person, *, actor: str) -> None:
    """It never was so."""
    async with DB.transaction():
        await Appointment.delete().where(Appointment.id == row.id)
        await record(actor, N_("appointment entered by mistake removed"), "board:", label(row, person))


async def refuse_wrong(row: Appointment) -> None:
    if row.until and row.until < row.since:
        raise Refused(_("The end lies before the beginning"), "until")
    if row.kind != AppointmentKind.SPECIAL_REPRESENTATIVE:
        return
    if not (await bylaws_on(row.since)).special_representative:
        raise Refused(_("The bylaws in force then provide for no special representative (§ 30 BGB)."), "kind")
    if not row.scope.strip():
        raise Refused(_("A special representative acts in certain business only (§ 30 BGB). Please name it."), "scope")


async def every() -> list[Appointed]:
    """Of all times, the latest first."""
    found = await Appointment.objects().order_by(Appointment.since, ascending=False).order_by(Appointment.id)
    ids = list({row.person for row in found})
    people = {one.id: one for one in await Person.objects().where(Person.id.is_in(ids))} if ids else {}
    return [Appointed(row, people[row.person]) for row in found]


async def running(day: date) -> list[Appointed]:
    return [one for one in await every() if one.runs(day)]


async def by_reference(reference: str) -> Appointed | None:
    return next((one for one in await every() if one.row.reference == reference), None)


def label(row: Appointment, person: Person) -> str:
    return f"{words.appointment(row.kind)}: {full_name(person)}"


def thing(row: Appointment) -> str:
    return f"appointment:{row.reference}"
