"""Uploaded files, kept in the database so that a copy of the database is a copy of everything."""

import hashlib

from piccolo.columns import Bytea, Integer, Serial, Timestamptz, Varchar
from piccolo.table import Table

from network import clock
from network.errors import Refused
from network.i18n import _
from network.references import new_reference

LARGEST = 20 * 1024 * 1024


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
