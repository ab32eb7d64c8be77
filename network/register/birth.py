"""Birth date and town of whoever the register enters: for the register alone, read by few, and gone afterwards."""

from collections.abc import Sequence
from datetime import date

from network import clock
from network.activity import record
from network.board.ledger import Held
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _
from network.register.tables import RegisterData

OLDEST = 120  # years


async def keep(person_id: int, reference: str, *, born_on: date, residence: str, actor: str) -> None:
    """Refused for a birth date that cannot be. Entered again it takes the place of what was there."""
    today = clock.today()
    if not today.year - OLDEST <= born_on.year or born_on >= today:
        raise Refused(_("Please enter the date of birth."), "born_on")
    async with DB.transaction():
        await RegisterData.delete().where(RegisterData.person == person_id)
        await RegisterData(
            person=person_id, born_on=born_on, residence=residence, entered_at=clock.now(), actor=actor
        ).save()
        await record(actor, N_("data for the register entered"), f"person:{reference}")


async def of_people(terms: Sequence[Held]) -> dict[int, RegisterData]:
    """By person; who looks at it is noted by whoever shows it."""
    ids = [one.person_id for one in terms]
    found = await RegisterData.objects().where(RegisterData.person.is_in(ids)) if ids else []
    return {one.person: one for one in found}


async def missing(terms: Sequence[Held]) -> list[Held]:
    known = await of_people(terms)
    return [one for one in terms if one.person_id not in known]
