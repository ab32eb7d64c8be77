"""A term: entered by the office, and looked at by whoever may."""

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from markupsafe import Markup

from network import clock
from network.board import duty, exporting, ledger, seat, term, words
from network.board.forms.terms import TermForm, WhoForm
from network.board.ledger import Held, Ledger
from network.board.rules import may_edit
from network.board.tables import Beginning, Seat, Term
from network.i18n import _, format_day
from network.members import asking, function
from network.members.asking import Known
from network.people import person
from network.people.person import person_by_reference
from network.people.tables import Person
from network.people.viewer import board_room, office, viewer_of
from network.web.beside import cards_beside
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]
PLACE = "/office/board/terms"
FORM = "board/office_term_form"


def place(reference: str) -> str:
    return f"{PLACE}/{reference}"


@get(f"{PLACE}/new", guards=[office])
async def new_form(request: Req) -> Response[Any]:
    """`?seat=deputy-1` fills in which; `?person=` whom."""
    book = await ledger.read()
    someone = await person_by_reference(request.query_params.get("person", ""))
    known: dict[str, Any] = {"name": someone.name, "email": someone.email} if someone else {}
    form, seats = TermForm(accepted_on=clock.today(), **known), await seat.seats_on(clock.today())
    offer(form, book, seats)
    wanted = request.query_params.get("seat", "")
    form.seat.data = next((one.reference for one in seats if f"{one.kind}-{one.position}" == wanted), form.seat.data)
    return await page(request, FORM, form=form, bylaws=book.bylaws_on(clock.today()))


def offer(form: TermForm, book: Ledger, seats: list[Seat]) -> None:
    board, vacant = book.board(clock.today()), _("vacant")
    sittings = {one.place: one for one in board.sittings}
    here = [(row, sittings[row.kind, row.position]) for row in seats]
    form.offer(
        {row.reference: " – ".join([one.name, one.holder.who if one.holder else vacant]) for row, one in here},
        co_option=board.bylaws.co_option,
    )


@post(f"{PLACE}/new", guards=[office])
async def enter(request: Req) -> Response[Any]:
    book, form, seats = await ledger.read(), TermForm(await request.form()), await seat.seats_on(clock.today())
    offer(form, book, seats)
    actor = (await viewer_of(request)).reference
    known_by = await asked_about(form, actor)
    begun: list[Term] = []

    async def deed() -> str:
        someone = await who(form, known_by, actor)
        at = next(one for one in seats if one.reference == form.seat.data)
        begun.append(await begin(form, at, someone, actor))
        return place(begun[0].reference)

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, told(form.name.data or "", begun[0]) if begun else "")
    return await page(request, FORM, 422, form=form, bylaws=book.bylaws_on(clock.today()))


async def asked_about(form: WhoForm, actor: str) -> Known:
    known_by = await asking.by(form.name.data or "", form.email.data or "", actor=actor)
    form.ask(known_by.choices)
    return known_by


async def who(form: WhoForm, known_by: Known, actor: str) -> Person:
    return await person.found_or_entered(
        form.name.data or "", form.email.data or "", namesakes=known_by.namesakes, offered=known_by.holder,
        same_as=form.same_as.data or "", title=form.person_title.data or "", phone=form.phone.data or "", actor=actor,
    )  # fmt: skip


async def begin(form: TermForm, at: Seat, someone: Person, actor: str) -> Term:
    """Each way of coming into office is a verb of its own."""
    day, until = form.accepted_on.data, form.until.data
    assert day
    facts: dict[str, Any] = {"source": form.source.data or "", "actor": actor}
    match form.began_as.data:
        case Beginning.CO_OPTED:
            return await term.co_opt(at, someone, accepted_on=day, until=until, honorary=form.honorary.data, **facts)
        case Beginning.APPOINTED_BY_COURT:
            return await term.appoint_by_court(at, someone, accepted_on=day, until=until, **facts)
        case Beginning.ENTERED:
            return await term.enter(at, someone, since=day, until=until, honorary=form.honorary.data, **facts)
    return await term.take_office(
        at, someone, accepted_on=day, by_election=form.began_as.data == Beginning.BY_ELECTION,
        gives_up=form.gives_up.data, honorary=form.honorary.data, **facts,
    )  # fmt: skip


def told(name: str, row: Term) -> str:
    since = format_day(row.since)
    if row.until is None:
        return _("%(name)s is entered: from %(since)s on.", name=name, since=since)
    return _("%(name)s is entered: from %(since)s to %(until)s.", name=name, since=since, until=format_day(row.until))


async def known(reference: str) -> tuple[Ledger, Held]:
    book = await ledger.read()
    found = book.known(reference)
    if found is None:
        raise NotFoundException
    return book, found


@get(f"{PLACE}/{{reference:str}}", guards=[board_room])
async def term_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, (book, found) = await viewer_of(request), await known(reference)
    today: date = clock.today()
    return await page(
        request,
        "board/office_term",
        day=today,
        term=found,
        seat=words.seat_name(*found.place, of=len({one.place for one in book.terms if one.kind == found.kind})),
        standing=found.standing(today),
        standings=exporting.STANDINGS,
        began=words.beginning(found.began_as),
        ended=words.ending(found.ended_by),
        before=book.forerunner(found),
        after=book.follower(found),
        others=[one for one in book.of_person(found.person_id) if one.id != found.id],
        changes=await duty.changes(book, of=[found]),
        duty_words=duty.words,
        names=await function.houses_of([found.person_id]),
        done_by=await names_of_doers(await duty.changes(book, of=[found])),
        may_edit=may_edit(viewer),
        beside=await handed_up(request, found),
    )


async def handed_up(request: Req, found: Held) -> list[Markup]:
    """What upper slices know of this term: the election that it came from."""
    return await cards_beside(request, await viewer_of(request), "term", found.reference)


async def names_of_doers(changes: list[duty.Change]) -> dict[str, str]:
    who = {row.done_by for change in changes for row in change.duties if row.done_by}
    people = await Person.objects().where(Person.reference.is_in(list(who))) if who else []
    return {one.reference: one.name for one in people}


handlers = [new_form, enter, term_page]
