"""No cell of the sample can make a page fail or reach the browser as markup."""

from __future__ import annotations

from functools import cache

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nethealth import sources
from nethealth.ui.routes import PAGES
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook
from tests.pages.conftest import DAY, Show, an_app, visit, words_on

MARKUP = "<img src=x onerror=alert(1)>"
HOSTILE: list[RawCell] = [
    MARKUP,
    f"</script><script>{MARKUP}",
    "x" * 40_000,
    "‮txet desrever",
    "=IMPORTXML(1)",
    "#REF!",
    "$\\frac{1}{0}$ :red[x] **x** [x](javascript:alert(1))",
    10**400,
    float("nan"),
    -1.5,
    True,
    "9999-12-31",
    "1900-01-01",
    "",
]
CELLS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20), st.integers(), st.floats(), st.dates(), st.none())
CHANGES = st.lists(st.tuples(st.integers(0, 999), st.integers(0, 9_999), st.integers(0, 99), CELLS), max_size=60)
# Every third cell of every tab, except headers: as bad as a workbook gets that still has tabs.
EVERYWHERE = [(tab, row, column, MARKUP) for tab in range(15) for row in range(1, 40) for column in range(0, 12, 3)]


@cache
def sample() -> RawWorkbook:
    return sources.read_sample()


def changed(changes: list[tuple[int, int, int, RawCell]]) -> RawWorkbook:
    """The sample with these cells replaced; places beyond a tab's edge wrap around."""
    tabs = [[list(row) for row in tab.rows] for tab in sample().tabs]
    for tab, row, column, cell in changes:
        rows = tabs[tab % len(tabs)]
        cells = rows[row % len(rows)]
        cells[column % len(cells)] = cell
    named = zip(sample().tabs, tabs, strict=True)
    return RawWorkbook(
        title=MARKUP,
        tabs=[RawTab(title=tab.title, rows=rows) for tab, rows in named],
        read_at=sample().read_at,
    )


@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@example(changes=EVERYWHERE)
@given(changes=CHANGES)
def test_no_cell_makes_a_page_fail(showing: Show, changes: list[tuple[int, int, int, RawCell]]) -> None:
    showing(read_workbook(changed(changes), today=DAY))
    # All pages with each workbook, because they share what they compute from it.
    for address in PAGES:
        app = visit(an_app(), address)
        assert not app.exception, address
        assert "Something went wrong, so we can’t show" not in words_on(app), address
        assert app.get("html"), address
        for element in app.get("html"):
            assert MARKUP not in element.proto.body, address
            assert "<script" not in element.proto.body, address
