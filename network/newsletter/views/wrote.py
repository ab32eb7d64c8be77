"""The office pastes an e-mail of somebody who wants to read."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import FormMultiDict

from mailing.lists import Outcome
from network.association.profile import known_profile
from network.i18n import _
from network.newsletter import wrote
from network.newsletter.forms import MailForm, WroteForm
from network.newsletter.wrote import Proposal
from network.people.viewer import office, viewer_of
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]


@get("/office/newsletter/wrote", guards=[office])
async def wrote_form(request: Req) -> Response[Any]:
    return await page(request, "newsletter/wrote", form=MailForm(), proposal=None)


@post("/office/newsletter/wrote", guards=[office])
async def take_mail(request: Req) -> Response[Any]:
    """The first button shows what was understood, the second sends the request for confirmation."""
    typed = await request.form()
    return await (ask(request, typed) if "ask" in typed else propose(request, typed))


async def propose(request: Req, typed: FormMultiDict) -> Response[Any]:
    pasted = MailForm(typed)
    if not pasted.validate():
        return await page(request, "newsletter/wrote", 422, form=pasted, proposal=None)
    mail = pasted.mail.data or ""
    proposal = wrote.understand(mail, own=(await known_profile()).email)
    form = WroteForm(
        mail=mail,
        email=proposal.email,
        name=proposal.name,
        provider_status=proposal.provider_status,
        land=proposal.land,
        locale=proposal.locale,
    )
    return await page(request, "newsletter/wrote", form=form, proposal=proposal)


async def ask(request: Req, typed: FormMultiDict) -> Response[Any]:
    viewer = await viewer_of(request)
    form = WroteForm(typed)
    if form.validate():
        values = form.values
        mail = values.pop("mail")

        async def deed() -> str:
            outcome = await wrote.answer(viewer.reference, mail, **values)
            return "/office/newsletter?told=already" if outcome is Outcome.ALREADY else "/office/newsletter?told=asked"

        with form.refusals():
            place = await once(form.form_token.data or "", deed)
            already = _("This address reads already; it got a letter that says so.")
            asked = _("One request for confirmation is on its way; the e-mail is kept as evidence.")
            return see_other("/office/newsletter", already if place.endswith("already") else asked)
    return await page(request, "newsletter/wrote", 422, form=form, proposal=Proposal())
