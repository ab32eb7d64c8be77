"""Proxies that hold until they are withdrawn, where the bylaws say so: they go over to the next assembly."""

from network.assembly import proxy
from network.assembly.ruling import rules_of
from network.assembly.tables.convocation import Proxy
from network.assembly.tables.meeting import Assembly
from network.errors import Refused
from network.files import File


async def carry_over(row: Assembly, *, actor: str) -> None:
    """Enter for this assembly what each member last gave for an earlier one, unless it was revoked.

    What the bylaws of now allow no more, or whose holder has no vote any more, ends without a word; the voting list
    shows who holds what. A rehearsal has its copies already.
    """
    if row.rehearsal_of or not (await rules_of(row)).proxy_standing:
        return
    for last in (await given_before(row)).values():
        if last.revoked_at or not (await rules_of(last.assembly)).proxy_standing:
            continue
        document = await File.objects().get(File.id == last.document) if last.document else None
        try:
            await proxy.give(
                row, last.giver, last.holder, holder_name=last.holder_name, form=last.form, given_on=last.given_on,
                document=document, instructions=last.instructions, actor=actor,
            )  # fmt: skip
        except Refused:
            continue


async def given_before(row: Assembly) -> dict[int, Proxy]:
    """By member: the last that it gave for an assembly before this one."""
    earlier = Proxy.assembly.starts_at < row.starts_at
    real = (Proxy.assembly.rehearsal_of == None) & (Proxy.assembly.cancelled_at == None)
    found = Proxy.objects(Proxy.assembly, Proxy.giver, Proxy.holder).where(earlier & real)
    return {one.giver.id: one for one in await found.order_by(Proxy.entered_at).order_by(Proxy.id)}
