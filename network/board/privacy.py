"""What the board's room holds about a person: terms and payments stay for their time, pictures go."""

from collections.abc import Sequence

from network.activity import record
from network.board import allowance, appointment, ledger, portrait
from network.board.tables import Allowance, Portrait
from network.database import marks
from network.files import File
from network.i18n import N_, _, format_day, format_euros, ngettext
from network.people.privacy import those
from network.people.tables import Person
from network.people.viewer import Viewer
from network.web.dated import Dated
from network.web.handed import Held, Privacy, Subject, Trace
from network.web.kinds import Forgetting, Kind, Term

MEMBERS = N_("Members of the board, today's and former ones")
TERMS = Kind(
    key="board.terms",
    room=N_("Board"),
    title=N_("Terms on the board"),
    whose=MEMBERS,
    what=N_("Name, seat, first and last day, how the term began and ended; how the office is called"),
    purpose=N_("To know who acts for the association"),
    ground=N_("§ 26 BGB; Art. 6 (1) c and f GDPR"),
    recipients=N_("The public: register of associations, website, Impressum"),
    lasts=N_("For good: the association's history"),
)
APPOINTMENTS = Kind(
    key="board.appointments",
    room=N_("Board"),
    title=N_("Managing directors and special representatives"),
    whose=N_("Whoever is or was appointed"),
    what=N_("Name, business, first and last day"),
    purpose=N_("To know who acts for the association"),
    ground=N_("Art. 6 (1) b and f GDPR"),
    recipients=N_("The public: register of associations, website, Impressum"),
    lasts=N_("For good: the association's history"),
)


PAID = Dated(Allowance, Allowance.paid_on)
PAYMENTS = Kind(
    key="board.allowances",
    room=N_("Board"),
    title=N_("Allowances"),
    whose=MEMBERS,
    what=N_("Name, amount, day, what for"),
    purpose=N_("To keep to the limits of tax law and of § 31a BGB, and to prove it"),
    ground=N_("Art. 6 (1) c GDPR"),
    recipients=N_("The board; tax adviser and auditors"),
    source=N_("§ 147 (3) AO: vouchers for eight years"),
    forgetting=Forgetting(
        term=Term(8, "years"),
        after=N_("after the payment"),
        counted=lambda number: ngettext("%(num)s payment to the board", "%(num)s payments to the board", number),
        verb=N_("payments to the board forgotten"),
        due=PAID.due,
        next_after=PAID.next_after,
        forget=PAID.forget,
    ),
)


WITHDRAWN = Dated(Portrait, Portrait.withdrawn_on)
PICTURES = Kind(
    key="board.pictures",
    room=N_("Board"),
    title=N_("Pictures for the website"),
    whose=MEMBERS,
    what=N_("Picture, what it shows in words, days of the consent"),
    purpose=N_("So that people see who acts for the association"),
    ground=N_("Consent (§ 22 KUG, Art. 6 (1) a GDPR)"),
    recipients=N_("The public, while there is consent"),
    source=N_("§§ 195, 199 BGB: so long a consent may have to be proved. The picture itself goes at once"),
    forgetting=Forgetting(
        term=Term(3, "years"),
        after=N_("after the consent was withdrawn or the office ended"),
        counted=lambda number: ngettext("%(num)s consent to a picture", "%(num)s consents to pictures", number),
        verb=N_("consents to pictures forgotten"),
        due=WITHDRAWN.due,
        next_after=WITHDRAWN.next_after,
        forget=WITHDRAWN.forget,
    ),
)


async def known_as(words: Sequence[str]) -> list[Trace]:
    del words  # whoever sits on the board is a person of the house
    return []


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    found: list[Held] = []
    for person in await those(subject):
        found += [*await terms_of(person), *await appointments_of(person)]
        found += [*await payments_to(person), *await pictures_of(person)]
    return found


async def terms_of(person: Person) -> list[Held]:
    stays = _("Who was on the board stands in the register of associations and in minutes, and belongs to the "
              "association's history (§§ 66, 67, 79 BGB); name, seat and days stay.")  # fmt: skip
    facts = [(one.title, one.span) for one in (await ledger.read()).of_person(person.id)]
    return [Held(TERMS, facts, stays=stays)] if facts else []


async def appointments_of(person: Person) -> list[Held]:
    facts = [(one.title, one.span) for one in await appointment.every() if one.person.id == person.id]
    stays = _("Who acted for the association when belongs to its history; name and days stay.")
    return [Held(APPOINTMENTS, facts, stays=stays)] if facts else []


async def payments_to(person: Person) -> list[Held]:
    rows = await Allowance.objects().where(Allowance.person == person.id).order_by(Allowance.paid_on)
    kinds = allowance.KINDS
    facts = [(format_day(row.paid_on), ": ".join([_(kinds[row.kind]), format_euros(row.cents)])) for row in rows]
    stays = _("Records of payments are kept for eight years to the end of the calendar year (§ 147 AO).")
    return [Held(PAYMENTS, facts, stays=stays)] if facts else []


async def pictures_of(person: Person) -> list[Held]:
    facts = [
        (
            _("Picture"),
            _("from %(since)s to %(until)s", since=format_day(row.given_on), until=format_day(row.withdrawn_on))
            if row.withdrawn_on
            else _("shown since %(day)s", day=format_day(row.given_on)),
        )
        for row in await portrait.history(person)
    ]
    return [Held(PICTURES, facts)] if facts else []


async def erase(subject: Subject, actor: str) -> None:
    """The pictures with their consents; history and records of payments stay."""
    ids = subject.person_ids
    rows = (
        await Portrait.raw(f"DELETE FROM board_portrait WHERE person IN ({marks(ids)}) RETURNING file", *ids)
        if ids
        else []
    )
    files = [row["file"] for row in rows if row["file"]]
    if files:
        await File.delete().where(File.id.is_in(files))
    if rows:
        thing = f"person:{subject.references[0]}"
        await record(actor, N_("pictures erased with a person"), thing, detail=str(len(rows)))


PRIVACY = Privacy(known_as, held_about, erase, (TERMS, APPOINTMENTS, PAYMENTS, PICTURES))
