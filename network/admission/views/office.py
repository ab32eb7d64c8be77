"""The office's pages of an application: the list, the steps as they were, and the form for the next one."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.activity import looked_at
from network.admission import acceptance, alike, application, steps
from network.admission.acceptance import Decision
from network.admission.forms import AcceptanceForm, EndForm, StepForm
from network.admission.steps import ENDS, NEXT_WORDS, STATES, WAY
from network.admission.tables import Application, ApplicationFile, Step, StepKind
from network.association.bylaws import bylaws_on
from network.association.wording import guests_in_words
from network.files import File
from network.i18n import N_, _
from network.members.lands import land_name
from network.members.life import names_of
from network.members.tables import MembershipKind, Organisation
from network.people import person
from network.people.viewer import office, viewer_of
from network.web.bodies import FILE_LIMIT
from network.web.once import once
from network.web.pages import download, page, see_other
from network.web.uploads import kept, uploaded

Req = Request[Any, Any, Any]
LIST = "/office/members/applications"
TITLES = NEXT_WORDS | {
    StepKind.DECLINED: N_("Decline the application"),
    StepKind.WITHDRAWN: N_("The applicant withdraws"),
}
HINTS = {
    StepKind.EVIDENCE: N_("What was looked at, what is missing: whoever visits and decides reads it here."),
    StepKind.VISIT: N_("Who was there, and what they saw; the report can be added as a document."),
    StepKind.PROPOSAL: N_("What the board proposes to whoever decides."),
    StepKind.DECLINED: N_("The reason stands in the letter that the applicant gets."),
    StepKind.WITHDRAWN: N_("No letter goes out."),
}


async def known(reference: str) -> Application:
    row = await application.by_reference(reference)
    if row is None:
        raise NotFoundException
    return row


async def seen(request: Req, reference: str) -> Application:
    """An application whose contact is about to be shown, which is noted."""
    row = await known(reference)
    await read(request, row)
    return row


async def read(request: Req, row: Application) -> None:
    await looked_at((await viewer_of(request)).reference, application.thing(row), row.name)


def place(row: Application) -> str:
    return f"{LIST}/{row.reference}"


@get(LIST, guards=[office])
async def list_page(request: Req) -> Response[Any]:
    return await page(
        request,
        "admission/applications",
        waiting=await steps.standings(is_open=True),
        decided=await steps.standings(is_open=False),
        next_words=NEXT_WORDS,
    )


@get(LIST + "/{reference:str}", guards=[office])
async def application_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await seen(request, reference)
    taken = await application.steps_of(row)
    kinds = [step.kind for step in taken]
    following = None if row.closed_at else steps.next_step(kinds)
    return await page(
        request,
        "admission/office_application",
        application=row,
        steps=taken,
        states=STATES,
        titles=TITLES,
        next=following,
        others=[] if row.closed_at else [kind for kind in (*WAY, StepKind.ACCEPTED, *ENDS) if kind != following],
        documents=await application.documents_of(row),
        contact=await person.person_at(row.contact_email),
        alike=[] if row.organisation else await alike.of(row),
        same=await alike.applications(row),
        names=await names_of({step.actor for step in taken}),
        member=await Organisation.objects().get(Organisation.id == row.organisation) if row.organisation else None,
        land_name=land_name,
    )


@get(LIST + "/{reference:str}/documents/{document:str}", guards=[office])
async def document(request: Req, reference: FromPath[str], document: FromPath[str]) -> Response[bytes]:
    """Of the application or of one of its steps; that somebody read it is noted."""
    row = await known(reference)
    sent = (ApplicationFile.application == row.id) & (ApplicationFile.file._.reference == document)
    added = (Step.application == row.id) & (Step.document._.reference == document)
    if not await ApplicationFile.exists().where(sent) and not await Step.exists().where(added):
        raise NotFoundException
    file = await File.objects().get(File.reference == document)
    assert file
    await read(request, row)
    return download(file.content, file.media_type, file.name)


# --- steps -----------------------------------------------------------------------------------------------------------


def kind_of(name: str) -> StepKind:
    if name not in (*WAY, *ENDS):
        raise NotFoundException
    return StepKind(name)


@get(LIST + "/{reference:str}/steps/{name:str}", guards=[office])
async def step_form(request: Req, reference: FromPath[str], name: FromPath[str]) -> Response[Any]:
    kind = kind_of(name)
    form = (EndForm if kind in ENDS else StepForm)(on=clock.today())
    return await step_page(request, await known(reference), kind, form)


@post(LIST + "/{reference:str}/steps/{name:str}", guards=[office], request_max_body_size=FILE_LIMIT)
async def take_step(request: Req, reference: FromPath[str], name: FromPath[str]) -> Response[Any]:
    row, kind = await known(reference), kind_of(name)
    form = (EndForm if kind in ENDS else StepForm)(await request.form())
    actor = (await viewer_of(request)).reference
    upload = await uploaded(form.document.data)

    async def deed() -> str:
        day = form.on.data
        assert day
        facts = {"said_by": form.said_by.data or "", "why": form.why.data or ""}
        await steps.take(row, kind, on=day, document=await kept(upload), actor=actor, **facts)
        return place(row)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The step is entered."))
    return await step_page(request, row, kind, form, 422)


async def step_page(
    request: Req, row: Application, kind: StepKind, form: StepForm | EndForm, status: int = 200
) -> Response[Any]:
    if row.closed_at and status == 200:  # noqa: PLR2004  a refused form is shown in any case
        raise NotFoundException
    return await page(
        request,
        "admission/office_step",
        status,
        application=row,
        title=_(TITLES[kind]),
        hint=_(HINTS[kind]),
        form=form,
        danger=kind in ENDS,
    )


# --- the decision ----------------------------------------------------------------------------------------------------


@get(LIST + "/{reference:str}/acceptance", guards=[office])
async def acceptance_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await seen(request, reference)
    guests = bool((await bylaws_on(clock.today())).guest_months)
    form = AcceptanceForm(
        on=clock.today(),
        since=clock.today(),
        kind=MembershipKind.GUEST if guests else MembershipKind.FULL,
        sites=lines_of(row),
    )
    return await acceptance_page(request, row, form)


@post(LIST + "/{reference:str}/acceptance", guards=[office], request_max_body_size=FILE_LIMIT)
async def accept(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known(reference)
    form = AcceptanceForm(await request.form())
    await offer(form, row, guests=True)
    actor = (await viewer_of(request)).reference
    upload = await uploaded(form.document.data)

    async def deed() -> str:
        facts = {name: value for name, value in form.values.items() if name != "document"}
        texts = {name: facts[name] or "" for name in ("said_by", "number", "why", "entry")}
        decided = Decision(**facts | texts)
        member = await acceptance.accept(row, decided, document=await kept(upload), actor=actor)
        return f"/office/members/{member.reference}"

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, _("Taken in. The letters are in the outbox."))
    return await acceptance_page(request, row, form, 422)


def lines_of(row: Application) -> list[str]:
    return [one.line for one in application.sites_in(row.sites)]


async def offer(form: AcceptanceForm, row: Application, *, guests: bool) -> None:
    form.offer(lines_of(row), guests=guests, entries=await alike.choices(row))


async def acceptance_page(request: Req, row: Application, form: AcceptanceForm, status: int = 200) -> Response[Any]:
    if row.closed_at and status == 200:  # noqa: PLR2004  a refused form is shown in any case
        raise NotFoundException
    rules = await bylaws_on(clock.today())
    await offer(form, row, guests=bool(rules.guest_months))
    return await page(
        request,
        "admission/office_acceptance",
        status,
        application=row,
        form=form,
        contact=await person.named_differently(row.contact_name, row.contact_email),
        guests=guests_in_words(rules) if rules.guest_months else "",
    )
