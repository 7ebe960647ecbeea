"""Validate the credentials that the dashboard reads with: a service account, an API key, or none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from nethealth.errors import HostNotAllowed, InvalidCredentials, describe_validation_error

SPREADSHEET_VARIABLE = "NETHEALTH_SPREADSHEET"
SERVICE_ACCOUNT_VARIABLE = "NETHEALTH_SERVICE_ACCOUNT"
API_KEY_VARIABLE = "NETHEALTH_API_KEY"

SECTION = "[connections.gsheets]"
TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
_FORMER_TOKEN_URIS = frozenset(
    {
        "https://accounts.google.com/o/oauth2/token",
        "https://www.googleapis.com/oauth2/v3/token",
        "https://www.googleapis.com/oauth2/v4/token",
    }
)
_SERVICE_ACCOUNT_MARKERS = ("private_key", "client_email", "private_key_id")


class _Settings(BaseModel):
    # An error must never quote a secret, and other programs may keep settings of their own in the same place.
    model_config = ConfigDict(
        frozen=True, extra="ignore", hide_input_in_errors=True, str_strip_whitespace=True, coerce_numbers_to_str=True
    )


class ServiceAccount(_Settings):
    """A service account's JSON key, as downloaded from the Google Cloud console."""

    client_email: str = Field(min_length=1)
    private_key: SecretStr = Field(min_length=1)
    token_uri: str = Field(min_length=1)
    type: str = "service_account"
    project_id: str | None = None
    private_key_id: SecretStr | None = None
    client_id: str | None = None

    @field_validator("private_key", mode="before")
    @classmethod
    def _restore_line_breaks(cls, value: object) -> object:
        return value.replace("\\n", "\n").strip() if isinstance(value, str) else value

    @field_validator("token_uri")
    @classmethod
    def _update_token_uri(cls, value: str) -> str:
        return TOKEN_URI if value in _FORMER_TOKEN_URIS else value

    def as_key(self) -> dict[str, str]:
        """Return the key as google-auth reads it. Raises HostNotAllowed if it would send its signature elsewhere."""
        if self.token_uri != TOKEN_URI:
            raise HostNotAllowed
        fields = self.model_dump(exclude_none=True)
        return {
            name: value.get_secret_value() if isinstance(value, SecretStr) else value for name, value in fields.items()
        }


class Credentials(BaseModel):
    """The credentials that the dashboard reads with. Neither `repr` nor `str` shows a secret."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    service_account: ServiceAccount | None = None
    api_key: SecretStr | None = None

    @property
    def kind(self) -> str:
        """`service account`, `API key`, or `none`."""
        if self.service_account is not None:
            return "service account"
        return "API key" if self.api_key else "none"

    @property
    def share_with(self) -> str | None:
        """The email address to share a private Google Sheet with; None without a service account."""
        return self.service_account.client_email if self.service_account else None


class GoogleSheetsSecrets(_Settings):
    """The section `[connections.gsheets]`: the spreadsheet, and a service account's key or an API key."""

    spreadsheet: str = ""
    api_key: SecretStr | None = None
    service_account: ServiceAccount | None = None

    @model_validator(mode="before")
    @classmethod
    def _nest_service_account(cls, section: Any) -> Any:
        """The fields of a service account's key are in the section itself, next to `spreadsheet`."""
        if not isinstance(section, Mapping):
            return section
        is_account = any(section.get(name) for name in _SERVICE_ACCOUNT_MARKERS)
        return {**section, "service_account": dict(section) if is_account else None}


class EnvironmentSettings(_Settings):
    """The environment variables that configure the network's own workbook."""

    spreadsheet: str = Field(default="", alias=SPREADSHEET_VARIABLE)
    service_account: ServiceAccount | None = Field(default=None, alias=SERVICE_ACCOUNT_VARIABLE)
    api_key: SecretStr | None = Field(default=None, alias=API_KEY_VARIABLE)

    @field_validator("service_account", mode="before")
    @classmethod
    def _load_service_account(cls, value: object) -> object:
        """Parse the JSON of a key, or read it from the file at this path."""
        text = value.strip() if isinstance(value, str) else ""
        if not text:
            return None
        if not text.startswith("{"):
            try:
                text = Path(text).expanduser().read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError, ValueError, RuntimeError):
                raise ValueError("is the path of a file that doesn’t exist or that we can’t read") from None
        try:
            return json.loads(text)
        except ValueError:
            raise ValueError("isn’t the JSON of a service account key") from None


def relevant_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment variables that configure the network's own workbook."""
    names = (SPREADSHEET_VARIABLE, SERVICE_ACCOUNT_VARIABLE, API_KEY_VARIABLE)
    return {name: environ[name] for name in names if name in environ}


def configured_spreadsheet(secrets: Mapping[str, object], environ: Mapping[str, str]) -> str | None:
    """Return the link or id of the network's own workbook from the secrets, else the environment; None without one.

    A section that can't be read counts as one, so that reading it reports the error instead of showing the sample.
    """
    section = _section(secrets)
    named = section.get("spreadsheet") if isinstance(section, Mapping) else section
    return str(named or "").strip() or environ.get(SPREADSHEET_VARIABLE, "").strip() or None


def credentials_from(secrets: Mapping[str, object], environ: Mapping[str, str]) -> Credentials:
    """Return the credentials of `[connections.gsheets]` in the secrets, else of the environment, else none.

    Raises InvalidCredentials, which names the key to fix and never quotes its value.
    """
    try:
        section = GoogleSheetsSecrets.model_validate(_section(secrets))
    except ValidationError as error:
        raise InvalidCredentials(describe_validation_error(error, where=SECTION)) from None
    if section.service_account is not None or section.api_key:
        return _credentials(section)
    try:
        return _credentials(EnvironmentSettings.model_validate(relevant_environment(environ)))
    except ValidationError as error:
        raise InvalidCredentials(describe_validation_error(error, where="the environment")) from None


def _credentials(settings: GoogleSheetsSecrets | EnvironmentSettings) -> Credentials:
    if settings.service_account is not None:
        return Credentials(service_account=settings.service_account)
    return Credentials(api_key=settings.api_key or None)


def _section(secrets: Mapping[str, object]) -> object:
    connections = secrets.get("connections", {})
    return connections.get("gsheets", {}) if isinstance(connections, Mapping) else connections
