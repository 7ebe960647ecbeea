"""XML is parsed only after a scan: no entities, no depth, no more than a workbook needs."""

import pytest

from nethealth.errors import FileDamaged, FileTooLarge
from nethealth.sources.network_files.xml_events import parse_xml


class Events:
    def __init__(self) -> None:
        self.seen: list[str] = []

    def start(self, name: str, attributes: object) -> None:
        self.seen.append(f"<{name}>")

    def end(self, name: str) -> None:
        self.seen.append(f"</{name}>")

    def text(self, text: str) -> None:
        self.seen.append(text)


def events(data: bytes) -> list[str]:
    handler = Events()
    parse_xml(data, handler)
    return handler.seen


def test_prefixes_are_dropped_and_counts_are_not_believed() -> None:
    assert events(b'<n:a xmlns:n="u" count="many">x &amp; y</n:a>') == ["<a>", "x & y", "</a>"]


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "http://example.org/x">]><a>&b;</a>',
        b"<a>&b;</a>",
        b"<a>",
        b'<?xml version="1.0" encoding="iso-8859-99"?><a/>',
        b"\xff\xfe<",
    ],
)
def test_entities_and_broken_files_are_refused(data: bytes) -> None:
    with pytest.raises(FileDamaged):
        events(data)


def test_depth_is_refused() -> None:
    with pytest.raises(FileTooLarge):
        events(b"<a>" * 30_000 + b"</a>" * 30_000)
