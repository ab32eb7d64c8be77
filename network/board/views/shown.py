"""How somebody is shown in public: said by whoever sits on the board of themselves, or by the office that was told."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.board import ledger, portrait
from network.board.forms.terms import ShownForm
from network.board.rules import may_show
from network.database import DB
from network.i18n import _
from network.people.person import full_name, person_by_reference
from network.people.tables import Person
from network.people.viewer import board_room, viewer_of
from network.web.bodies import FILE_LIMIT
from network.web.pages import page, see_other
from network.web.uploads import uploaded

Req = Request[Any, Any, Any]
PLACE = "/office/board/people"


async def showable(request: Req, reference: str) -> Person:
    """Somebody who sits, sat or will sit on the board, and whom the viewer may speak for."""
    someone = await person_by_reference(reference)
    if someone is None or not may_show(await viewer_of(request), someone):
        raise NotFoundException
    if not (await ledger.read()).of_person(someone.id):
        raise NotFoundException
    return someone


@get(f"{PLACE}/{{reference:str}}", guards=[board_room])
async def shown_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    someone = await showable(request, reference)
    running = await portrait.of(someone)
    texts: dict[str, Any] = {"alt_de": running.alt_de, "alt_en": running.alt_en} if running else {}
    form = ShownForm(style=someone.title_style, consented=running is not None, **texts)
    return await shown_page(request, someone, form)


async def shown_page(request: Req, someone: Person, form: ShownForm, status: int = 200) -> Response[Any]:
    return await page(
        request,
        "board/shown",
        status,
        form=form,
        person=someone,
        full_name=full_name(someone),
        running=await portrait.of(someone),
        own=(await viewer_of(request)).person_id == someone.id,
    )


@post(f"{PLACE}/{{reference:str}}", guards=[board_room], request_max_body_size=FILE_LIMIT)
async def show(request: Req, reference: FromPath[str]) -> Response[Any]:
    """Title and picture in one; without a new picture and words nothing is said about pictures."""
    someone, form = await showable(request, reference), ShownForm(await request.form())
    actor, photo = (await viewer_of(request)).reference, await uploaded(form.photo.data)
    running = await portrait.of(someone)
    if form.validate():
        with form.refusals():
            async with DB.transaction():
                await portrait.call(someone, form.style.data or "neutral", actor=actor)
                if photo or running:
                    await portrait.show(
                        someone, photo=photo, alt_de=form.alt_de.data or "", alt_en=form.alt_en.data or "",
                        consented=form.consented.data, actor=actor,
                    )  # fmt: skip
            return see_other(f"{PLACE}/{reference}", _("The changes are stored."))
    return await shown_page(request, someone, form, 422)


@post(f"{PLACE}/{{reference:str}}/picture/removal", guards=[board_room])
async def withdraw(request: Req, reference: FromPath[str]) -> Response[Any]:
    someone = await showable(request, reference)
    await portrait.withdraw(someone, actor=(await viewer_of(request)).reference)
    return see_other(f"{PLACE}/{reference}", _("The picture is shown nowhere any more, and its file is deleted."))


handlers = [shown_form, show, withdraw]
