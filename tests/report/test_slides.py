"""The report as slides, opened again: findings as titles, native charts, the full text in the notes."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pptx
import pytest

from nethealth.report.model import Number, Part, Report, Section
from nethealth.report.slides import to_pptx


@pytest.fixture
def slides(report: Report) -> list[Any]:
    return list(pptx.Presentation(io.BytesIO(to_pptx(report))).slides)


def texts(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_first_sentence_is_the_title(slides: list[Any]) -> None:
    assert [slide.shapes.title.text_frame.text for slide in slides[:4]] == [
        "Juniper Circles",
        "We had 20 members.",
        "All could reach each other.",
        "They agree.",
    ]
    assert "Two joined.\nOne left." in texts(slides[1])
    assert "20\nmembers\nNovember 30, 2026. On that day." in texts(slides[1])


def test_only_sentence_is_below_the_name_of_its_section(report: Report) -> None:
    alone = replace(report, sections=(Section(part=Part.NEXT, title="What’s next", text="We meet in March."),))
    slide = pptx.Presentation(io.BytesIO(to_pptx(alone))).slides[1]
    assert slide.shapes.title.text_frame.text == "What’s next"
    assert "We meet in March." in texts(slide)


def test_long_numbers_are_smaller(report: Report) -> None:
    sizes = []
    for value in ("20", "down 30 points"):
        number = Number(value=value, label="Trust", note="")
        section = replace(report.sections[0], numbers=(number,))
        slide = pptx.Presentation(io.BytesIO(to_pptx(replace(report, sections=(section,))))).slides[1]
        (box,) = (shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text.startswith(value))
        sizes.append(box.text_frame.paragraphs[0].font.size.pt)
    assert sizes == [36, 28]


def test_charts_can_be_edited(slides: list[Any]) -> None:
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    values = [list(chart.plots[0].series[0].values) for chart in charts]
    assert values == [[10.0, 30.0, 20.0], [0.5, 0.75]]
    assert list(charts[1].plots[0].categories) == ["Coordination", "Reach and impact"]


def test_map_is_a_picture_that_says_what_it_is(slides: list[Any]) -> None:
    (picture,) = [shape for shape in slides[2].shapes if shape.shape_type == 13]
    assert picture._element.nvPicPr.cNvPr.get("descr")


def test_notes_have_the_whole_text_and_definitions(slides: list[Any]) -> None:
    notes = slides[1].notes_slide.notes_text_frame.text
    assert "We had 20 members. Two joined. One left." in notes
    assert "November 30, 2026. On that day." in notes
    assert "Small groups are hidden." in slides[0].notes_slide.notes_text_frame.text


def test_stories_share_slides_of_at_most_three(slides: list[Any]) -> None:
    story_slides = slides[-2:]
    assert story_slides[-1].shapes.title.text_frame.text == "Stories"
    assert [sum(text.startswith("Choir") for text in texts(slide)) for slide in story_slides] == [2, 2]


def test_nothing_leaves_a_slide(slides: list[Any]) -> None:
    for slide in slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= pptx.util.Inches(13.34)
            assert shape.top + shape.height <= pptx.util.Inches(7.51)
