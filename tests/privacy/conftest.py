"""The reader's fixtures, for tests of redaction."""

from tests.workbook.conftest import counts, problems_with, raw_workbook, read

__all__ = ["counts", "problems_with", "raw_workbook", "read"]
