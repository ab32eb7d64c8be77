"""Letters of the mailing list: the request for confirmation, and "you read already"."""

from mailing import lists
from mailing.letters import Extras
from mailing.outbox import Address
from mailing.tables import Letter, MailingList, Subscriber
from network.association.profile import post
from network.i18n import speaking
from network.newsletter.promise import title
from network.web.addresses import link


async def please_confirm(reader: Subscriber, mailing_list: MailingList, token: str) -> Letter:
    """Four lines and a link, without a word of promotion (OLG München 29 U 1682/12)."""
    with speaking(reader.locale):
        place, name = link(f"/newsletter/confirm/{token}"), title(mailing_list)
    return await post(
        "newsletter/please_confirm",
        Address(reader.name, reader.email),
        locale=reader.locale,
        about=lists.about(reader),
        extras=Extras(secrets=(place,), headers={"Auto-Submitted": "auto-replied"}),
        reader=reader,
        title=name,
        place=place,
        days=lists.CONFIRM_DAYS,
    )


async def already_reading(reader: Subscriber, mailing_list: MailingList) -> Letter:
    """Only the owner of the address learns that it is on the list."""
    with speaking(reader.locale):
        preferences, leaving = link(f"/newsletter/preferences/{reader.key}"), link(f"/newsletter/leave/{reader.key}")
        name = title(mailing_list)
    return await post(
        "newsletter/already_reading",
        Address(reader.name, reader.email),
        locale=reader.locale,
        about=lists.about(reader),
        extras=Extras(secrets=(preferences, leaving), headers={"Auto-Submitted": "auto-replied"}),
        reader=reader,
        title=name,
        preferences=preferences,
        leaving=leaving,
    )
