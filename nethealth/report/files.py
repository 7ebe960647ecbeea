"""The files that a report can become."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from nethealth.report.model import Report


@dataclass(frozen=True, slots=True)
class ReportFile:
    """One kind of file."""

    label: str
    mime: str
    make: Callable[[Report], bytes]


def _html(report: Report) -> bytes:
    from nethealth.report.web_page import to_html

    return to_html(report)


def _docx(report: Report) -> bytes:
    from nethealth.report.document import to_docx

    return to_docx(report)


def _pptx(report: Report) -> bytes:
    from nethealth.report.slides import to_pptx

    return to_pptx(report)


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
REPORT_FILES: Final[Mapping[str, ReportFile]] = {
    ".docx": ReportFile("Word document", f"{_OFFICE}.wordprocessingml.document", _docx),
    ".pptx": ReportFile("Slides", f"{_OFFICE}.presentationml.presentation", _pptx),
    ".html": ReportFile("Web page, to read or print", "text/html", _html),
}
"""By the ending of the file's name."""
