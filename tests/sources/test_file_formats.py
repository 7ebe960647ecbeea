"""Kinds of files: damaged and mislabeled ones."""

import io
import zipfile

import pytest

from nethealth import errors
from nethealth.sources import read_file
from tests.sources.workbooks import ods, zipped


def test_missing_or_nameless_parts_raise() -> None:
    whole = zipfile.ZipFile(io.BytesIO(ods("")))
    for missing in ("META-INF/manifest.xml", "content.xml"):
        remaining = {name: whole.read(name) for name in whole.namelist() if name != missing}
        with pytest.raises(errors.FileError):
            read_file(zipped(remaining), "x.ods")
    nameless = zipped({"a": "x"}).replace(b"\x01\0\0\0a", b"\0\0\0\0a")
    with pytest.raises(errors.FileError):
        read_file(nameless, "x.zip")
