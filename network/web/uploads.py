"""A document that comes with a form: read before the deed begins, stored inside its transaction."""

from typing import Any

from litestar.datastructures import UploadFile

from network.files import File, keep_document

Upload = tuple[str, bytes]  # name and content


async def uploaded(typed: Any) -> Upload | None:
    """What somebody chose in a field for a file; None when nothing was chosen."""
    if not isinstance(typed, UploadFile) or not typed.filename:
        return None
    return typed.filename, await typed.read()


async def kept(upload: Upload | None, *, field: str = "document") -> File | None:
    """Store it. Refused (`field`) when it is no PDF, PNG or JPEG, or too large."""
    return await keep_document(*upload, field=field) if upload else None
