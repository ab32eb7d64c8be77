"""Letters of a decision in writing: the question, its result, and that it was withdrawn."""

from typing import Any

from mailing.letters import Extras
from mailing.outbox import Address
from network.association.profile import post
from network.circulars.tables import Circular, Voter
from network.i18n import speaking
from network.resolutions.book import number_of
from network.resolutions.majorities import Decision
from network.resolutions.tables import Resolution
from network.web.addresses import link


async def asked(row: Circular, voter: Voter, token: str, *, reminder: bool) -> None:
    """With the link of this voter alone; who has no vote in the matter (§ 34 BGB) is told without one."""
    with speaking(voter.locale):
        place = link(f"/in-writing/{token}")
    extras = Extras(secrets=(place,))
    await to_voter("asked", row, voter, place="" if voter.banned else place, reminder=reminder, extras=extras)


async def decided(row: Circular, voter: Voter, entry: Resolution, result: Decision) -> None:
    with speaking(voter.locale):
        number, words = number_of(entry), result.words
    await to_voter("decided", row, voter, number=number, words=words)


async def withdrawn(row: Circular, voter: Voter) -> None:
    await to_voter("withdrawn", row, voter)


async def to_voter(template: str, row: Circular, voter: Voter, **context: Any) -> None:
    if voter.email:
        await post(
            f"circulars/{template}", Address(voter.to_name, voter.email), locale=voter.locale,
            about=f"circular:{row.reference}", circular=row, voter=voter, **context,
        )  # fmt: skip
