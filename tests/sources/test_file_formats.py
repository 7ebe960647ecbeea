"""Kinds of files: damaged and mislabeled ones."""

import io
import zipfile

import pytest

from nethealth import errors
from nethealth.sources import read_file, read_files, size_limits
from tests.sources.workbooks import ods, xlsx, zipped


def test_missing_or_nameless_parts_raise() -> None:
    whole = zipfile.ZipFile(io.BytesIO(ods("")))
    for missing in ("META-INF/manifest.xml", "content.xml"):
        remaining = {name: whole.read(name) for name in whole.namelist() if name != missing}
        with pytest.raises(errors.FileError):
            read_file(zipped(remaining), "x.ods")
    nameless = zipped({"a": "x"}).replace(b"\x01\0\0\0a", b"\0\0\0\0a")
    with pytest.raises(errors.FileError):
        read_file(nameless, "x.zip")


def test_added_tabs_replace_those_of_the_same_title(monkeypatch: pytest.MonkeyPatch) -> None:
    first = read_files([("Edges.csv", b"Source,Target\n1,2\n"), ("Old.csv", b"x\n"), ("a.pdf", b"%PDF")])
    added = read_files([("Nodes.csv", b"Id,Label\n1,Ana\n"), ("Old.csv", b"y\n")], added_to=first)
    assert [(tab.title, tab.rows[0][0]) for tab in added.tabs] == [("Edges", "Source"), ("Nodes", "Id"), ("Old", "y")]
    assert [file.name for file in added.skipped] == ["a.pdf"]
    refused = read_files([("Edges.csv", b"Source,Target\n1,2\n"), ("Nodes.csv", b"PK\3\4not a table")])
    assert [file.name for file in refused.skipped] == ["Nodes.csv"]
    assert read_files([("Nodes.csv", b"Id,Label\n1,Ana\n")], added_to=refused).skipped == ()
    survey = xlsx({"Tabelle1": [["Zeit", "Frage"]]})
    assert [tab.title for tab in read_files([("Umfrage.xlsx", survey)], added_to=added).tabs][-1] == "Umfrage"
    for limit, most in (("MAX_TABS", 2), ("MAX_CELLS", 5)):
        with monkeypatch.context() as limited:
            limited.setattr(size_limits, limit, most)
            with pytest.raises(errors.FileTooLarge):
                read_files([("More.csv", b"x\n")], added_to=first)
