"""Papers to an agenda item: files to read, and the old and the new text of what changes."""

from dataclasses import dataclass

from network import clock
from network.assembly.agenda import refuse_over
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.tables.meeting import AgendaItem, Assembly, Paper
from network.database import DB
from network.errors import Refused
from network.files import File, keep_document
from network.files import Paper as Document
from network.i18n import N_, _
from network.references import new_reference


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper as pages show it; the content of its file stays where it is."""

    reference: str
    item: int
    title: str
    file: str  # its name, "" where there is none
    size: int
    old_text: str
    new_text: str
    added_late: bool  # after the invitation had gone out

    @property
    def compares(self) -> bool:
        return bool(self.old_text or self.new_text)


async def attach(
    row: Assembly,
    item: AgendaItem,
    *,
    title: str,
    actor: str,
    document: Document | None = None,
    old_text: str = "",
    new_text: str = "",
) -> Paper:
    """Add a file, or old and new text, to an item. Refused when there is neither, and once the assembly is over."""
    if document is None and not (old_text or new_text):
        raise Refused(_("Please choose a file, or enter the old and the new text."), "document")
    async with DB.transaction():
        refuse_over(await taken(row))
        file = await keep_document(*document) if document else None
        last = await Paper.count().where(Paper.item == item.id)
        paper = Paper(
            reference=new_reference(), item=item.id, title=title or (file.name if file else item.title_de),
            file=file.id if file else None, old_text=old_text, new_text=new_text, position=last,
            added_at=clock.now(),
        )  # fmt: skip
        await paper.save()
        await record(actor, N_("paper added"), thing(row), row.title, paper.title)
    return paper


async def remove(row: Assembly, reference: str, *, actor: str) -> None:
    """Take a paper away. Refused once the members have been told of it."""
    async with DB.transaction():
        held = await taken(row)
        refuse_over(held)
        paper = await by_reference(row, reference)
        if paper is None:
            return
        if held.convened_at and paper.added_at <= held.convened_at:
            raise Refused(_("This paper went out with the invitation."))
        await paper.remove()
        await record(actor, N_("paper removed"), thing(row), row.title, paper.title)


async def by_reference(row: Assembly, reference: str) -> Paper | None:
    mine = (Paper.reference == reference) & (Paper.item.assembly == row.id)
    return await Paper.objects().get(mine)


async def file_of(row: Assembly, reference: str) -> File | None:
    paper = await by_reference(row, reference)
    return await File.objects().get(File.id == paper.file) if paper and paper.file else None


async def papers_of(row: Assembly) -> dict[int, list[Listed]]:
    """By item, in the order in which they were added."""
    found: dict[int, list[Listed]] = {}
    rows = await Paper.raw(
        "SELECT p.reference, p.item, p.title, p.old_text, p.new_text, p.added_at, f.name AS file, f.size FROM paper p "
        "JOIN agenda_item i ON i.id = p.item LEFT JOIN file f ON f.id = p.file WHERE i.assembly = {} "
        "ORDER BY p.item, p.position, p.id",
        row.id,
    )
    for one in rows:
        late = bool(row.convened_at and one["added_at"] > row.convened_at)
        found.setdefault(one["item"], []).append(
            Listed(one["reference"], one["item"], one["title"], one["file"] or "", one["size"] or 0,
                   one["old_text"], one["new_text"], added_late=late)
        )  # fmt: skip
    return found
