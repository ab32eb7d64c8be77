"""What the association's frame shows on every page, and its legal texts."""

from typing import Any

from litestar import Request

from network import clock
from network.activity import record
from network.association.profile import profile
from network.association.tables import Notice
from network.database import DB, first_row
from network.i18n import N_, locale
from network.web.recent import recent

PLACES = ("site", "registration", "newsletter")


async def frame(request: Request[Any, Any, Any]) -> dict[str, Any]:
    del request
    return {"association": await profile()}


async def notice(place: str) -> Notice | None:
    """The privacy text for a place, as pages show it."""
    found: Notice | None = await recent(("notice", place), lambda: in_force(place))
    return found


async def in_force(place: str) -> Notice | None:
    return await first_row(Notice, "WHERE place = {} ORDER BY id DESC", place)


async def notice_text(place: str) -> str:
    """In the language being spoken; what has no English version yet is shown in German."""
    found = await notice(place)
    if found is None:
        return ""
    return str((found.text_en if locale() == "en" else "") or found.text_de)


async def revise(actor: str, place: str, text_de: str, text_en: str = "") -> None:
    """A changed text is a new version, in force at once; what people once read stays. The same text changes nothing."""
    async with DB.transaction():
        before = await in_force(place)
        if before and (before.text_de, before.text_en) == (text_de, text_en):
            return
        version = str(int(before.version) + 1) if before else "1"
        await Notice(place=place, version=version, text_de=text_de, text_en=text_en, since=clock.now()).save()
        await record(actor, N_("privacy text changed"), f"notice:{place}", detail=version)
