"""The report as a web page: everything in it, nothing runs, nothing loads."""

from __future__ import annotations

import re

from nethealth.report.model import Report
from nethealth.report.web_page import to_html


def test_page_has_every_part_and_escapes_cells(report: Report) -> None:
    page = to_html(report).decode()
    for text in ("Juniper Circles", "Who we are", "Two joined.", "Choir 3", "Small groups are hidden.", "Survey 2026"):
        assert text in page
    assert "<script" not in page
    assert page.count("<svg") == 3


def test_page_needs_nothing_else(report: Report) -> None:
    page = to_html(report).decode()
    addresses = re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?([^\"')\s]+)", page)
    assert addresses
    assert all(address.startswith("data:") for address in addresses)
    assert len(page.encode()) < 3_000_000
