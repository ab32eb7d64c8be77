"""The real demo in a process of its own, a local SMTP server that keeps what it is given, and Chromium."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.request import urlopen

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@dataclass
class Mailbox:
    """Everything that was delivered, as parsed messages."""

    messages: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  aiosmtpd's name
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.messages.append(message)
        return "250 OK"

    def to(self, address: str, subject: str = "") -> list[EmailMessage]:
        return [m for m in self.messages if address in str(m["to"]) and subject in str(m["subject"])]

    def wait(self, address: str, subject: str = "", count: int = 1, seconds: float = 30) -> EmailMessage:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if len(found := self.to(address, subject)) >= count:
                return found[-1]
            time.sleep(0.1)
        raise AssertionError(
            f"no letter {subject!r} to {address}; there are {[(m['to'], m['subject']) for m in self.messages]}"
        )


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part
    return str(part.get_content())


def link_in(message: EmailMessage, part: str) -> str:
    found = re.search(rf"https?://\S*{part}\S*", text_of(message))
    assert found, text_of(message)
    return found[0].rstrip(".,")


def free_port() -> int:
    with closing(socket.socket()) as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@dataclass
class Site:
    address: str
    mail: Mailbox
    data: Path


@pytest.fixture(scope="session", autouse=True)
def schema() -> None:
    """The demo has a database of its own; the test process needs none."""


@pytest.fixture(autouse=True)
def empty() -> None:
    """Journeys go on where the last one ended, as days do."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with demo(tmp_path_factory.mktemp("journeys")) as made:
        yield made


@contextmanager
def demo(data: Path, surroundings: dict[str, str] | None = None) -> Iterator[Site]:
    """The demo as anybody starts it, but with a mail server at hand."""
    port, mail_port = free_port(), free_port()
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=mail_port)
    controller.start()
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "BASE_URL", "SECRET_KEY")
    }
    environment |= {"PORT": str(port), "VERBUND_DATA": str(data), "SMTP_URL": f"smtp://127.0.0.1:{mail_port}"}
    environment |= surroundings or {}
    log = (data / "log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "network", "demo"], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
    )
    address = f"http://localhost:{port}"
    try:
        wait_until_up(address, process, data / "log")
        yield Site(address, mailbox, data)
    finally:
        process.terminate()
        process.wait(10)
        log.close()
        controller.stop()


def wait_until_up(address: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"{address}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text(errors="replace"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def window(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Open a browser of its own: window(width=360, javascript=False, dark=True). Nothing may be asked of other hosts."""
    contexts, elsewhere = [], []

    def open_window(*, width: int = 1360, height: int = 900, javascript: bool = True, dark: bool = False) -> Page:
        context = browser.new_context(
            base_url=site.address,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            locale="de-DE",
            timezone_id="Asia/Kolkata",  # times must be Berlin's wherever the reader sits
        )
        context.set_default_timeout(15_000)
        context.on("request", lambda asked: None if is_ours(asked.url, site) else elsewhere.append(asked.url))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert elsewhere == []


def is_ours(url: str, site: Site) -> bool:
    return url.startswith((site.address, "data:", "blob:", "about:"))


def sign_in(page: Page, name: str) -> Page:
    page.goto("/sign-in")
    page.get_by_role("button", name=name).click()
    return page
