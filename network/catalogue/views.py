"""The public glossary, and the office's pages of the catalogues."""

from datetime import date
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.catalogue import entry
from network.catalogue.forms import EndingForm, EntryForm
from network.catalogue.tables import Entry, EntryKind
from network.i18n import N_, _, format_day
from network.people.viewer import office, viewer_of
from network.web.asof import as_of
from network.web.guards import anyone
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]
PLACE = "/office/members/catalogue"
TITLES = {
    EntryKind.LEGAL_BASIS: N_("Legal bases"),
    EntryKind.SERVICE: N_("Services"),
    EntryKind.FIELD: N_("Occupational fields"),
    EntryKind.FACILITY_TYPE: N_("Types of facility"),
    EntryKind.TERM: N_("Further terms"),
}


@get("/glossary", guards=[anyone], exclude_from_csrf=True)
async def glossary(request: Req) -> Response[Any]:
    """What had begun by the day that is asked for; what no longer applied says so, and what came after it."""
    shown = as_of(request)
    told = await catalogues(shown.day)
    told["sections"] = [(kind, title, explained(rows, shown.day)) for kind, title, rows in told["sections"]]
    return await page(request, "catalogue/glossary", cached=True, as_of=shown, **told)


def explained(rows: list[Entry], day: date) -> list[Entry]:
    return [row for row in rows if row.text_de and (row.since is None or row.since <= day)]


@get(PLACE, guards=[office])
async def catalogue_page(request: Req) -> Response[Any]:
    """What applies on the day that is asked for; a law that was passed and has not begun can be looked at ahead."""
    shown = as_of(request)
    return await page(request, "catalogue/office_catalogue", as_of=shown, **await catalogues(shown.day))


async def catalogues(day: date) -> dict[str, Any]:
    known = await entry.by_id()
    sections = [(kind, _(title), [row for row in known.values() if row.kind == kind]) for kind, title in TITLES.items()]
    return {
        "sections": sections,
        "day": day,
        "known": known,
        "applies": entry.applies,
        "name_of": entry.name_of,
        "text_of": entry.text_of,
    }


@get(PLACE + "/new/{kind:str}", guards=[office])
async def new_form(request: Req, kind: FromPath[str]) -> Response[Any]:
    return await page(request, "catalogue/office_entry", form=EntryForm(), title=title_of(kind), entry=None)


@post(PLACE + "/new/{kind:str}", guards=[office])
async def enter(request: Req, kind: FromPath[str]) -> Response[Any]:
    title, form = title_of(kind), EntryForm(await request.form())
    actor = (await viewer_of(request)).reference

    async def deed() -> str:
        await entry.enter(kind, **form.values, actor=actor)
        return PLACE

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("It is in the catalogue."))
    return await page(request, "catalogue/office_entry", 422, form=form, title=title, entry=None)


def title_of(kind: str) -> str:
    if kind not in {*EntryKind}:
        raise NotFoundException
    return _(TITLES[EntryKind(kind)])


@get(PLACE + "/{reference:str}", guards=[office])
async def edit_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known_entry(reference)
    form = EntryForm(**{name: getattr(row, name) for name in entry.FACTS})
    return await page(request, "catalogue/office_entry", form=form, title=title_of(row.kind), entry=row)


@post(PLACE + "/{reference:str}", guards=[office])
async def edit(request: Req, reference: FromPath[str]) -> Response[Any]:
    row, form = await known_entry(reference), EntryForm(await request.form())
    if form.validate():
        with form.refusals():
            await entry.change(row, actor=(await viewer_of(request)).reference, **form.values)
            return see_other(PLACE, _("The changes are stored."))
    return await page(request, "catalogue/office_entry", 422, form=form, title=title_of(row.kind), entry=row)


@get(PLACE + "/{reference:str}/ending", guards=[office])
async def ending_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known_entry(reference)
    others = await others_of(row)
    after = next((one.reference for one in others if one.id == row.successor), "")
    form = EndingForm(others=others, until=row.until, successor=after)
    return await page(request, "catalogue/office_ending", form=form, name=entry.name_of(row))


@post(PLACE + "/{reference:str}/ending", guards=[office])
async def end(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known_entry(reference)
    others = await others_of(row)
    form = EndingForm(await request.form(), others=others)
    if form.validate():
        with form.refusals():
            until, after = form.until.data, {one.reference: one for one in others}.get(form.successor.data)
            assert until
            await entry.end(row, until=until, successor=after, actor=(await viewer_of(request)).reference)
            return see_other(PLACE, _("It applies until %(day)s.", day=format_day(until)))
    return await page(request, "catalogue/office_ending", 422, form=form, name=entry.name_of(row))


async def others_of(row: Entry) -> list[Entry]:
    return [one for one in await entry.of_kind(row.kind) if one.id != row.id]


@post(PLACE + "/{reference:str}/going-on", guards=[office])
async def go_on(request: Req, reference: FromPath[str]) -> Response[Any]:
    await entry.go_on(await known_entry(reference), actor=(await viewer_of(request)).reference)
    return see_other(PLACE, _("It applies again."))


async def known_entry(reference: str) -> Entry:
    row = await entry.by_reference(reference)
    if row is None:
        raise NotFoundException
    return row


HANDLERS = [glossary, catalogue_page, new_form, enter, edit_form, edit, ending_form, end, go_on]
router = Router("/", route_handlers=HANDLERS, tags=["catalogue"])
