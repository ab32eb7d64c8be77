"""What assemblies hand up: invitations due, members who were not reached, letters to post, and what is found."""

from datetime import date

from network import clock
from network.assembly import afterwards, dispatch, meeting, motion, timing
from network.assembly.meeting import State, state_of
from network.assembly.proof import INVITING, Proof, some_names, wanting
from network.assembly.rules import may_prepare, may_see
from network.assembly.tables.convocation import Dispatch
from network.assembly.tables.meeting import Assembly
from network.assembly.timing import KINDS, Standing
from network.folding import folded
from network.i18n import _, format_day, local, ngettext
from network.people.viewer import Viewer, has_assemblies
from network.web.addresses import url
from network.web.handed import Due, Found

PLACE = "/office/assemblies"
NOT_REACHED = (
    "SELECT d.organisation FROM dispatch d JOIN assembly a ON a.id = d.assembly "
    "LEFT JOIN letter l ON l.reference = d.letter AND d.letter <> '' "
    "WHERE a.starts_at > {} AND a.cancelled_at IS NULL AND a.rehearsal_of IS NULL AND d.copy = false "
    f"AND {INVITING} "
    "GROUP BY d.assembly, d.organisation, d.what HAVING COUNT(*) = SUM(CASE WHEN d.returned_at IS NOT NULL "
    "OR l.state IN ('failed', 'withdrawn') OR (d.channel = 'post' AND d.posted_on IS NULL) THEN 1 ELSE 0 END)"
)
SOON = 28  # days before the last safe one, from which on Today names the invitation


async def waiting_for(viewer: Viewer) -> int:
    """Members whom the latest news did not reach, letters to be posted, and invitations that press; in few queries,
    as each page of the office asks for it.
    """
    if not may_prepare(viewer):
        return 0
    day = clock.today()
    planned = [row for row in await ahead() if not row.convened_at]
    pressing = [row for row in planned if (await timing.clock_of(row)).standing("post", day) != Standing.AHEAD]
    rows = await Dispatch.raw(NOT_REACHED, clock.now())
    return len(pressing) + len(rows)


async def due(viewer: Viewer, day: date) -> list[Due]:
    """For the office; the board, which convenes, is told when an invitation presses."""
    if not (viewer.is_office or viewer.on_board):
        return []
    told: list[Due] = []
    for row in await ahead():
        told += [*await of_motions(row, viewer), *await of_call(row)] if viewer.is_office else []
        if row.convened_at and not row.rehearsal_of:
            told += of_dispatch(row, *await wanting(row), viewer) if viewer.is_office else []
        elif not row.convened_at:
            told += await of_invitation(row, day, viewer)
    return told + await afterwards.due(viewer, day)


async def ahead() -> list[Assembly]:
    """What is planned or convened."""
    return [row for row in await meeting.every() if state_of(row) in (State.PLANNED, State.CONVENED)]


def address(row: Assembly, page: str = "") -> str:
    return url(f"{PLACE}/{row.reference}{page}")


async def of_motions(row: Assembly, viewer: Viewer) -> list[Due]:
    """Motions that wait for an answer."""
    return [
        Due(
            title=_("Answer the motion “%(title)s”", title=one.title),
            url=address(row, f"/motions/{one.reference}"),
            day=local(row.starts_at),
            kind="warn",
            state=_(motion.LATE[one.late]) if one.late else _("in time"),
            reason=one.mover,
            action=_("Answer") if may_prepare(viewer) else "",
            action_url=address(row, f"/motions/{one.reference}"),
        )
        for one in await motion.motions_of(row)
        if motion.state_of(one) == "open" and not row.rehearsal_of
    ]


async def of_call(row: Assembly) -> list[Due]:
    """Letters of the call for candidates that wait to be posted."""
    number = 0 if row.rehearsal_of else await dispatch.count_to_post(row, "call")
    if not number:
        return []
    title = ngettext(
        "One letter of the call for candidates is to be posted: %(title)s",
        "%(num)s letters of the call for candidates are to be posted: %(title)s",
        number,
        title=row.title,
    )
    return [Due(title=title, url=address(row, "/call"), day=clock.today(), kind="warn", state=_("to be posted"))]


async def of_invitation(row: Assembly, day: date, viewer: Viewer) -> list[Due]:
    until = await timing.clock_of(row)
    if (until.post.day - day).days > SOON:
        return []
    standing = until.standing("post", day)
    return [
        Due(
            title=_("Invite the members: %(title)s", title=row.title),
            url=address(row),
            day=until.post.day,
            kind="info" if standing == Standing.AHEAD else KINDS[standing],
            state=until.words("post", day),
            reason=_("Letters have to be posted by %(post)s, e-mails sent by %(email)s.",
                     post=format_day(until.post.day), email=format_day(until.email.day)),
            action=_("Invite") if may_prepare(viewer) else "",
            action_url=address(row, "/invitation"),
        )
    ]  # fmt: skip


def of_dispatch(row: Assembly, proof: Proof, uninvited: int, viewer: Viewer) -> list[Due]:
    told = [
        Due(
            title=_("The invitation did not reach %(member)s", member=one.name),
            url=address(row, f"/dispatches#{one.reference}"),
            day=one.clock.email.day,
            kind="bad",
            state=one.words,
            reason=next((line.answer for line in one.lines if line.kind == "bad" and line.answer), ""),
            action=_("Try another way") if may_prepare(viewer) else "",
            action_url=address(row, f"/dispatches/members/{one.reference}"),
        )
        for one in proof.lost
    ]
    if proof.to_post:
        last = min(one.clock.post.day for one in proof.members if one.to_post)
        told.append(Due(
            title=ngettext("One letter is to be posted: %(title)s", "%(num)s letters are to be posted: %(title)s",
                           len(proof.to_post), title=row.title),
            url=address(row, "/dispatches"), day=last, kind="warn", state=_("to be posted"),
            reason=_("Posted by %(day)s it arrives in time.", day=format_day(last)),
        ))  # fmt: skip
    if proof.uninvited:
        told.append(Due(
            title=_("Not invited yet: %(names)s", names=some_names(proof.uninvited, uninvited)),
            url=address(row, "/dispatches"), day=proof.uninvited[0].clock.email.day, kind="warn",
            state=_("not invited yet"), reason=_("Became a member after the invitation had gone out."),
        ))  # fmt: skip
    return told


async def found(viewer: Viewer, text: str) -> list[Found]:
    """Assemblies by title, town or year."""
    if not has_assemblies(viewer):
        return []
    wanted = folded(text).split()
    hits = [
        Found(_("Assembly"), row.title, address(row), ", ".join([format_day(row.starts_at), state_words(row)]))
        for row in await meeting.every()
        if may_see(viewer, row) and all(word in told_as(row) for word in wanted)
    ]
    return hits if wanted else []


def state_words(row: Assembly) -> str:
    return _(meeting.WORDS[state_of(row)])


def told_as(row: Assembly) -> str:
    return folded(f"{row.title} {row.town} {row.starts_at.year}")
