"""The steps of an application to the register, each with its day."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.i18n import N_, _
from network.people.viewer import staff
from network.register import filing
from network.register.forms import CertifiedForm, QueryForm, RefusedForm, RegisteredForm, StepForm
from network.register.views.this_case import Req, at, begun
from network.web.bodies import FILE_LIMIT
from network.web.once import once
from network.web.pages import page, see_other
from network.web.uploads import kept, uploaded

Deed = Callable[..., Awaitable[None]]
STEPS: Mapping[str, tuple[type[StepForm], Deed, str]] = {
    "certified": (CertifiedForm, filing.certify, N_("A notary certified the signatures")),
    "filed": (StepForm, filing.file, N_("It was filed with the court")),
    "query": (QueryForm, filing.query, N_("The court asks for something")),
    "answer": (StepForm, filing.answer, N_("The court was answered")),
    "registered": (RegisteredForm, filing.register, N_("It is registered")),
    "refused": (RefusedForm, filing.refuse, N_("The court refused it")),
}


def chosen(step: str) -> tuple[type[StepForm], Deed, str]:
    if step not in STEPS:
        raise NotFoundException
    return STEPS[step]


@get(at("/steps/{step:str}"), guards=[staff])
async def step_form(request: Req, reference: FromPath[str], step: FromPath[str]) -> Response[Any]:
    _viewer, case = await begun(request, reference)
    form, _deed, title = chosen(step)
    return await page(request, "register/step", case=case, form=form(), title=_(title), step=step)


@post(at("/steps/{step:str}"), guards=[staff], request_max_body_size=FILE_LIMIT)
async def take_step(request: Req, reference: FromPath[str], step: FromPath[str]) -> Response[Any]:
    viewer, case = await begun(request, reference)
    shape, deed, title = chosen(step)
    form = shape(await request.form())
    document = await uploaded(form.document.data)

    async def done() -> str:
        await deed(case, form.on.data, actor=viewer.reference, document=await kept(document), **form.facts)
        return case.place

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", done), _("It is noted."))
    return await page(request, "register/step", 422, case=case, form=form, title=_(title), step=step)


handlers = [step_form, take_step]
