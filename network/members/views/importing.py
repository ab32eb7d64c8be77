"""The office's pages for a spreadsheet: upload, mend line by line, look at the changes, store."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import roughly
from network.activity import looked_at
from network.catalogue import entry
from network.catalogue.entry import name_of
from network.catalogue.tables import Entry
from network.errors import Refused
from network.i18n import _, format_day
from network.members import importing, undoing
from network.members.forms.office import StoringForm, UploadForm, line_form
from network.members.headings import ABOUT, COLUMNS, OF_PEOPLE, column_name
from network.members.lands import land_name
from network.members.mentioned import Mention
from network.members.outcome import Change, Outcome
from network.members.portion import KINDS
from network.members.provider import OFFERED_IN
from network.members.sheet import spoken
from network.members.staff import Staffing
from network.members.tables import Import
from network.people.viewer import office, viewer_of
from network.web.addresses import url
from network.web.bodies import FILE_LIMIT
from network.web.forms import Form
from network.web.once import once
from network.web.pages import number_of, numbered, page, see_other

Req = Request[Any, Any, Any]
NEEDY_AT_ONCE = 10
CHANGES_AT_ONCE = 50
SHOWN, LONGEST_CELL = 200, 4000  # characters
NEEDED = (
    "number",
    "name",
    "site_code",
    "site_postal_code",
    "site_town",
    "person",
    "function",
)  # by which lines are known


async def known(reference: str) -> Import:
    found = await importing.by_reference(reference)
    if found is None:
        raise NotFoundException
    return found


def place(load: Import) -> str:
    return f"/office/members/import/{load.reference}"


@get("/office/members/import", guards=[office])
async def upload_form(request: Req) -> Response[Any]:
    return await page(request, "members/office_upload", form=UploadForm(), waiting=await importing.waiting())


@post("/office/members/import", guards=[office], request_max_body_size=FILE_LIMIT)
async def upload(request: Req) -> Response[Any]:
    form = UploadForm(await request.form())
    viewer = await viewer_of(request)
    with form.refusals():
        if not isinstance(form.file.data, UploadFile) or not form.file.data.filename:
            raise Refused(_("Please choose a file."), "file")
        name = form.file.data.filename
        sheet = await importing.parsed(await form.file.data.read())

        async def deed() -> str:
            return place(await importing.keep(name, sheet, viewer.reference))

        return see_other(await once(form.form_token.data or "", deed))
    return await page(request, "members/office_upload", 422, form=form, waiting=await importing.waiting())


@get("/office/members/import/{reference:str}", guards=[office])
async def import_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    load = await known(reference)
    if load.stored_at:
        until = undoing.until(load) if await undoing.possible(load) else None
        result = importing.result(load)
        return await page(request, "members/office_import_stored", load=load, here=url(place(load)), result=result,
                          undo_until=until)  # fmt: skip
    return await check_page(request, load, StoringForm())


async def check_page(request: Req, load: Import, form: StoringForm, status: int = 200) -> Response[Any]:
    """What is wrong, what would change, and the button that stores it."""
    found = await importing.check(load)
    if importing.of_people(load):  # beside what the file says stands what the house knows of them
        await looked_at((await viewer_of(request)).reference, f"import:{load.reference}", load.file_name)
    changes = [outcome for outcome in found.outcomes if not outcome.problems and outcome.kind != "same"]
    shown = numbered(changes, number_of(request), CHANGES_AT_ONCE)
    columns = importing.columns_in(load)
    cells = await importing.cells_of(load, [outcome.reading.number for outcome in found.needy[:NEEDY_AT_ONCE]])
    needy = [NeedyLine(outcome, cells, columns) for outcome in found.needy[:NEEDY_AT_ONCE]]
    return await page(
        request,
        "members/office_import",
        status,
        of_people=importing.of_people(load),
        form=form,
        undated=importing.undated_words(len(found.undated)) if found.undated else "",
        load=load,
        here=url(place(load)),
        found=found,
        kinds=found.kinds,
        summary=importing.summary(found),
        needy=needy,
        changes=shown,
        page_url=lambda number: url(f"{place(load)}?page={number}#changes"),
        as_shown=as_shown(await entry.by_id()),
        column_name=lambda name: column_name(name, columns),
        spoken=spoken,
        aside=importing.told_aside(load, found),
        columns_in_need=columns_in_need(found.needy, columns),
        left_out=[(number, title_of(cells)) for number, cells in found.left_out],
    )


class NeedyLine:
    """A line that needs somebody: its problems, and a form with the cells to mend first."""

    def __init__(self, outcome: Outcome | Staffing, cells: dict[int, dict[str, str]], columns: list[str]) -> None:
        self.number = outcome.reading.number
        self.problems = outcome.problems
        self.answers = outcome.answers
        own = cells[self.number]
        self.title = title_of(own)
        order = OF_PEOPLE if isinstance(outcome, Staffing) else COLUMNS
        shape = line_form([name for name in order if name in columns or name in outcome.problems])
        self.form = shape(None, prefix=prefix(self.number), **own)
        for name, words in outcome.problems.items():
            self.form[name].errors = [words]
        self.first = [self.form[name] for name in order if name in outcome.problems]
        self.others = [self.form[name] for name in order if name in self.form and name not in outcome.problems]


def prefix(number: int) -> str:
    return f"line{number}"


def title_of(cells: dict[str, str]) -> str:
    names = (
        cells.get("person"),
        cells.get("name") or cells.get("number"),
        cells.get("site_name") or cells.get("site_town") or cells.get("town"),
    )
    return ", ".join(name for name in names if name)


def columns_in_need(needy: Sequence[Outcome | Staffing], columns: list[str]) -> list[tuple[str, str, int]]:
    """Columns that are wrong in several lines and could be done without: name, words, number of lines."""
    counts = Counter(name for outcome in needy for name in outcome.problems if name in columns and name not in NEEDED)
    return [(name, column_name(name, columns), count) for name, count in counts.most_common() if count > 1]


def as_shown(terms: dict[int, Entry]) -> Callable[[Change | Mention], tuple[str, str]]:
    """Before and after, as people read them."""
    said: dict[str, Callable[[Any], str]] = {
        "land": land_name,
        "site_land": land_name,
        "kind": lambda kind: _(KINDS[kind]),
        "facility_type": lambda number: name_of(terms[number]),
        "offered_in": lambda where: _(OFFERED_IN[where]),
        "founded": roughly.say,
        **dict.fromkeys(ABOUT, begun),
    }

    def words(column: str, value: Any) -> str:
        if value in (None, ""):
            return "–"
        if column in said:
            return said[column](value)
        return format_day(value) if hasattr(value, "isoformat") else str(value)

    return lambda change: (words(change.column, change.before), words(change.column, change.after))


def begun(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]} …"


@post("/office/members/import/{reference:str}/lines/{number:int}", guards=[office])
async def mend(request: Req, reference: FromPath[str], number: FromPath[int]) -> Response[Any]:
    """Take over what was typed; whether the line is ready now, the page says."""
    load = await known(reference)
    typed = await request.form()
    start = f"{prefix(number)}-"
    cells = {name: str(typed[start + name])[:LONGEST_CELL] for name in (*COLUMNS, *OF_PEOPLE) if start + name in typed}
    await importing.mend(load, number, cells)
    needy = {outcome.reading.number for outcome in (await importing.check(load)).needy}
    if number in needy:
        return see_other(f"{place(load)}#line-{number}", _("Line %(line)s still needs you.", line=spoken(number)))
    return see_other(place(load), _("Line %(line)s is ready.", line=spoken(number)))


@post("/office/members/import/{reference:str}/lines/{number:int}/answer/{key:str}", guards=[office])
async def answer(reference: FromPath[str], number: FromPath[int], key: FromPath[str]) -> Response[Any]:
    """Who is meant: the line, and those that say the same, are mended with one click."""
    load = await known(reference)
    try:
        await importing.answer(load, number, key)
    except Refused as no:
        return see_other(place(load), no.words, warning=True)
    needy = {outcome.reading.number for outcome in (await importing.check(load)).needy}
    if number in needy:
        return see_other(f"{place(load)}#line-{number}", _("Line %(line)s still needs you.", line=spoken(number)))
    return see_other(place(load), _("Line %(line)s is ready.", line=spoken(number)))


@post("/office/members/import/{reference:str}/lines/{number:int}/omission", guards=[office])
async def leave_out(reference: FromPath[str], number: FromPath[int]) -> Response[Any]:
    load = await known(reference)
    await importing.leave_out(load, number)
    return see_other(place(load), _("Line %(line)s will be left out.", line=spoken(number)))


@post("/office/members/import/{reference:str}/sheets/{number:int}/omission", guards=[office])
async def leave_out_sheet(reference: FromPath[str], number: FromPath[int]) -> Response[Any]:
    load = await known(reference)
    await importing.leave_out_sheet(load, number)
    return see_other(place(load), _("The lines of this sheet will be left out."))


@post("/office/members/import/{reference:str}/columns/{name:str}/omission", guards=[office])
async def leave_out_column(reference: FromPath[str], name: FromPath[str]) -> Response[Any]:
    load = await known(reference)
    if name not in (*COLUMNS, *OF_PEOPLE) or name in NEEDED:
        raise NotFoundException
    await importing.leave_out_column(load, name)
    return see_other(place(load), _("The column “%(column)s” is not read.", column=column_name(name)))


@post("/office/members/import/{reference:str}/lines/{number:int}/return", guards=[office])
async def take_back(reference: FromPath[str], number: FromPath[int]) -> Response[Any]:
    load = await known(reference)
    await importing.take_back(load, number)
    return see_other(place(load), _("Line %(line)s is back in.", line=spoken(number)))


@get("/office/members/import/{reference:str}/storing", guards=[office])
async def storing_reloaded(reference: FromPath[str]) -> Response[Any]:
    """Whoever reloads a refusal comes back to the file."""
    return see_other(place(await known(reference)))


@post("/office/members/import/{reference:str}/storing", guards=[office])
async def store(request: Req, reference: FromPath[str]) -> Response[Any]:
    """A second press finds the file stored and shows the same result."""
    load = await known(reference)
    form = StoringForm(await request.form())
    if load.stored_at:
        return see_other(place(load))
    if form.validate():
        with form.refusals():
            await importing.store(load, since=form.since.data, actor=(await viewer_of(request)).reference)
            return see_other(place(load))
    return await check_page(request, load, form, 422)


@get("/office/members/import/{reference:str}/undo", guards=[office])
async def undo_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    return await undo_page(request, await known(reference))


async def undo_page(request: Req, load: Import, status: int = 200, form: Form | None = None) -> Response[Any]:
    """What would go and what would become as it was; or who stands in the way."""
    possible = await undoing.possible(load)
    found = await undoing.preview(load) if possible else None
    return await page(
        request,
        "members/office_import_undo",
        status,
        form=form or Form(),
        load=load,
        here=url(place(load)),
        found=found,
        until=undoing.until(load),
        refusal=undoing.refusal(found.in_the_way) if found and found.in_the_way else "",
    )


@post("/office/members/import/{reference:str}/undo", guards=[office])
async def undo(request: Req, reference: FromPath[str]) -> Response[Any]:
    """A second press finds the file taken back and shows the same page."""
    load = await known(reference)
    form = Form(await request.form())
    if load.undone_at:
        return see_other(place(load))
    with form.refusals():
        await undoing.undo(load, actor=(await viewer_of(request)).reference)
        return see_other(place(load), _("The directory is as it was before the file."))
    return await undo_page(request, load, 422, form)


@post("/office/members/import/{reference:str}/removal", guards=[office])
async def give_up(request: Req, reference: FromPath[str]) -> Response[Any]:
    load = await known(reference)
    await importing.give_up(load, actor=(await viewer_of(request)).reference)
    return see_other("/office/members", _("The file is gone. The directory is as it was."))
