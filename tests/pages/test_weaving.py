"""The Weaving page: what is for today, its tabs, for staff and viewers, without a log, and with an old address."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.ui.access import Role
from nethealth.ui.routes import PAGES
from nethealth.weaving import summarize_weaving
from tests.pages.conftest import Show, an_app, sample, visit, words_on
from tests.pages.test_introductions import SMALL

ON_PAPER = re.compile(r"class=\"?[a-z -]*nh-printed")
"""What only paper has: the rows of a list that the screen folds."""


def headings(page: AppTest) -> list[str]:
    return [each.value for each in page.header]


def test_today_has_each_person_once(app: AppTest, showing: Show) -> None:
    showing(sample())
    page = visit(app, "weaving")
    assert [
        words in heading for words, heading in zip(("open follow-ups", "Reach out to"), headings(page), strict=True)
    ]
    names = [name for row in rows(page) if (name := row.partition('nh-who">')[2].partition(" <")[0])]
    assert len(names) > 6
    assert len(set(names)) == len(names)
    due = {each.member for each in summarize_weaving(sample(), as_of=sample().today).follow_ups}
    assert {sample().people[key].name for key in due} <= set(names)


def rows(page: AppTest) -> list[str]:
    """What the rows of the Today tab hold, as HTML."""
    return [body for each in page.get("html") if (body := str(each.proto.body)).startswith('<div class="nh-row">')]


@pytest.mark.parametrize(
    ("tab", "words", "is_longer_on_paper"),
    [
        ("Today", "open follow-ups", True),
        ("Log", "conversations, the latest on", True),
        ("Introductions", "introductions worth making", False),
        ("History", "follow-ups done", True),
        ("Prompts", "", False),
    ],
)
def test_tabs_draw_only_their_own(app: AppTest, showing: Show, tab: str, words: str, is_longer_on_paper: bool) -> None:
    showing(sample())
    app.query_params["tab"] = tab
    page = visit(app, "weaving")
    assert not page.exception
    assert ["open follow-ups" in heading for heading in headings(page)].count(True) == (tab == "Today")
    assert any(words in heading for heading in headings(page)) or not words
    assert ("What’s keeping you up at night" in words_on(page)) is (tab == "Prompts")
    assert any(ON_PAPER.search(str(each.proto.body)) for each in page.get("html")) is is_longer_on_paper


def test_old_address_opens_everyone_to_reach(app: AppTest, showing: Show) -> None:
    showing(sample())
    app.query_params["reach"] = "everybody"
    page = app.switch_page(PAGES["weaving"]).run()
    assert page.selectbox(key="reach").value == "everyone"
    assert next(each for each in page.expander if each.label.startswith("Everyone")).proto.expanded


def test_viewers_see_counts_only(showing: Show) -> None:
    showing(SMALL, role=Role.VIEWER)
    page = visit(an_app(), "weaving")
    assert not page.exception
    assert headings(page) == []
    assert not any(name in words_on(page) for name in SMALL.people)


def test_without_a_log_staff_see_outreach(app: AppTest, showing: Show) -> None:
    showing(replace(SMALL, weaving=()))
    page = visit(app, "weaving")
    assert "No follow-ups yet" in headings(page)[0]
    page.selectbox(key="reach").select("everyone").run()
    assert "Ana Alpha" in words_on(page)
    page.number_input(key="quiet").set_value(1_500).run()
    assert "No one" in headings(page)[1]


def test_where_nothing_can_be_recorded_no_one_is_asked_to(app: AppTest, showing: Show) -> None:
    showing(replace(sample(), fingerprint="not recorded"))
    page = visit(app, "weaving")
    assert [each.key for each in page.button if each.key] == []
