"""One ballot of an election: opened with its candidates and votes, counted, and never changed afterwards."""

from collections.abc import Sequence

from network import clock
from network.assembly import candidate, decision, election, eligibility, entering, standing, verdict
from network.assembly.acceptance import ask
from network.assembly.counting import lot, runoff
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.ruling import rules_of
from network.assembly.tables.elections import Acceptance, Candidate, Election, Round, RoundCount
from network.assembly.tables.meeting import AgendaItem, Assembly
from network.assembly.verdict import Counted, Judged, counted_in, tally_of
from network.association import rulebook
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, format_names, ngettext
from network.references import new_reference

TWO = 2
LEAVING_OUT = ("yes_no", "run_off")  # one after the other, and the two who are ahead


# --- opening ---------------------------------------------------------------------------------------------------------


async def begin(
    row: Assembly, of: Election, mode: str, chosen: Sequence[Candidate], *, actor: str, way: str = "paper"
) -> Round:
    """Open a ballot; who may cast how many votes is fixed now.

    Refused for a mode that the bylaws do not allow, for candidates who have not agreed to stand, when somebody who
    stands is left out, without an officer, when all places are filled, and while another vote is open.
    """
    async with DB.transaction():
        held = await taken(row)
        still = await candidate.still_open(of)
        await election.refuse_unannounced(still)
        await refuse_second_ballot(held)
        if not still.officer:
            raise Refused(_("Please say first who leads the election; it is nobody who stands for it."), "officer")
        await refuse_filled(still)
        rules, last = await rules_of(held), await last_round(still)
        free = await open_candidates(still)
        refuse_mode(mode, election.modes_allowed(still, rules, len(free), last), chosen)
        refuse_not_standing(chosen, free)
        refuse_left_out(mode, chosen, free, places=await places_left(still))
        await refuse_ineligible(held, still, chosen)
        if mode == "run_off":
            await refuse_other_contest(last, chosen)
        one = Round(
            reference=new_reference(), election=still.id, number=await next_number(still), mode=mode, way=way,
            places=await places_left(still), opened_at=clock.now(), actor=actor,
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


def refuse_mode(mode: str, allowed: Sequence[str], chosen: Sequence[Candidate]) -> None:
    if mode not in allowed or mode == "lot":  # which is drawn, not cast
        raise Refused(_("The bylaws do not allow this ballot here."), "mode")
    if not chosen:
        raise Refused(_("Nobody stands."), "candidates")
    if mode == "yes_no" and len(chosen) != 1:
        raise Refused(_("Yes or no is voted on one person at a time."), "candidates")


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


def refuse_not_standing(chosen: Sequence[Candidate], standing_: Sequence[Candidate]) -> None:
    known = {one.id for one in standing_}
    for one in chosen:
        if one.id not in known:
            raise Refused(_("%(name)s has not agreed to stand, or stands no more.", name=one.name), "candidates")


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


async def refuse_other_contest(last: Round | None, chosen: Sequence[Candidate]) -> None:
    """Those who stand in a run-off follow from the ballot before; of equals at the border the chair says which."""
    if last is None or len(chosen) != TWO:
        raise Refused(_("A run-off is between two candidates."), "candidates")
    found = runoff.contest(tally_of(last, counted_in(last, await lines_of(last))))
    names = {one.reference for one in chosen}
    if not (set(found.certain) <= names <= {*found.certain, *found.tied}):
        raise Refused(_("The run-off is between the two with the most votes."), "candidates")


async def leading_two(of: Election, last: Round | None) -> list[str]:
    """Who stands in a run-off after this ballot, by reference; [] where equals at the border leave it open."""
    if last is None or not last.counted_at or last.mode not in ("one_vote", "run_off"):
        return []
    lines = await lines_of(last)
    found = runoff.contest(tally_of(last, counted_in(last, lines))).certain if len(lines) >= TWO else ()
    standing_ = {one.reference for one in await open_candidates(of)}
    return list(found) if len(found) == TWO and standing_ >= set(found) else []


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

    Refused without the clause, when nobody stands equal, and for somebody who was not among them.
    """
    async with DB.transaction():
        held = await taken(row)
        still = await candidate.still_open(of)
        if not rulebook.may_use("lot", await rules_of(held)):
            raise Refused(_("A lot needs a clause in the bylaws; yours have none (OLG München 31 Wx 81/07)."))
        last = await last_round(still)
        equals = await tied_in(last) if last and last.outcome == "tie" else []
        entered = lot.entered([one.reference for one in equals], drawn.reference)
        one = Round(
            reference=new_reference(), election=still.id, number=await next_number(still), mode="lot",
            way="hands", opened_at=clock.now(), counted_at=clock.now(), outcome="elected", drawn=entered.drawn,
            drawn_by=by, actor=actor,
        )  # fmt: skip
        await one.save()
        for who in equals:
            await RoundCount(round=one.id, candidate=who.id, elected=who.reference == entered.drawn).save()
        await ask(still, drawn, actor=actor)
        await entering.elected(held, still, one, actor=actor)
        await record(actor, N_("lot drawn"), thing(row), row.title, still.title)
    return one


async def told(one: Round) -> Judged:
    """What follows from the counts as they are kept: the same, whoever reckons it again."""
    return verdict.told(one, await election_of(one), await lines_of(one))


async def tied_in(one: Round) -> list[Candidate]:
    tied = (await told(one)).tied
    return [line.candidate for line in await lines_of(one) if line.candidate.reference in tied]


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
    assert still
    return still


def vote_of(one: Round) -> str:
    return f"round:{one.reference}"
