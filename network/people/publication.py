"""Consent to be shown in public: for each fact of a person by itself, with its days, and who said so."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from network import clock
from network.activity import record
from network.database import DB
from network.i18n import N_, _
from network.people.person import take
from network.people.tables import Person, Publication

FACTS = {"name": N_("Name"), "email": N_("E-mail address"), "phone": N_("Telephone")}


async def agreed(person: Person, facts: Collection[str], *, actor: str) -> list[str]:
    """From today on exactly these facts may be shown; returns those of which that is new. What ends keeps its days."""
    today = clock.today()
    async with DB.transaction():
        await take(person)
        running = {row.fact: row for row in await Publication.objects().where(of(person, today))}
        given = [fact for fact in FACTS if fact in facts and fact not in running]
        withdrawn = [fact for fact in running if fact not in facts]
        for fact in given:
            await Publication(person=person.id, fact=fact, given_on=today, said_by=actor).save()
        for fact in withdrawn:
            await Publication.update({Publication.withdrawn_on: today}).where(Publication.id == running[fact].id)
        if given or withdrawn:
            told = ", ".join([f"+{fact}" for fact in given] + [f"-{fact}" for fact in withdrawn])
            await record(actor, N_("consent to publication changed"), f"person:{person.reference}", person.name, told)
    return [*given, *withdrawn]


async def shown_of(people: Collection[int], day: date) -> dict[int, dict[str, date]]:
    """By person: the facts that may be shown on this day, and since when."""
    found: dict[int, dict[str, date]] = defaultdict(dict)
    if people:
        running = (Publication.given_on <= day) & (
            (Publication.withdrawn_on == None) | (Publication.withdrawn_on > day)
        )
        for row in await Publication.objects().where(Publication.person.is_in(list(people)) & running):
            found[row.person][row.fact] = row.given_on
    return found


async def shown_then_and_now(people: Collection[int], day: date) -> dict[int, dict[str, date]]:
    """By person: the facts that might be shown on a day and still may today; what a page about that day tells.

    Such a page is published today, so it needs today's consent: one that was withdrawn since shows nothing any more,
    whatever the day (GDPR, Art. 7 (3)). And a consent does not reach back before its first day: of what was shown then,
    nobody learns more than anybody could have read then.
    """
    then, today = await shown_of(people, day), clock.today()
    now = then if day == today else await shown_of(people, today)
    return {
        person: {fact: since for fact, since in facts.items() if fact in now.get(person, {})}
        for person, facts in then.items()
    }


async def history(person: Person) -> list[Publication]:
    return await Publication.objects().where(Publication.person == person.id).order_by(Publication.given_on)


def of(person: Person, day: date):  # type: ignore[no-untyped-def]  # noqa: ANN201  Piccolo's combination of conditions
    return (
        (Publication.person == person.id)
        & (Publication.given_on <= day)
        & ((Publication.withdrawn_on == None) | (Publication.withdrawn_on > day))
    )


def words() -> dict[str, str]:
    """The facts in the language being spoken."""
    return {fact: _(said) for fact, said in FACTS.items()}
