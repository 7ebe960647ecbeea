"""The plan for when the Wi-Fi fails: one page, and a form in each language, with nothing in it that runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.live.phone_words import pair_statements, statement_in
from nethealth.live.session import LiveSession, Screen, SessionKind, SessionState, Setup
from nethealth.ui.live.kinds import STATEMENTS
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


def test_plan_says_which_strengths_go_to_the_workbook() -> None:
    page = paper_plan(session(SessionKind.CONNECTIONS), address="https://x.org/join/K7WPXM", short="x.org/join")
    assert [f"{strength} for" in page for strength in (2, 3, 5)] == [True] * 3


def test_pulse_form_has_our_own_statements_in_spanish() -> None:
    pulse = replace(session(SessionKind.PULSE), setup=Setup(statements=(*STATEMENTS[:1], "We listen.")))
    page = paper_plan(pulse, address="https://x.org/join/K7WPXM", short="x.org/join")
    assert [page.count(text) for text in (STATEMENTS[0], statement_in("es", STATEMENTS[0]), "We listen.")] == [1, 1, 2]


def test_mindset_form_has_each_pair_for_both_moments_in_both_languages() -> None:
    page = paper_plan(session(SessionKind.MINDSET), address="https://x.org/join/K7WPXM", short="x.org/join")
    assert page.count("○○○○○") == 2 * 2 * 7
    for language in ("en", "es"):
        assert page.count(f"<td>{pair_statements(language)[3][0]}</td>") == 1
