"""The words of an application, drafted from what was decided, for the office to edit."""

from network import clock
from network.assembly.tables.day import Decision
from network.assembly.tables.meeting import Assembly
from network.association.profile import known_profile
from network.board import representation
from network.board.ledger import Held
from network.board.tables import Beginning, Ending
from network.i18n import _, format_day, ngettext, speaking
from network.register.case import Case
from network.register.checklist import copies
from network.register.subject import Subject
from network.resolutions import book


async def drafted(case: Case) -> str:
    """In German, as the court reads it; birth dates and towns are not in it, they stand on a sheet of their own."""
    association, subject = await known_profile(), case.subject
    with speaking("de"):
        court = association.register_court or "…"
        parts = [
            _("To the register of associations: %(court)s", court=court),
            _("%(name)s, register number %(number)s", name=association.full_name,
              number=association.register_number or "…"),
            _("As members of the board who are entitled to represent the association we apply for the entry of:"),
            *[await board_words(subject)] * subject.board,
            *[await bylaws_words(case.row, one) for one in subject.bylaws if case.row],
            enclosed(case),
        ]  # fmt: skip
    return "\n\n".join(parts)


def enclosed(case: Case) -> str:
    if case.row is None:
        return _("Enclosed, as copies: %(documents)s.",
                 documents="; ".join(one.title for one in copies(case.subject)))  # fmt: skip
    if not case.subject.bylaws:
        return _("Enclosed: copy of the minutes, invitation with agenda, proof of dispatch, attendance list.")
    return _("Enclosed: copy of the minutes with the resolution, the full new wording of the bylaws, invitation with "
             "agenda, proof of dispatch, attendance list.")  # fmt: skip


async def board_words(subject: Subject) -> str:
    lines = [_("Change of the board (§ 67 (1) BGB)")]
    lines += [left_words(one) for one in subject.went]
    lines += [new_words(one) for one in subject.came]
    if subject.changes_on and subject.changes_on > clock.today():
        lines.append(_("The change takes place on %(day)s and is applied for from that day on.",
                       day=format_day(subject.changes_on)))  # fmt: skip
    return "\n".join([*lines, (await representation.on(subject.signed_on)).words])


def new_words(one: Held) -> str:
    told = {
        "who": one.who, "seat": one.title, "day": format_day(one.accepted_on or one.since),
        "since": format_day(one.since),
    }  # fmt: skip
    if one.began_as == Beginning.CO_OPTED:
        return _("– new on the board: %(who)s, %(seat)s, taken in by the board, accepted on %(day)s, in office from "
                 "%(since)s", **told)  # fmt: skip
    if one.began_as == Beginning.APPOINTED_BY_COURT:
        return _("– new on the board: %(who)s, %(seat)s, appointed by the court (§ 29 BGB), accepted on %(day)s, in "
                 "office from %(since)s", **told)  # fmt: skip
    return _("– new on the board: %(who)s, %(seat)s, elected and accepted on %(day)s, in office from %(since)s", **told)


def left_words(one: Held) -> str:
    told = {"who": one.who, "seat": one.title, "day": format_day(one.last) if one.last else "…"}
    if one.ended_by == Ending.DEATH:
        return _("– left the board: %(who)s, %(seat)s, deceased on %(day)s", **told)
    if one.ended_by == Ending.RESIGNATION and one.received_on:
        return _("– leaves the board: %(who)s, %(seat)s, at the end of %(day)s, by a resignation received on "
                 "%(received)s", **told, received=format_day(one.received_on))  # fmt: skip
    if one.holds(clock.today()):
        return _("– leaves the board: %(who)s, %(seat)s, at the end of %(day)s", **told)
    return _("– left the board: %(who)s, %(seat)s, until %(day)s", **told)


async def bylaws_words(row: Assembly, one: Decision) -> str:
    found = await book.by_reference(one.resolution) if one.resolution else None
    head = _("Change of the bylaws (§ 71 (1) BGB), decided by the assembly on %(day)s: %(title)s",
             day=format_day(row.starts_at), title=one.title)  # fmt: skip
    abstentions = ngettext("%(num)s abstention", "%(num)s abstentions", one.abstain or 0)
    counts = _("%(yes)s yes, %(no)s no, %(abstentions)s", yes=one.yes, no=one.no, abstentions=abstentions)
    number = f" ({book.number_of(found)})" if found else ""
    return "\n".join([head + number, one.wording, counts])
