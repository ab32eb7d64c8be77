"""The certificate of the number of members (§ 72 BGB): a key date, the numbers of it, and the paper for the court."""

from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException

from network import clock
from network.assembly import certificate
from network.assembly.forms.certificate import KeyDateForm
from network.assembly.views.this_assembly import PLACE, Req
from network.board import representation
from network.errors import Refused
from network.i18n import _
from network.people.viewer import board_room
from network.web.pages import download, page

HERE = f"{PLACE}/certificate"


@get(HERE, guards=[board_room])
async def certificate_page(request: Req) -> Response[Any]:
    """?on= asks for another day than today."""
    form = KeyDateForm(request.query_params) if request.query_params.get("on") else KeyDateForm(on=clock.today())
    found = None
    if not request.query_params.get("on") or form.validate():
        with form.refusals():
            found = await certificate.numbers_on(form.on.data or clock.today())
    status = 200 if found else 422
    signing = await representation.on(clock.today())
    return await page(request, "assembly/certificate", status, form=form, found=found, signing=signing)


@get(f"{HERE}/pdf", guards=[board_room])
async def certificate_pdf(request: Req) -> Response[bytes]:
    """?on= asks for another day than today."""
    form = KeyDateForm(request.query_params)
    day = form.on.data if request.query_params.get("on") and form.validate() else None
    if day is None and request.query_params.get("on"):
        raise NotFoundException
    try:
        content = await certificate.pdf(day or clock.today())
    except Refused as no:
        raise NotFoundException from no
    return download(content, "application/pdf", _("Certificate of the number of members") + ".pdf")


handlers = [certificate_page, certificate_pdf]
