"""The post office's tests talk to a real mail server on loopback."""

import dataclasses
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest

from mailing.letters import Sender
from network import settings as house
from tests.smtp_sink import Sink, running


@contextmanager
def surroundings(**changed: object) -> Iterator[None]:
    """The house with other settings, as after a restart."""
    before = house.settings
    changed_settings = dataclasses.replace(before(), **changed)  # type: ignore[arg-type]

    def after() -> house.Settings:
        return changed_settings

    modules = [module for module in tuple(sys.modules.values()) if vars(module).get("settings") is before]
    for module in modules:
        module.settings = after
    try:
        yield
    finally:
        for module in modules:
            module.settings = before


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    """A mail server that the house knows by SMTP_URL."""
    async with running() as one:
        with surroundings(smtp_url=one.url + "?connections=4"):
            yield one


@pytest.fixture
def sender() -> Sender:
    return Sender("BAG BW", "office@example.org", "BAG BW\nMusterufer 1", "BAG BW\nMusterufer 1, Germany")
