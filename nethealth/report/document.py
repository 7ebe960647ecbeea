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
    from docx.table import _Cell

TEXT_WIDTH_INCHES: Final = 6.9
FIGURE_INCHES: Final = 4.0
"""How wide pictures are: their text goes beside them, so that a report takes few pages."""
_CELL_MARGINS_INCHES: Final = 0.15
"""Left and right of what is in a cell, in all."""
_MARGIN_INCHES: Final = 0.6
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
    # So that the note isn't alone on the last page.
    document.paragraphs[-1].paragraph_format.keep_with_next = True
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
    for name, size, color, above, below in (
        ("Normal", 10.5, ink, 0, 4),
        ("Title", 24, ink, 0, 4),
        ("Subtitle", 12, muted, 0, 4),
        ("Heading 1", 15, ink, 8, 2),
        ("Heading 2", 11, ink, 5, 1),
        ("List Bullet", 9.5, ink, 0, 2),
        ("Caption", 8.5, muted, 2, 4),
    ):
        style = document.styles[name]
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
        style.paragraph_format.line_spacing = 1.05
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), color
        style.font.italic, style.font.bold = False, name.startswith("Heading")
        # Headings name a theme font, which would win.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[attribute]


def _add_section(document: Document, section: Section) -> None:
    document.add_heading(clean_text(section.title), level=1)
    area: Document | _Cell = document
    if section.picture or section.chart is not None:
        area, figure = _add_columns(document)
        _add_figure(figure, section)
    for text in section.paragraphs:
        area.add_paragraph(clean_text(text))
    for number in section.numbers:
        paragraph = area.add_paragraph(style="List Bullet")
        paragraph.add_run(clean_text(number.text)).bold = True
        paragraph.add_run(clean_text(f". {number.note}"))
    for story in section.stories:
        heading = document.add_heading(clean_text(story.name), level=2)
        if story.people:
            people = heading.add_run(clean_text(f" \u2013 {story.people}"))
            people.bold, people.font.size = False, document.styles["List Bullet"].font.size
        for paragraph in story.paragraphs:
            document.add_paragraph(clean_text(paragraph))


def _add_columns(document: Document) -> tuple[_Cell, _Cell]:
    """Add a row that stays on one page, and return its two cells: for text, and for a figure to the right of it."""
    from docx.oxml import OxmlElement
    from docx.shared import Inches

    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    widths = (TEXT_WIDTH_INCHES - FIGURE_INCHES, FIGURE_INCHES)
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = Inches(width)
        # A cell must have a paragraph, but ours come after it.
        cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
    text, figure = table.rows[0].cells
    return text, figure


def _add_figure(cell: _Cell, section: Section) -> None:
    if section.picture:
        _add_picture(cell, section.picture, alt=MAP_ALT)
    if section.chart is not None:
        heading = cell.add_paragraph(clean_text(section.chart.title), style="Heading 2")
        heading.paragraph_format.space_before = 0
        _add_picture(cell, chart_svg(section.chart), alt=chart_text(section.chart))
        cell.add_paragraph(clean_text(section.chart.source), style="Caption")


def _add_picture(cell: _Cell, svg: str, *, alt: str) -> None:
    from docx.shared import Inches

    image = io.BytesIO(svg_to_png(svg, width=PIXELS))
    picture = cell.add_paragraph().add_run().add_picture(image, width=Inches(FIGURE_INCHES - _CELL_MARGINS_INCHES))
    picture._inline.docPr.set("descr", clean_text(alt))


def clean_text(text: str) -> str:
    """Return text without the characters that XML doesn't allow."""
    return _FORBIDDEN.sub("", text)
