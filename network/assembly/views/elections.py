"""Elections on their pages: prepared, who stands, what came of the ballots, and who accepts."""

from collections.abc import Sequence
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.assembly import (
    acceptance,
    agenda,
    announced,
    ballot,
    candidate,
    correction,
    decision,
    election,
    eligibility,
    entering,
    floor,
    meeting,
)
from network.assembly.forms.elections import BallotForm, CandidateForm, ElectionForm, LotForm
from network.assembly.recipients import members_on
from network.assembly.rules import may_lead
from network.assembly.ruling import rules_of
from network.assembly.tables.elections import Candidate, Election, Round
from network.assembly.tables.meeting import Assembly, ItemKind
from network.assembly.verdict import LOTS
from network.assembly.views.this_assembly import PLACE, Req, led, place, seen
from network.association import rulebook
from network.board import seat, term, words
from network.board.tables import Seat
from network.errors import Refused
from network.i18n import _, format_day, local
from network.members import organisation
from network.people import person
from network.people.tables import Person
from network.people.viewer import assembly_room
from network.resolutions.book import number_of
from network.web.forms import Form
from network.web.once import once
from network.web.pages import page, see_other

LIST = f"{PLACE}/{{reference:str}}/elections"
HERE = f"{LIST}/{{of:str}}"


# --- prepared --------------------------------------------------------------------------------------------------------


@get(LIST, guards=[assembly_room])
async def elections_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await seen(request, reference)
    rows = await election.elections_of(row)
    return await page(
        request, "assembly/elections", row=row, elections=rows, may_lead=may_lead(viewer, row),
        methods=election.METHODS,
        stand={one.id: await candidate.standing_for(one) for one in rows},
        answers={one.id: await acceptance.acceptances_of(one) for one in rows},
        held={one.id for one in rows if await ballot.last_round(one)},
    )  # fmt: skip


@get(f"{LIST}/new", guards=[assembly_room])
async def new_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await led(request, reference)
    rests = await term.left_before_time(await seat.seats_on(local(row.starts_at)), local(row.starts_at))
    form = ElectionForm(officer=row.election_officer, by_election=bool(rests))
    return await preparing(request, row, await offered(row, form))


@post(f"{LIST}/new", guards=[assembly_room])
async def prepare(request: Req, reference: FromPath[str]) -> Response[Any]:
    """Any way of electing may be sent, by a page from before: the no names the clause."""
    viewer, row = await led(request, reference)
    form = await offered(row, ElectionForm(await request.form()), list(election.METHODS))

    async def deed() -> str:
        item = await agenda.item_by_reference(row, form.item.data or "")
        assert item
        chosen = [one for one in await seat.every() if one.reference in (form.seats.data or [])]
        made = await election.plan(
            row, item, title=form.title.data or "", seats=chosen, number=form.number.data or 1, method=form.method.data,
            officer=form.officer.data or "", by_election=await fits(row, form, chosen), actor=viewer.reference,
        )  # fmt: skip
        return at(row, made)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed))
    return await preparing(request, row, await offered(row, form), 422)


async def fits(row: Assembly, form: ElectionForm, chosen: Sequence[Seat]) -> bool:
    """The tick that the page proposes for a seat left before the time says nothing of the others."""
    day = local(row.starts_at)
    proposed = await term.left_before_time(await seat.seats_on(day), day)
    return bool(form.by_election.data) and (not proposed or any(one.reference in proposed for one in chosen))


async def offered(row: Assembly, form: ElectionForm, methods: Sequence[str] = ()) -> ElectionForm:
    """With the ways that the bylaws allow, or these."""
    items = [item for item in await agenda.items_of(row) if item.kind == ItemKind.ELECTION]
    form.offer(
        {item.reference: agenda.title_of(item) for item in items},
        await seats_named(row),
        methods or election.methods_allowed(await rules_of(row)),
    )
    return form


async def seats_named(row: Assembly) -> dict[str, str]:
    rows = await seat.seats_on(local(row.starts_at))
    kinds = [one.kind for one in rows]
    return {one.reference: words.seat_name(one.kind, one.position, kinds.count(one.kind)) for one in rows}


async def preparing(request: Req, row: Assembly, form: ElectionForm, status: int = 200) -> Response[Any]:
    return await page(request, "assembly/election_form", status, row=row, form=form, rests=await rests_told(row))


async def rests_told(row: Assembly) -> list[str]:
    """Of each seat that somebody left before the time: until when whoever is elected now would hold it, and why."""
    day, names = local(row.starts_at), await seats_named(row)
    rule = rulebook.explain("by_election", await rules_of(row))
    rests = await term.left_before_time(await seat.seats_on(day), day)
    return [
        _("%(seat)s: the former term would run until %(day)s. Who is elected in between: %(value)s (%(origin)s).",
          seat=names[reference], day=format_day(last), value=rule.value, origin=rule.origin)
        for reference, last in rests.items()
    ]  # fmt: skip


# --- one election ----------------------------------------------------------------------------------------------------


@get(HERE, guards=[assembly_room])
async def election_page(request: Req, reference: FromPath[str], of: FromPath[str]) -> Response[Any]:
    _viewer, row = await seen(request, reference)
    return await shown(request, row, await known(row, of))


async def shown(
    request: Req, row: Assembly, of: Election, form: Form | None = None, status: int = 200
) -> Response[Any]:
    """`form` is the one that was refused."""
    viewer, _row = await seen(request, row.reference)
    rounds = [await told(one) for one in await ballot.rounds_of(of)]
    free = await ballot.open_candidates(of)
    last = rounds[-1]["round"] if rounds else None
    modes = [] if of.closed_at else await ballot.modes_allowed(of, await rules_of(row))
    by_lot = next((one for one in modes if one in LOTS), "")
    modes = [one for one in modes if one not in LOTS]
    opening = form if isinstance(form, BallotForm) else BallotForm(mode=modes[0] if modes else "")
    rules = await rules_of(row)
    opening.offer(modes, {one.reference: one.name for one in free}, ballot.ways_allowed(rules))
    if not isinstance(form, BallotForm):
        opening.candidates.data = [one.reference for one in await ballot.stands_in(of, opening.mode.data)]
    names = await seats_named(row)
    return await page(
        request,
        "assembly/election",
        status,
        row=row,
        of=of,
        form=form,
        state=meeting.state_of(row),
        candidates=await candidate.candidates_of(of),
        candidate_form=form if isinstance(form, CandidateForm) else await proposing(row, CandidateForm()),
        against=await against(row, of),
        rounds=rounds,
        in_book=await entering.in_book([entry["round"] for entry in rounds]),
        number_of=number_of,
        running=bool(last and not last.counted_at),
        opening=opening,
        ways=decision.WAYS,
        secrecy=rulebook.explain("secret", await rules_of(row)),
        left=await ballot.places_left(of),
        answers=await acceptance.acceptances_of(of),
        seats=[names[one] for one in of.seats.split() if one in names],
        seat_names=names,
        lot_allowed=rulebook.may_use("lot", await rules_of(row)),
        drawing=(form if isinstance(form, LotForm) else await drawing(row, of, LotForm(by=of.officer)))
        if by_lot
        else None,
        by_lot=by_lot,
        lots=LOTS,
        corrected=await announced.before_in(row),
        may_correct=may_lead(viewer, row) and await correction.is_open(row),
        modes=election.MODES,
        methods=election.METHODS,
        consented=candidate.CONSENTED,
        may_lead=may_lead(viewer, row),
    )


async def told(one: Round) -> dict[str, Any]:
    """A ballot with its lines, and what followed from it."""
    lines = await ballot.lines_of(one)
    judged = await ballot.told(one) if one.counted_at and one.mode != "transferable" else None
    tied = [line.candidate.name for line in lines if judged and line.candidate.reference in judged.tied]
    return {"round": one, "lines": lines, "words": judged.words if judged else "", "tied": tied}


async def drawing(row: Assembly, of: Election, form: LotForm) -> LotForm:
    equals = await ballot.drawn_between(of, await rules_of(row))
    form.offer({one.reference: one.name for one in equals})
    return form


@post(f"{HERE}/candidates", guards=[assembly_room])
async def propose(request: Req, reference: FromPath[str], of: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    found, form = await known(row, of), await proposing(row, CandidateForm(await request.form()))

    async def deed() -> str:
        who = None
        if form.email.data:
            who = await whose(row, form.name.data or "", form.email.data, viewer.reference)
        made = await candidate.propose(
            row, found, name=form.name.data or "", person=who, email=form.email.data or "",
            organisation=await organisation.by_reference(form.works_for.data or ""),
            proposed_by=form.proposed_by.data or "", about=form.about.data or "", actor=viewer.reference,
        )  # fmt: skip
        if form.agreed.data:
            await candidate.consent(row, found, made, how="present", actor=viewer.reference)
        return at(row, found)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed))
    return await shown(request, row, found, form, 422)


async def proposing(row: Assembly, form: CandidateForm) -> CandidateForm:
    members = (await floor.named([*await members_on(local(row.starts_at))])).values()
    form.offer({one.reference: one.name for one in sorted(members, key=lambda one: one.sorting)})
    return form


async def against(row: Assembly, of: Election) -> dict[str, str]:
    """Of who stands and is not elected yet: why the bylaws do not allow it."""
    found = {one.reference: await eligibility.why_not_of(row, of, one) for one in await ballot.open_candidates(of)}
    return {reference: words for reference, words in found.items() if words}


async def whose(row: Assembly, name: str, email: str, actor: str) -> Person | None:
    """The person with this address, entered if need be; a rehearsal enters nobody."""
    if row.rehearsal_of:
        return await person.person_at(email)
    return await person.found_or_entered(name, email, actor=actor)


@post([f"{HERE}/candidates/{{who:str}}/consent", f"{HERE}/candidates/{{who:str}}/withdrawal"], guards=[assembly_room])
async def answer_candidacy(
    request: Req, reference: FromPath[str], of: FromPath[str], who: FromPath[str]
) -> Response[Any]:
    viewer, row = await led(request, reference)
    found = await known(row, of)
    one = await standing_as(found, who)
    try:
        if request.url.path.endswith("/consent"):
            await candidate.consent(row, found, one, how="present", actor=viewer.reference)
        else:
            await candidate.withdraw(row, found, one, actor=viewer.reference)
    except Refused as no:
        return see_other(at(row, found), no.words, warning=True)
    return see_other(at(row, found))


@post([f"{HERE}/candidates/{{who:str}}/acceptance", f"{HERE}/candidates/{{who:str}}/refusal"], guards=[assembly_room])
async def answer_election(
    request: Req, reference: FromPath[str], of: FromPath[str], who: FromPath[str]
) -> Response[Any]:
    viewer, row = await led(request, reference)
    found = await known(row, of)
    one = await standing_as(found, who)
    try:
        if request.url.path.endswith("/acceptance"):
            await acceptance.accept(row, found, one, actor=viewer.reference)
        else:
            await acceptance.decline(row, found, one, actor=viewer.reference)
    except Refused as no:
        return see_other(at(row, found), no.words, warning=True)
    return see_other(at(row, found))


@post(f"{HERE}/closure", guards=[assembly_room])
async def close(request: Req, reference: FromPath[str], of: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    found = await known(row, of)
    try:
        await election.close(row, found, actor=viewer.reference)
    except Refused as no:
        return see_other(at(row, found), no.words, warning=True)
    return see_other(at(row, found), _("The election is closed."))


# --- which one -------------------------------------------------------------------------------------------------------


async def known(row: Assembly, reference: str) -> Election:
    found = await election.by_reference(row, reference)
    if found is None:
        raise NotFoundException
    return found


async def standing_as(of: Election, reference: str) -> Candidate:
    found = await candidate.by_reference(of, reference)
    if found is None:
        raise NotFoundException
    return found


def at(row: Assembly, of: Election) -> str:
    return f"{place(row)}/elections/{of.reference}"


handlers = [
    elections_page, new_form, prepare, election_page, propose, answer_candidacy, answer_election, close,
]  # fmt: skip
