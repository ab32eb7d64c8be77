"""Serving on this machine: finding a port, being the only one on an embedded database, and stopping in time."""

import asyncio
import errno
import gc
import logging
import os
import socket
import sys
from collections.abc import Awaitable, Callable
from typing import IO

import uvicorn
import uvloop

from mailing import smtp
from network.locks import remember, take_lock
from network.settings import log_format, settings
from network.upkeep import schema

log = logging.getLogger("verbund.serving")
FIRST_PORT = 8000
PORTS = 100
STOP_SECONDS = 2
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(prepare: Callable[[], Awaitable[str]] | None = None) -> int:
    """Serve until Ctrl-C. `prepare` runs first, on the same database, and returns lines to print below the address."""
    host = os.environ.get("HOST", "127.0.0.1")
    if os.environ.get("VERBUND_DEMO") == "1" and host not in LOOPBACK:
        print("The demo signs in anybody and therefore only serves on this machine; leave HOST unset.", file=sys.stderr)
        return 1
    if words := wrong_settings():
        print(words, file=sys.stderr)
        return 1
    lock, running_at = take_lock(settings().database_url)
    if running_at:
        print(f"Already running on this database: {running_at}")
        return 0
    sockets = listen(host)
    if not sockets:
        print(f"Port {os.environ['PORT']} is taken by another program; choose another PORT.", file=sys.stderr)
        return 1
    address = own_address(host, sockets[0].getsockname()[1])
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(run(sockets, address, lock, prepare))


def wrong_settings() -> str:
    """What is better said now than at the first letter."""
    try:
        smtp.server()
    except ValueError as error:
        return str(error)
    return ""


async def run(
    sockets: list[socket.socket], address: str, lock: IO[str] | None, prepare: Callable[[], Awaitable[str]] | None
) -> int:
    from network.app import create_app  # noqa: PLC0415  BASE_URL has only now been decided

    sys.setswitchinterval(0.0005)  # the threads of the embedded database answer sooner (decisions/0002)
    words = await prepare() if prepare else ""
    await schema.is_fit()
    gc.collect()
    gc.freeze()  # what is there now stays: not to be looked through again and again
    if lock:
        remember(lock, address)
    server = uvicorn.Server(configuration(create_app(with_worker=not settings().redis_url)))
    if prepare is None and log_format() == "json":
        log.info("serving at %s", address)  # beside it nobody sits
    else:
        print(f"\n  Verbund: {address}\n{words}\n  Ctrl-C ends it.\n", flush=True)
    await server.serve(sockets=sockets)
    return 0


def configuration(app: object) -> uvicorn.Config:
    proxies = settings().trusted_proxies
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        timeout_graceful_shutdown=STOP_SECONDS,
        lifespan="on",
        log_config=None,
    )


def listen(host: str) -> list[socket.socket]:
    """The port that PORT names, else the first free one; on a local machine for IPv4 and IPv6 alike."""
    wish = os.environ.get("PORT")
    ports = [int(wish)] if wish else range(FIRST_PORT, FIRST_PORT + PORTS)
    for port in ports:
        try:
            return bound(host, port)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    return []


def bound(host: str, port: int) -> list[socket.socket]:
    first = opened(
        socket.AF_INET6 if ":" in host else socket.AF_INET, "127.0.0.1" if host == "localhost" else host, port
    )
    if host not in LOOPBACK or ":" in host:
        return [first]
    try:
        return [first, opened(socket.AF_INET6, "::1", first.getsockname()[1])]
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            first.close()
            raise
        return [first]  # a machine without IPv6


def opened(family: int, host: str, port: int) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.bind((host, port))
        sock.listen(2048)
    except OSError:
        sock.close()
        raise
    sock.set_inheritable(True)
    return sock


def own_address(host: str, port: int) -> str:
    """BASE_URL follows the bound port unless it is given; everything that reads settings comes after this."""
    name = "localhost" if host in LOOPBACK else f"[{host}]" if ":" in host else host
    address = os.environ.setdefault("BASE_URL", f"http://{name}:{port}")
    settings.cache_clear()
    return address
