"""Repeated attempts, and the waits that a server asks for."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

import pytest

from nethealth import errors
from nethealth.sources.google.hosts import Deadline
from nethealth.sources.google.retries import MAX_ATTEMPTS, FailedAttempt, retry_after, with_retries


@pytest.mark.parametrize(
    ("header", "seconds"),
    [(None, None), ("soon", None), ("-3", None), ("7", 7), ("Wed, 21 Oct 2015 07:28:00 GMT", 0)],
)
def test_retry_after_is_parsed(header: str | None, seconds: float | None) -> None:
    assert retry_after(header) == seconds


def test_retry_after_may_be_a_date() -> None:
    before = dt.datetime.now(dt.UTC)
    later = before.replace(microsecond=0) + dt.timedelta(hours=1)
    left = retry_after(format_datetime(later))
    assert left is not None
    assert later - dt.datetime.now(dt.UTC) <= dt.timedelta(seconds=left) <= later - before


def attempts_until(failures: list[Exception]) -> tuple[int, str]:
    """Return how many attempts it takes to read past these failures, and the result or the error's name."""
    attempts = 0

    def read() -> str:
        nonlocal attempts
        attempts += 1
        if attempts <= len(failures):
            raise failures[attempts - 1]
        return "read"

    try:
        result = with_retries(
            read, deadline=Deadline.after(60), explain=lambda _: FailedAttempt(errors.InvalidResponse())
        )
    except errors.NetHealthError as problem:
        return attempts, type(problem).__name__
    return attempts, result


def test_transient_error_is_retried() -> None:
    assert attempts_until([errors.GoogleServerError()]) == (2, "read")


def test_lasting_error_ends_at_once() -> None:
    assert attempts_until([errors.SheetNotFound()]) == (1, "SheetNotFound")


def test_attempts_are_limited() -> None:
    assert attempts_until([errors.GoogleServerError()] * 99) == (MAX_ATTEMPTS, "GoogleServerError")
