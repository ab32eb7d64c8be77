"""Stylesheet, script, marks and fonts under addresses that change with their content: browsers keep them for ever."""

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.web.guards import anyone

STATIC = Path(__file__).parent.parent / "static"
FONT_PACKAGE = "fontpkg_atkinson_hyperlegible"
mimetypes.add_type("font/ttf", ".ttf")
mimetypes.add_type("text/javascript", ".js")


@dataclass(frozen=True, slots=True)
class Asset:
    name: str
    digest: str
    content: bytes

    @property
    def address(self) -> str:
        return f"/static/{self.digest}/{self.name}"


@cache
def assets() -> dict[str, Asset]:
    """Every file once in memory. In the stylesheet "asset:NAME" stands for the address of another file."""
    fonts = resources.files(FONT_PACKAGE) / "files"
    found = {font.name: made(font.name, font.read_bytes()) for font in fonts.iterdir()}
    files = sorted(path for path in STATIC.rglob("*") if path.is_file())
    for path in sorted(files, key=lambda path: path.suffix in (".css", ".js")):
        content = path.read_bytes()
        if path.suffix in (".css", ".js"):
            content = re.sub(rb"asset:([\w.-]+)", lambda m: found[m[1].decode()].address.encode(), content)
        found[path.name] = made(path.name, content)
    return found


def made(name: str, content: bytes) -> Asset:
    return Asset(name, hashlib.blake2s(content, digest_size=6).hexdigest(), content)


def asset(name: str) -> str:
    return assets()[name].address


@get("/static/{digest:str}/{name:str}", guards=[anyone], sync_to_thread=False, exclude_from_csrf=True)
def static_file(digest: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    file = assets().get(name)
    if file is None:
        raise NotFoundException
    keep = "public, max-age=31536000, immutable" if digest == file.digest else "no-cache"
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(file.content, media_type=kind, headers={"cache-control": keep})


@get("/favicon.ico", guards=[anyone], sync_to_thread=False, exclude_from_csrf=True)
def favicon() -> Response[bytes]:
    return Response(
        assets()["mark.svg"].content, media_type="image/svg+xml", headers={"cache-control": "public, max-age=86400"}
    )
