"""What the register hands up: applications to write and to follow, and beside a term what the register knows of it."""

from datetime import date, timedelta

from network import clock
from network.board.duty import BEGIN, END
from network.i18n import _, format_day
from network.people.viewer import Viewer
from network.register import case as cases
from network.register.case import STATES, Case
from network.register.rules import may_prepare
from network.web.addresses import url
from network.web.handed import Card, Due

QUIET_DAYS = 14  # so long it is said that it is registered


async def due(viewer: Viewer, day: date) -> list[Due]:
    """For the office and the board: what has to be filed, until it is registered; then a quiet line for two weeks."""
    if not (viewer.is_office or viewer.on_board):
        return []
    told = await cases.waiting(day)
    return [line for one in told for line in line_of(one, day, viewer)]


def line_of(case: Case, day: date, viewer: Viewer) -> list[Due]:
    """None of what was refused and is applied for anew, and of what has been registered for a while."""
    one, last = case.filing, case.last_day
    if one and case.row is None and one.refused_on:
        return []
    if one and one.registered_on:
        if day > one.registered_on + timedelta(days=QUIET_DAYS):
            return []
        last = one.registered_on
    elif one and case.state == "queried":
        last = one.answer_until or last
    kind, words = STATES[case.state or "prepared"]
    place = url(case.place)
    return [
        Due(
            title=_("Register of associations: %(title)s", title=case.title), url=place, day=last,
            kind="info" if kind == "warn" and day <= last else kind,
            state=_(words) if one else _("to be applied for"), reason=reason_of(case),
            action=_("Go on") if may_prepare(viewer) and not (one and one.closed_at) else "", action_url=place,
        )
    ]  # fmt: skip


def reason_of(case: Case) -> str:
    one, subject = case.filing, case.subject
    if (one.kind if one else subject.kind) != "board":
        return _("A change of the bylaws counts only when the register has entered it (§ 71 (1) BGB).") if (
            one is None or not one.registered_on
        ) else _("The changed bylaws count since %(day)s.", day=format_day(one.registered_on))  # fmt: skip
    if subject.waits_until:
        return _("The board changes on %(day)s; the register is told then (§ 67 BGB).",
                 day=format_day(subject.waits_until))  # fmt: skip
    return _("Changes of the board are filed at once; they count from the acceptance on (§ 67 BGB).")


async def beside_term(viewer: Viewer, reference: str) -> list[Card]:
    """On the page of a term: the applications that tell of it, and what is still to be applied for."""
    if not (viewer.is_office or viewer.on_board):
        return []
    found = [one for one in await cases.waiting(clock.today()) if tells_of(one, reference)]
    return [Card("register/parts/beside_term", {"cases": found, "states": STATES})] if found else []


def tells_of(case: Case, reference: str) -> bool:
    return bool({f"{BEGIN}:{reference}", f"{END}:{reference}"} & set(case.subject.things))
