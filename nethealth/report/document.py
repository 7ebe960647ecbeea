"""A report as a Word document with real styles, so that staff can go on writing in it."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final

from nethealth.presentation.formatting import format_date
from nethealth.presentation.palette import LIGHT
from nethealth.report.charts import WIDTH, chart_svg, chart_text
from nethealth.report.model import Report, Section
from nethealth.report.pictures import svg_to_png

if TYPE_CHECKING:
    from docx.document import Document

TEXT_WIDTH_INCHES: Final = 6.5
CHART_INCHES, MAP_INCHES = 5.0, 5.5
"""How wide pictures are: narrower than the text, so that they fit on the page where they are spoken of."""
_MARGIN_INCHES: Final = 0.8
"""Above and below."""
PIXELS: Final = round(2 * WIDTH)
"""The width of pictures: twice what they are drawn for, so that they print well."""
_FORBIDDEN: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MAP_ALT: Final = "Map of the network’s connections"


def to_docx(report: Report) -> bytes:
    """Return the report as a .docx file: headings, paragraphs, pictures with alternative text, and quotes."""
    import docx

    document = docx.Document()
    _set_margins(document)
    _set_styles(document)
    document.core_properties.title = clean_text(f"{report.network}: {report.title}")
    document.core_properties.author = clean_text(report.network)
    document.add_heading(clean_text(report.network), level=0)
    period = f"{format_date(report.since)} to {format_date(report.as_of)}"
    document.add_paragraph(f"{clean_text(report.title)}, {period}", style="Subtitle")
    for section in report.sections:
        _add_section(document, section)
    document.add_paragraph(clean_text(report.footnote), style="Caption")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_margins(document: Document) -> None:
    from docx.shared import Inches

    page = document.sections[0]
    page.top_margin = page.bottom_margin = Inches(_MARGIN_INCHES)
    page.left_margin = page.right_margin = round((int(page.page_width or 0) - Inches(TEXT_WIDTH_INCHES)) / 2)


def _set_styles(document: Document) -> None:
    """Give the template's styles our colors, and a font that every computer has."""
    from docx.shared import Pt, RGBColor

    ink, muted = (RGBColor.from_string(color.removeprefix("#").upper()) for color in (LIGHT.ink, LIGHT.muted))
    for name, size, color in (
        ("Normal", 11, ink),
        ("Title", 26, ink),
        ("Subtitle", 13, muted),
        ("Heading 1", 17, ink),
        ("Heading 2", 12, ink),
        ("Caption", 9, muted),
    ):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), color
        style.font.italic, style.font.bold = False, name.startswith("Heading")
        # Headings name a theme font, which would win.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[attribute]


def _add_section(document: Document, section: Section) -> None:
    document.add_heading(clean_text(section.title), level=1)
    for paragraph in section.paragraphs:
        document.add_paragraph(clean_text(paragraph))
    for number in section.numbers:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(clean_text(number.text)).bold = True
        paragraph.add_run(clean_text(f". {number.note}"))
    if section.picture:
        _add_picture(document, section.picture, alt=MAP_ALT, width=MAP_INCHES)
    if section.chart is not None:
        document.add_heading(clean_text(section.chart.title), level=2)
        _add_picture(document, chart_svg(section.chart), alt=chart_text(section.chart), width=CHART_INCHES)
        document.paragraphs[-1].paragraph_format.keep_with_next = True
        document.add_paragraph(clean_text(section.chart.source), style="Caption")
    for story in section.stories:
        document.add_heading(clean_text(story.name), level=2)
        for paragraph in filter(None, (story.purpose, story.outcomes)):
            document.add_paragraph(clean_text(paragraph))
        if story.people:
            document.add_paragraph(clean_text(story.people), style="Caption")


def _add_picture(document: Document, svg: str, *, alt: str, width: float) -> None:
    from docx.shared import Inches

    picture = document.add_picture(io.BytesIO(svg_to_png(svg, width=PIXELS)), width=Inches(width))
    picture._inline.docPr.set("descr", clean_text(alt))


def clean_text(text: str) -> str:
    """Return text without the characters that XML doesn't allow."""
    return _FORBIDDEN.sub("", text)
