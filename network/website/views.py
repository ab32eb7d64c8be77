"""The public front, what search engines ask for, and the patterns page."""

from typing import Any

from litestar import MediaType, Request, Response, Router, get
from litestar.datastructures import FormMultiDict
from litestar.exceptions import NotFoundException

from network import clock
from network.association import bylaws, rulebook
from network.association.profile import profile
from network.files import File
from network.groups import group as groups
from network.i18n import locale
from network.members import counted, directory
from network.people.viewer import viewer_of
from network.settings import settings
from network.web.addresses import in_english, link
from network.web.guards import anyone
from network.web.pages import PUBLIC, download, page
from network.website import home, sitemap
from network.website.forms import PatternForm
from network.website.rules import may_read_bylaws, reads_all_bylaws

Req = Request[Any, Any, Any]


@get("/", guards=[anyone], exclude_from_csrf=True)
async def show_home(request: Req) -> Response[Any]:
    known = await profile()
    if known is None:
        return await page(request, "website/not_set_up")
    english, today = locale() == "en", clock.today()
    return await page(
        request,
        "website/home",
        cached=True,
        claim=await counted.filled((known.claim_en if english else "") or known.claim_de, today),
        about=await counted.filled((known.about_en if english else "") or known.about_de, today),
        events=await home.next_events(),
        counts=await directory.counts(),
        latest=(await home.reports())[:1],
    )


@get("/about", guards=[anyone], exclude_from_csrf=True)
async def about(request: Req) -> Response[Any]:
    """Its own text may speak of {members} and {sites}."""
    known, today = await profile(), clock.today()
    english = known.about_en if known and locale() == "en" else ""
    text = await counted.filled(english or (known.about_de if known else ""), today)
    counts = await directory.counts(today)
    return await page(
        request,
        "website/about",
        cached=True,
        counts=counts,
        about=text,
        is_german=not english,
        has_groups=await groups.any_shown(today),
    )


@get("/news", guards=[anyone], exclude_from_csrf=True)
async def news(request: Req) -> Response[Any]:
    return await page(request, "website/news", cached=True, news=await home.news())


@get("/bylaws", guards=[anyone], exclude_from_csrf=True)
async def show_bylaws(request: Req) -> Response[Any]:
    """What counts today and what is planned; to visitors only if the association shows it."""
    viewer, known = await viewer_of(request), await profile()
    if not may_read_bylaws(viewer, known):
        raise NotFoundException
    today, every, of_members = clock.today(), await bylaws.versions(), not reads_all_bylaws(viewer)
    now = await bylaws.bylaws_on(today)
    planned = [row for row in reversed(every) if row.valid_from > max(today, now.valid_from)]
    return await page(
        request,
        "website/bylaws",
        cached=True,
        now=now,
        entered=bool(every),
        today=today,
        book=rulebook.book(now, of_members=of_members),
        planned=[(row, rulebook.changed(row, every, of_members=of_members)) for row in planned],
    )


@get("/bylaws/document", guards=[anyone], exclude_from_csrf=True)
async def bylaws_document(request: Req) -> Response[bytes]:
    """The text of the version in force."""
    now = await bylaws.bylaws_on(clock.today())
    allowed = may_read_bylaws(await viewer_of(request), await profile())
    file = await File.objects().get(File.id == now.document) if allowed and now.document else None
    if file is None:
        raise NotFoundException
    return download(file.content, file.media_type, file.name)


@get("/accessibility", guards=[anyone], exclude_from_csrf=True)
async def accessibility(request: Req) -> Response[Any]:
    return await page(request, "website/accessibility", cached=True)


@get("/robots.txt", guards=[anyone], exclude_from_csrf=True)
async def robots() -> Response[str]:
    lines = [
        "User-agent: *",
        "Disallow: /office",
        "Disallow: /sign-in",
        "Disallow: /*?*on=",
        f"Sitemap: {link('/sitemap.xml')}",
        "",
    ]
    return Response("\n".join(lines), media_type=MediaType.TEXT, headers={"cache-control": PUBLIC})


@get("/sitemap.xml", guards=[anyone], exclude_from_csrf=True)
async def site_map() -> Response[str]:
    pairs = [(settings().base_url + path, settings().base_url + in_english(path)) for path in await sitemap.paths()]
    return Response(sitemap.as_xml(pairs), media_type="application/xml", headers={"cache-control": PUBLIC})


@get("/_patterns", guards=[anyone])
async def patterns(request: Req) -> Response[Any]:
    """Every part of our pages in one place; the form is a refused one, so that its errors can be looked at."""
    form = PatternForm(FormMultiDict([("email", "mara@"), ("start", "25 Uhr")]))
    form.validate()
    return await page(request, "patterns", form=form)


router = Router(
    "/",
    route_handlers=[show_home, about, news, show_bylaws, bylaws_document, accessibility, robots, site_map, patterns],
    tags=["website"],
)
