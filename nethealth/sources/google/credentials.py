"""Whom Google sees when the dashboard reads: a service account, an API key, or nobody in particular."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nethealth.errors import InvalidCredentials

SERVICE_ACCOUNT_VARIABLE = "NETHEALTH_SERVICE_ACCOUNT"
API_KEY_VARIABLE = "NETHEALTH_API_KEY"

_ACCOUNT_FIELDS = frozenset(
    {
        "type",
        "project_id",
        "private_key_id",
        "private_key",
        "client_email",
        "client_id",
        "auth_uri",
        "token_uri",
        "auth_provider_x509_cert_url",
        "client_x509_cert_url",
    }
)
_SERVICE_ACCOUNT_MARKERS = ("private_key", "client_email", "private_key_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What the dashboard reads with. Its repr names the kind and never a secret."""

    service_account: Mapping[str, Any] | None = field(default=None, repr=False)
    api_key: str | None = field(default=None, repr=False)
    spreadsheet: str | None = None
    """The network's own Sheet, as the secrets name it: a link or an id."""

    @property
    def kind(self) -> str:
        """`service account`, `API key` or `none`."""
        if self.service_account is not None:
            return "service account"
        return "API key" if self.api_key else "none"

    @property
    def share_with(self) -> str | None:
        """The e-mail that a private Sheet must be shared with; None without a service account."""
        email = self.service_account.get("client_email") if self.service_account else None
        return str(email) if email else None

    def __repr__(self) -> str:
        return f"Credentials({self.kind})"

    def __hash__(self) -> int:
        account = tuple(sorted(self.service_account.items())) if self.service_account else None
        return hash((account, self.api_key, self.spreadsheet))


def credentials_from(secrets_section: Mapping[str, Any], environ: Mapping[str, str]) -> Credentials:
    """The credentials of `[connections.gsheets]`, else of the environment, else none.

    The section holds `spreadsheet` and either the fields of a service account's JSON or `api_key`. In the environment
    NETHEALTH_SERVICE_ACCOUNT is that JSON or a path to it, NETHEALTH_API_KEY the key. Raises CredentialsMalformed where
    the environment names something that is no such JSON; a missing field inside is told when the key is used.
    """
    spreadsheet = str(secrets_section.get("spreadsheet") or "").strip() or None
    if any(secrets_section.get(name) for name in _SERVICE_ACCOUNT_MARKERS):
        return Credentials(service_account=_account(secrets_section), spreadsheet=spreadsheet)
    if key := str(secrets_section.get("api_key") or "").strip():
        return Credentials(api_key=key, spreadsheet=spreadsheet)
    if named := environ.get(SERVICE_ACCOUNT_VARIABLE, "").strip():
        return Credentials(service_account=_account(_json_or_path(named)), spreadsheet=spreadsheet)
    return Credentials(api_key=environ.get(API_KEY_VARIABLE, "").strip() or None, spreadsheet=spreadsheet)


def _account(section: Mapping[str, Any]) -> Mapping[str, Any]:
    """The known fields alone, as plain texts; a private key whose line breaks came as `\\n` gets them back."""
    account = {name: str(section[name]) for name in _ACCOUNT_FIELDS if section.get(name) is not None}
    if "private_key" in account:
        account["private_key"] = account["private_key"].replace("\\n", "\n")
    return MappingProxyType(account)


def _json_or_path(named: str) -> Mapping[str, Any]:
    text = named
    if not named.startswith("{"):
        try:
            text = Path(named).expanduser().read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError, ValueError):
            raise InvalidCredentials(
                f"{SERVICE_ACCOUNT_VARIABLE} names a file that does not exist or cannot be read."
            ) from None
    try:
        account = json.loads(text)
    except ValueError:
        raise InvalidCredentials(f"{SERVICE_ACCOUNT_VARIABLE} holds no service account JSON.") from None
    if not isinstance(account, dict):
        raise InvalidCredentials(f"{SERVICE_ACCOUNT_VARIABLE} holds no service account JSON.")
    return account
