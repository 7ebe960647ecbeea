"""The report as a Word document, opened again: real styles, pictures with alternative text, no forbidden letters."""

from __future__ import annotations

import io

import docx
import pytest
from docx.text.paragraph import Paragraph

from nethealth.report.document import to_docx
from nethealth.report.model import Report

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def opened(report: Report) -> docx.document.Document:
    return docx.Document(io.BytesIO(to_docx(report)))


def paragraphs(document: docx.document.Document) -> list[Paragraph]:
    """Return all paragraphs, also those in cells, in the order in which people read them."""
    body = document.element.body
    return [Paragraph(each, document) for each in body.iter(f"{WORD}p")]


def test_sections_are_headings(opened: docx.document.Document) -> None:
    headings = [each.text for each in opened.paragraphs if each.style.name == "Heading 1"]
    assert headings == ["Who we are", "How we connect", "What members say", "What members started"]
    stories = [each.text for each in opened.paragraphs if each.style.name == "Heading 2"]
    assert stories == [f"Choir {at} \u2013 2 people" for at in range(4)]


def test_note_is_not_alone_on_the_last_page(opened: docx.document.Document) -> None:
    before, note = opened.paragraphs[-2:]
    assert note.text == "Small groups are hidden."
    assert before.paragraph_format.keep_with_next


def test_text_and_numbers_are_paragraphs(opened: docx.document.Document) -> None:
    texts = [each.text for each in paragraphs(opened)]
    assert "We had 20 members. Two joined. One left." in texts
    assert "20 members. November 30, 2026. On that day." in texts
    assert "<script>alert(1)</script> & =1+1 " in texts


def test_pictures_are_no_wider_than_the_text(opened: docx.document.Document) -> None:
    page = opened.sections[0]
    text = page.page_width - page.left_margin - page.right_margin
    assert all(text / 2 < shape.width <= text for shape in opened.inline_shapes)


def test_text_stays_beside_its_picture(opened: docx.document.Document) -> None:
    who = opened.tables[0].rows[0]
    assert who.cells[0].paragraphs[0].text == "We had 20 members. Two joined. One left."
    assert list(who.cells[1]._tc.iter(f"{WORD}drawing"))
    assert list(who._tr.iter(f"{WORD}cantSplit"))


def test_pictures_say_what_they_show(opened: docx.document.Document) -> None:
    described = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert len(described) == 3
    assert all(described)
    assert any("75%" in text for text in described)
