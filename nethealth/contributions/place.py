"""Where the journal is: in the app's data folder, unless `[journal]` in the secrets names another place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError, field_validator

from nethealth.errors import InvalidJournal, describe_validation_error
from nethealth.privacy.private_files import lasting_folder

FILE_NAME: Final = "journal.db"
SECTION: Final = "[journal]"
_POSTGRESQL: Final = ("postgresql", "postgres", "postgresql+psycopg")
_DRIVER: Final = "postgresql+psycopg"
_REMEDY: Final = (
    "Use the path of a file, such as /srv/nethealth/journal.db, or an address that begins with postgresql://. "
    "In an address, write special characters of the password as percent codes, such as %40 for @."
)


class JournalSettings(BaseModel):
    """The section `[journal]` of the secrets."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    url: SecretStr | None = None
    keep_history: bool = True
    """False keeps no snapshots of the metrics."""

    @field_validator("url")
    @classmethod
    def _require_known_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            _parse(value.get_secret_value())
        return value

    @property
    def address(self) -> sa.URL:
        """The address as SQLAlchemy wants it. Neither its `str` nor its `repr` shows the password."""
        return _default_address() if self.url is None else _parse(self.url.get_secret_value())


def journal_address(secrets: Mapping[str, Any]) -> sa.URL:
    """Return where the journal is. Raises InvalidJournal if `[journal]` is wrong."""
    return _settings(secrets).address


def keeps_history(secrets: Mapping[str, Any]) -> bool:
    """True unless `[journal]` says that we keep no history. Raises InvalidJournal if it's wrong."""
    return _settings(secrets).keep_history


def _settings(secrets: Mapping[str, Any]) -> JournalSettings:
    try:
        return JournalSettings.model_validate(secrets.get("journal", {}))
    except ValidationError as error:
        # Without its cause, which could quote the password.
        raise InvalidJournal(describe_validation_error(error, where=SECTION), _REMEDY) from None


def _default_address() -> sa.URL:
    return _sqlite(lasting_folder() / FILE_NAME)


def _parse(text: str) -> sa.URL:
    text = text.strip()
    if "://" not in text:
        return _sqlite(Path(text).expanduser()) if text else _refuse("is empty")
    try:
        url = sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError):
        return _refuse("isn’t an address that we can read")
    if url.drivername in _POSTGRESQL:
        return url.set(drivername=_DRIVER)
    if url.drivername == "sqlite":
        return _sqlite(Path(url.database).expanduser()) if url.database else _refuse("names no file")
    return _refuse("names a kind of database that we don’t know")


def _sqlite(file: Path) -> sa.URL:
    if file.is_dir() or file.name == ":memory:":
        return _refuse("names no file")
    return sa.URL.create("sqlite", database=str(file))


def _refuse(reason: str) -> sa.URL:
    raise ValueError(reason)
