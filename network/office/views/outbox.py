"""The outbox: every letter with its words, its parts and what became of it."""

import base64
import hashlib
import re
from typing import Any
from urllib.parse import urlencode

from litestar import MediaType, Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from mailing import letters
from mailing.outbox import counts, send_again, withdraw
from mailing.retention import is_forgotten
from mailing.tables import Letter, LetterState
from network.activity import looked_at
from network.i18n import _
from network.office import outbox, things
from network.office.forms import OutboxFilter
from network.people.viewer import office, viewer_of
from network.settings import settings
from network.web.addresses import url
from network.web.pages import download, number_of, page, see_other

Req = Request[Any, Any, Any]


@get("/outbox", guards=[office])
async def show_outbox(request: Req) -> Response[Any]:
    form = OutboxFilter(request.query_params)
    numbers = await counts()
    labels = {state: _(words) for state, (words, _kind) in outbox.STATES.items()}
    form.state.choices = {"": _("All")} | {str(state): f"{label} ({numbers[state]})" for state, label in labels.items()}
    form.template.choices = {"": _("All")} | await outbox.templates()
    form.validate()
    kept = {"q": form.q.data or "", "state": form.state.data or "", "template": form.template.data or ""}
    found = await outbox.letters(
        text=kept["q"], state=kept["state"], template=kept["template"], number=number_of(request)
    )
    if found.letters:
        await looked_at((await viewer_of(request)).reference, "outbox:")

    def page_url(number: int) -> str:
        return url("/office/outbox") + "?" + urlencode({**kept, "page": number})

    return await page(
        request,
        "office/outbox",
        filter=form,
        heading=outbox.heading(numbers),
        lost=0 if kept["state"] == LetterState.FAILED else numbers[LetterState.FAILED],
        found=found,
        page_url=page_url,
        **words(),
    )


def words() -> dict[str, Any]:
    return {"states": outbox.STATES, "kind_of_letter": outbox.kind, "address_of": things.address}


@get("/outbox/{reference:str}", guards=[office])
async def show_letter(request: Req, reference: FromPath[str]) -> Response[Any]:
    letter = await known(reference, forgotten=True)
    if is_forgotten(letter):
        return await page(request, "office/letter_forgotten", letter=letter, **words())
    await read(request, letter)
    return await page(
        request,
        "office/letter",
        letter=letter,
        text=outbox.masked(letter.text, letter),
        is_masked=bool(list(outbox.secrets_of(letter))),
        can_send=bool(settings().smtp_url) and letter.state != LetterState.QUEUED,
        can_withdraw=letter.state in (LetterState.HELD, LetterState.QUEUED, LetterState.FAILED),
        **words(),
    )


@get("/outbox/{reference:str}/page", guards=[office])
async def show_html(request: Req, reference: FromPath[str]) -> Response[str]:
    """The letter as mail programs show it; its one style block is let through by its digest, nothing else."""
    letter = await known(reference)
    await read(request, letter)
    html = letters.as_html(letter.subject, outbox.masked(letter.text, letter), letter.footer, letter.locale)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[1].encode() if style else b"").digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; sandbox; frame-ancestors 'none'; base-uri 'none'"
    return Response(
        html, media_type=MediaType.HTML, headers={"content-security-policy": policy, "cache-control": "no-store"}
    )


@get("/outbox/{reference:str}/source", guards=[office])
async def download_source(request: Req, reference: FromPath[str]) -> Response[bytes]:
    letter = await known(reference)
    await read(request, letter)
    return download(outbox.shown_source(letter), "message/rfc822", f"{letter.reference}.eml")


@get("/outbox/{reference:str}/calendar", guards=[office])
async def download_calendar(request: Req, reference: FromPath[str]) -> Response[bytes]:
    letter = await known(reference)
    if not letter.calendar:
        raise NotFoundException
    await read(request, letter)
    return download(outbox.masked(letter.calendar, letter).encode(), "text/calendar", f"{letter.reference}.ics")


@get("/outbox/{reference:str}/attachment", guards=[office])
async def download_attachment(request: Req, reference: FromPath[str]) -> Response[bytes]:
    letter = await known(reference)
    if not letter.attachment_name:
        raise NotFoundException
    await read(request, letter)
    return download(bytes(letter.attachment), letter.attachment_type, letter.attachment_name)


@post("/outbox/{reference:str}/again", guards=[office])
async def again(request: Req, reference: FromPath[str]) -> Response[Any]:
    letter = await send_again(reference, (await viewer_of(request)).reference)
    return see_other(f"/office/outbox/{letter.reference}", _("The letter is on its way."))


@post("/outbox/{reference:str}/withdraw", guards=[office])
async def take_back(request: Req, reference: FromPath[str]) -> Response[Any]:
    await withdraw(reference, (await viewer_of(request)).reference)
    return see_other(f"/office/outbox/{reference}", _("The letter stays here."))


async def known(reference: str, *, forgotten: bool = False) -> Letter:
    """Of a forgotten letter there is a page and nothing else."""
    letter = await outbox.letter(reference)
    if letter is None or (is_forgotten(letter) and not forgotten):
        raise NotFoundException
    return letter


async def read(request: Req, letter: Letter) -> None:
    """Note that somebody reads what was written to whom."""
    await looked_at((await viewer_of(request)).reference, f"letter:{letter.reference}", letter.subject)


handlers = [
    show_outbox,
    show_letter,
    show_html,
    download_source,
    download_calendar,
    download_attachment,
    again,
    take_back,
]
