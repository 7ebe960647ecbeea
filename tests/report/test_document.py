"""The report as a Word document, opened again: real styles, pictures with alternative text, no forbidden letters."""

from __future__ import annotations

import io

import docx
import pytest

from nethealth.report.document import to_docx
from nethealth.report.model import Report

ALT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def opened(report: Report) -> docx.document.Document:
    return docx.Document(io.BytesIO(to_docx(report)))


def test_sections_are_headings(opened: docx.document.Document) -> None:
    headings = [each.text for each in opened.paragraphs if each.style.name == "Heading 1"]
    assert headings == ["Who we are", "How we connect", "What members say", "What members started"]
    stories = [each.text for each in opened.paragraphs if each.style.name == "Heading 2"]
    assert [each for each in stories if each.startswith("Choir")] == [f"Choir {at}" for at in range(4)]


def test_text_and_numbers_are_paragraphs(opened: docx.document.Document) -> None:
    texts = [each.text for each in opened.paragraphs]
    assert "We had 20 members. Two joined. One left." in texts
    assert "20 members. November 30, 2026. On that day." in texts
    assert "<script>alert(1)</script> & =1+1 " in texts


def test_pictures_are_no_wider_than_the_text(opened: docx.document.Document) -> None:
    page = opened.sections[0]
    text = page.page_width - page.left_margin - page.right_margin
    assert all(text / 2 < shape.width <= text for shape in opened.inline_shapes)


def test_pictures_say_what_they_show(opened: docx.document.Document) -> None:
    described = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert len(described) == 3
    assert all(described)
    assert any("75%" in text for text in described)
