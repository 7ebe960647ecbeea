"""Credentials from the secrets and the environment."""

import json
from pathlib import Path
from typing import Any

import pytest

from nethealth.errors import HostNotAllowed, InvalidCredentials
from nethealth.sources import Credentials, configured_spreadsheet, credentials_from

ACCOUNT = {
    "type": "service_account",
    "client_email": "app@project.iam.gserviceaccount.com",
    "private_key": "-----BEGIN PRIVATE KEY-----\nhush-hush\n-----END PRIVATE KEY-----\n",
    "private_key_id": "hush-id",
    "token_uri": "https://oauth2.googleapis.com/token",
}


def secrets(section: object) -> dict[str, object]:
    return {"connections": {"gsheets": section}}


def key_of(credentials: Credentials) -> dict[str, str]:
    assert credentials.service_account is not None
    return credentials.service_account.as_key()


def test_service_account_in_secrets() -> None:
    section = {"spreadsheet": " https://x ", "worksheet": "ignored"} | ACCOUNT
    credentials = credentials_from(secrets(section), {})
    assert credentials.kind == "service account"
    assert credentials.share_with == ACCOUNT["client_email"]
    assert key_of(credentials).items() >= {"client_email": ACCOUNT["client_email"], "private_key_id": "hush-id"}.items()
    assert key_of(credentials)["private_key"].strip() == ACCOUNT["private_key"].strip()
    assert configured_spreadsheet(secrets(section), {}) == "https://x"


def test_escaped_line_breaks_are_restored() -> None:
    pasted = ACCOUNT | {"private_key": ACCOUNT["private_key"].replace("\n", "\\n")}
    assert key_of(credentials_from(secrets(pasted), {})) == key_of(credentials_from(secrets(ACCOUNT), {}))


def test_number_as_text_is_accepted() -> None:
    assert key_of(credentials_from(secrets(ACCOUNT | {"client_id": 123}), {}))["client_id"] == "123"


def test_former_token_address_is_updated() -> None:
    old = ACCOUNT | {"token_uri": "https://accounts.google.com/o/oauth2/token"}
    assert key_of(credentials_from(secrets(old), {}))["token_uri"] == ACCOUNT["token_uri"]


def test_foreign_token_address_raises() -> None:
    credentials = credentials_from(secrets(ACCOUNT | {"token_uri": "https://evil.example/token"}), {})
    with pytest.raises(HostNotAllowed):
        key_of(credentials)


def test_api_key_or_nothing() -> None:
    assert credentials_from(secrets({"api_key": "hush"}), {}).kind == "API key"
    from_environment = credentials_from({}, {"NETHEALTH_API_KEY": " hush "})
    assert from_environment.api_key is not None
    assert from_environment.api_key.get_secret_value() == "hush"
    assert credentials_from(secrets({"spreadsheet": "x", "api_key": ""}), {"NETHEALTH_API_KEY": ""}) == Credentials()
    assert credentials_from({}, {}) == Credentials()
    assert credentials_from({}, {}).share_with is None
    assert credentials_from({}, {}).kind == "none"


def test_environment_gives_json_or_path(tmp_path: Path) -> None:
    file = tmp_path / "key.json"
    file.write_text(json.dumps(ACCOUNT))
    for value in (json.dumps(ACCOUNT), str(file)):
        environ = {"NETHEALTH_SERVICE_ACCOUNT": value, "NETHEALTH_API_KEY": "k"}
        assert credentials_from(secrets({"spreadsheet": "x"}), environ).kind == "service account"


def test_secrets_win_over_environment() -> None:
    environ = {"NETHEALTH_SERVICE_ACCOUNT": "{broken", "NETHEALTH_SPREADSHEET": "other"}
    section = {"api_key": "hush", "spreadsheet": "own"}
    assert credentials_from(secrets(section), environ).kind == "API key"
    assert configured_spreadsheet(secrets(section), environ) == "own"
    assert configured_spreadsheet({}, environ) == "other"
    assert configured_spreadsheet({}, {}) is None


@pytest.mark.parametrize("value", ["/nowhere/key.json", "{not json", '["a"]', "{hush-hush", '{"private_key": "hush"}'])
def test_invalid_environment_raises_without_quoting_it(value: str) -> None:
    with pytest.raises(InvalidCredentials) as caught:
        credentials_from({}, {"NETHEALTH_SERVICE_ACCOUNT": value})
    assert "NETHEALTH_SERVICE_ACCOUNT" in caught.value.message
    assert "hush" not in f"{caught.value} {caught.value.__cause__!r}"


@pytest.mark.parametrize(
    ("section", "key"),
    [
        ({name: value for name, value in ACCOUNT.items() if name != "client_email"}, "client_email"),
        (ACCOUNT | {"private_key": " "}, "private_key"),
        (ACCOUNT | {"private_key": ["hush"]}, "private_key"),
        ({"api_key": {"hush": 1}}, "api_key"),
        ({"spreadsheet": ["x"]}, "spreadsheet"),
        ("hush", "[connections.gsheets]"),
    ],
)
def test_invalid_secrets_name_the_key(section: Any, key: str) -> None:
    with pytest.raises(InvalidCredentials) as caught:
        credentials_from(secrets(section), {})
    assert key in caught.value.message
    assert "hush" not in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize("connections", ["https://x", {"gsheets": "https://x"}, {"gsheets": ["x"]}])
def test_malformed_section_counts_as_configured(connections: object) -> None:
    assert configured_spreadsheet({"connections": connections}, {}) is not None
    with pytest.raises(InvalidCredentials):
        credentials_from({"connections": connections}, {})


def test_no_text_shows_a_secret() -> None:
    for credentials in (credentials_from(secrets(ACCOUNT), {}), credentials_from(secrets({"api_key": "hush-key"}), {})):
        assert "hush" not in f"{credentials!r} {credentials} {[credentials]}"
    assert hash(credentials_from(secrets(ACCOUNT), {})) == hash(credentials_from(secrets(dict(ACCOUNT)), {}))
