"""The own organisation's membership: how it came, its votes, and the notice that a member gives itself."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.association import wording
from network.files import File
from network.i18n import _, format_day
from network.members import directory, function, guest, life, membership, notice, votes
from network.members.rules import SPEAKERS, may_give_notice
from network.members.tables import EventKind, FunctionKind, MembershipEvent, MembershipKind, Organisation
from network.people.viewer import representative, viewer_of
from network.representing.forms.notice import NoticeForm
from network.representing.views.own import own, place
from network.web.bodies import FILE_LIMIT
from network.web.once import once
from network.web.pages import download, page, see_other
from network.web.uploads import uploaded

Req = Request[Any, Any, Any]


@get("/mine/{of:str}/membership", guards=[representative])
async def membership_page(request: Req, of: FromPath[str]) -> Response[Any]:
    row, today = await own(request, of), clock.today()
    last = await membership.open_ended(row)
    now = await membership.membership_on(row, today)
    return await page(
        request,
        "representing/membership",
        member=row,
        now=now or last,
        last=last,
        votes=await votes.votes_of(row, today),
        guest_until=await guest.set_time(now) if now and now.kind == MembershipKind.GUEST else None,
        steps=await life.timeline(row),
        reckoned=await notice.reckon(today),
        may=await may_give_notice(await viewer_of(request), row),
        speakers=await speakers(row),
    )


async def speakers(row: Organisation) -> list[str]:
    """Who could give notice, if they sign in here."""
    held = await function.holding(row, clock.today())
    found = [one for one in held if one.runs(clock.today()) and FunctionKind(one.kind) in SPEAKERS]
    return [f"{one.who} ({one.words})" for one in found]


@get("/mine/{of:str}/membership/notice", guards=[representative])
async def notice_form(request: Req, of: FromPath[str]) -> Response[Any]:
    row = await own(request, of)
    return await notice_page(request, row, NoticeForm(by=(await viewer_of(request)).name))


async def notice_page(request: Req, row: Organisation, form: NoticeForm, status: int = 200) -> Response[Any]:
    """What it would do, with the arithmetic; where there is none to give the page before says why."""
    last = await membership.open_ended(row)
    if last is None or last.until or not await may_give_notice(await viewer_of(request), row):
        return see_other(f"{place(row)}/membership")
    reckoned = await notice.reckon(clock.today())
    form.seen.raw_data, form.seen.data = None, reckoned.until
    form.sure.label.text = notice.declaration(row, reckoned)
    sites = await directory.sites_of([row.id], reckoned.until)
    return await page(
        request,
        "representing/notice",
        status,
        member=row,
        form=form,
        reckoned=reckoned,
        form_words=_(wording.FORM_WORDS[reckoned.rules.notice_form]),
        readers=await notice.confirmed_to(row),
        site_count=len(sites.get(row.id, [])),
        votes=await votes.votes_of(row, reckoned.until),
    )


@post("/mine/{of:str}/membership/notice", guards=[representative], request_max_body_size=FILE_LIMIT)
async def give_notice(request: Req, of: FromPath[str]) -> Response[Any]:
    row, form, viewer = await own(request, of), NoticeForm(await request.form()), await viewer_of(request)
    document = await uploaded(form.document.data)

    async def deed() -> str:
        seen = form.seen.data
        assert seen
        await notice.give(row, viewer, said_by=form.by.data or "", seen=seen, document=document)
        return f"{place(row)}/membership"

    if form.validate():
        with form.refusals():
            there, seen = await once(form.form_token.data or "", deed), form.seen.data
            assert seen
            said = _("Your notice is received. The membership ends on %(day)s.", day=format_day(seen))
            return see_other(there, said)
    return await notice_page(request, row, form, 422)


@get("/mine/{of:str}/membership/{document:str}", guards=[representative])
async def own_document(request: Req, of: FromPath[str], document: FromPath[str]) -> Response[bytes]:
    """The letter of a notice; other steps' documents are the office's and the board's."""
    row = await own(request, of)
    kinds = [EventKind.NOTICE.value, EventKind.OWN_NOTICE.value]
    mine = (MembershipEvent.organisation == row.id) & MembershipEvent.kind.is_in(kinds)
    known = await MembershipEvent.exists().where(mine & (MembershipEvent.document._.reference == document))
    file = await File.objects().get(File.reference == document) if known else None
    if file is None:
        raise NotFoundException
    return download(file.content, file.media_type, file.name)


handlers = [membership_page, notice_form, give_notice, own_document]
