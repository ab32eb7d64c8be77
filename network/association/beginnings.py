"""What every association begins with: a mailing list and privacy texts that hold until it writes its own."""

from mailing.tables import MailingList
from network.activity import WORKER
from network.association.pages import PLACES, revise
from network.database import DB
from network.references import new_reference
from network.templating import TEMPLATES

NOTICES = TEMPLATES / "association" / "notices"


async def lay_out() -> None:
    """Done once, right after the association was set up."""
    async with DB.transaction():
        await MailingList(
            reference=new_reference(), slug="rundbrief", title_de="Rundbrief", title_en="Newsletter"
        ).save()
        for place in PLACES:
            await revise(WORKER, place, words(place, "de"), words(place, "en"))


def words(place: str, locale: str) -> str:
    return (NOTICES / f"{place}.{locale}.md").read_text(encoding="utf-8").strip()
