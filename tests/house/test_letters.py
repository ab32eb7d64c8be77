"""Every letter there is, in both languages: written in words, and with the association's block under it."""

from datetime import time, timedelta

import pytest

from mailing import letters
from mailing.outbox import Address, raw_source
from mailing.tables import Letter
from network import clock, i18n
from network.admission import acceptance, steps
from network.admission.acceptance import Decision
from network.admission.tables import StepKind
from network.assembly import agenda, call, convocation, delivery, election, meeting, minutes, motion, moving, objection
from network.assembly.recipients import recipients
from network.assembly.tables.meeting import Assembly, ItemKind
from network.association import bylaws, profile
from network.board import seat, term, warning
from network.boardroom import agenda as board_agenda
from network.boardroom import attendance
from network.boardroom import invitation as board_invitation
from network.boardroom import meeting as board_meeting
from network.boardroom import minutes as board_minutes
from network.circulars import circular
from network.circulars.tables import Choice
from network.events import changes, editing, registration
from network.events.registration import By
from network.members import guest as guest_member
from network.members import membership, notice
from network.members.tables import Organisation
from network.newsletter import joining
from network.office.outbox import KINDS
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.representing import check, colleague, proposal
from network.resolutions.tables import Body
from network.templating import TEMPLATES
from tests.admission.make import applied
from tests.events.make import forum, guest, people, sign_up

EVERY = {
    str(path.relative_to(TEMPLATES / "letters").with_suffix(""))
    for path in (TEMPLATES / "letters").rglob("*.txt")
    if not path.name.startswith("_")
}


@pytest.mark.parametrize("locale", ["de", "en"])
async def test_every_letter_is_whole_and_carries_the_associations_block(association, locale):
    with i18n.speaking(locale):
        await let_everything_happen()
    known = await profile.known_profile()

    written = await Letter.objects()

    assert {letter.template for letter in written} == EVERY
    assert {letter.locale for letter in written} == {locale}
    assert [fault for letter in written for fault in faults(letter, known.footer(locale))] == []


def test_the_outbox_has_words_for_every_letter():
    assert set(KINDS) == EVERY


async def let_everything_happen() -> None:
    """A forum from its first registration to its end, a reader, and somebody who signs in."""
    await let_a_term_end()  # first: from then on the block under each letter names the board
    kassel = await forum(seats=2, online_address="https://konferenz.example.org/raum", mode="hybrid")
    mine = await sign_up(kassel, "Zita Ahlers", "Ove Amsel")
    await sign_up(kassel, "Juri Tannhof", "Ulla Rebhuhn", organisation="Werkbank Nord gGmbH", together=True)
    _zita, ove, *_waiting = await people(kassel)
    await registration.replace(mine, ove.reference, guest("Thea Quast"))
    seated = [one for one in await people(kassel) if one.state == "seated"]
    await registration.cancel(kassel.id, [one.reference for one in seated], by=By.REGISTRANT)
    await editing.edit(
        kassel.id, actor="", starts_at=kassel.starts_at + timedelta(days=1), ends_at=kassel.ends_at + timedelta(days=1)
    )
    await changes.cancel_event(kassel.id, "Das Haus ist nicht mehr frei.", actor="")
    await joining.join("wiebke.seegers@example.org", source="/newsletter", name="Wiebke Seegers")
    await confirm_and_ask_again()
    mira = await person.enter("Mira Quandt", "mira.quandt@example.org", locale=i18n.locale())
    await sign_in.ask_for_link(mira.email)
    await person.correct(mira, name=mira.name, email="mira@example.org", actor="")
    await a_membership()
    await two_applications()
    await let_a_member_speak()
    await an_assembly()
    await let_a_term_end()
    await let_the_board_decide_in_writing()
    await let_the_board_meet()
    await let_the_board_write_minutes()


async def an_assembly() -> None:
    """Convened, with something added, moved, and called off in the end; read by whoever represents a member."""
    day = clock.today() + timedelta(days=90)
    row = await meeting.plan(
        title="Mitgliederversammlung", starts_at=clock.berlin(day, time(10)), town="Berlin", mode="hybrid",
        rights_de="Mit Ihrem Zugang.", rights_en="With your access.", actor="",
    )  # fmt: skip
    await agenda.add(row, ItemKind.RESOLUTION, "Haushalt", title_en="Budget", text="…", actor="")
    await convocation.convene(row, actor="")
    member = await Organisation.objects().order_by(Organisation.id).first()
    assert member
    to = Address("Ella Brandt", "ella.brandt@example.org")
    for title in ("Eins", "Zwei"):
        one = await motion.hand_in(
            row, member, kind="resolution", title=title, wording="…", reader=to, locale=i18n.locale(), actor=""
        )
        if title == "Eins":
            await motion.accept(row, one, reader=to, locale=i18n.locale(), actor="")
        else:
            await motion.decline(row, one, reason="…", reader=to, locale=i18n.locale(), actor="")
    await candidates_of(row, member)
    await agenda.add(row, ItemKind.RESOLUTION, "Nachtrag", title_en="More", text="…", actor="")
    await moving.supplement(row, actor="")
    await moving.move(row, starts_at=clock.berlin(day + timedelta(days=1), time(11)), because="…", actor="")
    await moving.cancel(row, because="…", actor="")
    await minutes_with_an_objection()


async def candidates_of(row: Assembly, member: Organisation) -> None:
    under = await agenda.add(row, ItemKind.ELECTION, "Wahl", actor="")
    of = await election.plan(row, under, title="Kassenprüfung", actor="")
    await call.open_(row, clock.today() + timedelta(days=30), actor="")
    await call.remind(row, actor="")
    await call.propose(
        row, of, by=member, name="Ella Brandt", email="ella.brandt@example.org", locale=i18n.locale(), actor=""
    )


async def minutes_with_an_objection() -> None:
    """Of an assembly that was held yesterday; one objection is upheld, the other is not."""
    now = clock.now()
    row = await meeting.plan(title="Versammlung", starts_at=now + timedelta(hours=1), town="Berlin", actor="")
    await Assembly.update({Assembly.convened_at: now, Assembly.opened_at: now, Assembly.closed_at: now}).where(
        Assembly.id == row.id
    )
    written = await minutes.draft(row, actor="")
    for one in await minutes.signatures_of(written):
        await minutes.sign(row, written, one.capacity, clock.today(), actor="")
    await delivery.send(row, actor="")
    first = next(one for one in await recipients(row) if one.email)
    invited = await Organisation.objects().get(Organisation.id == first.id)
    assert invited
    for upheld in (True, False):
        made = await objection.raise_(row, invited, "…", actor="")
        await objection.decide(row, made, upheld=upheld, answer="…", actor="")


async def let_the_board_decide_in_writing() -> None:
    """One is answered, the other withdrawn."""
    known = {"wording": "Der Verein tritt bei.", "until": clock.today() + timedelta(days=7), "actor": ""}
    decided, withdrawn = [await circular.send(Body.BOARD, title=title, **known) for title in ("Beitritt", "Austritt")]
    for voter in await circular.voters_of(decided):
        await circular.answer(voter, Choice.YES, by=voter.name)
    await circular.withdraw(withdrawn, "Es eilt nicht.", actor="")


async def let_the_board_meet() -> None:
    """Invited, moved, called off."""
    begins = clock.now() + timedelta(days=30)
    row = await board_meeting.plan(title="Vorstandssitzung", starts_at=begins, place="Berlin", actor="")
    await board_agenda.add(row, "Haushalt", actor="")
    await board_invitation.invite(row, actor="")
    await board_invitation.tell(row, starts_at=begins + timedelta(days=1), place="Kassel", because="…", actor="")
    await board_invitation.cancel(row, "…", actor="")


async def let_the_board_write_minutes() -> None:
    """Of a meeting today."""
    begins = clock.now() + timedelta(seconds=1)
    row = await board_meeting.plan(title="Vorstandssitzung", starts_at=begins, place="Berlin", actor="")
    await board_agenda.add(row, "Haushalt", actor="")
    await board_invitation.invite(row, actor="")
    await attendance.begin(row, actor="")
    await attendance.close(row, actor="")
    await board_minutes.draft(row, actor="")
    await board_minutes.send(row, actor="")


async def let_a_term_end() -> None:
    """The office and the chair are told five months ahead."""
    await bylaws.enact("", valid_from=clock.today(), board_seats="chair=1", term_months=5)
    [chair] = await seat.seats_on(clock.today())
    henrike = await person.enter("Henrike Voßberg", "henrike.vossberg@example.org", locale=i18n.locale())
    mira = await person.enter("Mira Quandt", "mira.quandt@example.org", locale=i18n.locale())
    await roles.grant(mira, RoleKind.OFFICE)
    await term.take_office(chair, henrike, accepted_on=clock.today())
    await warning.warn()


async def two_applications() -> None:
    """One is accepted, the other is not."""
    first, second = await applied(), await applied(name="Andere gGmbH")
    decided = Decision(on=clock.today(), said_by="Vorstand", kind="guest", since=clock.today())
    await acceptance.accept(first, decided, actor="")
    await steps.take(second, StepKind.DECLINED, on=clock.today(), why="Der Nachweis fehlt.", actor="")


async def a_membership() -> None:
    """A guest becomes a full member, gives notice and takes it back."""
    member = await membership.admit("Ilmtal Reha gGmbH", kind="guest")
    ella = await person.enter("Ella Brandt", "ella.brandt@example.org", locale=i18n.locale())
    await roles.grant(ella, RoleKind.MEMBER_REPRESENTATIVE, member.reference)
    await guest_member.make_full(member, since=clock.today())
    await notice.receive(member, received=clock.today(), said_by="Vorstand", until=clock.today(), why="So vereinbart")
    await notice.take_back(member, said_by="Vorstand")


async def let_a_member_speak() -> None:
    """A colleague is invited, two changes are proposed and decided, and once a year it is asked twice."""
    row = await membership.admit("Neckarbogen Reha und Arbeit gGmbH", since=clock.today())
    ella = await person.enter("Ella Brandt", "ella.brandt@example.org", locale=i18n.locale())
    await roles.grant(ella, RoleKind.MEMBER_REPRESENTATIVE, row.reference)
    someone = await person.enter("Doreen Kästel", "doreen.kaestel@example.org", locale=i18n.locale())
    await colleague.invite(row, someone.name, someone.email, actor=ella.reference)
    name = await proposal.propose(row, "name", "Neckarbogen gGmbH", by=ella.reference)
    form = await proposal.propose(row, "legal_form", "gGmbH", by=ella.reference)
    assert name
    assert form
    await proposal.accept(name, seen=row.name, actor="")
    await proposal.decline(form, "Bitte mit Registerauszug.", actor="")
    await check.start(clock.today().year, actor="")
    asked = next(one for one in await check.round_of(clock.today().year) if one.row)
    with clock.set_to(clock.ahead(days=1)):
        await check.remind(asked, actor="")


async def confirm_and_ask_again() -> None:
    request = await Letter.objects().get(Letter.template == "newsletter/please_confirm")
    await joining.confirm(request.text.partition("/newsletter/confirm/")[2].split()[0])
    with clock.set_to(clock.ahead(days=2)):
        await joining.join("wiebke.seegers@example.org", source="/newsletter")


def faults(letter: Letter, footer: str) -> list[str]:
    html = letters.as_html(letter.subject, letter.text, letter.footer, letter.locale)
    source = raw_source(letter).decode("ascii")
    wrong = {
        "the association's block is missing": letter.footer != footer,
        "the Impressum is missing in the page": "/imprint" not in html,
        "the page has no language": f'<html lang="{letter.locale}">' not in html,
        "something was not filled in": any(mark in letter.subject + letter.text for mark in ("{{", "{%", "%(", "None")),
        "the subject is empty": not letter.subject.strip(),
        "a line is too long for mail": max(len(line) for line in source.splitlines()) > 998,
    }
    return [f"{letter.template}: {fault}" for fault, is_so in wrong.items() if is_so]
