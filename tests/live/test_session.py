"""A live session: when it takes answers, and what its text form keeps to itself."""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.live.session import LiveSession, Screen, SessionKind, SessionState, Setup
from nethealth.workbook.schema.vocabulary import Moment


def session(state: SessionState) -> LiveSession:
    return LiveSession(
        id="id", workbook="sheet:a", kind=SessionKind.MINDSET, name="Retreat", moment=Moment.NOW, code="K7WPXM",
        state=state, created_at=dt.datetime(2026, 11, 30, tzinfo=dt.UTC), setup=Setup(), screen=Screen(), version=1,
    )  # fmt: skip


@pytest.mark.parametrize("state", SessionState)
def test_only_an_open_session_takes_answers(state: SessionState) -> None:
    assert session(state).takes_answers == (state is SessionState.OPEN)


def test_code_is_in_no_log() -> None:
    assert "K7WPXM" not in repr(session(SessionState.OPEN))
