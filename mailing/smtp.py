"""The way out: connections to the one mail server that SMTP_URL names, kept open and spoken over in few round trips."""

import asyncio
import ipaddress
import re
import time
from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib

from mailing.message import in_ascii
from network.logs import AboutMachinesError
from network.settings import settings

CONNECTIONS = 8
CONNECT_SECONDS = 30
ALIVE_SECONDS = 10
VERDICT_SECONDS = 300  # after the last dot the server may look for viruses first (RFC 5321, 4.5.3.2.6 says ten minutes)
IDLE_SECONDS = 15  # after so long a connection is asked whether it lives
KEEP_SECONDS = 90  # after so long it is closed
GOODBYE_SECONDS = 0.3
CLOSING, GO_ON, NOT_SIGNED_IN = 421, 354, {530, 535, 538}
LONGEST_ANSWER = 64 * 1024
CODE = re.compile(r"\d{3}(?: \d\.\d+\.\d+)?")
YES = {"1", "true", "yes", "on", "required"}
NO = {"0", "false", "no", "off"}


class Unreachable(AboutMachinesError):  # noqa: N818  it says what is the matter, nobody did wrong
    """The server cannot be spoken to now, or not by us; no single letter is to blame."""


class Lost(AboutMachinesError):  # noqa: N818
    """The connection broke; if the message had been handed over, nobody knows whether it arrived."""

    def __init__(self, words: str, *, handed_over: bool = False) -> None:
        super().__init__(words)
        self.handed_over = handed_over


class Fate(StrEnum):
    SENT = "sent"
    LATER = "later"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    fate: Fate
    answer: str

    @property
    def code(self) -> str:
        """What a log may hold of the answer, whose words name the reader: "550 5.1.1"."""
        found = CODE.match(self.answer)
        return found[0] if found else "no answer"


@dataclass(frozen=True, slots=True)
class Server:
    """What SMTP_URL says. `starttls` None: when the server offers it."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: bool = False
    starttls: bool | None = None
    verify: bool = True
    connections: int = CONNECTIONS

    @property
    def is_here(self) -> bool:
        return is_loopback(self.host)


def server() -> Server | None:
    """The mail server; None when letters are held: no SMTP_URL, or a demo with one on another machine."""
    if not settings().smtp_url:
        return None
    named = server_from(settings().smtp_url)
    return None if settings().demo and not named.is_here else named


def server_from(url: str) -> Server:
    """Read `smtp[s]://user:password@host:port?starttls=yes|no&verify=no&connections=8`.

    A password never goes in the clear to another machine: without a word about STARTTLS it is then demanded.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("SMTP_URL must look like smtp://user:password@host:587 or smtps://user:password@host:465")
    options = {name: values[-1].lower() for name, values in parse_qs(parts.query).items()}
    tls = parts.scheme == "smtps"
    starttls = {True: True, False: False, None: None}[said(options.get("starttls", ""))]
    if starttls is None and is_loopback(parts.hostname):
        starttls = False
    if starttls is None and parts.password:
        starttls = True
    return Server(
        host=parts.hostname,
        port=parts.port or (465 if tls else 587 if parts.password else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        starttls=False if tls else starttls,
        verify=said(options.get("verify", "")) is not False,
        connections=max(1, min(50, int(options.get("connections", CONNECTIONS)))),
    )


def said(word: str) -> bool | None:
    return True if word in YES else False if word in NO else None


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Reply:
    code: int
    words: str

    @property
    def is_good(self) -> bool:
        return self.code // 100 in {2, 3}

    @property
    def is_final(self) -> bool:
        return self.code // 100 == 5  # noqa: PLR2004  SMTP's "permanent"

    def __str__(self) -> str:
        return f"{self.code} {self.words}"


class Dialogue(asyncio.Protocol):
    """Reads the server's replies, several at a time where it takes several commands at a time (RFC 2920)."""

    def __init__(self, transport: Any) -> None:
        self.transport = transport
        self.replies: deque[Reply] = deque()
        self.buffer = b""
        self.lines: list[str] = []
        self.waiter: asyncio.Future[None] | None = None
        self.lost = False

    def data_received(self, data: bytes) -> None:
        *lines, self.buffer = (self.buffer + data).split(b"\n")
        for line in lines:
            self.read(line.decode("utf-8", "replace").rstrip("\r"))
        if len(self.buffer) > LONGEST_ANSWER or len(self.lines) > LONGEST_ANSWER // 64:
            self.transport.abort()
        self.wake()

    def read(self, line: str) -> None:
        if not (line[:3].isdigit() and line[3:4] in {"", " ", "-"}):
            self.transport.abort()
            return
        self.lines.append(line[4:].strip())
        if line[3:4] != "-":
            self.replies.append(Reply(int(line[:3]), " ".join(self.lines)))
            self.lines = []

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        self.lost = True
        self.wake()

    def wake(self) -> None:
        if self.waiter and not self.waiter.done():
            self.waiter.set_result(None)

    def say(self, data: bytes) -> None:
        if self.lost or self.transport.is_closing():
            raise Lost("the mail server closed the connection")
        self.transport.write(data)

    async def reply(self) -> Reply:
        while not self.replies:
            if self.lost:
                raise Lost("the mail server closed the connection")
            self.waiter = asyncio.get_running_loop().create_future()
            await self.waiter
        return self.replies.popleft()


class Connection:
    """One connection, opened when first needed and again whenever it was lost."""

    def __init__(self, to: Server) -> None:
        self.server = to
        self.dialogue: Dialogue | None = None
        self.takes_many = False
        self.used_at = 0.0

    async def make_ready(self) -> None:
        """Be connected, greeted and signed in; Unreachable says in words why not."""
        if self.dialogue and time.monotonic() - self.used_at > IDLE_SECONDS and not await self.is_alive():
            self.drop()
        if self.dialogue and (self.dialogue.lost or self.dialogue.transport.is_closing() or self.dialogue.replies):
            self.drop()
        if self.dialogue is None:
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    await self.open()
            except (aiosmtplib.SMTPException, OSError, ValueError) as error:
                words = str(error) or "no answer in time"
                raise Unreachable(f"{self.server.host}:{self.server.port}: {words}"[:300]) from error

    async def open(self) -> None:
        """TLS and signing in are aiosmtplib's; then its transport is spoken over directly."""
        client = aiosmtplib.SMTP(
            hostname=self.server.host,
            port=self.server.port,
            username=self.server.user or None,
            password=self.server.password or None,
            local_hostname=own_name(),
            timeout=CONNECT_SECONDS,
            use_tls=self.server.tls,
            start_tls=self.server.starttls,
            validate_certs=self.server.verify,
        )
        await client.connect()
        if client.is_ehlo_or_helo_needed:
            try:
                await client.ehlo()
            except aiosmtplib.SMTPHeloError:
                await client.helo()
        if client.transport is None:
            raise Unreachable("the mail server hung up")
        self.takes_many = client.supports_extension("pipelining")
        self.dialogue = Dialogue(client.transport)
        client.transport.set_protocol(self.dialogue)
        self.used_at = time.monotonic()

    @property
    def encrypted(self) -> bool:
        return bool(self.dialogue and self.dialogue.transport.get_extra_info("ssl_object"))

    async def asked_about(self, sender: str) -> Reply:
        """Whether letters from this address would be taken; none is sent."""
        reply = await self.ask(f"MAIL FROM:<{in_ascii(sender)}>\r\n".encode("ascii"))
        await self.ask_within(GOODBYE_SECONDS, b"RSET\r\n")
        return reply

    async def is_alive(self) -> bool:
        answer = await self.ask_within(ALIVE_SECONDS, b"NOOP\r\n")
        return answer is not None and answer.is_good

    async def send(self, sender: str, recipient: str, message: bytes) -> Outcome:
        """One message to one person. Lost: the connection broke; Unreachable: the server wants none of ours."""
        handed_over = False
        try:
            async with asyncio.timeout(VERDICT_SECONDS):
                answer = await self.hand_in(sender, recipient)
                if answer is None:
                    handed_over = True
                    answer = await self.ask(stuffed(message))
        except (Lost, TimeoutError) as error:
            self.drop()
            raise Lost(str(error) or "the mail server did not answer in time", handed_over=handed_over) from error
        except asyncio.CancelledError:
            self.drop()
            raise
        self.used_at = time.monotonic()
        if answer.code == CLOSING:
            self.drop()
        if answer.is_good:
            return Outcome(Fate.SENT, str(answer))
        return Outcome(Fate.FAILED if answer.is_final else Fate.LATER, str(answer))

    async def hand_in(self, sender: str, recipient: str) -> Reply | None:
        """Say from whom to whom; return the first refusal, after which the connection is clear for the next."""
        commands = [
            f"MAIL FROM:<{in_ascii(sender)}>\r\n".encode("ascii"),
            f"RCPT TO:<{in_ascii(recipient)}>\r\n".encode("ascii"),
            b"DATA\r\n",
        ]
        replies: list[Reply] = []
        if self.takes_many:
            replies = await self.ask_all(commands)
        else:
            for command in commands:
                replies.append(await self.ask(command))
                if not replies[-1].is_good:
                    break
        refused = next((reply for reply in replies if not reply.is_good), None)
        if refused is None:
            return None
        if replies[0].code in NOT_SIGNED_IN:
            self.drop()
            raise Unreachable(f"{self.server.host}:{self.server.port}: {replies[0]}")
        if refused.code != CLOSING:
            accepted = replies[-1].code == GO_ON  # although nobody is there to get it
            await self.ask(b".\r\n" if accepted else b"RSET\r\n")
        return refused

    async def ask(self, command: bytes) -> Reply:
        return (await self.ask_all([command]))[0]

    async def ask_all(self, commands: list[bytes]) -> list[Reply]:
        """One write, and as many replies as commands; the last may be missing when the server closes meanwhile."""
        if self.dialogue is None:
            raise Lost("the connection is closed")
        self.dialogue.say(b"".join(commands))
        replies: list[Reply] = []
        while len(replies) < len(commands) and not (replies and replies[-1].code == CLOSING):
            replies.append(await self.dialogue.reply())
        return replies

    async def ask_within(self, seconds: float, command: bytes) -> Reply | None:
        try:
            async with asyncio.timeout(seconds):
                return await self.ask(command)
        except (Lost, TimeoutError):
            return None

    @property
    def is_stale(self) -> bool:
        return time.monotonic() - self.used_at > KEEP_SECONDS

    async def close(self) -> None:
        """Take leave, without waiting long for the answer."""
        if self.dialogue:
            await self.ask_within(GOODBYE_SECONDS, b"QUIT\r\n")
        self.drop()

    def drop(self) -> None:
        if self.dialogue:
            self.dialogue.transport.abort()
        self.dialogue = None


def own_name() -> str:
    """How we greet: the name our pages are under."""
    name = urlsplit(settings().base_url).hostname or "localhost"
    return name if name.isascii() and re.fullmatch(r"[A-Za-z0-9.-]+", name) else "localhost"


def stuffed(message: bytes) -> bytes:
    """A message as DATA wants it: lines that begin with a dot get a second one, a single dot ends it."""
    end = b".\r\n" if message.endswith(b"\r\n") else b"\r\n.\r\n"
    return message.replace(b"\r\n.", b"\r\n..") + end
