"""An extract from the resolution book: the decision that a change of the board rests on, as a paper for the court."""

from datetime import timedelta

from network import clock, documents
from network.assembly import printing
from network.association.profile import known_profile
from network.board import representation
from network.board.ledger import Held
from network.files import File, keep_document
from network.i18n import _, format_day, local, speaking
from network.resolutions import book
from network.resolutions.arithmetic import reckoned
from network.resolutions.finding import Choice, listed
from network.resolutions.tables import Body, Outcome, Resolution

BEFORE = timedelta(days=366)  # a decision older than that took nobody in


async def fitting(term: Held) -> list[Resolution]:
    """What the board adopted up to the day on which this term began, in a meeting or in writing; the latest first."""
    adopted = await listed(Choice(body=Body.BOARD, outcome=Outcome.ADOPTED), size=0)
    return [one for one in adopted if term.since - BEFORE <= local(one.taken_at) <= term.since]


async def kept(row: Resolution) -> File:
    """The extract as a PDF in German, with a line for each of the board who may sign it."""
    with speaking("de"):
        name = printing.named(_("Extract from the resolution book"), book.number_of(row))
    return await keep_document(name, await pdf(row))


async def pdf(row: Resolution) -> bytes:
    association = await known_profile()
    with speaking("de"):
        counted, signing = await reckoned(row), await representation.on(clock.today())
        values = {
            "language": "de",
            "title": _("Extract from the resolution book: %(number)s", number=book.number_of(row)),
            "association": association.full_name,
            "address": printing.address_of(association),
            "imprint": association.footer("de").split("\n"),
            "told": [
                _("Decided by the board on %(day)s: %(title)s", day=format_day(row.taken_at), title=row.title),
                *[part for part in row.wording.split("\n") if part],
                *([counted.words] if counted else []),
            ],
            "dated": ", ".join(part for part in (association.town, format_day(clock.today())) if part),
            "needed": signing.words,
            "signers": [[one.who, one.title] for one in signing.holders],
        }  # fmt: skip
    return await documents.pdf("certificate", values)
