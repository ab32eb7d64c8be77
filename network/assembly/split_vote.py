"""Several votes of one member cast in different directions at the own screen, where the bylaws let it."""

from network.assembly import attendance, decision, open_vote, standing
from network.assembly.meeting import taken
from network.assembly.ruling import rules_of
from network.assembly.tables.day import Decision, Entitled
from network.assembly.tables.meeting import Assembly
from network.association import rulebook
from network.association.tables import Bylaws
from network.database import DB
from network.errors import Refused
from network.i18n import _, format_number, ngettext
from network.members.tables import Organisation
from network.resolutions.counts import Count


async def cast(row: Assembly, of: Decision, organisation: Organisation, split: Count, *, actor: str) -> int:
    """Cast a member's own votes in different directions and say how many; those given to it stay as they were cast.

    Refused where the bylaws, as they were known when the vote was opened, do not let it, beyond the own votes, and
    as any vote at the own screen is.
    """
    async with DB.transaction():
        held = await taken(row)
        still = await decision.fresh(of)
        entries = await decision.castable(held, still, organisation)
        refuse_by_rule(await rules_of(held, taken_at=still.opened_at))
        refuse_too_many(split, own_among(entries, organisation))
        await decision.keep(still, organisation.id, open_vote.SPLIT, split.valid, actor=actor, split=split)
    return split.valid


def refuse_by_rule(rules: Bylaws) -> None:
    if rules.split_votes:
        return
    told = rulebook.explain("split_votes", rules)
    raise Refused(_("Several votes of one member %(value)s (%(origin)s).", value=told.value, origin=told.origin))


def refuse_too_many(split: Count, own: int) -> None:
    if min(split.yes, split.no, split.abstain) < 0:
        raise Refused(_("Votes are whole numbers from 0 on."), "split")
    if not split.valid:
        raise Refused(_("Please enter how many votes go which way."), "split")
    if split.valid > own:
        told = open_vote.numbers(split)
        raise Refused(
            ngettext(
                "%(num)s vote is too many: %(sum)s, but only %(whole)s can be cast.",
                "%(num)s votes are too many: %(sum)s, but only %(whole)s can be cast.",
                split.valid - own, sum=told, whole=format_number(own),
            ),
            "split",
        )  # fmt: skip


async def may_split(row: Assembly, of: Decision, organisation: Organisation) -> bool:
    """Whether the bylaws let it, and there is more than one vote to split."""
    rules = await rules_of(row, taken_at=of.opened_at)
    return bool(rules.split_votes) and await own_votes(row, of, organisation) > 1


async def own_votes(row: Assembly, of: Decision, organisation: Organisation) -> int:
    """Without those given to it; none while it is not there."""
    if await attendance.there(row, organisation) is None:
        return 0
    return own_among(await standing.castable_by(decision.vote_of(of), organisation), organisation)


def own_among(entries: list[Entitled], organisation: Organisation) -> int:
    return sum(one.votes for one in entries if one.organisation == organisation.id)


async def holds_for_others(of: Decision, organisation: Organisation) -> bool:
    held = await standing.castable_by(decision.vote_of(of), organisation)
    return any(one.organisation != organisation.id for one in held)
