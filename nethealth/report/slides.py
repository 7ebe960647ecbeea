"""A report as slides: a finding per slide, charts that PowerPoint can edit, and the full text in the speaker notes."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from nethealth.presentation.formatting import format_date
from nethealth.presentation.palette import LIGHT
from nethealth.report.document import MAP_ALT, clean_text
from nethealth.report.model import Chart, ChartKind, Number, Report, Section, Story
from nethealth.report.pictures import svg_to_png

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

_WIDTH, _HEIGHT = 13.333, 7.5
_MARGIN, _TOP = 0.7, 2.05
_TITLE_ONLY, _TITLE_SLIDE = 5, 0
"""Layouts of python-pptx's own template."""
_PICTURE_PIXELS: Final = 1_800
_SENTENCES_SHOWN, _SENTENCES_BY_FIGURE = 5, 3
_STORIES_PER_SLIDE: Final = 3
_SENTENCES_ABOVE_STORIES, _SENTENCE_HEIGHT = 2, 0.5
_NUMBERS_SHOWN: Final = 3
_NUMBERS_HEIGHT: Final = 1.95
_MOST_LETTERS_AT_18_POINTS: Final = 290
_LONGEST_TITLE: Final = 92
"""Letters of a sentence that can be a slide's title: two lines, also in a font wider than Calibri."""
_LONGEST_LARGE_VALUE: Final = 10
"""Letters of a number in the largest size; longer ones, such as `down 30 points`, are smaller to fit on a line."""


def to_pptx(report: Report) -> bytes:
    """Return the report as a .pptx file, 16 by 9."""
    import pptx
    from pptx.util import Inches

    slides = pptx.Presentation()
    slides.slide_width, slides.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
    slides.core_properties.title = clean_text(f"{report.network}: {report.title}")
    slides.core_properties.author = clean_text(report.network)
    first = slides.slides.add_slide(slides.slide_layouts[_TITLE_SLIDE])
    period = f"{format_date(report.since)} to {format_date(report.as_of)}"
    _place(first.shapes[0], left=_MARGIN, top=2.4, width=_WIDTH - 2 * _MARGIN, height=1.4)
    _place(first.shapes[1], left=_MARGIN, top=3.9, width=_WIDTH - 2 * _MARGIN, height=1.0)
    first.shapes[0].text_frame.text = clean_text(report.network)
    first.shapes[1].text_frame.text = f"{clean_text(report.title)}\n{period}"
    _style(first.shapes[0].text_frame, size=48, bold=True)
    _style(first.shapes[1].text_frame, size=24, color=LIGHT.muted)
    first.notes_slide.notes_text_frame.text = clean_text(report.footnote)
    for section in report.sections:
        _add_section(slides, section)
    file = io.BytesIO()
    slides.save(file)
    return file.getvalue()


def _add_section(slides: Presentation, section: Section) -> None:
    sentences = list(section.sentences)
    has_more = len(sentences) > 1 or section.numbers or section.stories or section.chart or section.picture
    is_finding = len(section.paragraphs) == 1 and len(sentences[0]) <= _LONGEST_TITLE and bool(has_more)
    title = sentences.pop(0) if is_finding else section.title
    slide = _new_slide(slides, title, part=section.title if is_finding else "", notes=_notes(section))
    has_figure = section.chart is not None or section.picture is not None
    width = (_WIDTH - 3 * _MARGIN) * (0.42 if has_figure else 1.0)
    shown = sentences[: _SENTENCES_BY_FIGURE if has_figure else _SENTENCES_SHOWN]
    _add_text(slide, shown, left=_MARGIN, width=width, size=_text_size(shown) if has_figure else 22)
    _add_numbers(slide, section.numbers, width=width)
    if section.chart is not None:
        _add_chart(slide, section.chart, left=2 * _MARGIN + width, width=_WIDTH - 3 * _MARGIN - width)
    elif section.picture is not None:
        _add_picture(slide, section.picture, left=2 * _MARGIN + width, width=_WIDTH - 3 * _MARGIN - width)
    groups = _story_groups(section)
    if groups and len(shown) <= _SENTENCES_ABOVE_STORIES and not section.numbers and not has_figure:
        _add_stories(slide, groups.pop(0), top=_TOP + 0.2 + _SENTENCE_HEIGHT * len(shown))
    for some in groups:
        story_slide = _new_slide(slides, "Stories", part=section.title, notes="\n\n".join(map(_story_text, some)))
        _add_stories(story_slide, some, top=_TOP)


def _text_size(sentences: Sequence[str]) -> int:
    """Return the size in points at which sentences fit beside a figure, above the numbers."""
    return 18 if sum(map(len, sentences)) <= _MOST_LETTERS_AT_18_POINTS else 15


def _story_groups(section: Section) -> list[tuple[Story, ...]]:
    """Return the stories by slide: as many on each, so that none is alone."""
    count = len(section.stories)
    each = math.ceil(count / math.ceil(count / _STORIES_PER_SLIDE)) if count else 1
    return [section.stories[first : first + each] for first in range(0, count, each)]


def _new_slide(slides: Presentation, title: str, *, part: str, notes: str) -> Slide:
    """Add a slide whose title is a finding, with the name of its section above."""
    slide = slides.slides.add_slide(slides.slide_layouts[_TITLE_ONLY])
    _place(slide.shapes.title, left=_MARGIN, top=0.75, width=_WIDTH - 2 * _MARGIN, height=1.15)
    frame = slide.shapes.title.text_frame
    frame.text = clean_text(title)
    frame.vertical_anchor = _anchor_top()
    _style(frame, size=28, bold=True)
    if part:
        above = slide.shapes.add_textbox(*_inches(_MARGIN, 0.4, _WIDTH - 2 * _MARGIN, 0.4)).text_frame
        above.word_wrap = True
        above.text = clean_text(part)
        _style(above, size=16, color=LIGHT.accent_text)
    slide.notes_slide.notes_text_frame.text = clean_text(notes)
    return slide


def _add_numbers(slide: Slide, numbers: Sequence[Number], *, width: float) -> None:
    """Show up to three numbers side by side at the bottom: each large, with its name, definition, and date."""
    shown = numbers[:_NUMBERS_SHOWN]
    is_large = all(len(number.value) <= _LONGEST_LARGE_VALUE for number in shown)
    for place, number in enumerate(shown):
        room = width / len(shown)
        top = _HEIGHT - _NUMBERS_HEIGHT - 0.3
        box = slide.shapes.add_textbox(*_inches(_MARGIN + place * room, top, room, _NUMBERS_HEIGHT)).text_frame
        box.word_wrap = True
        box.text = clean_text(number.value)
        for text in (number.label, number.note):
            box.add_paragraph().text = clean_text(text)
        _style(box, size=12, color=LIGHT.muted)
        box.paragraphs[0].font.size, box.paragraphs[1].font.size = _points(36 if is_large else 28), _points(16)


def _notes(section: Section) -> str:
    numbers = [f"{number.label}: {number.value}. {number.note}" for number in section.numbers]
    stories = list(map(_story_text, section.stories))
    source = [section.chart.source] if section.chart is not None else []
    return "\n\n".join([*section.paragraphs, *numbers, *source, *stories])


def _add_text(slide: Slide, lines: list[str], *, left: float, width: float, size: float) -> None:
    box = slide.shapes.add_textbox(*_inches(left, _TOP, width, _HEIGHT - _TOP - _MARGIN))
    frame = box.text_frame
    frame.word_wrap = True
    frame.text = clean_text(lines[0]) if lines else ""
    for line in lines[1:]:
        frame.add_paragraph().text = clean_text(line)
    _style(frame, size=size, space_after=10)


def _add_stories(slide: Slide, stories: Sequence[Story], *, top: float) -> None:
    """Show stories side by side."""
    room = (_WIDTH - (len(stories) + 1) * _MARGIN) / len(stories)
    for place, story in enumerate(stories):
        _add_story(slide, story, left=_MARGIN + place * (room + _MARGIN), top=top, width=room)


def _add_story(slide: Slide, story: Story, *, left: float, top: float, width: float) -> None:
    box = slide.shapes.add_textbox(*_inches(left, top, width, _HEIGHT - top - _MARGIN))
    frame = box.text_frame
    frame.word_wrap = True
    frame.text = clean_text(story.name)
    for text in filter(None, (*story.paragraphs, story.people)):
        frame.add_paragraph().text = clean_text(text)
    _style(frame, size=18, space_after=8)
    frame.paragraphs[0].font.bold = True


def _story_text(story: Story) -> str:
    return "\n".join(filter(None, [story.name, *story.paragraphs, story.people]))


def _add_chart(slide: Slide, chart: Chart, *, left: float, width: float) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION

    is_bars = chart.kind is ChartKind.BARS
    data = CategoryChartData(number_format="0%" if chart.is_share else "#,##0")
    # PowerPoint draws the first bar at the bottom.
    pairs = list(zip(chart.names, chart.values, strict=True))
    ordered = pairs[::-1] if is_bars else pairs
    data.categories = [clean_text(name) for name, _ in ordered]
    data.add_series(clean_text(chart.title), [value for _, value in ordered])
    kind = XL_CHART_TYPE.BAR_CLUSTERED if is_bars else XL_CHART_TYPE.LINE
    drawn: Any = slide.shapes.add_chart(kind, *_inches(left, _TOP, width, _HEIGHT - _TOP - _MARGIN), data)
    drawn._element.nvGraphicFramePr.cNvPr.set("descr", clean_text(chart.title))
    figure = drawn.chart
    figure.has_legend, figure.has_title = False, True
    figure.chart_title.text_frame.text = clean_text(chart.title)
    _style(figure.chart_title.text_frame, size=16, bold=True)
    figure.font.size = _points(14)
    figure.value_axis.visible = not is_bars
    figure.value_axis.has_major_gridlines = False
    figure.value_axis.minimum_scale = 0
    if chart.is_share:
        figure.value_axis.maximum_scale = 1
    series = figure.plots[0].series[0]
    color = _color(LIGHT.categories[0])
    if is_bars:
        figure.plots[0].gap_width = 60
        figure.plots[0].has_data_labels = True
        figure.plots[0].data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = color
    else:
        series.smooth = False
        series.format.line.color.rgb = color


def _add_picture(slide: Slide, svg: str, *, left: float, width: float) -> None:
    image = slide.shapes.add_picture(
        io.BytesIO(svg_to_png(svg, width=_PICTURE_PIXELS)), *_inches(left, _TOP), width=_inches(width)[0]
    )
    room = _inches(_HEIGHT - _TOP - _MARGIN)[0]
    if image.height > room:
        image.width, image.height = round(image.width * room / image.height), room
    image._element.nvPicPr.cNvPr.set("descr", MAP_ALT)


def _style(frame: Any, *, size: float, bold: bool = False, space_after: float = 0, color: str = LIGHT.ink) -> None:
    from pptx.enum.text import PP_ALIGN

    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold, paragraph.font.name = _points(size), bold, "Calibri"
        paragraph.font.color.rgb = _color(color)
        paragraph.space_after = _points(space_after)


def _anchor_top() -> Any:
    from pptx.enum.text import MSO_ANCHOR

    return MSO_ANCHOR.TOP


def _points(size: float) -> Any:
    from pptx.util import Pt

    return Pt(size)


def _color(color: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(color.removeprefix("#").upper())


def _place(shape: Any, *, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = _inches(left, top, width, height)


def _inches(*lengths: float) -> list[Any]:
    from pptx.util import Inches

    return [Inches(length) for length in lengths]
