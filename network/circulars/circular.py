"""A decision in writing: sent to everybody with a vote, answered by link, and closed with its result in the book."""

import base64
import hashlib
import hmac
from collections.abc import Collection
from datetime import date, timedelta

from network import clock
from network.activity import WORKER, record
from network.association.bylaws import bylaws_on, first_day
from network.circulars import in_office, letters, tallying
from network.circulars.rules import is_open, refuse_closed, refuse_late
from network.circulars.tables import Choice, Circular, Voter
from network.circulars.voters import Asked, refuse_unreached, voters
from network.database import DB, locked
from network.errors import Refused
from network.i18n import N_, _
from network.references import fingerprint, new_reference
from network.resolutions import book
from network.resolutions.majorities import Decision
from network.resolutions.tables import Body, Kind
from network.settings import settings

REMIND_BEFORE = timedelta(days=2)
KINDS = {
    Body.BOARD: (Kind.ORDINARY,),
    Body.MEMBERS: (Kind.ORDINARY, Kind.CONTRIBUTIONS, Kind.BYLAWS, Kind.PURPOSE, Kind.VIRTUAL, Kind.REMOVAL),
}


# --- sending ---------------------------------------------------------------------------------------------------------


async def send(
    body: Body,
    *,
    title: str,
    wording: str,
    until: date,
    actor: str,
    kind: Kind = Kind.ORDINARY,
    reasons: str = "",
    banned: Collection[str] = (),
) -> Circular:
    """Ask everybody with a vote today, each by a letter with a link of their own. `banned` are keys (§ 34 BGB).

    Refused without a day to answer on that lies ahead, for a kind that this body does not decide in writing, while
    somebody has no address, and where nobody may vote.
    """
    today = clock.today()
    if until <= today:
        raise Refused(_("Please leave at least until tomorrow to answer."), "until")
    if kind not in KINDS.get(body, ()):
        raise Refused(_("This is not decided in writing here."), "kind")
    rules = await bylaws_on(today)
    asked = await voters(body, today, rules)
    refuse_unreached(asked)
    if all(one.key in banned for one in asked):
        raise Refused(_("There is nobody who may vote on this."), "banned")
    row = Circular(
        reference=new_reference(), body=body, kind=kind, title=title, wording=wording, reasons=reasons, until=until,
        rules_day=today, sent_at=clock.now(), actor=actor,
    )  # fmt: skip
    heads = tallying.by_heads(tallying.majority_of(row, rules))
    async with DB.transaction():
        await row.save()
        for one in asked:
            voter = await entered(row, one, heads=heads, banned=one.key in banned)
            await letters.asked(row, voter, token_of(voter.reference), reminder=False)
        await record(actor, N_("decision in writing sent"), thing(row), row.title, str(len(asked)))
    return row


async def entered(row: Circular, one: Asked, *, heads: bool, banned: bool) -> Voter:
    reference = new_reference()
    assert one.to
    voter = Voter(
        reference=reference, circular=row.id, person=one.person, organisation=one.organisation, name=one.name,
        casting=one.casting,
        to_name=one.to.name, email=one.to.email, locale=one.locale, votes=1 if heads else one.votes, banned=banned,
        digest=fingerprint(token_of(reference)),
    )  # fmt: skip
    await voter.save()
    return voter


def token_of(reference: str) -> str:
    """The same in the letter and its reminder, so that each of them opens the page; nobody else can work it out."""
    secret = hmac.new(settings().secret_key.encode(), f"circular:{reference}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(secret.digest()[:18]).decode()


# --- answering -------------------------------------------------------------------------------------------------------


async def answer(voter: Voter, choice: Choice, *, by: str) -> Circular:
    """Yes, no, or an objection to deciding in writing; until it is closed the last word counts.

    The last one to answer closes it. Refused once it is closed or its last day is over, and for who may not vote.
    """
    async with DB.transaction():
        row = await taken(voter.circular)
        refuse_late(row)
        if voter.banned:
            raise Refused(_("This matter concerns you: by § 34 BGB you have no vote in it."))
        if not await in_office.still(row, [voter]):
            raise Refused(_("You are no longer on the board and have no vote in this decision."))
        said = {Voter.choice: choice, Voter.answered_at: clock.now(), Voter.answered_by: by}
        await Voter.update(said).where(Voter.id == voter.id)  # type: ignore[arg-type]  # Piccolo's dict is of Column
        await record("", N_("decision in writing answered"), thing(row), row.title, voter.name)
        if all(one.choice or one.banned for one in await in_office.still(row, await voters_of(row))):
            await close(row, actor=WORKER)
    return row


async def close(row: Circular, *, actor: str) -> Decision:
    """Reckon the result, enter it into the book and tell everybody, in the deed's transaction with the row taken."""
    rules, everybody = await tallying.rules_of(row), await voters_of(row)
    result = tallying.tally(tallying.majority_of(row, rules), await in_office.still(row, everybody))
    entry = await book.enter(
        Body(row.body), kind=Kind(row.kind), title=row.title, wording=row.wording, outcome=result.outcome,
        taken_at=clock.now(), actor=row.actor, rules_from=first_day(rules), rules_known_at=row.sent_at,
        represented=result.represented, banned=result.banned, casting=result.casting,
        yes=result.count.yes, no=result.count.no, not_cast=result.count.not_cast,
        total=result.represented if tallying.by_heads(result.majority) else None, source=thing(row),
    )  # fmt: skip
    row.decided_at, row.outcome, row.resolution = clock.now(), result.outcome, entry.reference
    await row.save()
    await record(actor, N_("decision in writing closed"), thing(row), row.title)
    for voter in everybody:
        await letters.decided(row, voter, entry, result)
    return result


async def withdraw(row: Circular, because: str, *, actor: str) -> None:
    """It is not decided like this after all; everybody who was asked is told why. Refused once it is closed."""
    async with DB.transaction():
        still = await taken(row.id)
        refuse_closed(still)
        still.withdrawn_at, still.withdrawn_because = clock.now(), because
        await still.save()
        await record(actor, N_("decision in writing withdrawn"), thing(still), still.title, because)
        for voter in await voters_of(still):
            await letters.withdrawn(still, voter)


# --- the clock -------------------------------------------------------------------------------------------------------


async def keep_time() -> None:
    """Hourly: close what nobody can answer any more, and remind those who are silent two days before. Each by itself:
    whatever stops in between, the next hour goes on with the rest.
    """
    for row in await open_ones():
        if row.until < clock.today():
            await close_due(row)
        elif not row.reminded_at and row.until - REMIND_BEFORE <= clock.today() and is_a_day_old(row):
            await remind(row)


def is_a_day_old(row: Circular) -> bool:
    return row.sent_at <= clock.ago(days=1)


async def close_due(row: Circular) -> None:
    async with DB.transaction():
        still = await taken(row.id)
        if is_open(still):
            await close(still, actor=WORKER)


async def remind(row: Circular) -> None:
    async with DB.transaction():
        still = await taken(row.id)
        if not is_open(still) or still.reminded_at:
            return
        asked = await in_office.still(still, await voters_of(still))
        silent = [one for one in asked if not one.choice and not one.banned]
        for voter in silent:
            await letters.asked(still, voter, token_of(voter.reference), reminder=True)
        still.reminded_at = clock.now()
        await still.save()
        await record(WORKER, N_("decision in writing reminded of"), thing(still), still.title, str(len(silent)))


# --- finding ---------------------------------------------------------------------------------------------------------


async def taken(row_id: int) -> Circular:
    """The row as it is now, held until the end of the transaction."""
    return await locked(Circular, row_id, Circular.turns)


async def by_reference(reference: str) -> Circular | None:
    return await Circular.objects().get(Circular.reference == reference)


async def by_token(token: str) -> tuple[Circular, Voter] | None:
    voter = await Voter.objects().get(Voter.digest == fingerprint(token))
    row = await Circular.objects().get(Circular.id == voter.circular) if voter else None
    return (row, voter) if row and voter else None


async def voters_of(row: Circular) -> list[Voter]:
    return await Voter.objects().where(Voter.circular == row.id).order_by(Voter.id)


async def open_ones() -> list[Circular]:
    undecided = (Circular.decided_at == None) & (Circular.withdrawn_at == None)
    return await Circular.objects().where(undecided).order_by(Circular.until, Circular.id)


async def every() -> list[Circular]:
    """The latest first."""
    return await Circular.objects().order_by(Circular.id, ascending=False)


def thing(row: Circular) -> str:
    return f"circular:{row.reference}"
