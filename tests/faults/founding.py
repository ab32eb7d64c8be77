"""An association with a forum, in the database that the surroundings name; prints the forum's name in its address.

For the storm it has more of them, readers, issues that wait to be sent, and somebody who sends them; a line each.
"""

import argparse
import asyncio
from datetime import timedelta

from mailing.addresses import address_key
from mailing.tables import Subscriber
from network import clock, demo
from network.database import DB, enter_all, pool
from network.demo.texts import SENT_ISSUE
from network.events import event
from network.events.tables import Event
from network.folding import search_key
from network.newsletter import promise, writing
from network.people import person, roles
from network.people.tables import RoleKind
from network.references import new_reference, new_token

SEATS = 40
OFFICE = "office@example.org"


async def main(forums: int, seats: int, readers: int, issues: int) -> None:
    async with pool():
        await demo.found_association()
        for number in range(forums):
            print((await a_forum(number, seats)).slug)
        await enter_readers(readers)
        for _number in range(issues):
            print((await writing.draft("", **SENT_ISSUE)).reference)
        await roles.grant(await person.enter("Wer sendet", OFFICE), RoleKind.OFFICE)


async def a_forum(number: int, seats: int) -> Event:
    begins = clock.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=60 + number)
    forum = await event.create(
        actor="",
        title_de="Forum auf vielen Rechnern",
        starts_at=begins,
        ends_at=begins + timedelta(hours=6),
        town="Kassel",
        seats=seats,
    )
    await event.publish(forum.id, actor="")
    return forum


async def enter_readers(count: int) -> None:
    mailing_list = await promise.the_list()
    async with DB.transaction():
        await enter_all([reader(mailing_list.id, f"reader{number}@example.org") for number in range(count)])


def reader(mailing_list: int, email: str) -> Subscriber:
    return Subscriber(
        reference=new_reference(),
        list=mailing_list,
        email=email,
        email_key=address_key(email),
        search=search_key("", email),
        key=new_token(),
        asked_at=clock.now(),
        confirmed_at=clock.now(),
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--forums", type=int, default=1)
    parser.add_argument("--seats", type=int, default=SEATS)
    parser.add_argument("--readers", type=int, default=0)
    parser.add_argument("--issues", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main(**vars(arguments())))
