"""A member demands an assembly in its own room, or signs what another one demands (§ 37 BGB)."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.assembly import demand, gathering
from network.assembly.demand import Case
from network.assembly.forms.demands import OwnDemandForm
from network.assembly.views.mine import own
from network.assembly.views.this_assembly import Req
from network.association import rulebook
from network.association.bylaws import bylaws_on
from network.errors import Refused
from network.i18n import N_, _
from network.members.tables import Organisation
from network.people.viewer import representative, viewer_of
from network.web.once import once
from network.web.pages import page, see_other

HERE = "/mine/{of:str}/demands"
ONE = f"{HERE}/{{reference:str}}"
DEEDS: dict[str, tuple[Callable[..., Awaitable[None]], str]] = {
    "signature": (gathering.sign, N_("You stand behind this demand.")),
    "taking-back": (gathering.take_back, N_("You do not stand behind it any more.")),
    "handing-over": (gathering.hand_over, N_("The demand is handed over; the board has to act now.")),
    "giving-up": (gathering.give_up, N_("The demand is given up.")),
}


def place(member: Organisation) -> str:
    return f"/mine/{member.reference}/demands"


async def full_member(request: Req, of: str) -> Organisation:
    """Only full members demand (§ 37 (1) BGB); for others there is no such page."""
    member = await own(request, of)
    if member.id not in await demand.full_members(clock.today()):
        raise NotFoundException
    return member


async def own_case(request: Req, of: str, reference: str) -> tuple[Organisation, Case]:
    member = await full_member(request, of)
    found = next((one for one in await gathering.shown_to(member) if one.row.reference == reference), None)
    if found is None:
        raise NotFoundException
    return member, found


@get(HERE, guards=[representative])
async def own_demands(request: Req, of: FromPath[str]) -> Response[Any]:
    member = await full_member(request, of)
    return await page(
        request, "assembly/mine_demands", member=member, cases=await gathering.shown_to(member),
        states=demand.STATES, rule=rulebook.explain("minority", await bylaws_on(clock.today())),
    )  # fmt: skip


@get(f"{HERE}/new", guards=[representative])
async def new_form(request: Req, of: FromPath[str]) -> Response[Any]:
    return await form_page(request, await full_member(request, of), OwnDemandForm())


async def form_page(request: Req, member: Organisation, form: OwnDemandForm, status: int = 200) -> Response[Any]:
    return await page(request, "assembly/mine_demand_form", status, member=member, form=form, back=place(member))


@post(f"{HERE}/new", guards=[representative])
async def begin(request: Req, of: FromPath[str]) -> Response[Any]:
    member, form = await full_member(request, of), OwnDemandForm(await request.form())
    actor = (await viewer_of(request)).reference

    async def deed() -> str:
        made = await gathering.begin(
            member, purpose=form.purpose.data or "", reasons=form.reasons.data or "", actor=actor
        )
        return f"{place(member)}/{made.reference}"

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, _("The demand can be signed by the other members now."))
    return await form_page(request, member, form, 422)


@get(ONE, guards=[representative])
async def own_demand(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, case = await own_case(request, of, reference)
    return await page(
        request,
        "assembly/mine_demand",
        member=member,
        case=case,
        row=case.row,
        state=demand.STATES[case.state],
        here=f"{place(member)}/{reference}",
        back=place(member),
        signed=any(one.organisation.id == member.id for one in case.supporters),
        began=case.row.initiator == member.id,
        rule=rulebook.explain("minority", await bylaws_on(clock.today())),
    )


@post(f"{ONE}/{{deed:str}}", guards=[representative])
async def do(request: Req, of: FromPath[str], reference: FromPath[str], deed: FromPath[str]) -> Response[Any]:
    member, case = await own_case(request, of, reference)
    if deed not in DEEDS:
        raise NotFoundException
    verb, told = DEEDS[deed]
    here = f"{place(member)}/{reference}"
    try:
        await verb(case.row, member, actor=(await viewer_of(request)).reference)
    except Refused as no:
        return see_other(here, no.words, warning=True)
    return see_other(here if deed != "taking-back" else place(member), _(told))


handlers = [own_demands, new_form, begin, own_demand, do]
