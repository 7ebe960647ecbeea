"""The Weaving page: for staff and viewers, without a log, and with an old address."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from nethealth.ui.access import Role
from tests.pages.conftest import Show, an_app, sample, visit, words_on
from tests.pages.test_introductions import SMALL


def headings(page: AppTest) -> list[str]:
    return [each.value for each in page.header]


def test_staff_see_follow_ups_outreach_log_and_introductions(app: AppTest, showing: Show) -> None:
    showing(sample())
    shown = headings(visit(app, "weaving"))
    order = ["open follow-ups", "Reach out to", " conversations, the latest on ", "connection"]
    assert len(shown) == len(order)
    assert all(words in heading for words, heading in zip(order, shown, strict=True))


def test_viewers_see_counts_only(showing: Show) -> None:
    showing(SMALL, role=Role.VIEWER)
    page = visit(an_app(), "weaving")
    assert not page.exception
    assert headings(page) == []
    assert not any(name in words_on(page) for name in SMALL.people)


def test_without_a_log_staff_see_outreach(app: AppTest, showing: Show) -> None:
    showing(replace(SMALL, weaving=()))
    page = visit(app, "weaving")
    assert len(headings(page)) == 1
    page.selectbox(key="reach").select("everyone").run()
    assert "Ana Alpha" in words_on(page)
    page.number_input(key="quiet").set_value(1_500).run()
    assert "No one" in headings(page)[0]
