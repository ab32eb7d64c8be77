"""How somebody is shown in public: a picture with consent, and how the title of the office is said."""

from collections.abc import Collection
from dataclasses import dataclass

from network import clock
from network.activity import WORKER, record
from network.association import profile
from network.board.pictures import bare
from network.board.tables import Portrait
from network.database import DB, after_commit, marks, rows
from network.errors import Refused
from network.files import File, keep
from network.i18n import N_, _, locale
from network.people.person import STYLES
from network.people.tables import Person
from network.references import new_reference

Upload = tuple[str, bytes]  # name and content


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on a page; `alt` says what is to be seen to whoever does not see it."""

    reference: str
    alt: str


async def show(
    person: Person, *, photo: Upload | None, alt_de: str, alt_en: str = "", consented: bool, actor: str
) -> None:
    """Show this picture from now on, in place of the one before, or say anew what is on it.

    Refused without consent (§ 22 KUG, Art. 6 (1) a GDPR) or without words for those who cannot see it.
    """
    if not consented:
        raise Refused(_("A picture is only shown with the consent of whoever is on it (§ 22 KUG)."), "consented")
    if not alt_de.strip():
        raise Refused(_("Please say in a few words what the picture shows."), "alt_de")
    async with DB.transaction():
        running = await of(person)
        if photo:
            kind, content = bare(photo[1])
            file = await keep(photo[0], kind, content)
            if running:
                await let_go(running)
            await Portrait(
                reference=new_reference(), person=person.id, file=file.id, alt_de=alt_de, alt_en=alt_en,
                given_on=clock.today(), said_by=actor,
            ).save()  # fmt: skip
            await record(actor, N_("picture shown"), f"person:{person.reference}", person.name)
        elif running:
            await Portrait.update({Portrait.alt_de: alt_de, Portrait.alt_en: alt_en}).where(Portrait.id == running.id)
        else:
            raise Refused(_("Please choose a picture."), "photo")


async def withdraw(person: Person, *, actor: str) -> None:
    """From now on the picture is nowhere; its file goes, the days of the consent stay known."""
    async with DB.transaction():
        if running := await of(person):
            await let_go(running)
            await record(actor, N_("picture withdrawn"), f"person:{person.reference}", person.name)


async def let_go(row: Portrait) -> None:
    await Portrait.update({Portrait.withdrawn_on: clock.today(), Portrait.file: None}).where(Portrait.id == row.id)
    await File.delete().where(File.id == row.file)


async def let_go_of_former(staying: Collection[int]) -> None:
    """The picture was for the time in office: of whoever left the board it goes, file and all."""
    for row in await rows(Portrait, "WHERE withdrawn_on IS NULL"):
        if row.person not in staying:
            someone = await Person.objects().get(Person.id == row.person)
            assert someone
            await withdraw(someone, actor=WORKER)


async def of(person: Person) -> Portrait | None:
    """The one that may be shown."""
    mine = (Portrait.person == person.id) & (Portrait.withdrawn_on == None) & Portrait.file.is_not_null()
    return await Portrait.objects().get(mine)


async def history(person: Person) -> list[Portrait]:
    return (
        await Portrait.objects().where(Portrait.person == person.id).order_by(Portrait.given_on).order_by(Portrait.id)
    )


async def shown_of(people: Collection[int]) -> dict[int, Shown]:
    """By person, whose picture may be shown."""
    if not people:
        return {}
    found = await rows(
        Portrait, f"WHERE withdrawn_on IS NULL AND file IS NOT NULL AND person IN ({marks(people)})", *people
    )
    english = locale() == "en"
    return {row.person: Shown(row.reference, (row.alt_en if english else "") or row.alt_de) for row in found}


async def file_of(reference: str) -> File | None:
    """The picture itself, while there is consent to show it."""
    row = await Portrait.objects().get((Portrait.reference == reference) & (Portrait.withdrawn_on == None))
    return await File.objects().get(File.id == row.file) if row and row.file else None


async def call(person: Person, style: str, *, actor: str) -> None:
    """How the title of the office is said of this person (people.person.STYLES)."""
    if style not in STYLES:
        raise Refused(_("Please choose one of the entries."), "style")
    if style == person.title_style:
        return
    async with DB.transaction():
        await Person.update({Person.title_style: style}).where(Person.id == person.id)
        await record(actor, N_("form of the title chosen"), f"person:{person.reference}", person.name)
        after_commit(profile.forget)
