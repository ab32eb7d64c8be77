"""The office's pages about readers: the list, one reader with all evidence, and taking somebody off it."""

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from mailing import readers
from mailing.readers import State
from mailing.tables import Subscriber
from network.activity import looked_at, taken_along
from network.i18n import _, ngettext
from network.members.lands import land_name
from network.newsletter import audience, joining, promise
from network.newsletter.audience import Filter
from network.newsletter.forms import ReaderFilter
from network.newsletter.rules import MARKS, state_label, status_label
from network.people.viewer import office, viewer_of
from network.web.addresses import url
from network.web.pages import number_of, page, see_other
from network.web.sheets import sheet

Req = Request[Any, Any, Any]
LIST = "/office/newsletter/readers"


@get("/office/newsletter/readers", guards=[office])
async def reader_list(request: Req) -> Response[Any]:
    mailing_list = await promise.the_list()
    form, wanted = filter_of(request)
    found = await audience.page_of(wanted.condition(mailing_list.id), number_of(request))
    query = urlencode({name: value for name, value in form.values.items() if value})

    def url_for(number: int) -> str:
        return url(f"{LIST}?{query}&page={number}" if query else f"{LIST}?page={number}")

    if found["items"]:
        await looked_at((await viewer_of(request)).reference, "list:")
    reasons = await audience.reasons(found["items"])
    return await page(
        request,
        "newsletter/readers",
        filter=form,
        query=query,
        url_for=url_for,
        reasons=reasons,
        sources=await audience.sources_in_words(reasons.values()),
        land_name=land_name,
        state_of=readers.state_of,
        state_label=state_label,
        only_unreachable=wanted.state == State.BOUNCED,
        marks=MARKS,
        status_label=status_label,
        **found,
    )


def filter_of(request: Req) -> tuple[ReaderFilter, Filter]:
    """From the address; what nobody can choose counts as everything."""
    form = ReaderFilter(request.query_params)
    valid = form.validate()
    values = {name: value or "" for name, value in form.values.items()} if valid else {}
    return form, Filter(**values)


@get("/office/newsletter/readers/as/{kind:str}", guards=[office])
async def reader_sheet(request: Req, kind: FromPath[str]) -> Response[bytes]:
    """The list as a file, with the filters of the page."""
    if kind not in ("xlsx", "csv"):
        raise NotFoundException
    mailing_list = await promise.the_list()
    _form, wanted = filter_of(request)
    found = await audience.all_of(wanted.condition(mailing_list.id))
    await taken_along((await viewer_of(request)).reference, "list:", _("Mailing list"), len(found))
    columns = [_("E-mail address"), _("Name"), _("State"), _("Provider"), _("Land"), _("Language"), _("Asked"),
               _("Confirmed"), _("Left"), _("Unreachable since")]  # fmt: skip
    return await sheet(kind, _("Mailing list"), columns, (row_of(one) for one in found))


def row_of(one: Subscriber) -> list[Any]:
    told = [status_label(one.provider_status) if one.provider_status else "", land_name(one.land), one.locale]
    state = state_label(readers.state_of(one))
    return [one.email, one.name, state, *told, one.asked_at, one.confirmed_at, one.left_at, one.bounced_at]


@get("/office/newsletter/unreachable", guards=[office])
async def unreachable_form(request: Req) -> Response[Any]:
    counts = await readers.counts((await promise.the_list()).id)
    return await page(request, "newsletter/unreachable", number=counts[State.BOUNCED])


@post("/office/newsletter/unreachable", guards=[office])
async def take_out_unreachable(request: Req) -> Response[Any]:
    viewer = await viewer_of(request)
    number = await joining.take_out_unreachable(viewer.reference)
    told = ngettext(
        "One address has been taken off the list.", "%(num)s addresses have been taken off the list.", number
    )
    return see_other(LIST, told)


@get("/office/newsletter/readers/{reference:str}", guards=[office])
async def reader_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    reader = await seen(request, reference)
    state = readers.state_of(reader)
    consents = await audience.evidence(reader)
    return await page(
        request,
        "newsletter/reader",
        reader=reader,
        state=state,
        state_text=state_label(state),
        mark=MARKS[state],
        provider=status_label(reader.provider_status) if reader.provider_status else "",
        land=land_name(reader.land),
        consents=consents,
        letters=await audience.letters_to(reader),
        received=await audience.received(reader),
        sources=await audience.sources_in_words(consents),
    )


async def seen(request: Req, reference: str) -> Subscriber:
    """A reader whose address is about to be shown, which is noted."""
    reader = await known(reference)
    await looked_at((await viewer_of(request)).reference, f"subscriber:{reader.reference}")
    return reader


async def known(reference: str) -> Subscriber:
    reader = await audience.by_reference(reference)
    if reader is None:
        raise NotFoundException
    return reader


@get("/office/newsletter/readers/{reference:str}/removal", guards=[office])
async def removal_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    reader = await seen(request, reference)
    if readers.state_of(reader) is State.LEFT:
        return see_other(f"{LIST}/{reference}")
    return await page(request, "newsletter/removal", reader=reader)


@post("/office/newsletter/readers/{reference:str}/removal", guards=[office])
async def remove(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer = await viewer_of(request)
    reader = await known(reference)
    await joining.leave(reader.key, by="office", actor=viewer.reference)
    return see_other(f"{LIST}/{reference}", _("Taken off the list. No further issue goes to this address."))


@get("/office/newsletter/readers/{reference:str}/erasure", guards=[office])
async def erasure_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    reader = await seen(request, reference)
    return await page(request, "newsletter/erasure", reader=reader, consents=await audience.evidence(reader))


@post("/office/newsletter/readers/{reference:str}/erasure", guards=[office])
async def erase(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer = await viewer_of(request)
    reader = await known(reference)
    rows = await joining.erase(viewer.reference, reader.email)
    told = ngettext("One entry has been erased.", "%(num)s entries have been erased.", rows)
    return see_other(LIST, told)
