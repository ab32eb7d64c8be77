"""The demo's last yearly run: readers of long ago had left, Pia Nörtemann looked at the number and approved it."""

from datetime import date, time

from mailing import lists
from mailing.lists import Evidence
from network import clock
from network.jobs import Job
from network.newsletter import promise
from network.office import deletion
from network.people.tables import Person, RoleKind
from network.people.viewer import Viewer

LEFT_LONG_AGO = ("Hedda Grünthal", "Ilja Rottmann", "Jette Sandvoß", "Kuno Wiesner", "Liv Osterloh")


async def build(today: date) -> None:
    """In the January behind us, or in the one before where that is not over yet."""
    year = today.year if today >= date(today.year, 1, 15) else today.year - 1
    await let_them_leave(year - 4)
    pia = await Person.objects().get(Person.name == "Pia Nörtemann")
    assert pia
    viewer = Viewer(pia.id, pia.reference, pia.name, roles=frozenset({(RoleKind.ADMIN, "")}))
    with clock.set_to(clock.berlin(date(year, 1, 8), time(10, 20))):
        run = await deletion.approve(viewer, deletion.seen(await deletion.preview(clock.today())))
        while await deletion.under_way():
            await deletion.do_portion(run.reference)
    await Job.delete().where(Job.kind == deletion.PORTION)


async def let_them_leave(year: int) -> None:
    mailing_list = await promise.the_list()
    words, version = await promise.wording(mailing_list)
    for number, name in enumerate(LEFT_LONG_AGO):
        email = f"{name.split()[0].lower()}@example.org"
        with clock.set_to(clock.berlin(date(year - 1, 3 + number, 2), time(9, 0))):
            asked = await lists.ask(mailing_list, email, Evidence("/newsletter", words, version), name=name)
            reader = await lists.confirm(asked.token)
            assert reader
        with clock.set_to(clock.berlin(date(year, 2 + number, 3), time(18, 30))):
            await lists.leave(reader.key, by="link")
