"""Representatives look after who represents their organisation."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from network.errors import Refused
from network.i18n import _
from network.members import asking, function
from network.people.viewer import representative, viewer_of
from network.representing import colleague
from network.representing.forms.own import ColleagueForm
from network.representing.views.own import own, place
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]


@get("/mine/{of:str}/representatives/new", guards=[representative])
async def new_form(request: Req, of: FromPath[str]) -> Response[Any]:
    row = await own(request, of)
    return await page(request, "representing/colleague", form=ColleagueForm(), member=row)


@post("/mine/{of:str}/representatives/new", guards=[representative])
async def invite(request: Req, of: FromPath[str]) -> Response[Any]:
    row, form = await own(request, of), ColleagueForm(await request.form())
    actor, name, email = (await viewer_of(request)).reference, form.name.data or "", form.email.data or ""
    own_people = [*await function.people_of(row), *await colleague.representatives(row)]
    known_by = await asking.among(own_people, row, name, email)
    form.ask(known_by.choices)

    async def deed() -> str:
        same_as = form.same_as.data or ""
        await colleague.invite(row, name, email, offered=known_by.holder, same_as=same_as, actor=actor)
        return place(row)

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            who = known_by.holder.name if known_by.holder else name
            return see_other(there, _("%(name)s has got a letter that says how to sign in.", name=who))
    return await page(request, "representing/colleague", 422, form=form, member=row)


@post("/mine/{of:str}/representatives/{reference:str}/end", guards=[representative])
async def relieve(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    row, viewer = await own(request, of), await viewer_of(request)
    try:
        one = await colleague.relieve(row, reference, actor=viewer.reference)
    except Refused as no:
        return see_other(place(row), no.words, warning=True)
    said = _("%(name)s does not represent your organisation any more.", name=one.name)
    return see_other("/" if one.reference == viewer.reference else place(row), said)


handlers = [new_form, invite, relieve]
