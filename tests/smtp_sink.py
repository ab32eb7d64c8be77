"""A mail server on loopback for tests: counts what it takes, and can be slow, rude or forgetful on demand.

`python -m tests.smtp_sink FOLDER [SECONDS]` runs it as a process of its own that notes each Message-ID it took in
FOLDER/taken, and takes so long for each message.
"""

import asyncio
import re
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import IO


@dataclass
class Taken:
    sender: str
    recipient: str
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)  # type: ignore[return-value]

    def body(self, kind: str) -> str:
        """What a person reads of it, as text ("plain") or page ("html")."""
        return self.message.get_body((kind,)).get_content().replace("\r\n", "\n")  # type: ignore[union-attr]

    @property
    def message_id(self) -> str:
        return re.search(rb"(?mi)^message-id: *(\S+)", self.raw)[1].decode()


@dataclass
class Sink:
    """`answers` maps a command (or "." for the end of a message) and its argument to another reply than the usual."""

    pipelining: bool = True
    delay: float = 0.0
    answers: Callable[[str, str], str | None] = lambda _command, _argument: None
    hang_up_after: Callable[[str, int], bool] = lambda _command, _number: False
    note: IO[str] | None = None
    keep: bool = True
    taken: list[Taken] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    connections: int = 0
    open_now: int = 0
    most_open: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def counted(self) -> Counter[str]:
        return Counter(one.message_id for one in self.taken)

    @property
    def recipients(self) -> list[str]:
        return sorted(one.recipient for one in self.taken)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open_now += 1
        self.most_open = max(self.most_open, self.open_now)
        try:
            await self.converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, EOFError):
            pass
        finally:
            self.open_now -= 1
            writer.close()

    async def converse(  # noqa: C901  a conversation has its turns
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        sender = recipient = ""
        if not self.say(writer, "CONNECT", "", "220 sink"):
            return
        while line := (await reader.readline()).decode():
            command, argument = line[:4].strip().upper(), line[4:].strip()
            if self.keep:
                self.commands.append(command)
            usual = {"EHLO": self.greeting(), "DATA": "354 go on", "QUIT": "221 bye"}.get(command, "250 ok")
            if command == "MAIL":
                sender = argument.partition("<")[2].partition(">")[0]
            if command == "RCPT":
                recipient = argument.partition("<")[2].partition(">")[0]
            if command == "DATA" and not recipient:
                usual = "554 nobody to write to"
            reply = self.answers(command, argument) or usual
            if not reply.startswith("2") and command == "RCPT":
                recipient = ""
            if not self.say(writer, command, argument, reply) or command == "QUIT":
                return
            if reply.startswith("354"):
                if not await self.take(reader, writer, sender, recipient):
                    return
                recipient = ""

    def greeting(self) -> str:
        return "250-sink\r\n250-PIPELINING\r\n250 8BITMIME" if self.pipelining else "250-sink\r\n250 8BITMIME"

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sender: str, to: str) -> bool:
        raw = b"\r\n" + (await reader.readuntil(b"\r\n.\r\n") if not await self.nothing(reader) else b"")
        if self.delay:
            await asyncio.sleep(self.delay)
        if raw == b"\r\n":
            return self.say(writer, ".", to, "554 nothing")
        reply = self.answers(".", to) or f"250 2.0.0 taken as {len(self.taken) + 1}"
        if reply.startswith("2"):
            one = Taken(sender, to, raw[2:-3].replace(b"\r\n..", b"\r\n."))
            if self.keep:
                self.taken.append(one)
            if self.note:
                self.note.write(one.message_id + "\n")
                self.note.flush()
        return self.say(writer, ".", to, reply)

    async def nothing(self, reader: asyncio.StreamReader) -> bool:
        """Only a dot: the other side has nothing to say."""
        first = await reader.readexactly(3)
        if first == b".\r\n":
            return True
        reader._buffer[:0] = first  # type: ignore[attr-defined]
        return False

    def say(self, writer: asyncio.StreamWriter, command: str, argument: str, reply: str) -> bool:
        """Answer, unless this is where the connection breaks."""
        if self.hang_up_after(command, len(self.taken)):
            writer.transport.abort()
            return False
        writer.write(reply.encode() + b"\r\n")
        return not reply.startswith("421")


@asynccontextmanager
async def running(sink: Sink | None = None, port: int = 0, host: str = "127.0.0.1") -> AsyncIterator[Sink]:
    sink = sink or Sink()
    server = await asyncio.start_server(sink.serve, host, port, limit=64 * 1024 * 1024)
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        server.close()


async def main(folder: Path, delay: float = 0.0) -> None:
    with (folder / "taken").open("a", encoding="ascii") as note:
        async with running(Sink(note=note, keep=False, delay=delay)) as sink:
            (folder / "port.new").write_text(str(sink.port))
            (folder / "port.new").rename(folder / "port")
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), *map(float, sys.argv[2:])))
