"""Texts in which {members} and {sites} stand for how many there are: computed for the day, never typed."""

from datetime import date

from network.i18n import format_number
from network.members import directory

PLACES = ("{members}", "{sites}")


async def filled(text: str, day: date) -> str:
    """The text with the association's numbers on this day; other braces stay as they are."""
    if not any(place in text for place in PLACES):
        return text
    counts = await directory.counts(day)
    return text.replace("{members}", format_number(counts.members)).replace("{sites}", format_number(counts.sites))
