"""What is still to be done once an assembly is closed, and what a minority waits for: lines for Today.

What goes to the register has a slice of its own above this one.
"""

from datetime import date, time, timedelta

from network import clock
from network.assembly import delivery, demand, minutes, objection
from network.assembly.rules import may_prepare
from network.assembly.tables.afterwards import Minutes
from network.assembly.tables.meeting import Assembly
from network.i18n import _, format_day, local, ngettext
from network.people.viewer import Viewer
from network.web.addresses import url
from network.web.handed import Due

PLACE = "/office/assemblies"
MINUTES_DAYS = 14  # the members should read the minutes while they remember the assembly
QUIET_DAYS = 14  # so long it is said that the period has run out
KEPT_DAYS = 400  # an older assembly is history, whatever is missing


async def due(viewer: Viewer, day: date) -> list[Due]:
    told = await of_demands(day, viewer)
    for row in await lately_closed(day):
        told += await of_minutes(row, day, viewer)
    return told


async def of_demands(day: date, viewer: Viewer) -> list[Due]:
    """Of a minority with enough supporters that waits for the board (§ 37 BGB), and the court's word to it."""
    return [
        Due(
            title=_("A minority demands an assembly: %(purpose)s", purpose=one.row.purpose.splitlines()[0][:120]),
            url=url(f"{PLACE}/demands/{one.row.reference}"), day=one.act_by,
            kind="bad" if day > one.act_by else "warn", state=_(demand.STATES[one.state][1]),
            reason=_("If no day is set by %(day)s, supporters can turn to the court (§ 37 (2) BGB).",
                     day=format_day(one.act_by)),
            action=_("Go on") if may_prepare(viewer) else "", action_url=url(f"{PLACE}/demands/{one.row.reference}"),
        )
        for one in await demand.cases() if one.state == "open" and one.act_by
    ]  # fmt: skip


async def lately_closed(day: date) -> list[Assembly]:
    since = clock.berlin(day - timedelta(days=KEPT_DAYS), time.min)
    real = (Assembly.rehearsal_of == None) & (Assembly.cancelled_at == None) & (Assembly.closed_at >= since)
    return await Assembly.objects().where(real).order_by(Assembly.starts_at)


async def of_minutes(row: Assembly, day: date, viewer: Viewer) -> list[Due]:
    last, sent = await minutes.latest(row), await delivery.sent_version(row)
    if last and last.signed_at and not last.sent_at:
        title = _("Send the minutes to the members: %(title)s", title=row.title)
        return [to_finish(row, title, day, state=_("signed"), action=_("Send") if may_prepare(viewer) else "")]
    if sent is None:
        title = _("Write the minutes and have them signed: %(title)s", title=row.title)
        return [to_finish(row, title, day, state=_("draft") if last else _("not written yet"))]
    return [*await of_objections(row, viewer), *of_period(row, sent, day)]


def to_finish(row: Assembly, title: str, day: date, *, state: str, action: str = "") -> Due:
    last = local(row.starts_at) + timedelta(days=MINUTES_DAYS)
    place = url(f"{PLACE}/{row.reference}/minutes")
    return Due(
        title=title, url=place, day=last, kind="warn" if day > last else "info", state=state,
        reason=_("Within two weeks members still remember what was decided."),
        action=action, action_url=f"{place}/sending",
    )  # fmt: skip


async def of_objections(row: Assembly, viewer: Viewer) -> list[Due]:
    return [
        Due(
            title=_("Decide the objection of %(member)s to the minutes", member=one.said_by or row.title),
            url=url(f"{PLACE}/{row.reference}/objections/{one.reference}"), day=local(one.received_at), kind="warn",
            state=_("waits for an answer"), reason=row.title,
            action=_("Decide") if may_prepare(viewer) else "",
            action_url=url(f"{PLACE}/{row.reference}/objections/{one.reference}"),
        )
        for one in await objection.objections_of(row) if objection.state_of(one) == "open"
    ]  # fmt: skip


def of_period(row: Assembly, sent: Minutes, day: date) -> list[Due]:
    """While it runs it is a date to know; when it has run out, a quiet line for two weeks."""
    last = sent.objections_until
    if last is None or day > last + timedelta(days=QUIET_DAYS):
        return []
    left = (last - day).days
    if left < 0:
        title, kind, state = _("The minutes stand: %(title)s", title=row.title), "ok", _("the period has run out")
    else:
        title, kind = _("Objections to the minutes: %(title)s", title=row.title), "info"
        state = ngettext("%(num)s day left", "%(num)s days left", left) if left else _("today is the last day")
    reason = _("Members could object until %(day)s.", day=format_day(last)) if left < 0 else _(
        "Members can object until %(day)s.", day=format_day(last)
    )  # fmt: skip
    return [Due(title=title, url=url(f"{PLACE}/{row.reference}/minutes"), day=last, kind=kind, state=state,
                reason=reason)]  # fmt: skip
