"""The demo's association, its people, members and sites, and the letters of the past."""

from datetime import date, time, timedelta

from mailing.tables import Letter, LetterState
from network import clock
from network.activity import WORKER
from network.association import beginnings, bylaws, profile
from network.catalogue import beginnings as catalogue
from network.demo import board, described, functions, groups, last_assembly, members, milestones, representing, twice
from network.demo.cast import Cast
from network.demo.texts import ASSOCIATION, BYLAWS, LATER_BYLAWS, PROMISE
from network.i18n import N_
from network.newsletter import promise
from network.people import person, roles
from network.people.tables import Person, RoleKind

TEAM = [
    ("Mira Quandt", "mira.quandt@example.org", N_("Office: runs the forums and the mailing list"),
     [RoleKind.OFFICE, RoleKind.EVENT_TEAM]),
    ("Stefan Øster", "stefan.oester@example.org", N_("Office"), [RoleKind.OFFICE]),
    ("Pia Nörtemann", "pia.noertemann@example.org", N_("Administration: settings, people and roles"),
     [RoleKind.ADMIN]),
    ("Jonas Hillebrecht", "jonas.hillebrecht@example.org", N_("Managing director"), [RoleKind.OFFICE]),
    ("Henrike Voßberg", "henrike.vossberg@example.org", N_("Chair of the board, represents the member in Hamburg"), []),
    ("Ella Brandt", "ella.brandt@example.org", N_("Represents the member in Mannheim"), []),
    ("Juno Feldkamp", "juno.feldkamp@example.org", N_("Helps at events: list of participants and check-in"),
     [RoleKind.EVENT_TEAM]),
]  # fmt: skip
REPRESENTATIVES = {"Henrike Voßberg": "M03", "Ella Brandt": "M01"}


async def found_association() -> None:
    """The association itself, with its list and texts."""
    await profile.set_up(**ASSOCIATION)
    await beginnings.lay_out()


async def build(today: date) -> Cast:
    """They began a year ago, on a Monday and a Tuesday."""
    monday = today - timedelta(days=364 + today.weekday())
    with clock.set_to(clock.berlin(monday, time(9, 20))):
        await found_association()
        await catalogue.lay_out()
        people = {name: await admit(name, email, duty, kinds) for name, email, duty, kinds in TEAM}
    mira = people["Mira Quandt"]
    with clock.set_to(clock.berlin(monday + timedelta(days=1), time(10, 5))):
        await promise.change(mira.reference, **PROMISE)
        await write_bylaws(today, people["Pia Nörtemann"].reference)
        await milestones.write(mira.reference)
        ten = await members.enter(actor=mira.reference)
        for name, number in REPRESENTATIVES.items():
            await roles.grant(people[name], RoleKind.MEMBER_REPRESENTATIVE, ten[number].reference, actor=mira.reference)
        await functions.build(today, ten, actor=mira.reference)
        await described.build(today, ten, actor=mira.reference)
        await board.build(today, actor=mira.reference)
    await groups.build(today, ten, actor=mira.reference)
    await last_assembly.build(today, ten, actor=mira.reference)
    await board.go_on(today, actor=mira.reference)
    with clock.set_to(clock.berlin(today - timedelta(days=40), time(15, 45))):
        await twice.build(today, actor=mira.reference)
    await representing.build(today, ten, mira, people["Ella Brandt"], people["Henrike Voßberg"])
    return Cast(mira=mira, helper=people["Juno Feldkamp"])


async def write_bylaws(today: date, actor: str) -> None:
    """Those of the founding, and those that the register enters on the next third of August."""
    text = ("Satzung.pdf", described.PAPER.replace(b"Nachweis", b"Satzung "))
    await bylaws.enact(actor, document=text, **BYLAWS)
    third = next(day for year in (today.year, today.year + 1) if (day := date(year, 8, 3)) > today)
    await bylaws.enact(actor, **LATER_BYLAWS | {"valid_from": third})
    await bylaws.show(actor)


async def admit(name: str, email: str, duty: str, kinds: list[RoleKind]) -> Person:
    someone = await person.enter(name, email, duty=duty, actor=WORKER)
    for kind in kinds:
        await roles.grant(someone, kind, actor=WORKER)
    return someone


async def settle_letters() -> None:
    """What was written in all that time has long been sent; one letter came back."""
    await Letter.raw(
        "UPDATE letter SET state = {}, sent_at = written_at, attempts = 1, answer = {}",
        LetterState.SENT,
        "250 2.0.0 Ok",
    )
    confirmed = Letter.select(Letter.id).where(Letter.template == "events/seat_confirmed")
    lost = await confirmed.order_by(Letter.written_at, ascending=False).first()
    if lost:
        await Letter.update(
            {Letter.state: LetterState.FAILED, Letter.sent_at: None, Letter.answer: "550 5.1.1 User unknown"}
        ).where(Letter.id == lost["id"])
