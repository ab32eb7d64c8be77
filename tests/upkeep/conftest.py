from pathlib import Path

import pytest

from tests.upkeep import houses


@pytest.fixture(scope="session")
def house(tmp_path_factory) -> Path:
    return houses.build(tmp_path_factory.mktemp("house"), readers=500)


@pytest.fixture
def source(house, tmp_path) -> str:
    """A copy of the demo with 500 readers more."""
    return houses.copied(house, tmp_path)


@pytest.fixture
def empty_postgres():
    with houses.empty_postgres() as url:
        yield url
