"""Zip files: their names, contents, and damaged directories."""

from __future__ import annotations

import io
import zipfile

import pytest

from nethealth import errors
from nethealth.sources.archive import Archive
from tests.sources.workbooks import zipped


def test_files_are_listed_and_read() -> None:
    archive = Archive(zipped({"b.csv": "Name\n", "a.csv": "Date\n"}))
    assert archive.names == ("b.csv", "a.csv")
    assert (archive.size("b.csv"), archive.read("b.csv")) == (5, b"Name\n")


def test_missing_file_is_damage() -> None:
    with pytest.raises(errors.FileDamaged):
        Archive(zipped({"a.csv": "x"})).read("b.csv")


def test_no_zip_is_damage() -> None:
    with pytest.raises(errors.FileDamaged):
        Archive(b"PK\x03\x04 and nothing else")


def test_duplicate_name_is_damage() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("Members.csv", "Name\n")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("Members.csv", "Other\n")
    with pytest.raises(errors.FileDamaged):
        Archive(file.getvalue())
