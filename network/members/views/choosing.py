"""What somebody chose from the public directory, by the address: the list, the map and the providers' page share it."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from litestar import Request

from network import clock
from network.catalogue import entry
from network.catalogue.tables import Entry, EntryKind
from network.i18n import _
from network.members import directory, facets, guessing, provider
from network.members.facets import ENTRIES
from network.members.forms.choosing import DirectoryFilter
from network.members.lands import land_choices
from network.members.selection import Selection
from network.people.viewer import viewer_of
from network.web.asof import AsOf, as_of

Req = Request[Any, Any, Any]
CHOICES = (*ENTRIES, "offered_in", "scope", "provider", "land")
IN_ADDRESS = ("q", *CHOICES, "near")


@dataclass(slots=True)
class Choice:
    """The form, what it selects on which day, and the words and addresses that tell of it."""

    form: DirectoryFilter
    selection: Selection
    shown: AsOf
    chosen: dict[str, str]  # as in the address, without what nobody can choose
    words: dict[str, str]  # the same in words
    count: int
    terms: dict[int, Entry]

    @property
    def typed(self) -> str:
        return self.chosen.get("q", "")

    @property
    def query(self) -> str:
        return urlencode(self.chosen)

    @property
    def in_words(self) -> str:
        """Such as "„Beratung“, Bayern"."""
        return ", ".join(self.words.values())

    def address(self, path: str, *, without: str = "", **more: Any) -> str:
        """The path with the choice, less one, and the day."""
        query = urlencode({name: value for name, value in self.chosen.items() if name != without} | more)
        return self.shown.url(f"{path}?{query}" if query else path)


async def choice_of(request: Req, standing: str = "members") -> Choice:
    """What nobody can choose counts as not chosen; a slip of the hand in a name is guessed."""
    shown = await public_day(request)
    terms = await entry.by_id()
    ids, known = {(row.kind, row.code): row.id for row in terms.values()}, all_choices(terms)
    form = DirectoryFilter(request.query_params)
    form.know(known)
    form.validate()
    known_here = [
        name for name in IN_ADDRESS if name != "provider" or standing == "listed"
    ]  # not who is on the way unseen
    chosen = {name: form[name].data for name in known_here if form[name].data and not form[name].errors}
    facts: dict[str, Any] = {name: value for name, value in chosen.items() if name in CHOICES}
    facts |= {name: ids[kind, chosen[name]] for name, kind in ENTRIES.items() if name in chosen}
    people = "public" if standing == "members" else ""
    selection = Selection(day=shown.day, standing=standing, text=chosen.get("q", ""), people=people, **facts)
    count = await directory.count(selection)
    if selection.text and not count and (meant := await guessing.meant(selection)):
        selection = replace(selection, text=meant)
        count = await directory.count(selection)
    words = {name: known[name][value] for name, value in chosen.items() if name in known}
    if selection.text:
        words = {"q": _("“%(text)s”", text=selection.text)} | words
    form.tell(await numbers_of(selection, terms))
    return Choice(form, selection, shown, chosen, words, count, terms)


async def numbers_of(selection: Selection, terms: dict[int, Entry]) -> facets.Numbers:
    """By the field how many there are with each choice, by its key in the address."""
    found = await facets.facets(selection)
    return found | {name: {terms[one].code: number for one, number in found[name].items()} for name in ENTRIES}


@dataclass(frozen=True, slots=True)
class Wider:
    """One choice less, where nobody fits all of them."""

    words: str
    number: int
    url: str


async def wider(choice: Choice, path: str) -> list[Wider]:
    """What would find somebody: the choice with one thing less, for each of them."""
    numbers = await facets.without_one(choice.selection) if len(choice.words) > 1 else {}
    names = {"text": "q"}
    told = [(names.get(name, name), number) for name, number in numbers.items()]
    return [Wider(choice.words[name], number, choice.address(path, without=name)) for name, number in told]


async def public_day(request: Req) -> AsOf:
    """Visitors look back; what is agreed and has not come yet (who leaves, who moves) is the office's to know."""
    ahead = (await viewer_of(request)).is_office
    return as_of(request, latest=None if ahead else clock.today())


def all_choices(terms: dict[int, Entry]) -> dict[str, dict[str, str]]:
    """By the field what may be asked for, in words."""
    by_kind = {
        name: {row.code: entry.name_of(row) for row in terms.values() if row.kind == kind}
        for name, kind in ENTRIES.items()
    }
    abbreviations = {row.code: entry.name_of(row) for row in terms.values() if row.kind == EntryKind.TERM}
    return by_kind | {
        "offered_in": {form: _(provider.OFFERED_IN[form]) for form in facets.FORMS},
        "scope": {scope: abbreviations.get(scope, scope) for scope in provider.SCOPES},
        "provider": {status: _(words) for status, words in provider.STATUSES.items() if status != "ended"},
        "land": dict(land_choices()),
    }
