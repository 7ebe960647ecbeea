"""The plan for when the Wi-Fi fails: one page, and a form in each language, with nothing in it that runs."""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.live.phone_words import pair_statements
from nethealth.live.session import LiveSession, Screen, SessionKind, SessionState, Setup
from nethealth.ui.live.paper import TABS, paper_plan
from nethealth.workbook.schema.tabs import TABS as CONTRACT
from nethealth.workbook.schema.vocabulary import Moment

HOSTILE = "<script>alert(1)</script>"


def session(kind: SessionKind) -> LiveSession:
    return LiveSession(
        id="5e55",
        workbook="sheet:a",
        kind=kind,
        name=HOSTILE,
        moment=Moment.NOW,
        code="K7WPXM",
        state=SessionState.OPEN,
        created_at=dt.datetime(2026, 11, 30, 15, tzinfo=dt.UTC),
        setup=Setup(asks_hoped_for=True, roles=(HOSTILE,), statements=(HOSTILE, "We listen.")),
        screen=Screen(),
        version=1,
    )


@pytest.mark.parametrize("kind", SessionKind)
def test_plan_and_two_forms_carry_the_code(kind: SessionKind) -> None:
    page = paper_plan(session(kind), address="https://x.org/join/K7WPXM", short="x.org/join")
    assert page.count('class="page"') == 3
    assert page.count("data:image/svg+xml;base64,") == 3
    assert page.count("K7W PXM") == 4
    assert "<script" not in page
    assert TABS[kind] in {tab.name for tab in CONTRACT}


def test_mindset_form_has_each_pair_for_both_moments_in_both_languages() -> None:
    page = paper_plan(session(SessionKind.MINDSET), address="https://x.org/join/K7WPXM", short="x.org/join")
    assert page.count("○○○○○") == 2 * 2 * 7
    for language in ("en", "es"):
        assert page.count(f"<td>{pair_statements(language)[3][0]}</td>") == 1
