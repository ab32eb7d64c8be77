"""Uploaded files, kept in the database so that a copy of the database is a copy of everything."""

import hashlib
import re
from collections.abc import Iterable

from piccolo.columns import Bytea, Integer, Serial, Timestamptz, Varchar
from piccolo.table import Table

from network import clock
from network.errors import Refused
from network.i18n import _
from network.references import new_reference

LARGEST = 20 * 1024 * 1024
BEGINNINGS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}

ENDINGS = {"application/pdf": (".pdf",), "image/png": (".png",), "image/jpeg": (".jpg", ".jpeg")}

Paper = tuple[str, bytes]  # what a document is called, and what is in it


class File(Table):
    id: Serial
    reference = Varchar(length=16, unique=True)
    name = Varchar(length=200)
    media_type = Varchar(length=100)
    size = Integer()
    digest = Varchar(length=64)
    content = Bytea(default=b"")
    stored_at = Timestamptz(default=None, null=False)


async def keep(name: str, media_type: str, content: bytes) -> File:
    """Store a file of at most 20 MB and return its row; its reference is its public name."""
    if len(content) > LARGEST:
        raise Refused(_("The file is larger than 20 MB."))
    file = File(
        reference=new_reference(),
        name=name[-200:],
        media_type=media_type,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
        stored_at=clock.now(),
    )
    await file.save()
    return file


async def names_of(ids: Iterable[int]) -> dict[int, str]:
    """What these files are called, by their row; their content stays where it is."""
    wanted = [*ids]
    found = await File.select(File.id, File.name).where(File.id.is_in(wanted)) if wanted else []
    return {row["id"]: row["name"] for row in found}


async def keep_document(name: str, content: bytes, *, field: str = "document") -> File:
    """Store a PDF, PNG or JPEG, known by its first bytes whatever its name says. Refused (`field`) when it is none.

    It is kept under its name without a path, with the ending that belongs to what it is.
    """
    kind = next((kind for beginning, kind in BEGINNINGS.items() if content.startswith(beginning)), "")
    if not kind:
        raise Refused(_("%(file)s is neither a PDF nor a PNG or JPEG picture.", file=name[-80:]), field)
    if len(content) > LARGEST:
        raise Refused(_("%(file)s is larger than 20 MB.", file=name[-80:]), field)
    plain = re.sub(r"[\x00-\x1f\x7f/\\]+", " ", name).strip()
    if not plain.lower().endswith(ENDINGS[kind]):
        plain = (plain.rpartition(".")[0] or plain or _("document")) + ENDINGS[kind][0]
    return await keep(plain, kind, content)
