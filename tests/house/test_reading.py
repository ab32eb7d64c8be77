"""Whoever reads private addresses and numbers of others behind the door leaves a line, on every page and in every file."""

import io
import re
from html import unescape

import httpx
import pytest
from openpyxl import load_workbook

from mailing.tables import Letter, Subscriber
from network import demo
from network.activity import EXPORTED, LOOKED, NEEDS_READ, Activity, forget_noted
from network.admission.tables import Application
from network.association.tables import Association
from network.clock import today
from network.events.tables import AccessNeed, Attendee, Event, Registration
from network.members.tables import Organisation, Site
from network.people import publication, sign_in
from network.people.tables import Person
from tests.house.walk import walk

HANDED_OUT = "data of one person handed out"


async def private_values(viewer: Person) -> set[str]:
    """Addresses and numbers that nobody gave to the public, and that are not the viewer's own."""
    people = await Person.objects()
    shown = await publication.shown_of([one.id for one in people], today())
    found = {getattr(one, fact) for one in people for fact in ("email", "phone") if fact not in shown.get(one.id, {})}
    found |= {row.email for row in await Attendee.objects()}
    found |= {value for row in await Registration.objects() for value in (row.email, row.phone)}
    found |= {row.email for row in await Subscriber.objects()}
    found |= {value for row in await Application.objects() for value in (row.contact_email, row.contact_phone)}
    found |= {row.to_email for row in await Letter.objects()}
    found |= {row.other for row in await AccessNeed.objects()}
    given = {getattr(one, fact) for one in people for fact in shown.get(one.id, {}) if fact != "name"}
    given |= {value for row in await Organisation.objects() for value in (row.email, row.phone)}
    given |= {value for row in await Site.objects() for value in (row.email, row.phone)}
    given |= {value for row in await Event.objects() for value in (row.contact_email, row.contact_phone)}
    given |= {value for row in await Association.objects() for value in (row.email, row.phone, row.sender_email)}
    return {value for value in found if value} - given - {viewer.email, viewer.phone}


def told_in(answer: httpx.Response) -> str:
    """Everything that can be read in a page or a file."""
    kind = answer.headers.get("content-type", "")
    if "spreadsheet" in kind:
        book = load_workbook(io.BytesIO(answer.content), read_only=True)
        return "\n".join(
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell
        )
    if not kind.startswith(("text/", "application/json", "message/")):
        return ""
    return re.sub(r"\r?\n[ \t]", "", unescape(answer.text.replace("<wbr>", "")))


class Watched:
    """A browser that looks, after each page, whether what it was shown has been noted."""

    def __init__(self, client: httpx.AsyncClient, viewer: Person, private: set[str]) -> None:
        self.client, self.viewer, self.private = client, viewer, private
        self.noted: list[str] = []
        self.silent: list[str] = []

    async def get(self, path: str) -> httpx.Response:
        mine = (Activity.actor == self.viewer.reference) & Activity.verb.is_in(
            [LOOKED, NEEDS_READ, EXPORTED, HANDED_OUT]
        )
        await Activity.delete().where(mine)
        forget_noted()
        answer = await self.client.get(path)
        told = told_in(answer)
        read = sorted(value for value in self.private if value in told)
        if read:
            (self.noted if await Activity.exists().where(mine) else self.silent).append(
                f"{path}: {', '.join(read[:3])}"
            )
        return answer


@pytest.mark.parametrize(
    ("who", "start", "fewest"),
    [("Mira Quandt", "/office", 25), ("Pia Nörtemann", "/office", 25), ("Juno Feldkamp", "/office", 3)],
)
async def test_every_page_and_file_with_private_details_leaves_a_line(client, who, start, fewest):
    await demo.build(today())
    viewer = await Person.objects().get(Person.name == who)
    client.cookies.set("verbund", await sign_in.begin_session(viewer))
    watched = Watched(client, viewer, await private_values(viewer))

    ella = "of=address:ella.brandt@example.org"
    await walk(watched, [start, f"{start}/privacy?q=example", f"{start}/privacy/about?{ella}", f"{start}/search?q=brandt",
                         f"{start}/search?q=gildehaus"], only=start)  # fmt: skip

    assert "\n".join(watched.silent) == ""
    assert len(watched.noted) >= fewest
