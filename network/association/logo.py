"""The association's logo: a PNG or JPEG that is what it says it is."""

from network.activity import record
from network.association import profile
from network.association.tables import Association
from network.database import DB
from network.errors import Refused
from network.files import File, keep
from network.i18n import N_, _

MOST_BYTES = 1024 * 1024
BEGINNINGS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


async def change(actor: str, name: str, content: bytes) -> None:
    """Show this picture from now on and forget the one before; refused (field "logo") when it is none."""
    kind = kind_of(content)
    if len(content) > MOST_BYTES:
        raise Refused(_("The logo is larger than 1 MB."), "logo")
    if not kind:
        raise Refused(_("This is neither a PNG nor a JPEG picture."), "logo")
    async with DB.transaction():
        before = await shown()
        file = await keep(name, kind, content)
        await Association.update({Association.logo: file.id}, force=True)
        await forget(before)
        await record(actor, N_("logo changed"), "association:", name)
    profile.forget()


async def remove(actor: str) -> None:
    async with DB.transaction():
        if before := await shown():
            await forget(before)
            await record(actor, N_("logo removed"), "association:")
    profile.forget()


def kind_of(content: bytes) -> str:
    """By its first bytes, whatever its name says."""
    return next((kind for beginning, kind in BEGINNINGS.items() if content.startswith(beginning)), "")


async def shown() -> int | None:
    row = await Association.select(Association.logo).first()
    return row["logo"] if row else None


async def forget(file_id: int | None) -> None:
    if file_id is not None:
        await File.delete().where(File.id == file_id)
