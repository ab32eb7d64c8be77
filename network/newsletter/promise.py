"""What the list promises: what comes, how often, and the words that joining agrees to."""

from mailing.tables import MailingList
from network.activity import record
from network.association import pages
from network.association.profile import known_profile
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, locale
from network.references import fingerprint

SLUG = "rundbrief"


async def the_list() -> MailingList:
    """The list that everybody can join; an association has it from its first day."""
    found = await MailingList.objects().get(MailingList.slug == SLUG)
    if found is None:
        raise Refused(_("The association has not been set up yet."))
    return found


def title(mailing_list: MailingList) -> str:
    english = mailing_list.title_en if locale() == "en" else ""
    return english or mailing_list.title_de


def promise(mailing_list: MailingList) -> str:
    """What comes and how often; until the office has written it, something that holds for all."""
    english = mailing_list.promise_en if locale() == "en" else ""
    return (
        english or mailing_list.promise_de or _("Invitations to our forums, the reports on them and news of our work.")
    )


async def wording(mailing_list: MailingList) -> tuple[str, str]:
    """All the words that somebody who joins has read, in the language being spoken, and their version.

    The version begins with that of the privacy notice; its end changes with any of the words, also ours.
    """
    notice = await pages.notice("newsletter")
    parts = [await agreement(mailing_list), promise(mailing_list), await pages.notice_text("newsletter")]
    words = "\n\n".join(part for part in parts if part)
    return words, f"{notice.version if notice else '1'}-{fingerprint(words)[:6]}"


async def agreement(mailing_list: MailingList) -> str:
    """The sentence beside the button."""
    return _(
        "I would like to be put on the mailing list “%(title)s” (%(association)s) and to get its issues by e-mail. "
        "I can leave at any time, by the link in every issue.",
        title=title(mailing_list),
        association=(await known_profile()).full_name,
    )


async def change(actor: str, *, title_de: str, title_en: str, promise_de: str, promise_en: str) -> None:
    """Whoever joins from now on agrees to the new words; earlier evidence keeps the old ones."""
    async with DB.transaction():
        row = await the_list()
        row.title_de, row.title_en = title_de, title_en
        row.promise_de, row.promise_en = promise_de, promise_en
        await row.save()
        await record(actor, N_("mailing list described"), f"list:{row.reference}", title_de)


async def notice_text() -> str:
    """The privacy notice for joining (Art. 13 GDPR)."""
    return await pages.notice_text("newsletter")
