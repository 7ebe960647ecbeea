import json
from pathlib import Path

import pytest

from nethealth import errors
from nethealth.sources import Credentials, credentials_from

ACCOUNT = {
    "type": "service_account",
    "client_email": "app@project.iam.gserviceaccount.com",
    "private_key": "-----BEGIN PRIVATE KEY-----\nhush-hush\n-----END PRIVATE KEY-----\n",
    "private_key_id": "hush-id",
    "token_uri": "https://oauth2.googleapis.com/token",
}


def test_the_section_of_the_secrets() -> None:
    found = credentials_from({"spreadsheet": " https://x ", "worksheet": "ignored"} | ACCOUNT, {})
    assert found.kind == "service account"
    assert found.spreadsheet == "https://x"
    assert found.share_with == ACCOUNT["client_email"]
    assert found.service_account == ACCOUNT


def test_line_breaks_that_came_as_text_are_restored() -> None:
    pasted = ACCOUNT | {"private_key": ACCOUNT["private_key"].replace("\n", "\\n")}
    found = credentials_from(pasted, {})
    assert found.service_account is not None
    assert found.service_account["private_key"] == ACCOUNT["private_key"]


def test_an_api_key_and_nothing() -> None:
    assert credentials_from({"api_key": "hush"}, {}).kind == "API key"
    assert credentials_from({}, {"NETHEALTH_API_KEY": "hush"}).api_key == "hush"
    assert credentials_from({"spreadsheet": "x"}, {}).kind == "none"
    assert credentials_from({}, {}) == Credentials()
    assert credentials_from({}, {}).share_with is None


def test_the_environment_gives_the_json_or_a_path(tmp_path: Path) -> None:
    file = tmp_path / "key.json"
    file.write_text(json.dumps(ACCOUNT))
    for named in (json.dumps(ACCOUNT), str(file)):
        found = credentials_from({"spreadsheet": "x"}, {"NETHEALTH_SERVICE_ACCOUNT": named, "NETHEALTH_API_KEY": "k"})
        assert (found.kind, found.spreadsheet) == ("service account", "x")


def test_the_secrets_come_before_the_environment() -> None:
    environ = {"NETHEALTH_SERVICE_ACCOUNT": json.dumps(ACCOUNT)}
    assert credentials_from({"api_key": "hush"}, environ).kind == "API key"


@pytest.mark.parametrize("named", ["/nowhere/key.json", "{not json", '["a"]', "{hush-hush"])
def test_what_is_no_key_is_told_without_quoting_it(named: str) -> None:
    with pytest.raises(errors.InvalidCredentials) as caught:
        credentials_from({}, {"NETHEALTH_SERVICE_ACCOUNT": named})
    assert "NETHEALTH_SERVICE_ACCOUNT" in caught.value.message
    assert "hush" not in str(caught.value)


def test_nothing_that_shows_credentials_shows_a_secret() -> None:
    for found in (credentials_from(ACCOUNT, {}), credentials_from({"api_key": "hush-key"}, {})):
        assert "hush" not in f"{found!r} {found} {[found]}"
    assert hash(credentials_from(ACCOUNT, {})) == hash(credentials_from(dict(ACCOUNT), {}))
    assert credentials_from(ACCOUNT, {}) == credentials_from(dict(ACCOUNT), {})
