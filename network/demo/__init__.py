"""The demo association (all invented), shifted by whole weeks so that today something is due, open, full and past."""

from datetime import date

from piccolo.table import sort_table_classes

from mailing.piccolo_app import APP_CONFIG as MAILING
from network import clock
from network.association.tables import Association
from network.database import DB
from network.demo import applications, assemblies, boardroom, circulars, forums, house, keeping, readers
from network.demo.house import found_association
from network.people.tables import Person
from network.piccolo_app import APP_CONFIG as NETWORK

__all__ = ["build", "found_association", "load"]

NOT_A_DEMO = "This database holds an association of its own; the demo never touches it."


async def load(*, refresh: bool = False) -> None:
    """Load the demo in one transaction, unless it is there; `refresh` begins it anew, as of today."""
    async with DB.transaction():
        if await Association.exists():
            if not await is_demo():
                raise SystemExit(NOT_A_DEMO)
            if not refresh:
                return
            await clear()
        await build(clock.today())


async def is_demo() -> bool:
    """Only the demo's people tell on the sign-in page what they do."""
    return bool(await Person.exists().where(Person.duty != ""))


async def clear() -> None:
    for table in reversed(sort_table_classes([*MAILING.table_classes, *NETWORK.table_classes])):
        await table.delete(force=True)


async def build(today: date) -> None:
    """Everything, as of this day; shared by the demo, the pictures and the tests."""
    cast = await house.build(today)
    await readers.build(today, cast)
    await forums.build(today, cast)
    await readers.write_issues(today, cast)
    await applications.build(today, cast.mira)
    await circulars.build(today, cast.mira.reference)
    await boardroom.build(today, cast.mira.reference)
    await assemblies.build(today, cast.mira.reference)
    await keeping.build(today)
    await house.settle_letters()
    await assemblies.settle_letters()
