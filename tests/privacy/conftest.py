"""The reader's fixtures, for tests of redaction."""

from tests.workbook.conftest import counts, raw_workbook, read, told

__all__ = ["counts", "raw_workbook", "read", "told"]
