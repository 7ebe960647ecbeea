"""Codes for people: stable in one installation, the same for viewers and staff, and meaningless to others."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nethealth.network.connectivity import map_names
from nethealth.network.map.model import person_id
from nethealth.privacy import codes as person_codes
from nethealth.privacy.codes import installation_secret, load_or_create_secret, person_code
from nethealth.privacy.private_files import write_private
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.records import Person, Settings, Workbook
from nethealth.workbook.schema.vocabulary import NameStyle

SECRET, OTHER = b"s" * 32, b"t" * 32


@given(st.text(max_size=60))
def test_code_of_code_is_itself(key: str) -> None:
    code = person_code(key, secret=SECRET)
    assert len(code) == 18
    assert person_code(code, secret=SECRET) == code
    assert person_code(key, secret=OTHER) != code
    assert person_code(code, secret=OTHER) != code, "a code of another installation is no code here"


def test_many_people_have_codes_of_their_own() -> None:
    assert len({person_code(f"Teacher {number}", secret=SECRET) for number in range(20_000)}) == 20_000


def test_id_like_a_code_gets_a_code() -> None:
    lookalike = "0123456789abcdef01"
    assert person_code(lookalike, secret=SECRET) != lookalike


def test_secret_is_created_once_and_private(tmp_path: Path) -> None:
    folder = tmp_path / "codes"
    first = load_or_create_secret(folder)
    assert load_or_create_secret(folder) == first
    assert len(first) == 32
    assert load_or_create_secret(tmp_path / "elsewhere") != first
    (file,) = folder.iterdir()
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


def test_readable_secret_is_closed_again(tmp_path: Path) -> None:
    load_or_create_secret(tmp_path / "codes")
    (file,) = (tmp_path / "codes").iterdir()
    file.chmod(0o644)
    load_or_create_secret(tmp_path / "codes")
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 500])
def test_damaged_secret_is_replaced(tmp_path: Path, damage: bytes) -> None:
    load_or_create_secret(tmp_path / "codes")
    (file,) = (tmp_path / "codes").iterdir()
    file.write_bytes(damage)
    again = load_or_create_secret(tmp_path / "codes")
    assert len(again) == 32
    assert load_or_create_secret(tmp_path / "codes") == again


def test_unwritable_folder_still_gives_secret(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert len(load_or_create_secret(tmp_path / "file" / "codes")) == 32


def test_concurrent_requests_get_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: load_or_create_secret(tmp_path / "codes"), range(32)))
    assert len(found) == 1


def test_slower_process_uses_existing_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quicker = b"q" * 32

    def drawn(size: int) -> bytes:
        write_private(tmp_path / "codes" / "key", quicker)
        return b"s" * size

    monkeypatch.setattr(person_codes, "secrets", SimpleNamespace(token_bytes=drawn))
    assert load_or_create_secret(tmp_path / "codes") == quicker
    assert (tmp_path / "codes" / "key").read_bytes() == quicker


def test_another_process_gives_the_same_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETHEALTH_DATA_DIR", str(tmp_path))
    script = "from nethealth.privacy.codes import *; print(person_code('Ana', secret=installation_secret()))"
    codes = {subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout for _ in range(2)}
    assert codes == {person_code("Ana", secret=load_or_create_secret(tmp_path / "person-codes")) + "\n"}


def test_viewers_and_staff_share_codes() -> None:
    people = {f"M{n}": Person(key=f"M{n}", name=f"Somebody {n}", on_map=n != 3) for n in range(6)}
    workbook = Workbook(people=people, settings=Settings(names=NameStyle.CODES))
    shown = redact_for_viewers(workbook, salt=installation_secret())
    assert [person_id(key) for key in shown.people] == [person_id(key) for key in people]
    by_code = {person_id(key): name for key, name in map_names(workbook).items()}
    assert by_code == {person_id(key): person.name for key, person in shown.people.items() if person.on_map}
