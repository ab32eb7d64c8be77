"""Which member somebody means who types its name or number into a form: a list of all would be endless."""

from dataclasses import dataclass, field, replace

from network import clock
from network.folding import organisation_key
from network.i18n import _
from network.members import directory, guessing
from network.members.directory import Listed
from network.members.lens import Lens
from network.members.selection import Selection
from network.members.tables import Organisation

MOST = 8  # to choose from


@dataclass(frozen=True, slots=True)
class Meant:
    """Exactly one, or some to choose from, by reference."""

    exactly: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    more: bool = False  # than are offered

    @property
    def question(self) -> str:
        """What is asked where it is not exactly one."""
        words = _("No member has this name or number.")
        if self.choices:
            words = _("No member is called exactly that. Please choose the one that is meant.")
        return words + " " + _("There are more; please write more of the name.") if self.more else words


async def by(typed: str) -> Meant:
    """Of today's members; a name that is written differently offers those that are found by it."""
    text = " ".join(typed.split())[:200]
    if not text:
        return Meant()
    if exactly := await called(text):
        return Meant(exactly)
    selection = Selection(text=text)
    if not await directory.count(selection) and (words := await guessing.meant(selection)):
        selection = replace(selection, text=words)
    found = await directory.listed(selection, size=MOST + 1)
    return Meant("", {row.reference: line(row) for row in found[:MOST]}, len(found) > MOST)


async def called(text: str) -> str:
    """The one that has just this name or this number."""
    lens = Lens(clock.today())
    rows = await Organisation.raw(
        f"SELECT o.reference FROM {lens.organisations} WHERE {lens.is_member} "
        "AND (o.key = {} OR LOWER(REPLACE(m.number, ' ', '')) = {})",
        organisation_key(text)[:200],
        "".join(text.lower().split()),
    )
    return str(rows[0]["reference"]) if len(rows) == 1 else ""


def line(row: Listed) -> str:
    return " · ".join(part for part in (row.name, row.number, row.town) if part)
