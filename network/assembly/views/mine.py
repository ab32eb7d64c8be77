"""Members and their assemblies: agenda and papers in their own room, and what they move."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.assembly import agenda, delegate, delivery, demand, election, meeting, motion, objection, paper, proxy
from network.assembly.differing import differences
from network.assembly.forms.motions import MotionForm
from network.assembly.letters import where
from network.assembly.recipients import members_on
from network.assembly.ruling import rules_of
from network.assembly.tables.meeting import Assembly, Motion
from network.assembly.views.this_assembly import Req
from network.association import rulebook
from network.errors import Refused
from network.i18n import _, local
from network.members import organisation, votes
from network.members.rules import represents
from network.members.tables import Organisation
from network.people.person import address, person_by_reference
from network.people.viewer import representative, viewer_of
from network.web.bodies import FILE_LIMIT
from network.web.once import once
from network.web.pages import download, page, see_other
from network.web.uploads import kept, uploaded

HERE = "/mine/{of:str}/assemblies"
ONE = f"{HERE}/{{reference:str}}"


def is_shown(row: Assembly) -> bool:
    """To members: once they were invited, or when the office lets them see the day already. Never a rehearsal."""
    return not row.rehearsal_of and bool(row.convened_at or row.shown_at)


async def own(request: Req, of: str) -> Organisation:
    """The organisation, if whoever looks represents it: of others nobody learns that they exist."""
    row = await organisation.by_reference(of)
    if row is None or not represents(await viewer_of(request), row):
        raise NotFoundException
    return row


async def own_assembly(request: Req, of: str, reference: str) -> tuple[Organisation, Assembly]:
    """One that is shown, and to whose day this organisation belongs as a member or guest."""
    member, row = await own(request, of), await meeting.by_reference(reference)
    if row is None or not is_shown(row) or member.id not in await members_on(local(row.starts_at)):
        raise NotFoundException
    return member, row


def place(member: Organisation, row: Assembly) -> str:
    return f"/mine/{member.reference}/assemblies/{row.reference}"


@get(HERE, guards=[representative])
async def own_assemblies(request: Req, of: FromPath[str]) -> Response[Any]:
    member = await own(request, of)
    rows = [
        row for row in await meeting.every()
        if is_shown(row) and member.id in await members_on(local(row.starts_at))
    ]  # fmt: skip
    return await page(
        request, "assembly/mine_assemblies", member=member, rows=rows,
        may_demand=member.id in await demand.full_members(clock.today()),
        signing=sum(one.state == "gathering" for one in await demand.cases()),
        state=lambda row: meeting.WORDS[meeting.state_of(row)],
    )  # fmt: skip


@get(ONE, guards=[representative])
async def own_assembly_page(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await own_assembly(request, of, reference)
    moved = [one for one in await motion.motions_of(row) if one.organisation == member.id]
    papers, rules = await paper.papers_of(row) if row.convened_at else {}, await rules_of(row)
    return await page(
        request,
        "assembly/mine_assembly",
        member=member,
        row=row,
        state=meeting.WORDS[meeting.state_of(row)],
        modes=meeting.MODES,
        where=where(row),
        items=await agenda.items_of(row) if row.convened_at else [],
        title_of=agenda.title_of,
        papers=papers,
        compared=[
            (one, differences(one.old_text, one.new_text)) for held in papers.values() for one in held if one.compares
        ],
        votes=await votes.votes_of(member, row.key_date or local(row.starts_at)),
        delegate=(await delegate.delegates_of(row)).get(member.id),
        proxies=[one for one in await proxy.proxies_of(row) if one.giver.id == member.id and not one.revoked_at],
        proxy_rule=rulebook.explain("proxies", rules),
        may_give=rules.proxies != "none",
        gate=await motion.gate_of(row),
        elections=await election.elections_of(row),
        motions=moved,
        motion_state=motion.state_of,
        states=motion.STATES,
        late=motion.LATE,
        may_move=meeting.state_of(row) in (meeting.State.PLANNED, meeting.State.CONVENED),
        minutes=await delivery.sent_version(row) if row.closed_at else None,
        may_object=objection.is_open,
        objections=[one for one in await objection.objections_of(row) if one.organisation.id == member.id],
        objection_state=objection.state_of,
        objection_states=objection.STATES,
    )


@get(f"{ONE}/papers/{{paper_reference:str}}/file", guards=[representative])
async def own_paper(
    request: Req, of: FromPath[str], reference: FromPath[str], paper_reference: FromPath[str]
) -> Response[bytes]:
    _member, row = await own_assembly(request, of, reference)
    file = await paper.file_of(row, paper_reference) if row.convened_at else None
    if file is None:
        raise NotFoundException
    return download(file.content, file.media_type, file.name)


@get(f"{ONE}/motion", guards=[representative])
async def motion_form(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await own_assembly(request, of, reference)
    return await shown(request, member, row, MotionForm())


async def shown(
    request: Req, member: Organisation, row: Assembly, form: MotionForm, status: int = 200
) -> Response[Any]:
    gate = await motion.gate_of(row)
    return await page(
        request, "assembly/motion_form", status, row=row, form=form, member=member, gate=gate,
        closed=gate.keeps_out(clock.today()),
    )  # fmt: skip


@post(f"{ONE}/motion", guards=[representative], request_max_body_size=FILE_LIMIT)
async def hand_in(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await own_assembly(request, of, reference)
    form = MotionForm(await request.form())
    document = await uploaded(form.document.data)
    someone = await person_by_reference((await viewer_of(request)).reference)
    assert someone

    async def deed() -> str:
        await motion.hand_in(
            row, member, kind=form.kind.data, title=form.title.data or "", wording=form.wording.data or "",
            reasons=form.reasons.data or "", document=await kept(document), reader=address(someone),
            locale=someone.locale, actor=someone.reference,
        )  # fmt: skip
        return place(member, row)

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, _("The motion is with the office. You get a letter."))
    return await shown(request, member, row, form, 422)


@post(f"{ONE}/motions/{{motion_reference:str}}/withdrawal", guards=[representative])
async def withdraw(
    request: Req, of: FromPath[str], reference: FromPath[str], motion_reference: FromPath[str]
) -> Response[Any]:
    member, row = await own_assembly(request, of, reference)
    found = await own_motion(member, row, motion_reference)
    try:
        await motion.withdraw(row, found, actor=(await viewer_of(request)).reference)
    except Refused as no:
        return see_other(place(member, row), no.words, warning=True)
    return see_other(place(member, row), _("The motion is withdrawn."))


async def own_motion(member: Organisation, row: Assembly, reference: str) -> Motion:
    found = await motion.by_reference(row, reference)
    if found is None or found.organisation != member.id:
        raise NotFoundException
    return found


handlers = [own_assemblies, own_assembly_page, own_paper, motion_form, hand_in, withdraw]
