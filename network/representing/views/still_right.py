"""The pages behind the link of the yearly question: no sign-in, one member, until the year ends."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from network import clock
from network.catalogue import entry
from network.catalogue.tables import Entry, EntryKind
from network.i18n import _
from network.members import asking, described, function, site
from network.members.function import Held
from network.members.lands import land_name
from network.members.rules import belongs_here_alone
from network.members.tables import FunctionKind, Organisation, Site
from network.people.tables import Person
from network.representing import answer, check, telling
from network.representing.answer import Answer
from network.representing.forms.described import ticked
from network.representing.forms.own import facts_of
from network.representing.forms.yearly import AnswerForm, ConfirmForm
from network.representing.views.described import (
    profile_facts,
    profile_values,
    provider_facts,
    provider_values,
    scope_terms,
    types_for,
)
from network.representing.views.own import FACTS
from network.web.addresses import url
from network.web.guards import anyone
from network.web.limits import count_attempt, origin_of
from network.web.once import once, was_taken
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]
SITE_FACTS = ("reference", "name", "street", "postal_code", "town", "places")


@get("/still-right/{token:str}", guards=[anyone])
async def question(request: Req, token: FromPath[str]) -> Response[Any]:
    """Looking changes nothing: mail scanners open links too."""
    return await question_page(request, token, ConfirmForm())


async def question_page(request: Req, token: str, form: ConfirmForm, status: int = 200) -> Response[Any]:
    found = await check.opened_by(token)
    if found is None:
        return await gone(request)
    row, owner = found
    people = [await for_this_page(one, owner) for one in await function.holding(owner, clock.today())]
    return await page(
        request,
        "representing/still_right",
        status,
        check=row,
        token=token,
        member=owner,
        form=form,
        sites=await open_sites(owner),
        site_label=site.label,
        land_name=land_name,
        people=people,
        evidence_url=lambda reference: url(f"/still-right/{token}/evidence/{reference}"),
        **await described.described_for_office(owner, clock.today()),
    )


async def gone(request: Req) -> Response[Any]:
    return await page(request, "representing/link_gone", 410)


async def for_this_page(one: Held, owner: Organisation) -> Held:
    """Whoever has to do with others as well: only what they gave to the public is in the hands of one member."""
    someone = await Person.objects().get(Person.id == one.person_id)
    if someone and await belongs_here_alone(someone, owner):
        return one
    return one.in_public_eyes()


async def open_sites(owner: Organisation) -> list[Site]:
    sites = await Site.objects().where(Site.organisation == owner.id).order_by(Site.sorting).order_by(Site.id)
    return [one for one in sites if one.closed_on is None or one.closed_on >= clock.today()]


@post("/still-right/{token:str}", guards=[anyone])
async def say_so(request: Req, token: FromPath[str]) -> Response[Any]:
    """All is right as it stands."""
    found, form = await check.opened_by(token), ConfirmForm(await request.form())
    if found and form.validate():
        with form.refusals():
            await count_attempt("still-right", origin_of(request), most=120, minutes=15)
            await check.confirm(*found, by=form.by.data or "", corrections=0)
            return see_other(f"/still-right/{token}", _("Thank you. It is noted that all is right."))
    return await question_page(request, token, form, 422)


@get("/still-right/{token:str}/corrections", guards=[anyone])
async def corrections(request: Req, token: FromPath[str]) -> Response[Any]:
    found = await check.opened_by(token)
    return await corrections_page(request, token, await prefilled(found[1])) if found else await gone(request)


async def prefilled(owner: Organisation) -> AnswerForm:
    """Everything as it stands; of each place the terms that can be chosen, and of those what is offered there today."""
    terms, today = await choosable(), clock.today()
    offered = {
        place: ticked([one for one in found if one.id in {term.id for term in terms}])
        for place, found in (await telling.chosen_at(owner, today)).items()
    }
    sites = [
        {name: "" if (value := getattr(one, name)) is None else str(value) for name in SITE_FACTS}
        | offered.get(one.id, {})
        for one in await open_sites(owner)
    ]
    people = [
        {"reference": one.reference, "name": one.name, "email": one.email, "phone": one.phone}
        for one in await function.people_of(owner, today)
        if await belongs_here_alone(one, owner)
    ]
    return AnswerForm(
        None,
        organisation={name: getattr(owner, name) for name in FACTS},
        profile=profile_values(owner, await types_for(owner)),
        offers=offered.get(None, {}),
        provider=await provider_values(owner),
        sites=sites,
        people=people,
    )


async def choosable() -> list[Entry]:
    today = clock.today()
    return [*await entry.of_kind(EntryKind.SERVICE, today), *await entry.of_kind(EntryKind.FIELD, today)]


async def offer_choices(form: AnswerForm, owner: Organisation) -> None:
    terms = await choosable()
    form.profile.form.offer_types(await types_for(owner))
    form.provider.form.scopes.offer(entry.names(await scope_terms()))
    for part in (form.offers.form, *(one.form for one in form.sites.entries)):
        part.offer_terms(terms)
    name, email = form.delegate_name.data or "", form.delegate_email.data or ""
    form.ask((await asking.among(await function.people_of(owner), owner, name, email)).choices if name else {})


async def corrections_page(request: Req, token: str, form: AnswerForm, status: int = 200) -> Response[Any]:
    found = await check.opened_by(token)
    if found is None:
        return await gone(request)
    owner = found[1]
    await offer_choices(form, owner)
    held = await function.holding(owner, clock.today())
    return await page(
        request,
        "representing/corrections",
        status,
        token=token,
        member=owner,
        form=form,
        titles={one.reference: site.label(one) for one in await open_sites(owner)}
        | {one.person: ", ".join(row.what for row in held if row.person == one.person) for one in held},
        delegate=next((one for one in held if one.kind == FunctionKind.VOTING_DELEGATE), None),
    )


@post("/still-right/{token:str}/corrections", guards=[anyone])
async def put_right(request: Req, token: FromPath[str]) -> Response[Any]:
    found, form = await check.opened_by(token), AnswerForm(await request.form())
    if found is None:
        return await gone(request)
    await offer_choices(form, found[1])
    types = await types_for(found[1])

    async def deed() -> str:
        await answer.store(*found, told(form, found[1], types))
        return f"/still-right/{token}"

    if form.validate():
        with form.refusals():
            await count_attempt("still-right", origin_of(request), most=120, minutes=15)
            token_of_form = form.form_token.data or ""
            again = await was_taken(token_of_form)
            there = await once(token_of_form, deed)
            if again:
                words = _("This form has been sent already; what it said then is stored, and nothing was added now.")
                return see_other(there, words, warning=True)
            return see_other(there, _("Thank you. Your corrections are stored."))
    return await corrections_page(request, token, form, 422)


def told(form: AnswerForm, owner: Organisation, types: list[Entry]) -> Answer:
    sites = {one.form.reference.data or "": one.form for one in form.sites.entries}
    return Answer(
        by=form.by.data or "",
        facts=facts_of(form.organisation.data) | profile_facts(form.profile.data, types),
        offers={"": form.offers.form.offered} | {reference: part.offered for reference, part in sites.items()},
        provider=provider_facts(form.provider.data, owner),
        sites={reference: facts_of(part.data) | {"moved_on": part.moved_on.data} for reference, part in sites.items()},
        people={one.pop("reference"): {name: value or "" for name, value in one.items()} for one in form.people.data},
        delegate=(form.delegate_name.data or "", form.delegate_email.data or ""),
        same_as=form.same_as.data or "",
        remark=form.remark.data or "",
        moved_on=form.organisation.form.moved_on.data,
    )


handlers = [question, say_so, corrections, put_right]
