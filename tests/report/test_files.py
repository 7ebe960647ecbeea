"""The kinds of files that a report can become."""

from __future__ import annotations

import pytest

from nethealth.report.files import REPORT_FILES
from nethealth.report.model import Report

BEGINNINGS = {".docx": b"PK", ".pptx": b"PK", ".html": b"<!doctype html>"}


@pytest.mark.parametrize("ending", sorted(BEGINNINGS))
def test_each_ending_makes_its_file(report: Report, ending: str) -> None:
    assert set(REPORT_FILES) == set(BEGINNINGS)
    assert REPORT_FILES[ending].make(report).startswith(BEGINNINGS[ending])
