"""One log for every process: a line of JSON each, readable lines on a terminal, and nobody's data in either.

A name cannot be told from any other word. So an exception is told by its type and the lines of code it came by; its
own words only where they are about machines, and addresses, telephone numbers and keys are masked even there.
"""

import json
import logging
import re
import sqlite3
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from textwrap import indent
from types import TracebackType
from typing import Any

import asyncpg

from network.settings import log_format

log = logging.getLogger("verbund")
reference: ContextVar[str] = ContextVar("reference", default="")  # the request's, the job's or the letter's

OURS = ("verbund", "uvicorn", "asyncio", "arq", "py.warnings")
QUIET = ("uvicorn.error", "arq")  # of these only what is wrong
MACHINES = {"redis", "dns"}  # packages whose exceptions speak of hosts and ports
ADDRESS = r"[^\s<>\"'(),;:=/]+@[^\s<>\"'(),;]+"
TELEPHONE = r"(?<![\w.+:])(?:\+|0)\d[\d /()-]{6,}\d"
KEY = r"(?<![\w-])(?=[\w-]*[0-9_-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{16,}"
MASKED = re.compile(f"{ADDRESS}|{TELEPHONE}|{KEY}")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


class AboutMachinesError(Exception):
    """The words of such an exception speak of servers, never of people: they may stand in a log."""


@contextmanager
def referring_to(name: str) -> Iterator[None]:
    """What is logged until the block ends belongs to this job, letter or request."""
    token = reference.set(name)
    try:
        yield
    finally:
        reference.reset(token)


def set_up() -> None:
    """Everything that this process has to say goes to stderr in one format, uncaught exceptions and warnings too."""
    handler = logging.StreamHandler()
    handler.setFormatter(Readable() if log_format() == "text" else AsJson())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.raiseExceptions = False  # it would write the arguments out
    logging.captureWarnings(capture=True)
    sys.excepthook = uncaught
    sys.unraisablehook = lambda one: uncaught(one.exc_type, one.exc_value or one.exc_type(), one.exc_traceback)
    threading.excepthook = lambda one: uncaught(one.exc_type, one.exc_value or one.exc_type(), one.exc_traceback)


def uncaught(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, where)
    else:
        log.critical("ended by an exception", exc_info=error)


# --- what may be said -----------------------------------------------------------------------------------------------


def masked(words: str) -> str:
    return MASKED.sub("…", words)


def words_of(error: BaseException) -> str:
    """An exception in a line, without any value that somebody typed."""
    name, words = type(error).__name__, known_words(error)
    return f"{name}: {words}" if words else name


def known_words(error: BaseException) -> str:
    """PostgreSQL's own quote values, and its DETAIL whole rows; of what broke it names the place beside."""
    if isinstance(error, asyncpg.PostgresError):
        return " ".join(filter(None, (error.sqlstate, error.table_name, error.column_name, error.constraint_name)))
    if isinstance(error, AttributeError | NameError | ImportError | TypeError) or type(error) is RuntimeError:
        return masked(str(error))  # names from the code
    machines = isinstance(error, sqlite3.Error | OSError | asyncpg.InterfaceError | AboutMachinesError)
    if machines or type(error).__module__.partition(".")[0] in MACHINES:
        return masked(QUOTED.sub("…", str(error)))
    return ""


def story(error: BaseException, told: frozenset[int] = frozenset()) -> str:
    """The traceback as Python tells it: the lines of our code, and of each exception what words_of() lets through."""
    told |= {id(error)}
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    began = f"{story(before, told)}\n\nand then:\n\n" if before is not None and id(before) not in told else ""
    lines = "".join(traceback.format_tb(error.__traceback__))
    within = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    inner = "".join("\n" + indent(story(one, told), "  | ") for one in within)
    return f"{began}Traceback (most recent call last):\n{lines}{words_of(error)}{inner}"


def message_of(record: logging.LogRecord) -> str:
    """Our own words with what was filled in; of a library that we do not know only the words before that."""
    if record.name.partition(".")[0] not in {name.partition(".")[0] for name in OURS}:
        return masked(str(record.msg))
    args: Any = record.args
    if isinstance(args, tuple):
        args = tuple(words_of(one) if isinstance(one, BaseException) else one for one in args)
    words = str(record.msg) % args if args else str(record.msg)
    return masked(words.partition("\n")[0] if record.name == "asyncio" else words)  # below stand its tasks with all


# --- how it is written ----------------------------------------------------------------------------------------------


def moment(seconds: float) -> str:
    """2027-09-06T08:00:00.123Z"""
    return f"{of_second(int(seconds))}.{int(seconds % 1 * 1000):03d}Z"


_second: tuple[int, str] = (0, "")


def of_second(second: int) -> str:
    """Thousands of requests share one."""
    global _second  # noqa: PLW0603  the last one, as the next is mostly the same
    if _second[0] != second:
        _second = second, time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))
    return _second[1]


class AsJson(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": moment(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message_of(record),
            "reference": reference.get(),
        }
        if record.exc_info and record.exc_info[1]:
            told["exception"] = story(record.exc_info[1])
        return json.dumps(told)  # in ASCII: whatever the terminal's encoding, it can be read again


class Readable(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        clock = time.strftime("%H:%M:%S", time.localtime(record.created))
        about = f" [{reference.get()}]" if reference.get() else ""
        line = f"{clock} {record.levelname} {record.name}{about}: {message_of(record)}"
        return f"{line}\n{story(record.exc_info[1])}" if record.exc_info and record.exc_info[1] else line
