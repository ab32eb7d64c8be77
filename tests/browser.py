"""A form, filled in and sent as a browser without scripts does it."""

from typing import Any

import httpx
from bs4 import BeautifulSoup


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
