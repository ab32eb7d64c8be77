"""Photographs for the public: a JPEG or PNG without what cameras write into it, where and when it was taken."""

from network.errors import Refused
from network.i18n import _

MOST_BYTES = 4 * 1024 * 1024
JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
KEPT_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"iCCP", b"sBIT"}
SOS, APP0, APP1, APP2, APP14, APP15, COMMENT = 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
ORIENTATION = 0x0112


def bare(content: bytes, *, field: str = "photo") -> tuple[str, bytes]:
    """Its media type and the picture alone. Refused (`field`) when it is neither, broken, or larger than 4 MB."""
    if len(content) > MOST_BYTES:
        raise Refused(_("The picture is larger than 4 MB."), field)
    try:
        if content.startswith(JPEG):
            return "image/jpeg", bare_jpeg(content)
        if content.startswith(PNG):
            return "image/png", bare_png(content)
    except (IndexError, ValueError) as error:
        raise Refused(_("This picture is broken; no program could show it."), field) from error
    raise Refused(_("This is neither a PNG nor a JPEG picture."), field)


def bare_jpeg(content: bytes) -> bytes:
    """Without Exif, XMP, IPTC and comments; which way up it was held stays known, or it would lie on its side."""
    kept, at = [content[:2]], 2
    turned = 1
    while content[at + 1] != SOS:
        if content[at] != 0xFF:  # noqa: PLR2004  every segment begins so
            raise ValueError
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        segment = content[at : at + 2 + length]
        if len(segment) < 2 + length or length < 2:  # noqa: PLR2004
            raise ValueError
        if marker == APP1 and segment[4:10] == b"Exif\x00\x00":
            turned = orientation(segment[10:]) or turned
        if not (APP0 < marker <= APP15 and marker not in (APP2, APP14)) and marker != COMMENT:
            kept.append(segment)
        at += 2 + length
    if turned != 1:
        kept.insert(1, turned_by(turned))
    return b"".join([*kept, content[at:]])


def orientation(tiff: bytes) -> int:
    """1 to 8, as Exif counts; 0 when it does not say."""
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order not in ("little", "big"):
        return 0
    first = int.from_bytes(tiff[4:8], order)  # type: ignore[arg-type]
    for number in range(int.from_bytes(tiff[first : first + 2], order)):  # type: ignore[arg-type]
        entry = tiff[first + 2 + number * 12 :][:12]
        if int.from_bytes(entry[:2], order) == ORIENTATION:  # type: ignore[arg-type]
            found = int.from_bytes(entry[8:10], order)  # type: ignore[arg-type]
            return found if found in range(1, 9) else 0
    return 0


def turned_by(value: int) -> bytes:
    """The smallest Exif there is: one entry that says which way up."""
    entry = ORIENTATION.to_bytes(2) + (3).to_bytes(2) + (1).to_bytes(4) + value.to_bytes(2) + bytes(2)
    tiff = b"MM\x00\x2a" + (8).to_bytes(4) + (1).to_bytes(2) + entry + bytes(4)
    body = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body


def bare_png(content: bytes) -> bytes:
    """Only what is needed to draw it."""
    kept, at = [content[:8]], 8
    while True:
        length, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        chunk = content[at : at + 12 + length]
        if len(chunk) < 12 + length:
            raise ValueError
        if kind in KEPT_CHUNKS:
            kept.append(chunk)
        at += 12 + length
        if kind == b"IEND":
            return b"".join(kept)
