"""Meetings for tests: planned on Monday, 6 September 2027, for Tuesday, 21 September, with two items."""

from datetime import date, time
from typing import Any

from network import clock
from network.board import appointment
from network.board.tables import AppointmentKind
from network.boardroom import agenda, invited, meeting
from network.boardroom.tables import BoardItem, BoardMeeting, Invited
from tests.board.make import on, rules, somebody, three

TODAY, DAY = date(2027, 9, 6), date(2027, 9, 21)


async def board(**said: Any) -> None:
    """Henrike chairs, Tarek and Ruta are deputies; Jonas manages the association."""
    await rules(**said)
    await three()
    await appointment.appoint(
        await somebody("Jonas Hillebrecht"), AppointmentKind.MANAGING_DIRECTOR, since=date(2024, 1, 1)
    )


async def planned(day: date = DAY, *titles: str, **facts: Any) -> BoardMeeting:
    known = {"title": "Vorstandssitzung", "place": "Berlin", "starts_at": clock.berlin(day, time(10)), "actor": ""}
    row = await meeting.plan(**(known | facts))
    for title in titles or ("Haushalt", "Mietvertrag"):
        await agenda.add(row, title, actor="")
    return row


async def item(row: BoardMeeting, title: str) -> BoardItem:
    return next(one for one in await agenda.items_of(row) if one.title == title)


async def who(row: BoardMeeting, name: str) -> Invited:
    return next(one for one in await invited.invited_to(row) if one.name.endswith(name))


async def again(row: BoardMeeting) -> BoardMeeting:
    return await meeting.by_id(row.id)


__all__ = ["DAY", "TODAY", "again", "board", "item", "on", "planned", "who"]
