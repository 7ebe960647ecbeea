"""Who was signed in before is known for a month, also after a restart, and the file doesn't say who it is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from nethealth.privacy.sign_in_attempts import known_visitors
from nethealth.privacy.sign_in_attempts.known_visitors import DAYS, FILE_NAME, KnownVisitors

TODAY = dt.date(2026, 11, 30)
SECRET = b"s" * 32


class Calendar:
    def __init__(self) -> None:
        self.day = TODAY

    def __call__(self) -> dt.date:
        return self.day


def test_known_after_a_restart_until_a_month_has_passed(tmp_path: Path) -> None:
    calendar = Calendar()
    KnownVisitors(tmp_path, secret=SECRET, today=calendar).add("203.0.113.7", None, role="viewer")
    known = KnownVisitors(tmp_path, secret=SECRET, today=calendar)
    assert known.knows("203.0.113.7", role="viewer")
    assert not known.knows("203.0.113.8", role="viewer")
    calendar.day += dt.timedelta(days=DAYS)
    assert known.knows("203.0.113.7", role="viewer")
    calendar.day += dt.timedelta(days=1)
    assert not known.knows("203.0.113.7", role="viewer")


def test_coming_back_renews_it(tmp_path: Path) -> None:
    calendar = Calendar()
    known = KnownVisitors(tmp_path, secret=SECRET, today=calendar)
    for _ in range(3):
        known.add("203.0.113.7", role="viewer")
        calendar.day += dt.timedelta(days=DAYS)
        assert known.knows("203.0.113.7", role="viewer")


def test_file_is_private_and_names_no_address(tmp_path: Path) -> None:
    KnownVisitors(tmp_path / "new", secret=SECRET, today=Calendar()).add("203.0.113.7", "browser 0123", role="viewer")
    file = tmp_path / "new" / FILE_NAME
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"203" not in file.read_bytes()
    assert b"browser" not in file.read_bytes()
    assert not KnownVisitors(file.parent, secret=b"other" * 8, today=Calendar()).knows("203.0.113.7", role="viewer")


def test_many_viewers_push_out_no_staff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_visitors, "MOST", 3)
    known = KnownVisitors(tmp_path, secret=SECRET, today=Calendar())
    known.add("ana", role="staff")
    for number in range(5):
        known.add(str(number), role="viewer")
    assert known.knows("ana", role="staff")
    assert not known.knows("ana", role="viewer")


def test_oldest_leave_when_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_visitors, "MOST", 3)
    known = KnownVisitors(tmp_path, secret=SECRET, today=Calendar())
    for number in range(5):
        known.add(str(number), role="viewer")
    assert [known.knows(str(number), role="viewer") for number in range(5)] == [False, False, True, True, True]


@pytest.mark.parametrize(
    "damage", [b"", b"[]", b'{"days": {"x": "2026-11-30"}}', b'{"days": {"staff": {"x": "2026-11-30"}}}', b"\xff"]
)
def test_damaged_file_knows_no_one_and_is_replaced(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(damage)
    known = KnownVisitors(tmp_path, secret=SECRET, today=Calendar())
    assert not known.knows("a", role="viewer")
    known.add("a", role="viewer")
    assert KnownVisitors(tmp_path, secret=SECRET, today=Calendar()).knows("a", role="viewer")


def test_full_disk_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    known = KnownVisitors(tmp_path / "file", secret=SECRET, today=Calendar())
    known.add("a", role="viewer")
    assert known.knows("a", role="viewer")
