"""What members hand up to the office: files half way in, memberships that end soon, and what a search finds."""

from dataclasses import replace
from datetime import date, timedelta

from network.catalogue import entry
from network.i18n import _, format_day, format_moment, ngettext
from network.members import directory, evidence, expiring, guest, importing, life, notice, organisation, undoing
from network.members.directory import Listed
from network.members.selection import Selection
from network.members.tables import Membership, Organisation
from network.people.viewer import Viewer
from network.web.addresses import url
from network.web.handed import Card, Due, Found

SOON_DAYS = 90
MOST_HITS = 10
SINGLY = 6  # pieces of evidence with a line each


async def waiting_for(viewer: Viewer) -> int:
    """Files that were read and not stored."""
    return len(await importing.waiting()) if viewer.is_office else 0


async def due(viewer: Viewer, day: date) -> list[Due]:
    """Files to go on with, who leaves soon or has left, guests to decide about, and evidence that runs out."""
    if not viewer.is_office:
        return []
    told = [half_way_in(), just_stored(), own_notices(), ending(day), guests(day), farewells(day), running_out(day)]
    return [line for lines in told for line in await lines]


async def half_way_in() -> list[Due]:
    return [
        Due(
            title=_("The file %(file)s has not been stored", file=load.file_name),
            url=url(f"/office/members/import/{load.reference}"),
            kind="warn",
            state=_("half way in"),
            action=_("Continue with it"),
            action_url=url(f"/office/members/import/{load.reference}"),
        )
        for load in await importing.waiting()
    ]


async def just_stored() -> list[Due]:
    return [
        Due(
            title=_("The file %(file)s is in the directory", file=load.file_name),
            url=url(f"/office/members/import/{load.reference}"),
            state=_("can be taken back"),
            reason=_("As a whole, until %(moment)s.", moment=format_moment(end)),
            action=_("Take it back"),
            action_url=url(f"/office/members/import/{load.reference}/undo"),
        )
        for load in await undoing.running()
        if (end := undoing.until(load))
    ]


async def own_notices() -> list[Due]:
    """Notices that members gave themselves: received is received, but somebody should read and perhaps ring up."""
    found = await notice.unread()
    theirs = await organisation.by_id([event.organisation for event in found])
    return [
        Due(
            title=_("%(name)s has given notice", name=theirs[event.organisation].name),
            url=place,
            day=event.effective_on,
            kind="warn",
            state=_("not read yet"),
            reason=_("Declared here by %(who)s on %(day)s. It counts; the confirmation is on its way.",
                     who=event.said_by, day=format_day(event.on)),
            action=_("Read it"),
            action_url=place,
        )
        for event in found
        if (place := url(f"/office/members/{theirs[event.organisation].reference}"))
    ]  # fmt: skip


async def ending(day: date) -> list[Due]:
    rows = await Membership.raw(
        "SELECT m.until, o.name, o.reference FROM membership m JOIN organisation o ON o.id = m.organisation "
        "WHERE m.until >= {} AND m.until <= {} AND NOT EXISTS (SELECT 1 FROM membership later "
        "WHERE later.organisation = m.organisation AND later.since > m.until) ORDER BY m.until, o.sorting",
        day,
        day + timedelta(days=SOON_DAYS),
    )
    return [
        Due(
            title=_("%(name)s leaves", name=row["name"]),
            url=url(f"/office/members/{row['reference']}"),
            day=directory.days(row | {"since": None})["until"],
            state=_("membership ends"),
            reason=_("From the next day on it is no longer counted nor shown in the public directory."),
        )
        for row in rows
    ]


async def guests(day: date) -> list[Due]:
    """The bylaws say how long somebody is a guest, not what comes then: that somebody has to decide."""
    lines = []
    for one in await guest.ending(day):
        over = one.until < day
        lines.append(
            Due(
                title=_("%(name)s: guest or full member?", name=one.organisation.name),
                url=url(f"/office/members/{one.organisation.reference}"),
                day=one.until,
                kind="warn" if over else "info",
                state=_("the time as a guest is over") if over else _("the time as a guest ends"),
                reason=_("Until somebody decides it stays a guest, without a vote."),
                action=_("Make a full member"),
                action_url=url(f"/office/members/{one.organisation.reference}/full"),
            )
        )
    return lines


async def farewells(day: date) -> list[Due]:
    left = await life.farewells(day)
    counts = directory.in_words(await directory.counts(day)) if left else ""
    return [
        Due(
            title=_("%(name)s has left the association", name=event.organisation.name),
            url=url(f"/office/members/{event.organisation.reference}"),
            day=event.on,
            kind="ok",
            state=_("done by itself"),
            reason=_("Roles, votes, seats in working groups and the place in the public directory have ended; the "
                     "history stays. %(counts)s.", counts=counts),
        )
        for event in left
    ]  # fmt: skip


EVIDENCE_KINDS = {"soon": "info", "urgent": "warn", "outdated": "warn", "expired": "bad"}


async def running_out(day: date) -> list[Due]:
    """The most urgent have a line each, all others one together, on the day of the first of them."""
    found, count = await expiring.listed(day, size=SINGLY + 1)
    lines = [evidence_line(*one) for one in found]
    if count <= len(lines):
        return lines
    place, rest = url("/office/members/evidence"), count - SINGLY
    others = Due(
        title=ngettext("And one more piece of evidence", "And %(num)s more pieces of evidence", rest),
        url=place,
        day=lines[SINGLY].day,
        kind="warn",
        state=_("needs somebody"),
        action=_("Look at all of them"),
        action_url=place,
    )
    return [*lines[:SINGLY], others]


def evidence_line(one: evidence.Shown, organisation: Organisation) -> Due:
    return Due(
        title=_("%(basis)s, %(place)s: %(name)s", basis=one.basis_name, place=one.place, name=organisation.name),
        url=url(f"/office/members/{organisation.reference}"),
        day=one.row.valid_until,
        kind=EVIDENCE_KINDS[one.state],
        state=evidence_state(one.state),
        reason=reason_of(one),
        action=_("Renew the evidence"),
        action_url=url(f"/office/members/{organisation.reference}/evidence/new?renews={one.row.reference}"),
    )


def evidence_state(state: str) -> str:
    if state == "outdated":
        return _("evidence on an old law")
    return _("evidence has expired") if state == "expired" else _("evidence ends")


def reason_of(one: evidence.Shown) -> str:
    if one.state == "outdated" and one.now.id != one.basis.id:
        now = entry.name_of(one.now)
        return _("It no longer applies; since then it is %(now)s, which needs evidence of its own.", now=now)
    return _("The warning ends with the entry that renews it.")


async def found(viewer: Viewer, text: str) -> list[Found]:
    """Members first, then former ones and guests."""
    if not viewer.is_office:
        return []
    selection = Selection(text=text, standing="all", people="all")
    if not await directory.count(selection):
        return []
    hits: list[Found] = []
    for standing, kind in (("members", _("Member")), ("former", _("Former member")), ("others", _("Organisation"))):
        rows = await directory.listed(replace(selection, standing=standing), size=MOST_HITS)
        hits += [Found(kind, row.name, url(f"/office/members/{row.reference}"), line_of(row)) for row in rows]
    return hits


def line_of(row: Listed) -> str:
    told = [row.number, row.town, _("until %(day)s", day=format_day(row.until)) if row.until else ""]
    return " · ".join(part for part in told if part)


async def cards(viewer: Viewer) -> list[Card]:
    if not viewer.is_office:
        return []
    counts = await directory.counts()
    return [Card("members/card", {"counts": counts})] if counts.members else []
