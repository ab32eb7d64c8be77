"""Anonymous pages are rendered once, and nobody here ever sees an old one."""

import httpx

from network.web.cache import PageCache


class Site:
    """A page that counts how often it was asked."""

    def __init__(self, *headers: tuple[bytes, bytes]) -> None:
        self.asked = 0
        self.headers = [(b"content-type", b"text/plain"), *headers]

    async def __call__(self, scope, receive, send) -> None:
        self.asked += 1
        await send({"type": "http.response.start", "status": 200, "headers": self.headers})
        await send({"type": "http.response.body", "body": f"page {self.asked}".encode()})


PUBLIC = (b"cache-control", b"public, max-age=0")


def browser(site: Site) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=PageCache(site)), base_url="http://localhost")


async def test_a_public_page_is_made_once():
    site = Site(PUBLIC)
    async with browser(site) as client:
        first, second = await client.get("/"), await client.get("/")

    assert (first.text, second.text, site.asked) == ("page 1", "page 1", 1)


async def test_a_reader_who_has_it_gets_a_304():
    async with browser(Site(PUBLIC)) as client:
        first = await client.get("/")
        again = await client.get("/", headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


async def test_a_change_made_here_is_seen_at_once():
    site = Site(PUBLIC)
    async with browser(site) as client:
        await client.get("/")
        await client.post("/")
        after = await client.get("/")

    assert after.text == "page 3"


async def test_a_page_for_somebody_signed_in_is_not_kept():
    site = Site(PUBLIC)
    async with browser(site) as client:
        await client.get("/")
        own = await client.get("/", headers={"cookie": "verbund=abc"})

    assert own.text == "page 2"


async def test_a_page_that_is_not_public_is_not_kept():
    site = Site((b"cache-control", b"no-store"))
    async with browser(site) as client:
        texts = [(await client.get("/")).text for _ in range(2)]

    assert texts == ["page 1", "page 2"]
