"""Retry a reading: with jitter, a limit, and only for transient errors. Never used for writes."""

from __future__ import annotations

import datetime as dt
import email.utils
from collections.abc import Callable
from typing import TypeVar

import tenacity

from nethealth.errors import NetHealthError, SheetError
from nethealth.sources.google.hosts import Deadline

MAX_ATTEMPTS = 5
FIRST_WAIT_SECONDS = 0.5
MAX_WAIT_SECONDS = 8.0
JITTER_SECONDS = 0.5
_MIN_ATTEMPT_SECONDS = 0.2

Result = TypeVar("Result")


class FailedAttempt(Exception):
    """One attempt that failed: our error, and how many seconds the server asked us to wait."""

    def __init__(self, failure: NetHealthError, *, retry_after: float | None = None) -> None:
        super().__init__(str(failure))
        self.failure = failure
        self.retry_after = retry_after


def with_retries(
    read: Callable[[], Result], *, deadline: Deadline, explain: Callable[[Exception], FailedAttempt]
) -> Result:
    """Return what `read` returns, in one of a few attempts before the deadline.

    `explain` maps what `read` raised to a FailedAttempt. If its error is transient, we try again, but not before the
    time that the server asked for. Raises the last error.
    """

    def attempt() -> Result:
        try:
            return read()
        except FailedAttempt:
            raise
        except NetHealthError as failure:
            raise FailedAttempt(failure) from None
        except Exception as problem:
            raise explain(problem) from problem

    exponential = tenacity.wait_exponential(multiplier=FIRST_WAIT_SECONDS, max=MAX_WAIT_SECONDS)
    jittered = exponential + tenacity.wait_random(0, JITTER_SECONDS)

    def wait(state: tenacity.RetryCallState) -> float:
        problem = state.outcome.exception() if state.outcome else None
        requested = problem.retry_after if isinstance(problem, FailedAttempt) else None
        return max(requested or 0.0, jittered(state))

    def is_over(state: tenacity.RetryCallState) -> bool:
        return state.attempt_number >= MAX_ATTEMPTS or state.upcoming_sleep + _MIN_ATTEMPT_SECONDS > deadline.remaining

    def is_transient(problem: BaseException) -> bool:
        if not isinstance(problem, FailedAttempt):
            return False
        failure = problem.failure
        return isinstance(failure, SheetError) and failure.is_transient

    try:
        return tenacity.Retrying(
            wait=wait, stop=is_over, retry=tenacity.retry_if_exception(is_transient), reraise=True
        )(attempt)
    except FailedAttempt as last:
        raise last.failure from last.__cause__


def retry_after(header: str | None) -> float | None:
    """Parse a Retry-After header (a number or a date) into seconds; None if it says nothing usable."""
    if not header:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds())
