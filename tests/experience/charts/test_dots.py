"""Dot plots: names in full, and nothing from a cell is markup."""

from __future__ import annotations

from nethealth.experience import survey_comparisons
from nethealth.experience.charts.dots import DotBlock, DotRow, dot_plot
from nethealth.experience.charts.groups import comparison_dots
from tests.experience.surveys import survey_by_region, visible_texts


def test_cells_are_escaped() -> None:
    hostile = "<img src=x onerror=alert(1)> $x$"
    views = survey_comparisons(survey_by_region({hostile: (9, 10), "South": (4, 8)}), wave="2025")
    dots = comparison_dots(views.by_group("Region").outcomes)
    assert "<img" not in dots
    assert any("<img src=x" in text for text in visible_texts(dots)), "it shows as typed"


def test_long_name_is_in_full() -> None:
    name = "Naselle-Grays River Valley Consolidated School District"
    rows = [DotRow(name, 0.5, 0.4, 0.6, "50%", "50%")]
    assert name in visible_texts(dot_plot([DotBlock("Heading", 0.5, rows)]))


def test_scale_is_once_on_the_screen_and_at_each_block_on_paper() -> None:
    blocks = [DotBlock(heading, 0.5, [DotRow("North", 0.5, 0.4, 0.6, "5 of 10", "")]) for heading in "ABC"]
    dots = dot_plot(blocks)
    assert (dots.count("100%"), dots.count("nh-printed")) == (3, 2)


def test_no_scale_without_dots() -> None:
    rows = [DotRow("North", None, 0, 0, "hidden", "hidden")]
    assert visible_texts(dot_plot([DotBlock("Heading", None, rows)])) == ["Heading", "North", "hidden"]
