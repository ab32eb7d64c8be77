"""The groups of a day, and one group with its people and its history; the office enters, changes and ends it."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.activity import taken_along
from network.groups import exporting, group, overview, seats, words
from network.groups.forms import GroupEndForm, GroupForm
from network.groups.rules import may_edit
from network.groups.tables import Part, WorkingGroup
from network.i18n import _, format_day, ngettext
from network.people.viewer import board_room, office, viewer_of
from network.web.asof import as_of
from network.web.once import once
from network.web.pages import page, see_other
from network.web.sheets import sheet

Req = Request[Any, Any, Any]
LIST = "/office/groups"
ONE = f"{LIST}/{{reference:str}}"


async def known(reference: str) -> WorkingGroup:
    found = await group.by_reference(reference)
    if found is None:
        raise NotFoundException
    return found


def place(row: WorkingGroup) -> str:
    return f"{LIST}/{row.reference}"


@get(LIST, guards=[board_room])
async def groups_page(request: Req) -> Response[Any]:
    shown = as_of(request)
    listed = await overview.of_day(shown.day)
    return await page(
        request,
        "groups/office_groups",
        as_of=shown,
        running=[one for one in listed if one.runs],
        coming=[] if shown.other else [one for one in listed if one.row.founded_on > shown.day],
        over=[one for one in listed if one.is_over],
        words=words,
        may_edit=may_edit(await viewer_of(request)),
    )


@get(ONE, guards=[board_room])
async def group_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    """Who is in it on the day; on today's page whoever begins later, too, and everybody who was in it before."""
    row, shown = await known(reference), as_of(request)
    every = await seats.of_group(row)
    running = seats.on(every, shown.day)
    return await page(
        request,
        "groups/office_group",
        as_of=shown,
        group=row,
        running=running,
        coming=[] if shown.other else [one for one in every if one.standing(shown.day) == seats.Standing.COMING],
        over=seats.before(every, shown.day),
        chairs=[one for one in running if one.part == Part.CHAIR],
        runs=group.runs(row, shown.day),
        organisations=len({one.organisation_id for one in running if one.organisation_id}),
        never_used=not every,
        words=words,
        may_edit=may_edit(await viewer_of(request)) and not shown.other,
    )


@get(f"{ONE}/as/{{kind:str}}", guards=[office])
async def people_sheet(request: Req, reference: FromPath[str], kind: FromPath[str]) -> Response[bytes]:
    """Its people with their addresses; that somebody took them along is noted."""
    row = await known(reference)
    if kind not in ("xlsx", "csv"):
        raise NotFoundException
    lines = exporting.lines(await seats.of_group(row), clock.today())
    await taken_along((await viewer_of(request)).reference, group.thing(row), row.name_de, len(lines))
    return await sheet(kind, f"{words.name_of(row)} {clock.today().isoformat()}", exporting.columns(), lines)


@get(f"{LIST}/new", guards=[office])
async def new_form(request: Req) -> Response[Any]:
    form = GroupForm(founded_on=clock.today())
    return await page(request, "groups/office_group_form", form=form, group=None)


@post(f"{LIST}/new", guards=[office])
async def enter(request: Req) -> Response[Any]:
    form, actor = GroupForm(await request.form()), (await viewer_of(request)).reference

    async def deed() -> str:
        return place(await group.enter(**form.values, actor=actor))

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The group is entered."))
    return await page(request, "groups/office_group_form", 422, form=form, group=None)


@get(f"{ONE}/edit", guards=[office])
async def edit_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known(reference)
    form = GroupForm(shown=row.published_at is not None, **{name: getattr(row, name) for name in group.FACTS})
    return await edit_page(request, row, form)


async def edit_page(request: Req, row: WorkingGroup, form: GroupForm, status: int = 200) -> Response[Any]:
    used = bool(await seats.of_group(row))
    return await page(request, "groups/office_group_form", status, form=form, group=row, used=used)


@post(f"{ONE}/edit", guards=[office])
async def edit(request: Req, reference: FromPath[str]) -> Response[Any]:
    row, form = await known(reference), GroupForm(await request.form())
    if form.validate():
        with form.refusals():
            await group.change(row, **form.values, actor=(await viewer_of(request)).reference)
            return see_other(place(row), _("The changes are stored."))
    return await edit_page(request, await known(reference), form, 422)


@get(f"{ONE}/end", guards=[office])
async def end_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    return await end_page(request, await known(reference), GroupEndForm(on=clock.today()))


async def end_page(request: Req, row: WorkingGroup, form: GroupEndForm, status: int = 200) -> Response[Any]:
    running = seats.on(await seats.of_group(row), clock.today())
    return await page(request, "groups/office_group_end", status, form=form, group=row, words=words, running=running)


@post(f"{ONE}/end", guards=[office])
async def end(request: Req, reference: FromPath[str]) -> Response[Any]:
    row, form = await known(reference), GroupEndForm(await request.form())
    if form.validate() and form.on.data:
        with form.refusals():
            number = await group.end(
                row, on=form.on.data, note=form.note.data or "", actor=(await viewer_of(request)).reference
            )
            said = _("The group ends on %(day)s.", day=format_day(form.on.data))
            more = ngettext("One seat ends with it.", "%(num)s seats end with it.", number) if number else ""
            return see_other(place(row), f"{said} {more}".strip())
    return await end_page(request, await known(reference), form, 422)


@post(f"{ONE}/going-on", guards=[office])
async def go_on(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known(reference)
    await group.go_on(row, actor=(await viewer_of(request)).reference)
    return see_other(place(row), _("The group goes on."))


@post(f"{ONE}/removal", guards=[office])
async def remove(request: Req, reference: FromPath[str]) -> Response[Any]:
    await group.remove(await known(reference), actor=(await viewer_of(request)).reference)
    return see_other(LIST, _("The entry has been removed."))


handlers = [groups_page, group_page, people_sheet, new_form, enter, edit_form, edit, end_form, end, go_on, remove]
