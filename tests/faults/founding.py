"""An association with one forum, in the database that the surroundings name; prints the forum's name in its address."""

import asyncio
from datetime import timedelta

from network import clock, demo
from network.database import pool
from network.events import event

SEATS = 40


async def main() -> None:
    async with pool():
        await demo.found_association()
        begins = clock.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=60)
        forum = await event.create(
            actor="",
            title_de="Forum auf vielen Rechnern",
            starts_at=begins,
            ends_at=begins + timedelta(hours=6),
            town="Kassel",
            seats=SEATS,
        )
        await event.publish(forum.id, actor="")
        print(forum.slug)


if __name__ == "__main__":
    asyncio.run(main())
