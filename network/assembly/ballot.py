"""One ballot of an election: opened with its candidates and votes, counted, and never changed afterwards."""

from collections.abc import Sequence

from network import clock
from network.assembly import candidate, decision, election, eligibility, entering, equals, standing, verdict
from network.assembly.acceptance import ask
from network.assembly.counting import lot
from network.assembly.counting.runoff import Contest
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.ruling import rules_of
from network.assembly.tables.elections import Acceptance, Candidate, Election, Round, RoundCount
from network.assembly.tables.meeting import AgendaItem, Assembly
from network.assembly.verdict import LOTS, Counted, Judged
from network.association import rulebook
from network.association.tables import Bylaws
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, format_names, ngettext
from network.references import new_reference

ALWAYS = "always"
LEAVING_OUT = ("yes_no", "run_off", "border_vote")  # one after the other, and who is ahead


# --- opening ---------------------------------------------------------------------------------------------------------


async def begin(
    row: Assembly, of: Election, mode: str, chosen: Sequence[Candidate], *, actor: str, way: str = "paper"
) -> Round:
    """Open a ballot; who may cast how many votes is fixed now.

    Refused for a mode or a way that the bylaws do not allow, for candidates who have not agreed to stand, when somebody
    who stands is left out, without an officer, when all places are filled, and while another vote is open.
    """
    async with DB.transaction():
        held = await taken(row)
        still = await candidate.still_open(of)
        await election.refuse_unannounced(still)
        await refuse_second_ballot(held)
        if not still.officer:
            raise Refused(_("Please say first who leads the election; it is nobody who stands for it."), "officer")
        await refuse_filled(still)
        rules, free, places = await rules_of(held), await open_candidates(still), await places_left(still)
        found = await contest_of(still)
        refuse_mode(mode, await modes_allowed(still, rules), chosen, rules)
        refuse_way(way, mode, rules)
        refuse_not_standing(chosen, await candidate.candidates_of(still), free)
        refuse_left_out(mode, chosen, free, places=places)
        await refuse_ineligible(held, still, chosen)
        if mode in ("run_off", "border_vote"):
            refuse_other_contest(mode, found, chosen)
        one = Round(
            reference=new_reference(), election=still.id, number=await next_number(still), mode=mode, way=way,
            places=found.places if found and mode == "border_vote" else places, opened_at=clock.now(), actor=actor,
        )  # fmt: skip
        item = await AgendaItem.objects().get(AgendaItem.id == still.item)
        assert item
        one.represented = (await standing.fix(held, vote_of(one), item, rules)).castable
        still.rules_from = rules.valid_from if rules.id else None
        await still.save()
        await one.save()
        await RoundCount.insert(*(RoundCount(round=one.id, candidate=who.id) for who in chosen))
        await record(actor, N_("ballot opened"), thing(row), row.title, still.title)
    return one


async def refuse_second_ballot(row: Assembly) -> None:
    await decision.refuse_second_vote(row)
    mine = Round.election.is_in([one.id for one in await election.elections_of(row)])
    if other := await Round.objects(Round.election).get(mine & (Round.counted_at == None)):
        raise Refused(_("The ballot for “%(title)s” is still open.", title=other.election.title))


def refuse_mode(mode: str, allowed: Sequence[str], chosen: Sequence[Candidate], rules: Bylaws) -> None:
    if mode not in allowed or mode in LOTS:  # these are drawn, not cast
        election.refuse_without_clause(mode, rules, "mode")
        raise Refused(_("This ballot is not what the bylaws let follow here."), "mode")
    if not chosen:
        raise Refused(_("Nobody stands."), "candidates")
    if mode == "yes_no" and len(chosen) != 1:
        raise Refused(_("Yes or no is voted on one person at a time."), "candidates")


def refuse_way(way: str, mode: str, rules: Bylaws) -> None:
    """By show of hands everybody sees who voted how, and nobody can show an order."""
    if way in ways_allowed(rules) and (way == "paper" or mode != "transferable"):
        return
    if mode == "transferable":
        raise Refused(_("An order of candidates is written on paper."), "way")
    told = rulebook.explain("secret", rules)
    raise Refused(
        _("Elections are secret (%(value)s; %(origin)s, § 32 (1) BGB): on paper.",
          value=told.value, origin=told.origin),
        "way",
    )  # fmt: skip


def ways_allowed(rules: Bylaws) -> Sequence[str]:
    return ("paper",) if rules.secret == ALWAYS else ("paper", "hands")


async def refuse_filled(of: Election) -> None:
    """Whoever was elected holds the place until the answer; a page from before knows nothing of it."""
    if await places_left(of):
        return
    holding = await holding_places(of)
    raise Refused(
        ngettext(
            "The place is taken: %(names)s was elected to it. Another ballot can be held if the election is declined.",
            "The places are taken: %(names)s were elected to them. Another ballot can be held if one of them declines.",
            len(holding), names=format_names(one.name for one in holding),
        )
    )  # fmt: skip


def refuse_not_standing(
    chosen: Sequence[Candidate], proposed: Sequence[Candidate], standing_: Sequence[Candidate]
) -> None:
    """By what is known now, whatever the page said when it was opened."""
    free, now = {one.id for one in standing_}, {one.id: one for one in proposed}
    for one in chosen:
        if one.id not in free:
            raise Refused(why_not_standing(now.get(one.id, one)), "candidates")


def why_not_standing(one: Candidate) -> str:
    if one.withdrawn_at:
        return _("%(name)s stands no more, and nobody can be elected against their will (§ 27 BGB).", name=one.name)
    if not one.consented_at:
        return _("%(name)s has not agreed to stand; nobody is voted on without the own consent, as an office is taken "
                 "only by accepting it (§ 27 BGB).", name=one.name)  # fmt: skip
    return _("%(name)s has been elected already or has declined.", name=one.name)


def refuse_left_out(mode: str, chosen: Sequence[Candidate], standing_: Sequence[Candidate], *, places: int) -> None:
    """Where votes are for somebody, nobody can vote no: a ballot with fewer names would elect by leaving names out."""
    if mode in LEAVING_OUT:
        return
    names = [one.name for one in standing_ if one.id not in {who.id for who in chosen}]
    if mode == "en_bloc" and len(standing_) > places:
        raise Refused(
            _("More people stand than places are open, and a vote on a list as a whole would leave some of them out. "
              "Please prepare an election that names them one by one (§ 32 (1) sentence 3 BGB)."), "candidates"
        )  # fmt: skip
    if names:
        raise Refused(
            _("Left out: %(names)s. Whoever stands is on the ballot; only the rules of a run-off leave somebody out "
              "(§ 32 (1) sentence 3 BGB). Who does not want to be elected any more stands down first.",
              names=format_names(names)), "candidates"
        )  # fmt: skip


async def refuse_ineligible(row: Assembly, of: Election, chosen: Sequence[Candidate]) -> None:
    for one in chosen:
        if words := await eligibility.why_not_of(row, of, one):
            raise Refused(words, "candidates")


def refuse_other_contest(mode: str, found: Contest | None, chosen: Sequence[Candidate]) -> None:
    """Those who stand in a run-off follow from the ballots before, and from the lot; nobody picks them."""
    names = {one.reference for one in chosen}
    if mode == "border_vote" and (found is None or names != set(found.tied)):
        raise Refused(_("This ballot is between all who stand equal at the border of the run-off."), "candidates")
    if mode == "run_off" and (found is None or found.tied or names != set(found.certain)):
        raise Refused(_("The run-off is between the two with the most votes."), "candidates")


async def modes_allowed(of: Election, rules: Bylaws) -> list[str]:
    """Which ballots, or lots, the rules allow next."""
    free = await open_candidates(of)
    found, equals_ = await contest_of(of), await equals_of(of)
    return election.modes_allowed(of, rules, len(free), contest=found, equals=[one.reference for one in equals_])


async def stands_in(of: Election, mode: str) -> list[Candidate]:
    """Who is on the ballot of this mode: for a run-off what the ballots before left, else everybody."""
    free, found = await open_candidates(of), await contest_of(of)
    if found is None or mode not in ("run_off", "border_vote"):
        return free
    names = found.tied if mode == "border_vote" else found.certain
    return [one for one in free if one.reference in names]


async def contest_of(of: Election) -> Contest | None:
    """None, too, when one of them stands no more."""
    found = await equals.contest(await rounds_of(of))
    free = {one.reference for one in await open_candidates(of)}
    return found if found and free >= {*found.certain, *found.tied} else None


async def equals_of(of: Election) -> list[Candidate]:
    """Between whom a lot may decide who is elected."""
    names = await equals.for_places(of, await rounds_of(of))
    return [one for one in await open_candidates(of) if one.reference in names]


async def drawn_between(of: Election, rules: Bylaws) -> list[Candidate]:
    """Between whom a lot may be drawn next: for a place, or for one in the run-off."""
    mode = await lot_allowed(of, rules)
    found = await contest_of(of)
    if mode == "border_lot" and found:
        return [one for one in await open_candidates(of) if one.reference in found.tied]
    return await equals_of(of) if mode else []


async def lot_allowed(of: Election, rules: Bylaws) -> str:
    """Its mode; "" when there is nothing to draw."""
    return next((one for one in await modes_allowed(of, rules) if one in LOTS), "")


# --- counting --------------------------------------------------------------------------------------------------------


async def count(row: Assembly, one: Round, counted: Counted, *, actor: str) -> Judged:
    """Enter the counts. Whoever is elected is asked to accept. Refused when papers do not add up, and a second time."""
    async with DB.transaction():
        held = await taken(row)
        still = await fresh(one)
        if still.counted_at:
            raise Refused(_("This ballot has been counted already."))
        of = await election_of(still)
        lines = await lines_of(still)
        found = verdict.judge(still, of, verdict.names_in(lines), counted)
        still.abstain, still.invalid, still.not_cast = counted.abstain, counted.invalid, counted.not_cast
        still.counted_at, still.outcome = clock.now(), found.outcome
        await still.save()
        for line in lines:
            await keep(line, counted, elected=line.candidate.reference in found.elected)
            if line.candidate.reference in found.elected:
                await ask(of, line.candidate, actor=actor)
        await entering.elected(held, of, still, actor=actor)
        await record(actor, N_("ballot counted"), thing(row), row.title, of.title)
    return found


async def keep(line: RoundCount, counted: Counted, *, elected: bool) -> None:
    line.yes = counted.votes.get(line.candidate.reference, counted.yes)
    line.no = None if counted.votes else counted.no
    line.elected = elected
    await line.save()


async def draw(row: Assembly, of: Election, drawn: Candidate, *, by: str, actor: str) -> Round:
    """Between equals the lot decides, where the bylaws say so: what was drawn by hand, and by whom, is entered.

    It fills one place at the border, or one in the run-off. Refused without the clause, when nobody stands equal, and
    for somebody who was not among them.
    """
    async with DB.transaction():
        held = await taken(row)
        still, rules = await candidate.still_open(of), await rules_of(held)
        election.refuse_without_clause("lot", rules)
        mode, between = await lot_allowed(still, rules), await drawn_between(still, rules)
        entered = lot.entered([one.reference for one in between], drawn.reference)
        elects = mode == "lot"
        one = Round(
            reference=new_reference(), election=still.id, number=await next_number(still), mode=mode,
            way="hands", opened_at=clock.now(), counted_at=clock.now(), outcome="elected" if elects else "none",
            drawn=entered.drawn, drawn_by=by, actor=actor,
        )  # fmt: skip
        await one.save()
        for who in between:
            await RoundCount(round=one.id, candidate=who.id, elected=elects and who.reference == entered.drawn).save()
        if elects:
            await ask(still, drawn, actor=actor)
            await entering.elected(held, still, one, actor=actor)
        await record(actor, N_("lot drawn"), thing(row), row.title, still.title)
    return one


async def told(one: Round) -> Judged:
    """What follows from the counts as they are kept: the same, whoever reckons it again."""
    return verdict.told(one, await election_of(one), await lines_of(one))


# --- finding ---------------------------------------------------------------------------------------------------------


async def rounds_of(of: Election) -> list[Round]:
    return await Round.objects().where(Round.election == of.id).order_by(Round.number)


async def next_number(of: Election) -> int:
    return int(await Round.count().where(Round.election == of.id)) + 1


async def last_round(of: Election) -> Round | None:
    return next(reversed(await rounds_of(of)), None)


async def lines_of(one: Round) -> list[RoundCount]:
    return await RoundCount.objects(RoundCount.candidate).where(RoundCount.round == one.id).order_by(RoundCount.id)


async def open_candidates(of: Election) -> list[Candidate]:
    """Who stands and has not been elected yet; who declined stands no more."""
    answered = {one["candidate"] for one in await Acceptance.select(Acceptance.candidate).where(
        Acceptance.election == of.id
    )}  # fmt: skip
    return [one for one in await candidate.standing_for(of) if one.id not in answered]


async def places_left(of: Election) -> int:
    return max(0, of.number - len(await holding_places(of)))


async def holding_places(of: Election) -> list[Candidate]:
    """Who was elected and has not declined."""
    mine = (Acceptance.election == of.id) & (Acceptance.declined_at == None)
    return [one.candidate for one in await Acceptance.objects(Acceptance.candidate).where(mine).order_by(Acceptance.id)]


async def election_of(one: Round) -> Election:
    found = await Election.objects().get(Election.id == one.election)
    assert found
    return found


async def by_reference(of: Election, reference: str) -> Round | None:
    return await Round.objects().get((Round.election == of.id) & (Round.reference == reference))


async def fresh(one: Round) -> Round:
    still = await Round.objects().get(Round.id == one.id)
    if still is None:
        raise Refused(_("This ballot was broken off."))
    return still


def vote_of(one: Round) -> str:
    return f"round:{one.reference}"
