"""An application as somebody types it, and one that has been confirmed."""

import re
from typing import Any

from mailing.tables import Letter
from network.admission import application
from network.admission.tables import Application

PDF = b"%PDF-1.7 Nachweis"
TYPED: dict[str, Any] = {
    "name": "Saaletal Reha gGmbH",
    "street": "Saalestraße 5",
    "postal_code": "06108",
    "town": "Halle",
    "land": "ST",
    "website": "saaletal.example.org",
    "sites": "06108 Halle, Saalestraße 5\nDomplatz 1, 06217 Merseburg",
    "why": "Wir arbeiten seit 2012 nach § 51 SGB IX.",
    "contact_name": "Nele Wäscher",
    "contact_email": "nele.waescher@example.org",
    "contact_phone": "0345 00000",
}


async def applied(**other: Any) -> Application:
    """Sent, and confirmed by the link in the letter."""
    await application.apply([("Nachweis.pdf", PDF)], committed=True, **TYPED | other)
    row = await application.confirm(await token())
    assert row
    return row


async def token() -> str:
    """From the latest letter that asks for confirmation."""
    letter = (
        await Letter.objects()
        .where(Letter.template == "admission/please_confirm")
        .order_by(Letter.id, ascending=False)
        .first()
    )
    return re.search(r"/confirm/(\S+)", letter.text)[1]
