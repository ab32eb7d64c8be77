"""Through the house by its links, as somebody would who tries every one of them."""

import re
from collections.abc import Sequence
from urllib.parse import urldefrag, urljoin

import httpx
from bs4 import BeautifulSoup

BASE = "http://localhost:8000"
MOST_ALIKE = 2  # of pages that differ only in the thing they show


async def walk(client: httpx.AsyncClient, starts: Sequence[str], only: str = "/") -> dict[str, httpx.Response]:
    """Follow every link, a few of each kind; links that leave `only` or its language are left alone."""
    found: dict[str, httpx.Response] = {}
    alike: dict[str, int] = {}
    waiting = list(starts)
    while waiting:
        path = waiting.pop(0)
        shape = re.sub(r"[\w-]{16,22}|\d+", "*", path)
        if path in found or alike.get(shape, 0) == MOST_ALIKE:
            continue
        alike[shape] = alike.get(shape, 0) + 1
        found[path] = await client.get(path)
        waiting += [link for link in links_of(path, found[path]) if is_inside(link, only, starts[0])]
    return found


def links_of(path: str, page: httpx.Response) -> list[str]:
    """Where the page leads on this site."""
    links = BeautifulSoup(page.text, "html.parser").select("a[href]") if is_page(page) else []
    addresses = [urldefrag(urljoin(BASE + path, link["href"])).url for link in links]
    return [address.removeprefix(BASE) or "/" for address in addresses if address.startswith(BASE)]


def is_inside(path: str, only: str, start: str) -> bool:
    same_language = (path == "/en" or path.startswith("/en/")) == start.startswith("/en")
    return same_language and ("/office" not in path if only == "/" else path.startswith(only))


def is_page(page: httpx.Response) -> bool:
    return page.headers.get("content-type", "").startswith("text/html")
