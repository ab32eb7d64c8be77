"""Issues that were sent to everybody, for everybody to read."""

from mailing.readers import Condition
from network.newsletter.tables import Issue


def public() -> Condition:
    """Sent, and to everybody: what a part of the readers got is not shown to all the world (rules.is_public)."""
    return (Issue.sent_at != None) & (Issue.provider_statuses == "") & (Issue.lands == "")


async def all_sent() -> list[Issue]:
    """The newest first."""
    return await Issue.objects().where(public()).order_by(Issue.sent_at, ascending=False)


async def latest(number: int) -> list[Issue]:
    return await Issue.objects().where(public()).order_by(Issue.sent_at, ascending=False).limit(number)


async def issue_at(reference: str) -> Issue | None:
    return await Issue.objects().get((Issue.reference == reference) & public())
