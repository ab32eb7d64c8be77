"""What honorary members of the board are paid, year by year, against the two limits of the law."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from network import clock
from network.activity import record
from network.association.bylaws import bylaws_on
from network.board.tables import Allowance
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _
from network.people.person import full_name
from network.people.tables import Person
from network.references import new_reference

FLAT, EXPENSES = "flat", "expenses"
KINDS = {
    FLAT: N_("Allowance for the work"),
    EXPENSES: N_("Expenses against receipts"),
}
# Euro a year and the year from which they count, the latest first.
TAX_FREE = [(2026, 960), (2021, 840), (2013, 720), (2007, 500)]  # § 3 no. 26a EStG (Ehrenamtspauschale)
LIABILITY = [(2026, 3300), (2021, 840), (2013, 720), (2009, 500)]  # § 31a (1) BGB
MOST_CENTS = 100_000_00


@dataclass(frozen=True, slots=True)
class Paid:
    row: Allowance
    person: Person

    @property
    def words(self) -> str:
        return _(KINDS[self.row.kind])


@dataclass(slots=True)
class Account:
    """What one person got in a year, in cents; expenses against receipts count towards neither limit."""

    person: Person
    year: int
    payments: list[Paid] = field(default_factory=list)

    @property
    def who(self) -> str:
        return full_name(self.person)

    @property
    def flat(self) -> int:
        return sum(one.row.cents for one in self.payments if one.row.kind == FLAT)

    @property
    def expenses(self) -> int:
        return sum(one.row.cents for one in self.payments if one.row.kind == EXPENSES)

    @property
    def tax_free_left(self) -> int:
        return limit(TAX_FREE, self.year) - self.flat

    @property
    def liability_left(self) -> int:
        return limit(LIABILITY, self.year) - self.flat


def limit(steps: list[tuple[int, int]], year: int) -> int:
    """In cents; 0 before the law knew any."""
    return next((euro * 100 for since, euro in steps if year >= since), 0)


async def pay(person: Person, kind: str, *, paid_on: date, cents: int, note: str = "", actor: str = "") -> Allowance:
    """Note a payment; the year it counts in is that of its day.

    Refused in the future, and an allowance for the work when the bylaws in force on the day know no pay for the board
    (§ 27 (3) BGB): such money could be demanded back.
    """
    if kind not in KINDS or not 0 < cents <= MOST_CENTS:
        raise Refused(_("Please enter an amount of more than 0 €."), "amount")
    if paid_on > clock.today():
        raise Refused(_("This day lies ahead."), "paid_on")
    if kind == FLAT and not (await bylaws_on(paid_on)).board_paid:
        raise Refused(
            _("The bylaws in force then let nobody be paid for the work on the board (§ 27 (3) BGB). Expenses against "
              "receipts may be refunded."),
            "kind",
        )  # fmt: skip
    row = Allowance(reference=new_reference(), person=person.id, kind=kind, paid_on=paid_on, cents=cents, note=note)
    async with DB.transaction():
        await row.save()
        await record(actor, N_("allowance entered"), thing(row), full_name(person), str(paid_on.year))
    return row


async def remove(row: Allowance, *, actor: str) -> None:
    """It was entered by mistake."""
    async with DB.transaction():
        person = await Person.objects().get(Person.id == row.person)
        await Allowance.delete().where(Allowance.id == row.id)
        label = full_name(person) if person else ""
        await record(actor, N_("allowance entered by mistake removed"), thing(row), label, str(row.paid_on.year))


async def of_year(year: int) -> list[Account]:
    """A line for everybody who got something, by name."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = await Allowance.objects().where((Allowance.paid_on >= first) & (Allowance.paid_on <= last))
    ids = list({row.person for row in found})
    people = await Person.objects().where(Person.id.is_in(ids)).order_by(Person.sorting) if ids else []
    mine: dict[int, list[Allowance]] = defaultdict(list)
    for row in sorted(found, key=lambda row: (row.paid_on, row.id)):
        mine[row.person].append(row)
    return [Account(one, year, [Paid(row, one) for row in mine[one.id]]) for one in people]


async def years() -> list[int]:
    """Those with payments, and this one; the latest first."""
    found = await Allowance.select(Allowance.paid_on)
    return sorted({row["paid_on"].year for row in found} | {clock.today().year}, reverse=True)


async def by_reference(reference: str) -> Allowance | None:
    return await Allowance.objects().get(Allowance.reference == reference)


def thing(row: Allowance) -> str:
    return f"allowance:{row.reference}"
