"""Where the journal is, by the secrets and the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import platformdirs
import pytest

from nethealth.contributions.place import journal_address, keeps_history
from nethealth.errors import InvalidJournal
from nethealth.privacy.private_files import DATA_DIR

PASSWORD = "hush-hush"


def test_default_is_no_cache_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DATA_DIR)
    file = Path(journal_address({}).database or "")
    assert file.parent == Path(platformdirs.user_data_dir("nethealth", appauthor=False))
    assert not file.is_relative_to(platformdirs.user_cache_dir())


def test_data_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(DATA_DIR, str(tmp_path))
    address = journal_address({"access": {}})
    assert (address.drivername, address.database) == ("sqlite", str(tmp_path / "journal.db"))


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_server_with_password(scheme: str) -> None:
    address = journal_address(
        {"journal": {"url": f"{scheme}://app:{PASSWORD}@db.example.org:5433/health?sslmode=require"}}
    )
    assert (address.drivername, address.host, address.port) == ("postgresql+psycopg", "db.example.org", 5433)
    assert (address.password, address.query) == (PASSWORD, {"sslmode": "require"})
    assert PASSWORD not in f"{address} {address!r}"


@pytest.mark.parametrize("url", ["/srv/a/journal.db", "sqlite:////srv/a/journal.db", " /srv/a/journal.db "])
def test_file_by_path_or_address(url: str) -> None:
    assert journal_address({"journal": {"url": url}}).database == "/srv/a/journal.db"


@pytest.mark.parametrize(
    "section",
    [
        {"url": f"mysql://app:{PASSWORD}@db/health"},
        {"url": f"postgresql+asyncpg://app:{PASSWORD}@db/health"},
        {"url": f"postgresql://app:{PASSWORD}@db:port/health"},
        {"url": "sqlite://"},
        {"url": "sqlite:///:memory:"},
        {"url": "/"},
        {"url": ""},
        {"url": 3},
        {"address": PASSWORD},
        {"keep_history": PASSWORD},
        PASSWORD,
    ],
)
def test_other_settings_are_refused_without_the_password(section: Any) -> None:
    with pytest.raises(InvalidJournal) as refusal:
        journal_address({"journal": section})
    assert "[journal]" in refusal.value.message
    assert refusal.value.remedy
    assert PASSWORD not in f"{refusal.value} {refusal.value!r} {refusal.value.__cause__!r}"


def test_history_is_kept_unless_the_secrets_say_not_to() -> None:
    assert keeps_history({})
    assert keeps_history({"journal": {"url": "/srv/a/journal.db"}})
    assert not keeps_history({"journal": {"keep_history": False}})
    assert journal_address({"journal": {"keep_history": False}}) == journal_address({})
