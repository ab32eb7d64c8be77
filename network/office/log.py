"""What the activity forgets after a year, and what stays of it: history and proofs (decisions/0012)."""

from collections.abc import Sequence
from datetime import date

from network import clock
from network.activity import Activity
from network.database import marks
from network.i18n import N_, local, ngettext
from network.web.kinds import Back, Forgetting, Kind, Portion, Term

PORTION = 1000
# Who did it stays, too: without that nobody could say later that it was rightly done.
OF_THE_ASSOCIATION = (
    "association set up",
    "association's details changed",
    "bylaws entered",
    "bylaws put right",
    "planned bylaws withdrawn",
    "bylaws shown on the website",
    "bylaws taken off the website",
    "privacy text changed",
    "keeping time decided",
)
OF_MEMBERSHIPS = (
    "application accepted",
    "became a member",
    "became a guest member",
    "full membership decided",
    "became a full member",
    "membership corrected",
    "membership ended",
    "end of membership taken back",
    "left the association",
    "organisation renamed",
    "organisation moved",
    "move or new name taken back",
    "former name entered",
    "entries merged",
    "merge taken apart",
)
OF_THE_BOARD = (  # terms have their dated rows; that one was put right or never was, and why, stands here alone
    "term corrected",
    "term struck out",
)
OF_PRIVACY = (  # that something was handed out, erased or forgotten has to be proved (Art. 5 (2) GDPR)
    "data of one person handed out",
    "data of one person erased",
    "person erased",
    "functions erased with a person",
    "a guest erased, figures kept",
    "contact of an application erased",
    "address erased from the mailing list",
    "deletion run approved",
    "deletion run finished",
    "guests forgotten, figures kept",
    "access needs deleted, totals kept",
    "letters forgotten, their dates kept",
    "people without function forgotten",
    "telephone numbers forgotten",
    "contacts of applications forgotten",
    "unconfirmed applications deleted",
    "answers to the yearly question forgotten",
    "remarks of members forgotten",
    "evidence of consents forgotten",
    "mailing list tidied up",
    "name erased from working groups",
    "names in working groups forgotten",
    "pictures erased with a person",
    "payments to the board forgotten",
    "consents to pictures forgotten",
    "addresses of decisions in writing forgotten",
    "addresses of board meetings forgotten",
    "addresses and tasks of the board erased",
    "tasks of the board forgotten",
    "addresses of invitations forgotten",
    "authorisations for assemblies forgotten",
    "details of candidates forgotten",
    "data for the register forgotten",
    "data for the register erased with a person",
    "details of a candidate or delegate erased",
    "activity forgotten",
)
HISTORY = (*OF_THE_ASSOCIATION, *OF_MEMBERSHIPS, *OF_THE_BOARD, *OF_PRIVACY)
GOES = f"verb NOT IN ({marks(HISTORY)})"


async def lines_left(limit: date) -> int:
    rows = await Activity.raw(
        f"SELECT COUNT(*) AS number FROM activity WHERE at < {{}} AND {GOES}", clock.end_of(limit), *HISTORY
    )
    return int(rows[0]["number"])


async def next_line(limit: date) -> date | None:
    rows = await Activity.raw(
        f"SELECT at FROM activity WHERE at >= {{}} AND {GOES} ORDER BY at LIMIT 1", clock.end_of(limit), *HISTORY
    )
    return local(rows[0]["at"]) if rows else None


async def forget_lines(limit: date) -> Portion:
    gone = await Activity.raw(
        f"DELETE FROM activity WHERE id IN (SELECT id FROM activity WHERE at < {{}} AND {GOES} "
        f"ORDER BY at LIMIT {PORTION}) RETURNING id",
        clock.end_of(limit),
        *HISTORY,
    )
    return Portion(len(gone))


async def lines_of_history() -> list[Back]:
    number = await Activity.count().where(Activity.verb.is_in(list(HISTORY)))
    why = ngettext(
        "%(num)s line stays: bylaws, memberships, terms and merges, what was handed out, erased and forgotten",
        "%(num)s lines stay: bylaws, memberships, terms and merges, what was handed out, erased and forgotten",
        number,
    )
    return [Back(number, why)] if number else []


LOG = Kind(
    key="office.log",
    room=N_("Activity"),
    title=N_("Activity: who did what"),
    whose=N_("Whoever works here, and whoever signs in"),
    what=N_("Who, what, when, about what; also that protected details were read"),
    purpose=N_("To protect everybody's data: who did what, and who read what"),
    ground=N_("Art. 6 (1) f and 32 GDPR"),
    recipients=N_("The office"),
    source=N_("As long as a misuse may come to light; the audit trail of money longer, with billing"),
    then=N_("What belongs to the association's history stays"),
    forgetting=Forgetting(
        term=Term(12, "months", least=6, most=36),
        after=N_("after the deed"),
        counted=lambda number: ngettext("%(num)s line of the activity", "%(num)s lines of the activity", number),
        verb=N_("activity forgotten"),
        due=lines_left,
        next_after=next_line,
        forget=forget_lines,
        held_back=lines_of_history,
    ),
)


async def deeds_of(references: Sequence[str]) -> list[Activity]:
    """What these people did, the latest last."""
    return await Activity.objects().where(Activity.actor.is_in(list(references))).order_by(Activity.id)


async def told_of(references: Sequence[str]) -> list[Activity]:
    """What others did with their entries."""
    things = [f"person:{one}" for one in references]
    mine = Activity.thing.is_in(things) & Activity.actor.not_in(list(references))
    return await Activity.objects().where(mine).order_by(Activity.id)
