"""The office's list of members: searched, filtered and sorted."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get

from network.catalogue import entry
from network.catalogue.tables import EntryKind
from network.members import directory, gazetteer, guessing, importing, votes
from network.members.forms.choosing import ListFilter
from network.members.gazetteer import Near
from network.members.lands import land_name
from network.members.selection import Selection
from network.members.tally import tally
from network.members.whereabouts import of_postal_code
from network.people.viewer import office
from network.web.asof import as_of
from network.web.pages import number_of, page

Req = Request[Any, Any, Any]
LIST = "/office/members"
SIZE = 25
MOST_FIRST = ("sites",)  # whose first click shows the largest


@get("/office/members", guards=[office])
async def member_list(request: Req) -> Response[Any]:
    shown = as_of(request)
    form, selection = await selection_of(request, shown.day)
    count = await directory.count(selection)
    typed = selection.text
    if typed and not count and (meant := await guessing.meant(selection)):
        selection = replace(selection, text=meant)
        count = await directory.count(selection)
    pages = max(1, -(-count // SIZE))
    number = min(number_of(request), pages)
    told = await tally(shown.day)
    kept = {name: value for name, value in request.query_params.items() if name in KEPT and value}

    def address(**other: Any) -> str:
        query = urlencode(kept | other)
        return shown.url(f"{LIST}?{query}" if query else LIST)

    return await page(
        request,
        "members/office_members",
        as_of=shown,
        filter=form,
        selection=selection,
        typed=typed,
        near=await nearest(form, selection),
        found=await directory.with_sites(
            await directory.listed(selection, page=number, size=SIZE), shown.day, selection.lens
        ),
        in_short=directory.in_short,
        lands_of=lambda row: map(land_name, row.places("land")),
        count=count,
        counts=directory.counted(told, selection.day),
        in_words=directory.in_words,
        votes=await votes.total(selection.day, told),
        number=number,
        pages=pages,
        page_url=lambda number: address(page=number),
        sort_url=lambda column: address(sort=column, order=other_way(selection, column)),
        query=urlencode(kept),
        export_url=shown.url(f"{LIST}/export?{urlencode(kept)}"),
        file_url=lambda kind: shown.url(f"{LIST}/as/{kind}?{urlencode(kept)}"),
        waiting=[] if shown.other else await importing.waiting(),
    )


MORE = ("near", "offer", "basis", "provider", "expiring")
KEPT = ("q", "land", "standing", "sort", "order", *MORE)


async def selection_of(request: Req, day: date) -> tuple[ListFilter, Selection]:
    """From the address; what nobody can choose counts as not chosen."""
    form = ListFilter(request.query_params)
    terms = {row.code: row for row in (await entry.by_id()).values()}
    bases = [row for row in terms.values() if row.kind == EntryKind.LEGAL_BASIS]
    offers = [row for row in terms.values() if row.kind in (EntryKind.SERVICE, EntryKind.FIELD)]
    form.offer_entries(*([(row.code, entry.name_of(row)) for row in rows] for rows in (offers, bases)))
    form.validate()
    wrong = form.errors
    values = {name: "" if name in wrong else value or "" for name, value in form.values.items()}
    order = request.query_params.get("order", "")
    return form, Selection(
        day=day,
        text=values["q"],
        land=values["land"],
        standing=values["standing"] or "members",
        sort=values["sort"] or "name",
        descending=order == "down" or (not order and values["sort"] in MOST_FIRST),
        people="all",
        offer=terms[values["offer"]].id if values["offer"] else 0,
        basis=terms[values["basis"]].id if values["basis"] else 0,
        provider=values["provider"],
        expiring=bool(values["expiring"]),
    )


async def nearest(form: ListFilter, selection: Selection) -> list[Near]:
    """Of the choice, the sites nearest to the postal code, if one is typed."""
    point = of_postal_code(form.near.data) if form.near.data and not form.near.errors else None
    return await gazetteer.nearest(selection, point, SIZE) if point else []


def other_way(selection: Selection, column: str) -> str:
    if selection.sort == column:
        return "up" if selection.descending else "down"
    return "down" if column in MOST_FIRST else "up"
