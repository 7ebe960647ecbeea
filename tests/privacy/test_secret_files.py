"""The secrets are those that the files hold now, or no one can tell what they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nethealth.errors import UnreadableSecrets
from nethealth.privacy.secret_files import SecretFiles, is_open_to_others

RULES = '[access]\nviewers = ["example.org"]\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "secrets.toml"


def test_no_file_gives_no_secrets(file: Path) -> None:
    assert SecretFiles([str(file)]).read() == {}


def test_later_files_replace_whole_sections(tmp_path: Path) -> None:
    first, second = tmp_path / "1.toml", tmp_path / "2.toml"
    first.write_text('a = 1\n[access]\nstaff = ["x.org"]\n', encoding="utf-8")
    second.write_text(RULES, encoding="utf-8")
    assert SecretFiles([str(first), str(second)]).read() == {"a": 1, "access": {"viewers": ["example.org"]}}


def test_folder_gives_one_secret_per_subfolder(tmp_path: Path) -> None:
    for name, text in {"auth/client_id": " c\n", "auth/client_secret": "s", "NETHEALTH_SPREADSHEET/value": "x"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "auth" / "..data").mkdir()
    assert SecretFiles([str(tmp_path)]).read() == {
        "auth": {"client_id": "c", "client_secret": "s"},
        "NETHEALTH_SPREADSHEET": "x",
    }


def test_change_counts_at_once_whatever_its_date(file: Path) -> None:
    file.write_text(RULES, encoding="utf-8")
    changes: list[bool] = []
    secrets = SecretFiles([str(file)], on_change=lambda: changes.append(True))
    assert secrets.read()["access"] == {"viewers": ["example.org"]}
    assert not changes
    other = file.with_suffix(".new")
    other.write_text(RULES.replace("example", "another"), encoding="utf-8")
    os.utime(other, (1, 1))
    other.replace(file)
    assert secrets.read()["access"] == {"viewers": ["another.org"]}
    assert secrets.read() is secrets.read(), "the same content is parsed once"
    assert changes == [True]


@pytest.mark.parametrize("damage", [b"[oops\n", b"\xff", b"a = " + b"[" * 5_000])
def test_damage_lets_no_one_in_until_it_is_repaired(file: Path, damage: bytes) -> None:
    file.write_text(RULES, encoding="utf-8")
    secrets = SecretFiles([str(file)])
    secrets.read()
    file.write_bytes(RULES.encode() + damage)
    for _ in range(2):
        with pytest.raises(UnreadableSecrets) as caught:
            secrets.read()
        assert str(file) in caught.value.detail
        assert str(file) not in str(caught.value), "visitors see the message"
    file.write_text(RULES.replace("viewers", "staff"), encoding="utf-8")
    assert secrets.read()["access"] == {"staff": ["example.org"]}


@pytest.mark.parametrize("rest", [None, "", "[connections.gsheets]\n"])
def test_rules_that_vanish_are_half_an_edit(file: Path, rest: str | None) -> None:
    file.write_text(RULES, encoding="utf-8")
    secrets = SecretFiles([str(file)])
    secrets.read()
    if rest is None:
        file.unlink()
    else:
        file.write_text(rest, encoding="utf-8")
    with pytest.raises(UnreadableSecrets):
        secrets.read()
    file.write_text(RULES, encoding="utf-8")
    assert "access" in secrets.read()


def test_file_that_vanishes_is_missed_even_without_rules(file: Path) -> None:
    file.write_text("a = 1\n", encoding="utf-8")
    secrets = SecretFiles([str(file)])
    secrets.read()
    file.unlink()
    with pytest.raises(UnreadableSecrets):
        secrets.read()


@pytest.mark.parametrize("path", ["secrets.toml", "nowhere", "secrets.json"])
def test_what_is_no_file_or_folder_of_secrets_raises(tmp_path: Path, path: str) -> None:
    (tmp_path / "secrets.toml").mkdir()
    (tmp_path / "secrets.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UnreadableSecrets):
        SecretFiles([str(tmp_path / path)]).read()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
@pytest.mark.parametrize(
    ("mode", "is_open"), [(0o600, False), (0o400, False), (0o700, False), (0o640, True), (0o604, True), (0o620, True)]
)
def test_file_that_others_can_read_or_change_is_open(file: Path, mode: int, is_open: bool) -> None:
    file.write_text(RULES, encoding="utf-8")
    file.chmod(mode)
    assert is_open_to_others(str(file)) is is_open


def test_missing_file_and_folder_are_not_open(tmp_path: Path, file: Path) -> None:
    tmp_path.chmod(0o755)
    assert not is_open_to_others(str(file))
    assert not is_open_to_others(str(tmp_path))
