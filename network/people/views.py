"""The door: asking for a link, using it, leaving."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from mailing.addresses import address_key
from network.errors import Refused
from network.i18n import _
from network.people import sign_in
from network.people.forms import SignInForm
from network.people.person import person_by_reference
from network.people.tables import Person
from network.people.viewer import COOKIE, sees_today, viewer_with
from network.settings import settings
from network.web.guards import anyone
from network.web.limits import count_attempt, origin_of
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]


@get("/sign-in", guards=[anyone])
async def sign_in_form(request: Req) -> Response[Any]:
    form = SignInForm(onward=request.query_params.get("onward", ""))
    return await page(request, "people/sign_in", form=form, people=await demo_people())


@post("/sign-in", guards=[anyone])
async def ask_for_link(request: Req) -> Response[Any]:
    form = SignInForm(await request.form())
    if form.validate():
        with form.refusals():
            await count_attempt("sign-in", origin_of(request), most=60, minutes=15)
            await count_attempt("sign-in-for", address_key(form.email.data or ""), most=6, minutes=15)
            await sign_in.ask_for_link(form.email.data or "", inside(form.onward.data or ""))
            return await page(request, "people/link_sent", email=form.email.data)
    return await page(request, "people/sign_in", 422, form=form, people=await demo_people())


@get("/sign-in/{token:str}", guards=[anyone])
async def sign_in_button(request: Req, token: FromPath[str]) -> Response[Any]:
    """Opening the link does nothing yet: mail scanners open links too."""
    usable = await sign_in.is_usable(token)
    return await page(request, "people/sign_in_button", 200 if usable else 410, usable=usable)


@post("/sign-in/{token:str}", guards=[anyone])
async def use_link(request: Req, token: FromPath[str]) -> Response[Any]:
    try:
        cookie, onward = await sign_in.redeem(token)
    except Refused:
        return await page(request, "people/sign_in_button", 410, usable=False)
    return await let_in(cookie, onward)


@post("/sign-in/as/{reference:str}", guards=[anyone])
async def sign_in_as(reference: FromPath[str]) -> Response[Any]:
    """One click in the demo; elsewhere this door does not exist."""
    person = await person_by_reference(reference) if settings().demo else None
    if person is None:
        raise NotFoundException
    return await let_in(await sign_in.begin_session(person), "")


@post("/sign-out", guards=[anyone])
async def sign_out(request: Req) -> Response[Any]:
    if token := request.cookies.get(COOKIE):
        await sign_in.sign_out(token)
    response = see_other("/", _("You have signed out."))
    response.delete_cookie(COOKIE)
    return response


async def let_in(cookie: str, onward: str) -> Response[Any]:
    """To where somebody wanted to go, else to their own room: Today, their organisation."""
    viewer = await viewer_with(cookie)
    rooms = [("/office", sees_today(viewer)), ("/mine", bool(viewer.represented))]
    home = next((path for path, theirs in rooms if theirs), "/")
    notice = _("You are signed in as %(name)s.", name=viewer.name)
    response = see_other(inside(onward) or home, notice if home == "/" else "")
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=sign_in.SESSION_HOURS * 3600,
        httponly=True,
        samesite="lax",
        secure=settings().secure,
    )
    return response


def inside(path: str) -> str:
    """Only a path of this site: never a way out to another one."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else ""


async def demo_people() -> list[Person]:
    if not settings().demo:
        return []
    return await Person.objects().where(Person.duty != "").order_by(Person.id)


router = Router(
    "/", route_handlers=[sign_in_form, ask_for_link, sign_in_button, use_link, sign_in_as, sign_out], tags=["people"]
)
