"""Tables on pages: short ones as HTML, long ones as a grid, or as cards on a phone."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"


def _page(count: int, agent: str, words: int) -> None:
    from unittest.mock import patch

    from nethealth.presentation.table import Column, Format, Table
    from nethealth.ui import tables

    columns = (Column("Name"), Column("Link", Format.LINK), Column("Share", Format.SHARE))
    rows = [
        {"Name": f"{'Long ' * words}Person {n} <b>", "Link": "javascript:alert(1)", "Share": n / 100}
        for n in range(count)
    ]
    with patch.object(tables, "_is_phone", lambda: "Mobi" in agent):
        tables.show_table(Table.of(columns, rows), key="people", label="People")


def show(count: int, agent: str = "", words: int = 0) -> AppTest:
    # As long as it takes: a run that is only slow is no failure.
    app = AppTest.from_function(
        _page, default_timeout=600, kwargs={"count": count, "agent": agent, "words": words}
    ).run()
    assert not app.exception
    return app


def html_of(app: AppTest) -> str:
    return "".join(str(node.proto.body) for node in app.get("html"))


def shown(app: AppTest) -> int:
    return html_of(app).count("<tr>") - 1


def test_no_rows_show_nothing() -> None:
    assert html_of(show(0)) == ""


@pytest.mark.parametrize("agent", ["", PHONE])
def test_a_short_table_is_html_and_escaped(agent: str) -> None:
    app = show(3, agent)
    assert shown(app) == 3
    assert "<b>" not in html_of(app)
    assert "href" not in html_of(app)
    assert not app.text_input


def test_a_long_table_is_a_grid_without_unsafe_links() -> None:
    app = show(60)
    assert html_of(app) == ""
    (grid,) = app.dataframe
    assert len(grid.value) == 60
    assert grid.value["Link"].isna().all()
    assert grid.value["Share"][59] == 0.59


@pytest.mark.parametrize(("agent", "words"), [(PHONE, 0), ("", 30)], ids=["on a phone", "with sentences"])
def test_a_long_table_is_paged_and_searched(agent: str, words: int) -> None:
    app = show(160, agent, words)
    assert shown(app) == 10
    # Paper has no page buttons, so it has more rows, and says which.
    assert html_of(app).count("<tr class=nh-printed>") == 140
    assert "1 to 150 of 160" in html_of(app)
    app.text_input[0].set_value("person 59").run()
    assert shown(app) == 1
    app.text_input[0].set_value("no one").run()
    assert html_of(app) == ""
