"""The bylaws, version by version: everybody in the office reads them, the administration writes them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.assembly import meeting
from network.assembly.tables.meeting import Assembly
from network.association import bylaws, rulebook
from network.association.presets import PRESETS
from network.association.profile import known_profile
from network.association.tables import Bylaws
from network.errors import Refused
from network.files import File
from network.i18n import _, format_day, format_names, ngettext
from network.office.forms.bylaws import BylawsForm
from network.people.viewer import admin, office, viewer_of
from network.web.bodies import FILE_LIMIT
from network.web.once import once
from network.web.pages import download, page, see_other

Req = Request[Any, Any, Any]
BOOK = "/office/settings/bylaws"
HERE = "/settings/bylaws"  # within the office
MOST_TOLD = 3


@get(HERE, guards=[office])
async def show_bylaws(request: Req) -> Response[Any]:
    """What counts today, what is planned, and what was before."""
    today = clock.today()
    known, awaited = await bylaws.versions(), await bylaws.awaited()
    return await page(
        request,
        "office/bylaws",
        now=await bylaws.bylaws_on(today),
        planned=[(row, rulebook.changed(row, known)) for row in reversed(known) if row.valid_from > today],
        versions=known,
        awaited=awaited,
        awaited_changes=rulebook.changed(awaited, known) if awaited else None,
        today=today,
        shown=(await known_profile()).bylaws_shown_at,
        presets=PRESETS,
        book=rulebook.book,
        unchangeable=rulebook.UNCHANGEABLE,
    )


@get(f"{HERE}/new", guards=[admin])
async def new_form(request: Req) -> Response[Any]:
    """Begins with what the latest version says; the first one with what most say (?preset=)."""
    known = await bylaws.versions()
    chosen = request.query_params.get("preset", "")
    if chosen in PRESETS:
        first = {} if known else {"valid_from": (await known_profile()).founded_on}
        row = Bylaws(**rulebook.written(PRESETS[chosen].said))
        return await form_page(request, BylawsForm.of(row, **first), known, chosen=chosen)
    return await form_page(request, BylawsForm.of(known[0]) if known else BylawsForm(), known)


@post(f"{HERE}/new", guards=[admin], request_max_body_size=FILE_LIMIT)
async def enter(request: Req) -> Response[Any]:
    form = BylawsForm(await request.form())
    if form.validate():
        with form.refusals():
            there = await store(request, form, new=True)
            return await stored(there, form, _("The bylaws are entered."))
    return await form_page(request, form, await bylaws.versions(), 422)


@get(f"{HERE}/awaited", guards=[admin])
async def awaited_form(request: Req) -> Response[Any]:
    """What the bylaws will say once the register has entered it; begins with what they say now."""
    row, known = await bylaws.awaited(), await bylaws.versions()
    if row:
        return await awaited_page(request, BylawsForm.of(row, adopted_on=row.adopted_on, note=row.note), row)
    return await awaited_page(request, BylawsForm.of(known[0]) if known else BylawsForm(), None)


async def awaited_page(request: Req, form: BylawsForm, row: Bylaws | None, status: int = 200) -> Response[Any]:
    del form.valid_from  # the register says it
    return await page(
        request, "office/bylaws_form", status, form=form, version=row, awaited=True, first=False, presets={}, chosen="",
        today=clock.today(), unchangeable=rulebook.UNCHANGEABLE,
    )  # fmt: skip


@post(f"{HERE}/awaited", guards=[admin], request_max_body_size=FILE_LIMIT)
async def adopt(request: Req) -> Response[Any]:
    form, actor = BylawsForm(await request.form()), (await viewer_of(request)).reference
    file = form.document.data
    content = await file.read() if file else b""
    form.valid_from.validators = []

    async def deed() -> str:
        if form.adopted_on.data is None:
            raise Refused(_("Please enter the day."), "adopted_on")
        await bylaws.adopt(
            actor, adopted_on=form.adopted_on.data, note=form.note.data or "",
            document=(file.filename, content) if content else None, **form.said,
        )  # fmt: skip
        return BOOK

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, _("It is entered. It counts from the day of its registration."))
    return await awaited_page(request, form, await bylaws.awaited(), 422)


@post(f"{HERE}/awaited/withdrawal", guards=[admin])
async def give_up(request: Req) -> Response[Any]:
    await bylaws.give_up((await viewer_of(request)).reference)
    return see_other(BOOK, _("The planned version is withdrawn."))


@get(f"{HERE}/{{day:str}}", guards=[office])
async def show_version(request: Req, day: FromPath[str]) -> Response[Any]:
    row = await known_version(day)
    known = await bylaws.versions()
    following = next((one.valid_from for one in reversed(known) if one.valid_from > row.valid_from), None)
    return await page(
        request,
        "office/bylaws_version",
        version=row,
        changes=rulebook.changed(row, known),
        today=clock.today(),
        last=following - timedelta(days=1) if following else None,
        book=rulebook.book(row),
    )


@get(f"{HERE}/{{day:str}}/edit", guards=[admin])
async def edit_form(request: Req, day: FromPath[str]) -> Response[Any]:
    row = await known_version(day)
    about = {"valid_from": row.valid_from, "adopted_on": row.adopted_on, "note": row.note}
    return await form_page(request, BylawsForm.of(row, **about), await bylaws.versions(), version=row)


@post(f"{HERE}/{{day:str}}/edit", guards=[admin], request_max_body_size=FILE_LIMIT)
async def edit(request: Req, day: FromPath[str]) -> Response[Any]:
    row = await known_version(day)
    form = BylawsForm(await request.form())
    if form.validate():
        with form.refusals():
            there = await store(request, form, instead_of=row.valid_from)
            return await stored(there, form, _("The changes are stored."))
    return await form_page(request, form, await bylaws.versions(), 422, version=row)


@get(f"{HERE}/{{day:str}}/withdrawal", guards=[admin])
async def withdrawal_form(request: Req, day: FromPath[str]) -> Response[Any]:
    row = await known_version(day)
    if row.valid_from <= clock.today():
        raise NotFoundException
    known = await bylaws.versions()
    return await page(request, "office/bylaws_withdrawal", version=row, changes=rulebook.changed(row, known))


@post(f"{HERE}/{{day:str}}/withdrawal", guards=[admin])
async def withdraw(request: Req, day: FromPath[str]) -> Response[Any]:
    """Pressed twice it is gone all the same; one that has begun meanwhile stays, and the page says why."""
    await bylaws.withdraw((await viewer_of(request)).reference, day_of(day))
    return see_other(BOOK, _("The planned version is withdrawn."))


@get(f"{HERE}/{{day:str}}/document", guards=[office])
async def document(day: FromPath[str]) -> Response[bytes]:
    row = await known_version(day)
    file = await File.objects().get(File.id == row.document) if row.document else None
    if file is None:
        raise NotFoundException
    return download(file.content, file.media_type, file.name)


@post(f"{HERE}/publication", guards=[admin])
async def publish(request: Req) -> Response[Any]:
    await bylaws.show((await viewer_of(request)).reference)
    return see_other(BOOK, _("The website shows the rules that concern members."))


@post(f"{HERE}/publication/end", guards=[admin])
async def unpublish(request: Req) -> Response[Any]:
    await bylaws.hide((await viewer_of(request)).reference)
    return see_other(BOOK, _("The website does not show the bylaws any more."))


async def store(request: Req, form: BylawsForm, *, new: bool = False, instead_of: date | None = None) -> str:
    """Enter what was typed, once; returns the version's page. A new version never takes the place of another."""
    actor = (await viewer_of(request)).reference
    file = form.document.data
    content = await file.read() if file else b""
    day = form.valid_from.data or clock.today()  # the form lets nobody leave it out

    async def deed() -> str:
        if new and await bylaws.version_of(day):
            raise Refused(_("There is a version of this day already."), "valid_from")
        await bylaws.enact(
            actor,
            valid_from=day,
            adopted_on=form.adopted_on.data,
            document=(file.filename, content) if content else None,
            note=form.note.data or "",
            instead_of=instead_of,
            **form.said,
        )
        return f"{BOOK}/{day.isoformat()}"

    return await once(form.form_token.data or "", deed)


async def stored(there: str, form: BylawsForm, words: str) -> Response[Any]:
    """With a warning where assemblies were held since the day from which this counts."""
    if kept := kept_words(await meeting.held_since(form.valid_from.data or clock.today())):
        return see_other(there, f"{words} {kept}", warning=True)
    return see_other(there, words)


def kept_words(held: Sequence[Assembly]) -> str:
    """That nothing becomes different in what was decided."""
    if not held:
        return ""
    days = format_names(format_day(one.starts_at) for one in reversed(held[:MOST_TOLD]))
    return ngettext(
        "An assembly was held since then (%(days)s): what it decided stays as it was decided, by what was known then.",
        "%(num)s assemblies were held since then (the latest: %(days)s): what they decided stays as it was decided, "
        "by what was known then.",
        len(held), days=days,
    )  # fmt: skip


async def form_page(
    request: Req,
    form: BylawsForm,
    known: list[Bylaws],
    status: int = 200,
    *,
    version: Bylaws | None = None,
    chosen: str = "",
) -> Response[Any]:
    return await page(
        request,
        "office/bylaws_form",
        status,
        form=form,
        version=version,
        kept=kept_words(await meeting.held_since(version.valid_from)) if version else "",
        awaited=False,
        first=not known,
        presets=PRESETS,
        chosen=chosen,
        today=clock.today(),
        unchangeable=rulebook.UNCHANGEABLE,
    )


async def known_version(day: str) -> Bylaws:
    found = await bylaws.version_of(day_of(day))
    if found is None:
        raise NotFoundException
    return found


def day_of(text: str) -> date:
    """As it stands in the address: 2027-08-03."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotFoundException from error


handlers = [
    show_bylaws,
    new_form,
    enter,
    awaited_form,
    adopt,
    give_up,
    show_version,
    edit_form,
    edit,
    withdrawal_form,
    withdraw,
    document,
    publish,
    unpublish,
]
