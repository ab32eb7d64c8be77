"""Birth dates and towns, which only the register gets."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.activity import looked_at
from network.board.ledger import Held
from network.i18n import _
from network.people.viewer import assembly_room, staff
from network.register import birth
from network.register.case import Case
from network.register.forms import RegisterDataForm
from network.register.rules import may_prepare
from network.register.views.this_case import Req, at, confided, prepared
from network.web.pages import page, see_other


@get(at("/people"), guards=[assembly_room])
async def people_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, case = await confided(request, reference)
    if case.row and not case.row.closed_at:
        raise NotFoundException
    known = await birth.of_people(case.subject.came)
    for one in case.subject.came:
        if one.person_id in known:
            await looked_at(viewer.reference, f"person:{one.person}", one.who)
    return await page(request, "register/people", case=case, known=known, may_prepare=may_prepare(viewer))


def person_of(case: Case, reference: str) -> Held:
    """Only of those who are to be entered data are kept."""
    found = next((one for one in case.subject.came if one.person == reference), None)
    if found is None:
        raise NotFoundException
    return found


@get(at("/people/{person:str}"), guards=[staff])
async def person_form(request: Req, reference: FromPath[str], person: FromPath[str]) -> Response[Any]:
    viewer, case = await prepared(request, reference)
    one = person_of(case, person)
    data = (await birth.of_people([one])).get(one.person_id)
    form = RegisterDataForm(born_on=data.born_on, residence=data.residence) if data else RegisterDataForm()
    if data:
        await looked_at(viewer.reference, f"person:{one.person}", one.who)
    return await page(request, "register/person", case=case, one=one, form=form)


@post(at("/people/{person:str}"), guards=[staff])
async def keep_data(request: Req, reference: FromPath[str], person: FromPath[str]) -> Response[Any]:
    viewer, case = await prepared(request, reference)
    one, form = person_of(case, person), RegisterDataForm(await request.form())
    if form.validate() and form.born_on.data:
        with form.refusals():
            await birth.keep(
                one.person_id, one.person, born_on=form.born_on.data, residence=form.residence.data or "",
                actor=viewer.reference,
            )  # fmt: skip
            return see_other(f"{case.place}/people", _("It is kept until the register has entered it."))
    return await page(request, "register/person", 422, case=case, one=one, form=form)


handlers = [people_page, person_form, keep_data]
