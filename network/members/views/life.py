"""The office's pages for the steps of a membership: notice, a notice taken back, a guest that becomes a full member."""

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import MultiDict
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.activity import looked_at
from network.files import File
from network.i18n import _, format_day, ngettext
from network.members import directory, function, guest, membership, notice, votes
from network.members.forms.office import FullForm, NoticeForm, ReceiptForm, TakenBackForm
from network.members.tables import Membership, MembershipEvent, MembershipKind, Organisation
from network.members.views.organisation import known, place
from network.people.viewer import office, viewer_of
from network.web.bodies import FILE_LIMIT
from network.web.once import once
from network.web.pages import download, page, see_other
from network.web.uploads import kept, uploaded

Req = Request[Any, Any, Any]


@get("/office/members/{reference:str}/notice", guards=[office])
async def notice_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    """Opens with a notice received today; another day (?received=) is reckoned anew."""
    row = await known(reference)
    typed = request.query_params.get("received", "").strip()
    asked = ReceiptForm(MultiDict({"received": typed})) if typed else ReceiptForm(received=clock.today())
    wrong = bool(typed) and not asked.validate()
    received = (None if wrong else asked.received.data) or clock.today()
    return await notice_page(request, row, asked, NoticeForm(received=received), 422 if wrong else 200)


@post("/office/members/{reference:str}/notice", guards=[office], request_max_body_size=FILE_LIMIT)
async def receive_notice(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known(reference)
    form = NoticeForm(await request.form())
    actor = (await viewer_of(request)).reference
    document = await uploaded(form.document.data)
    sent = 0

    async def deed() -> str:
        nonlocal sent
        received, until = form.received.data, form.until.data
        assert received
        file = await kept(document)
        sent = await notice.receive(
            row, received=received, until=until, said_by=form.said_by.data or "", why=form.why.data or "",
            document=file, actor=actor,
        )  # fmt: skip
        return place(row)

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, " ".join([await end_in_words(row), letters_in_words(sent)]))
    asked = ReceiptForm(received=form.received.data or clock.today())
    return await notice_page(request, row, asked, form, 422)


async def end_in_words(row: Organisation) -> str:
    """A notice may be entered after its last day."""
    until = (await membership.history(row))[-1].until
    if until is None:
        return ""
    if until < clock.today():
        return _("The membership ended on %(day)s.", day=format_day(until))
    return _("The membership ends on %(day)s.", day=format_day(until))


async def notice_page(
    request: Req, row: Organisation, asked: ReceiptForm, form: NoticeForm, status: int = 200
) -> Response[Any]:
    running = await membership.open_ended(row)
    if running is None or running.until:
        raise NotFoundException
    reckoned = await notice.reckon(form.received.data or clock.today())
    readers = await notice.confirmed_to(row)
    if readers:
        await looked_at((await viewer_of(request)).reference, function.thing(row), row.name)
    return await page(
        request,
        "members/office_notice",
        status,
        member=row,
        asked=asked,
        form=form,
        reckoned=reckoned,
        readers=readers,
        **await what_goes(row, reckoned.until),
    )


async def what_goes(row: Organisation, until: date) -> dict[str, Any]:
    """What the association has less after this day, as far as it is known now."""
    sites = await directory.sites_of([row.id], until)
    return {"site_count": len(sites.get(row.id, [])), "votes": await votes.votes_of(row, until)}


@get("/office/members/{reference:str}/notice/withdrawal", guards=[office])
async def taking_back_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    return await taking_back_page(request, await known(reference), TakenBackForm())


@post("/office/members/{reference:str}/notice/withdrawal", guards=[office])
async def take_back(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known(reference)
    form = TakenBackForm(await request.form())
    actor = (await viewer_of(request)).reference
    if form.validate():
        with form.refusals():
            facts = {name: value or "" for name, value in form.values.items()}
            sent = await notice.take_back(row, actor=actor, **facts)
            return see_other(place(row), " ".join([_("The membership goes on."), letters_in_words(sent)]))
    return await taking_back_page(request, row, form, 422)


async def taking_back_page(request: Req, row: Organisation, form: TakenBackForm, status: int = 200) -> Response[Any]:
    running = await membership.open_ended(row)
    if running is None or running.until is None:
        raise NotFoundException
    return await page(request, "members/office_notice_back", status, member=row, running=running, form=form)


@post("/office/members/{reference:str}/notice/reading", guards=[office])
async def mark_read(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known(reference)
    await notice.mark_read(row, actor=(await viewer_of(request)).reference)
    return see_other(place(row), _("It is noted that you have read the notice."))


@get("/office/members/{reference:str}/full", guards=[office])
async def full_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known(reference)
    running = await guest_of(row)
    return await full_page(request, row, running, FullForm(since=await first_day(running)))


@post("/office/members/{reference:str}/full", guards=[office], request_max_body_size=FILE_LIMIT)
async def make_full(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known(reference)
    form = FullForm(await request.form())
    actor = (await viewer_of(request)).reference
    document = await uploaded(form.document.data)
    sent = 0

    async def deed() -> str:
        nonlocal sent
        since = form.since.data
        assert since
        facts = {name: value or "" for name, value in form.values.items() if name in ("said_by", "why")}
        sent = await guest.make_full(row, since=since, document=await kept(document), actor=actor, **facts)
        return place(row)

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            day = format_day(form.since.data or clock.today())
            return see_other(there, " ".join([_("Full member from %(day)s on.", day=day), letters_in_words(sent)]))
    return await full_page(request, row, await guest_of(row), form, 422)


async def guest_of(row: Organisation) -> Membership:
    running = await membership.open_ended(row)
    if running is None or running.kind != MembershipKind.GUEST or running.until:
        raise NotFoundException
    return running


async def first_day(running: Membership) -> date:
    """The day after the set time, if that is still to come; else today, at the earliest the first day as a guest."""
    until = await guest.set_time(running)
    after = membership.day_after(until) if until else clock.today()
    return max(after, clock.today(), running.since)


async def full_page(
    request: Req, row: Organisation, running: Membership, form: FullForm, status: int = 200
) -> Response[Any]:
    until = await guest.set_time(running)
    return await page(request, "members/office_full", status, member=row, running=running, until=until, form=form)


@get("/office/members/{reference:str}/life/{document:str}", guards=[office])
async def document(reference: FromPath[str], document: FromPath[str]) -> Response[bytes]:
    """A document that came with a step of the membership."""
    row = await known(reference)
    mine = (MembershipEvent.organisation == row.id) & (MembershipEvent.document._.reference == document)
    file = await File.objects().get(File.reference == document) if await MembershipEvent.exists().where(mine) else None
    if file is None:
        raise NotFoundException
    return download(file.content, file.media_type, file.name)


def letters_in_words(sent: int) -> str:
    if not sent:
        return _("No e-mail address is known: please write by post.")
    return ngettext("One letter is in the outbox.", "%(num)s letters are in the outbox.", sent)
