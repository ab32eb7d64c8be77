"""Letters about a meeting of the board, each with the calendar entry of one person, and the minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailing.letters import CalendarPart, Enclosure, Extras
from mailing.outbox import Address
from network import clock
from network.association import profile
from network.boardroom import meeting
from network.boardroom.agenda import Listed
from network.boardroom.tables import BoardItem, BoardMeeting, Invited
from network.i18n import _, speaking
from network.people.tables import Role, RoleKind
from network.web.addresses import link

USUAL_HOURS = 2  # of a meeting whose end nobody has said
COME_IN = (RoleKind.OFFICE, RoleKind.ADMIN, RoleKind.BOARD_MEMBER)


@dataclass(frozen=True, slots=True)
class Told:
    """What is the same in all letters of one sending."""

    before: BoardMeeting | None = None  # as it was, where day, time or place changed
    because: str = ""
    news: frozenset[int] = frozenset()  # items that nobody knew of


async def post(
    row: BoardMeeting, to: Invited, what: str, told: Told, *, items: Sequence[BoardItem],
    papers: Mapping[int, Sequence[Listed]],
) -> None:  # fmt: skip
    """`what`: "invitation", "change" or "cancellation"."""
    await profile.post(
        f"boardroom/{what}",
        Address(to.name, to.email),
        locale=to.locale,
        about=meeting.thing(row),
        extras=Extras(calendar=await entry(row, to, "CANCEL" if what == "cancellation" else "REQUEST")),
        row=row,
        reader=to,
        told=told,
        items=items,
        papers=papers,
        where=row.place,
        where_before=told.before.place if told.before else "",
        place=await place_for(row, to),
    )


async def place_for(row: BoardMeeting, to: Invited) -> str:
    """The meeting's page, for whoever may come in there; "" for a guest without a role."""
    runs = (Role.since <= clock.today()) & ((Role.until == None) | (Role.until >= clock.today()))
    if not await Role.exists().where((Role.person == to.person) & Role.kind.is_in([*COME_IN]) & runs):
        return ""
    with speaking(to.locale):
        return link(f"/office/board/meetings/{row.reference}")


async def entry(row: BoardMeeting, to: Invited, method: str) -> CalendarPart:
    """One person's entry; its identity is the meeting's and the person's, its number the meeting's."""
    association = await profile.known_profile()
    with speaking(to.locale):
        return await profile.calendar_part(
            method,
            Address(to.name, to.email),
            uid=f"{row.reference}.{to.reference}",
            sequence=row.sequence,
            starts_at=row.starts_at,
            ends_at=end_of(row),
            summary=f"{row.title} – {association.short_name}",
            location=meeting.where(row),
            description=_("Join online: %(address)s", address=row.online_at) if row.online_at else "",
        )


def end_of(row: BoardMeeting) -> datetime:
    return row.ends_at or row.starts_at + timedelta(hours=USUAL_HOURS)


async def minutes(row: BoardMeeting, to: Invited, pdf: Enclosure, tasks: Sequence[str]) -> None:
    """The minutes as a PDF; `tasks` are this person's own, in words."""
    await profile.post(
        "boardroom/minutes", Address(to.name, to.email), locale=to.locale, about=meeting.thing(row),
        extras=Extras(enclosure=pdf), row=row, reader=to, tasks=tasks, place=await place_for(row, to),
    )  # fmt: skip
