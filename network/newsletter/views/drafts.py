"""Finding the issue that an address of the office names."""

from litestar.exceptions import NotFoundException

from network.newsletter import writing
from network.newsletter.tables import Issue

ROOM = "/office/newsletter"


async def known(reference: str) -> Issue:
    issue = await writing.by_reference(reference)
    if issue is None:
        raise NotFoundException
    return issue


async def draft_of(reference: str) -> Issue:
    """For pages that only a draft has."""
    issue = await known(reference)
    if issue.sent_at:
        raise NotFoundException
    return issue


def place_of(issue: Issue, more: str = "") -> str:
    return f"{ROOM}/{issue.reference}{more}"
