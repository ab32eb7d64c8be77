"""The association's details and its privacy texts: the office reads them, the administration changes them."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.association import logo, pages, profile
from network.association.tables import Notice
from network.i18n import N_, _
from network.office.forms import NoticeForm, ProfileForm
from network.people.viewer import admin, office, viewer_of
from network.web.bodies import FILE_LIMIT
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]

PLACES = {
    "site": N_("This website"),
    "registration": N_("Registering for an event"),
    "newsletter": N_("The mailing list"),
}
NOT_COLUMNS = ("logo", "remove_logo")


@get("/settings", guards=[office])
async def show_settings(request: Req) -> Response[Any]:
    return await settings_page(request, ProfileForm(obj=await profile.known_profile()))


@post("/settings", guards=[admin], request_max_body_size=FILE_LIMIT)
async def change_settings(request: Req) -> Response[Any]:
    form = ProfileForm(await request.form())
    if form.validate():
        actor = (await viewer_of(request)).reference

        async def deed() -> str:
            await store(form, actor)
            return "/office/settings"

        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, _("Saved. Pages and letters say it from now on."))
    return await settings_page(request, form, 422)


async def store(form: ProfileForm, actor: str) -> None:
    file = form.logo.data
    content = await file.read() if file else b""
    if content:
        await logo.change(actor, file.filename, content)
    elif form.remove_logo.data:
        await logo.remove(actor)
    await profile.change(actor, **{name: value for name, value in form.values.items() if name not in NOT_COLUMNS})


async def settings_page(request: Req, form: ProfileForm, status: int = 200) -> Response[Any]:
    notices = [(place, title, await pages.notice(place)) for place, title in PLACES.items()]
    known = await profile.known_profile()
    return await page(request, "office/settings", status, form=form, notices=notices, known=known)


@get("/settings/notices/{place:str}", guards=[office])
async def show_notice(request: Req, place: FromPath[str]) -> Response[Any]:
    return await notice_page(request, place, NoticeForm(obj=await pages.notice(place)))


@post("/settings/notices/{place:str}", guards=[admin])
async def change_notice(request: Req, place: FromPath[str]) -> Response[Any]:
    """Look at the text as it will be read, or make it the version in force."""
    form = NoticeForm(await request.form())
    typed = form.validate()
    if typed and "preview" not in await request.form():
        actor = (await viewer_of(request)).reference

        async def deed() -> str:
            await pages.revise(actor, place, form.text_de.data or "", form.text_en.data or "")
            return "/office/settings"

        return see_other(await once(form.form_token.data or "", deed), _("The new version is in force."))
    return await notice_page(request, place, form, 200 if typed else 422, preview=bool(typed))


async def notice_page(
    request: Req, place: str, form: NoticeForm, status: int = 200, *, preview: bool = False
) -> Response[Any]:
    if place not in PLACES:
        raise NotFoundException
    versions = await Notice.objects().where(Notice.place == place).order_by(Notice.id, ascending=False)
    return await page(
        request, "office/notice", status, form=form, title=_(PLACES[place]), versions=versions, preview=preview
    )


handlers = [show_settings, change_settings, show_notice, change_notice]
