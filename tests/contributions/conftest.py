"""For tests of what people add: an empty database of each kind, and a clock that tests move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.postgresql_server import empty_database, postgresql_programs, postgresql_server


@dataclass
class Clock:
    """A clock that tests move."""

    time: float = 1_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[sa.URL]:
    if postgresql_programs() is None:
        pytest.skip("no PostgreSQL server here")
    with postgresql_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> sa.URL:
    """An empty database: in a file, and on a server."""
    if request.param == "sqlite":
        return sa.URL.create("sqlite", database=str(tmp_path / "journal.db"))
    on_server: sa.URL = request.getfixturevalue("postgresql")
    empty_database(on_server)
    return on_server
