"""The courier: carries what is due to the mail server over a few connections, and writes down what became of it.

A connection begins its next message only after the last result is committed, so a kill at any moment loses nothing and
doubles at most one message per connection, with the same Message-ID.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from mailing.smtp import Connection, Fate, Lost, Outcome, Server, Unreachable
from mailing.tray import Parcel, Tray
from network.logs import referring_to

log = logging.getLogger("verbund.courier")
FIRST_LOT = 16
SMALLEST_LOT = 8
LARGEST_LOT = 512
LOT_SECONDS = 1.0  # a lot lasts about so long: then whoever left the list, and letters, are looked at again
LOOK_SECONDS = 0.1  # so often it is asked whether what was claimed is still wanted
FINISH_SECONDS = 1.2  # what is under way when the house closes may end
RECORD_AGAIN_SECONDS = 1.0
GATHER_SECONDS = 0.003


class Ledger:
    """Results of all connections, committed together in groups; an entry returns when its group is committed."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Parcel, Outcome, asyncio.Future[None]]] = []
        self.writing: asyncio.Task[None] | None = None
        self.walking = 0  # connections that may yet enter something
        self.complete = asyncio.Event()

    async def enter(self, parcel: Parcel, outcome: Outcome) -> None:
        committed = asyncio.get_running_loop().create_future()
        self.waiting.append((parcel, outcome, committed))
        if len(self.waiting) >= self.walking:
            self.complete.set()
        if self.writing is None or self.writing.done():
            self.writing = asyncio.create_task(self.write())
        await committed

    async def finish(self) -> None:
        if self.writing:
            await self.writing

    async def write(self) -> None:
        while self.waiting:
            await self.gather()
            group, self.waiting = self.waiting, []
            try:
                await self.commit(group)
            except Exception as error:  # noqa: BLE001  whatever it is, the connections must hear of it
                for _, _, committed in group:
                    if not committed.done():
                        committed.set_exception(error)
            else:
                for _, _, committed in group:
                    if not committed.done():
                        committed.set_result(None)

    async def gather(self) -> None:
        """Wait a moment for the other connections: a commit costs about the same for one result and for eight."""
        self.complete.clear()
        if len(self.waiting) < self.walking:
            with suppress(TimeoutError):
                async with asyncio.timeout(GATHER_SECONDS):
                    await self.complete.wait()

    async def commit(self, group: Sequence[tuple[Parcel, Outcome, asyncio.Future[None]]]) -> None:
        """Try for as long as the leases last: a full disk or a restarting server shall not double a message."""
        until = min(parcel.held_until for parcel, _, _ in group)
        for tray in {parcel.tray for parcel, _, _ in group}:
            results = [(parcel, outcome) for parcel, outcome, _ in group if parcel.tray is tray]
            while True:
                try:
                    await tray.record(results)
                    break
                except Exception:
                    if time.monotonic() + RECORD_AGAIN_SECONDS > until:
                        raise
                    log.exception("results could not be recorded, trying again")
                    await asyncio.sleep(RECORD_AGAIN_SECONDS)


@dataclass
class Round:
    """Everything that is due now, handed out parcel by parcel; letters come before what goes to many."""

    trays: Sequence[Tray]
    owner: str
    lease_seconds: int
    ready: deque[Parcel] = field(default_factory=deque)
    held: dict[tuple[str, int], Parcel] = field(default_factory=dict)
    filling: asyncio.Task[None] | None = None
    reserve: int = 0
    exhausted: bool = False
    done: int = 0
    filled: tuple[float, int] = (0.0, 0)  # when the last lot was claimed, and what was done by then
    looked_at: float = 0.0
    closing: bool = False
    trouble: str = ""
    failure: Exception | None = None

    async def next(self) -> Parcel | None:
        while not self.closing:
            if self.filling is None and len(self.ready) <= self.reserve and not self.exhausted:
                self.filling = asyncio.create_task(self.fill())
            if not self.ready:
                if self.filling is None:
                    return None
                await asyncio.wait([self.filling])
                continue
            if time.monotonic() - self.looked_at > LOOK_SECONDS:
                await self.look_again()
                continue
            parcel = self.ready.popleft()
            if time.monotonic() < parcel.held_until - self.lease_seconds / 2:
                return parcel
            self.held.pop(parcel.key, None)  # too late to begin: somebody else may soon hold it
        return None

    async def look_again(self) -> None:
        """Who has left the list since the claim does not get it any more; the row is given back when the round ends."""
        self.looked_at = time.monotonic()
        for tray in self.trays:
            waiting = [parcel.id for parcel in self.ready if parcel.tray is tray]
            if waiting and (gone := await tray.unwanted(waiting)):
                kept = [parcel for parcel in self.ready if parcel.tray is not tray or parcel.id not in gone]
                self.ready = deque(kept)

    async def fill(self) -> None:
        """Claim the next lot, while the last of the one before is still being carried."""
        lot, self.filled = self.lot, (time.monotonic(), self.done)
        try:
            for tray in self.trays:
                until = time.monotonic() + self.lease_seconds
                claimed = await tray.claim(self.owner, lot)
                parcels = [parcel for parcel in claimed if parcel.key not in self.held]  # the clock was put forward
                for parcel in parcels:
                    parcel.held_until = until
                    self.held[parcel.key] = parcel
                self.ready.extend(parcels)
                if parcels:
                    self.reserve = len(parcels) // 4
                    return
            self.exhausted = True
        except Exception as error:  # noqa: BLE001  raised when the round ends: what is ready is carried first
            self.exhausted, self.failure = True, error
        finally:
            self.filling = None

    @property
    def lot(self) -> int:
        """As many as the last lot's pace carries in a second: few over a slow line, hundreds over a fast one."""
        at, before = self.filled
        if not at:
            return FIRST_LOT
        rate = (self.done - before) / max(0.01, time.monotonic() - at)
        wanted = int(max(SMALLEST_LOT, min(LARGEST_LOT, rate * LOT_SECONDS)))
        return 1 << (wanted.bit_length() - 1)  # few different numbers: the database keeps each statement it was given

    async def keep_leases(self) -> None:
        """A slow server may take minutes for one message; nobody else shall take it up meanwhile."""
        while True:
            await asyncio.sleep(self.lease_seconds / 4)
            for tray in self.trays:
                mine = [parcel for parcel in self.held.values() if parcel.tray is tray]
                until = time.monotonic() + self.lease_seconds
                with suppress(Exception):
                    await tray.renew(parcel.id for parcel in mine)
                    for parcel in mine:
                        parcel.held_until = until

    async def give_back(self) -> None:
        """What was not carried is free again at once."""
        for tray in self.trays:
            mine = [parcel.id for parcel in self.held.values() if parcel.tray is tray]
            await tray.release(mine, self.trouble)
        self.held.clear()
        self.ready.clear()


class Courier:
    """Keeps the connections from one round to the next."""

    def __init__(
        self, server: Callable[[], Server | None], trays: Sequence[Tray], owner: str, lease_seconds: int
    ) -> None:
        self.server = server
        self.trays = trays
        self.owner = owner
        self.lease_seconds = lease_seconds
        self.connections: list[Connection] = []
        self.ledger = Ledger()
        self.trouble = ""

    async def deliver_due(self) -> int:
        """Carry everything that is due; return how many were tried. `trouble` then says what keeps us from it."""
        server = self.server()
        if server is None:
            return 0
        await self.trim(server)
        count = 0
        while carried := await self.round():
            count += carried
        return count

    async def round(self) -> int:
        """Carry what is due when it begins and what becomes due on the way."""
        turn = Round(self.trays, self.owner, self.lease_seconds)
        await turn.fill()
        if turn.ready:
            await self.carry(turn)
        self.trouble = "" if turn.done else turn.trouble
        if turn.failure:
            raise turn.failure
        return turn.done

    async def trim(self, server: Server) -> None:
        """Close what was idle for long; have as many connections as the server may get."""
        if self.connections and self.connections[0].server != server:
            await self.close()
        for connection in self.connections:
            if connection.is_stale:
                await connection.close()
        while len(self.connections) < server.connections:
            self.connections.append(Connection(server))

    async def carry(self, turn: Round) -> None:
        walks = [asyncio.create_task(self.walk(turn, connection)) for connection in self.connections]
        keeper = asyncio.create_task(turn.keep_leases())
        try:
            await asyncio.wait(walks)
        finally:
            turn.closing = True
            if any(not walk.done() for walk in walks):
                await asyncio.shield(asyncio.wait(walks, timeout=FINISH_SECONDS))
            for task in [keeper, *walks]:
                task.cancel()
            await asyncio.gather(keeper, *walks, return_exceptions=True)
            if turn.filling:
                await turn.filling
            await self.ledger.finish()
            await turn.give_back()
        for walk in walks:
            if error := walk.exception():
                raise error

    async def walk(self, turn: Round, connection: Connection) -> None:
        """One connection's way, message after message, until nothing is due or the server cannot be reached."""
        self.ledger.walking += 1
        try:
            while parcel := await turn.next():
                try:
                    with referring_to(f"{parcel.tray.name}-{parcel.id}"):
                        outcome = await self.carried(parcel, connection)
                except Unreachable as no:
                    log.warning("the mail server cannot be reached: %s", no)
                    turn.trouble = str(no)
                    turn.ready.appendleft(parcel)  # perhaps only one connection too many
                    return
                await self.ledger.enter(parcel, outcome)
                turn.held.pop(parcel.key, None)
                turn.done += 1
        finally:
            self.ledger.walking -= 1

    async def carried(self, parcel: Parcel, connection: Connection) -> Outcome:
        outcome = await self.hand_over(parcel, connection)
        if outcome.fate is Fate.FAILED:
            log.warning("not delivered: %s", outcome.code)
        elif outcome.fate is Fate.LATER:
            log.info("put off by the mail server: %s", outcome.code)
        return outcome

    async def hand_over(self, parcel: Parcel, connection: Connection) -> Outcome:
        """Give one message to the server, over a fresh connection if this one had died of idleness."""
        try:
            await connection.make_ready()
            message = await parcel.message()
            sender, recipient = parcel.sender, parcel.recipient
            try:
                return await connection.send(sender, recipient, message)
            except Lost as lost:
                if lost.handed_over:
                    raise
                await connection.make_ready()
                return await connection.send(sender, recipient, message)
        except Lost as lost:
            return Outcome(Fate.LATER, str(lost))
        except (ValueError, LookupError) as error:
            log.exception("a message could not be written")
            return Outcome(Fate.FAILED, str(error))

    async def close(self) -> None:
        await asyncio.gather(*(connection.close() for connection in self.connections))
        self.connections = []
