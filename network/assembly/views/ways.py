"""By which way a member wants to be invited: said by the member itself, or noted by the office."""

from typing import Any

from litestar import Response, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.assembly.views.mine import own
from network.assembly.views.this_assembly import PLACE, Req, place, prepared
from network.i18n import _
from network.members import organisation
from network.members.tables import Organisation
from network.people.viewer import representative, staff, viewer_of
from network.web.pages import see_other

WAYS = ("post", "email")


async def prefer(member: Organisation, way: str, actor: str) -> str:
    """From now on; pressed twice the first day stays."""
    if way == "post":
        await organisation.change(member, by_post_since=member.by_post_since or clock.today(), actor=actor)
        return _("Invitations come by post from now on.")
    await organisation.change(member, by_post_since=None, actor=actor)
    return _("Invitations come by e-mail from now on, where an address is known.")


@post([f"/mine/{{of:str}}/assemblies/by-{way}" for way in WAYS], guards=[representative])
async def own_way(request: Req, of: FromPath[str]) -> Response[Any]:
    member = await own(request, of)
    words = await prefer(member, request.url.path.rpartition("by-")[2], (await viewer_of(request)).reference)
    return see_other(f"/mine/{member.reference}/assemblies", words)


@post([f"{PLACE}/{{reference:str}}/ways/{{member:str}}/by-{way}" for way in WAYS], guards=[staff])
async def noted_way(request: Req, reference: FromPath[str], member: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    if row.rehearsal_of:
        return see_other(f"{place(row)}/invitation", _("This is noted with the member itself, not in a rehearsal."),
                         warning=True)  # fmt: skip
    found = await organisation.by_reference(member)
    if found is None:
        raise NotFoundException
    words = await prefer(found, request.url.path.rpartition("by-")[2], viewer.reference)
    return see_other(f"{place(row)}/invitation", words)


handlers = [own_way, noted_way]
