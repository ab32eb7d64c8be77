"""What working groups hold about a person: their seats. The seat stays in the history, the name goes."""

from collections.abc import Sequence

from network import clock
from network.activity import record
from network.database import marks
from network.groups import seats
from network.groups.tables import Participation
from network.i18n import N_, _, ngettext
from network.members import retention
from network.people.privacy import those
from network.people.viewer import Viewer
from network.web.dated import Dated
from network.web.handed import Held, Privacy, Subject, Trace
from network.web.kinds import Forgetting, Kind, Term

retention.also_holds("group_participation")  # whoever has a seat is something, and is not forgotten
NAMES = Dated(
    Participation,
    Participation.until,
    still=Participation.person != None,
    emptied={Participation.person: None, Participation.note: ""},
)
SEATS = Kind(
    key="groups.seats",
    room=N_("Working groups"),
    title=N_("Seats in working groups"),
    whose=N_("People who take part in a working group, or once did"),
    what=N_("Name, group, part, for which organisation, first and last day"),
    purpose=N_("To know who works in which group, and who worked on what"),
    ground=N_("Art. 6 (1) f GDPR"),
    recipients=N_("The board and the members' representatives; of a public group the chair, who agreed to it"),
    source=N_("Art. 5 (1) e GDPR: what a group worked out is in use for years, and questions about it come"),
    then=N_("The seat stays with organisation, part and days, without the name"),
    forgetting=Forgetting(
        term=Term(10, "years", least=1, most=30),
        after=N_("after the last day of the seat"),
        counted=lambda number: ngettext("%(num)s name of a group", "%(num)s names of groups", number),
        verb=N_("names in working groups forgotten"),
        due=NAMES.due,
        next_after=NAMES.next_after,
        forget=NAMES.forget,
        yearly=True,
    ),
)


async def known_as(words: Sequence[str]) -> list[Trace]:
    del words  # whoever takes part is a person of the house
    return []


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    found: list[Held] = []
    for person in await those(subject):
        for seat in await seats.of_person(person):
            facts = [
                (_("Part"), seat.part_words),
                (_("Organisation"), seat.organisation_name),
                (_("From when to when"), seat.days),
                (_("Note"), seat.note),
            ]
            found.append(Held(SEATS, [fact for fact in facts if fact[1]], named=seat.group_name))
    return found


async def erase(subject: Subject, actor: str) -> None:
    """What runs ends today, what was to begin never does; of the rest organisation, part and days are left."""
    ids, today = subject.person_ids, clock.today()
    if not ids:
        return
    mine = Participation.person.is_in(ids)
    await Participation.delete().where(mine & (Participation.since > today))
    await Participation.update({Participation.until: today}).where(
        mine & ((Participation.until == None) | (Participation.until > today))
    )
    gone = await Participation.raw(
        f"UPDATE group_participation SET person = NULL, note = '' WHERE person IN ({marks(ids)}) RETURNING id", *ids
    )
    if gone:
        thing = f"person:{subject.references[0]}"
        await record(actor, N_("name erased from working groups"), thing, detail=str(len(gone)))


PRIVACY = Privacy(known_as, held_about, erase, (SEATS,))
