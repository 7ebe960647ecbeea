"""The example of the secrets: our models accept it, also with the alternatives in its comments."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from nethealth.contributions.place import journal_address
from nethealth.privacy.passcodes import hash_passcode
from nethealth.sources import SheetReference, configured_spreadsheet, credentials_from, parse_reference
from nethealth.ui.access import AccessState, Role, policy_from, role_by_email

TEXT = (Path(__file__).parent.parent / ".streamlit" / "secrets.toml.example").read_text(encoding="utf-8")
SECRETS: dict[str, Any] = tomllib.loads(TEXT)


def test_example_credentials_are_valid() -> None:
    assert credentials_from(SECRETS, {}).kind == "service account"
    assert isinstance(parse_reference(configured_spreadsheet(SECRETS, {}) or ""), SheetReference)


def test_example_access_is_valid() -> None:
    policy = policy_from("0.0.0.0", section=SECRETS["access"], has_auth=True)
    assert policy.state is AccessState.GUARDED
    assert role_by_email(policy, email=SECRETS["access"]["staff"][0], verified=True) is Role.STAFF


def test_commented_alternatives_are_valid() -> None:
    uncommented = TEXT.replace("# api_key", "api_key")
    passcodes = [f"{role}_passcode" for role in Role]
    for key in (*passcodes, "weavers", "sign_in_days", "idle_hours", "embed_in", "show_metrics"):
        uncommented = uncommented.replace(f"# {key}", key)
    uncommented = uncommented.replace("# [journal]\n# url", "[journal]\nurl")
    uncommented = uncommented.replace("$argon2id$v=19$...", hash_passcode("three warm words"))
    secrets = tomllib.loads(uncommented)
    section = {name: secrets["connections"]["gsheets"][name] for name in ("spreadsheet", "api_key")}
    assert credentials_from({"connections": {"gsheets": section}}, {}).kind == "API key"
    policy = policy_from("0.0.0.0", section=secrets["access"], has_auth=True)
    assert set(policy.passcodes) == set(policy.people) == set(Role)
    assert journal_address(secrets).host == "db.our-network.org"
