"""The office, signed in, in a house with the beginning set."""

import pytest

from network.catalogue import beginnings
from tests.members.conftest import desk

__all__ = ["desk", "laid_out"]


@pytest.fixture
async def laid_out() -> None:
    await beginnings.lay_out()
