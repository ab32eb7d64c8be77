"""The sending process that the kill tests shoot down: one courier on the test's database, until nothing is left."""

import asyncio
import sys

from mailing import outbox
from mailing.tables import Delivery, DeliveryState
from network.database import pool


async def main(owner: str) -> None:
    async with pool():
        await outbox.take_over(owner)
        async with outbox.a_courier(owner) as courier:
            while await Delivery.exists().where(Delivery.state == DeliveryState.QUEUED):
                await courier.deliver_due()
                await asyncio.sleep(0.05)
            await courier.deliver_due()  # the last look notes that the sending is done


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
