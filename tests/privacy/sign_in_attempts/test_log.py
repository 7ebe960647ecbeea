"""The log of sign-ins: what staff can look up, bounded in size and age."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from nethealth.privacy.sign_in_attempts import log as module
from nethealth.privacy.sign_in_attempts.log import DAYS, FILE_NAME, SignInLog

NOON = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now

    def go_on(self, **by: float) -> None:
        self.now += dt.timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def log(tmp_path: Path, clock: Clock) -> SignInLog:
    return SignInLog(tmp_path, now=clock)


def test_newest_comes_first_also_after_a_restart(log: SignInLog, clock: Clock, tmp_path: Path) -> None:
    log.add(role=None, address="203.0.113.x")
    clock.go_on(minutes=5)
    log.add(role="staff", address="203.0.113.x", email="ana@example.org")
    for each in (log, SignInLog(tmp_path, now=clock)):
        assert [(row.role, row.email, row.last) for row in each.rows()] == [
            ("staff", "ana@example.org", clock.now),
            (None, None, NOON),
        ]
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_repetitions_within_a_minute_are_one_row(log: SignInLog, clock: Clock) -> None:
    begun = []
    for seconds in (0, 59, 59, 61):
        clock.go_on(seconds=seconds)
        begun.append(log.add(role=None, address="203.0.113.x"))
    assert begun == [True, False, False, True]
    assert [row.count for row in log.rows()] == [1, 3]
    assert log.rows()[1].first == NOON


@pytest.mark.parametrize(
    "other",
    [
        {"role": "viewer", "address": "203.0.113.x"},
        {"role": None, "address": "198.51.100.x"},
        {"role": None, "address": "203.0.113.x", "email": "a@example.org"},
    ],
)
def test_what_differs_is_a_row_of_its_own(log: SignInLog, other: dict[str, str]) -> None:
    log.add(role=None, address="203.0.113.x")
    log.add(**other)  # type: ignore[arg-type]
    assert len(log.rows()) == 2


def test_account_that_comes_back_within_the_hour_is_one_row(log: SignInLog, clock: Clock) -> None:
    for _ in range(3):
        log.add(role="viewer", address="203.0.113.x", email="a@example.org")
        clock.go_on(minutes=50)
    assert [row.count for row in log.rows()] == [3]


def test_flood_of_failures_hides_no_sign_in(
    log: SignInLog, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 20)
    log.add(role="staff", address="203.0.113.x")
    for number in range(100):
        clock.go_on(seconds=20)
        log.add(role=None, address=f"198.51.{number}.x")
    rows = log.rows()
    assert len(rows) == 21
    assert rows[-1].role == "staff"
    assert len(SignInLog(tmp_path, now=clock).rows()) == 21


def test_flood_is_written_now_and_then(log: SignInLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writes: list[bytes] = []
    monkeypatch.setattr(module, "write_private", lambda _file, content: writes.append(content))
    for number in range(500):
        log.add(role=None, address=f"198.51.{number}.x")
    assert len(writes) == 1
    assert len(log.rows()) == 500


def test_old_rows_leave(log: SignInLog, clock: Clock) -> None:
    log.add(role="staff", address="203.0.113.x")
    clock.go_on(days=DAYS, seconds=1)
    assert log.rows() == []


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"rows": [{"role": "staff"}]}', b"\xff"])
def test_damaged_file_counts_as_empty(tmp_path: Path, clock: Clock, damage: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(damage)
    log = SignInLog(tmp_path, now=clock)
    assert log.rows() == []
    log.add(role="staff", address="203.0.113.x")
    assert len(SignInLog(tmp_path, now=clock).rows()) == 1


def test_full_disk_is_no_reason_to_fail(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    log = SignInLog(tmp_path / "file", now=clock)
    log.add(role="staff", address="203.0.113.x")
    assert len(log.rows()) == 1
