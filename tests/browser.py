"""A browser without scripts: opens pages of the house, fills in forms and sends them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import httpx
from bs4 import BeautifulSoup


@cache
def site() -> Any:
    """The handlers, put together once: that takes half a second, and nothing that matters lives in them."""
    from network.app import litestar

    return litestar(with_worker=False)


@asynccontextmanager
async def window() -> AsyncIterator[httpx.AsyncClient]:
    """Keeps cookies, follows nothing by itself; the pages that the house keeps for a moment are its own."""
    from network.app import around

    transport = httpx.ASGITransport(app=around(site()))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as one:
        yield one


async def submit(
    client: httpx.AsyncClient, path: str, *, press: str = "", form: int = -1, files: Any = None, **typed: Any
) -> httpx.Response:
    """Open the page, fill in the main form (`form` picks another one), press its button; names may use "__" for "-"."""
    page = await client.get(path, follow_redirects=True)
    return await send(client, page, press=press, form=form, files=files, **typed)


async def send(
    client: httpx.AsyncClient, page: httpx.Response, *, press: str = "", form: int = -1, files: Any = None, **typed: Any
) -> httpx.Response:
    forms = [f for f in BeautifulSoup(page.text, "html.parser").select("main form") if f.get("method") == "post"]
    assert forms, f"no form on {page.url} ({page.status_code}): {page.text[:500]}"
    chosen = forms[form]
    values = fields_of(chosen) | {name.replace("__", "-"): value for name, value in typed.items()}
    if press:
        values[press] = "1"
    return await client.post(chosen.get("action") or str(page.url), data=values, files=files)


def fields_of(form: Any) -> dict[str, Any]:
    """What the form holds before anybody types."""
    values: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        kind, name = field.get("type", "text"), field["name"]
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if kind in ("submit", "file"):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            values[name] = chosen.get("value", "") if chosen else ""
        elif field.name == "textarea":
            values[name] = field.text.lstrip("\n")
        elif kind in ("checkbox", "hidden") and name in values:
            values[name] = [
                *(values[name] if isinstance(values[name], list) else [values[name]]),
                field.get("value", "on"),
            ]
        else:
            values[name] = field.get("value", "on" if kind == "checkbox" else "")
    return values
