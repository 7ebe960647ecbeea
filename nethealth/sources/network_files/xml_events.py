"""Parse the XML of a network file as a stream of events, after a scan that bounds what it may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, Protocol
from xml.parsers import expat

from nethealth.errors import FileDamaged
from nethealth.sources.xml_scan import Scan, Watcher, check_tag_count

_CHUNK: Final = 1 << 16
_REMEDY: Final = "Export the network again from the program that made it, without a DOCTYPE line."
_DECLARATION: Final = re.compile(rb"\s*<\?xml[^>]{0,300}\?>")
_ENCODING: Final = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_OTHER_ENCODINGS: Final = re.compile(r"iso-?8859-?\d{1,2}|windows-?125\d|cp125\d|us-ascii|latin-?1", re.IGNORECASE)


class Handler(Protocol):
    """Takes what a file has, element by element. Names come without prefixes."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element."""

    def end(self, name: str) -> None:
        """Handle the end of an element."""

    def text(self, text: str) -> None:
        """Handle text, or a part of it."""


class _Counter(Watcher):
    def start(self, _name: str, _attributes: dict[str, str]) -> None:
        """Count the element, whatever it declares: we allocate nothing by what a file says."""
        self.elements += 1


def parse_xml(data: bytes, handler: Handler) -> None:
    """Pass the elements of a file to `handler`. Raises FileDamaged (also for entities) or FileTooLarge."""
    data = _in_utf8(data)
    check_tag_count([_chunks(data)])
    try:
        for _ in Scan().part(_chunks(data), watcher=_Counter()):
            pass
    except FileDamaged as error:
        raise FileDamaged(error.message, _REMEDY) from None
    parser = expat.ParserCreate("UTF-8", intern={})
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: handler.start(_local(name), attributes)
    parser.EndElementHandler = lambda name: handler.end(_local(name))
    parser.CharacterDataHandler = handler.text
    try:
        for chunk in _chunks(data):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise FileDamaged(remedy=_REMEDY) from None


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _chunks(data: bytes) -> Iterator[bytes]:
    return (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))


def _in_utf8(data: bytes) -> bytes:
    """Return the file in UTF-8. The scan takes nothing else, whatever the file declares."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        declaration = _DECLARATION.match(data.removeprefix(b"\xef\xbb\xbf")[:512])
        declared = _ENCODING.search(declaration[0]) if declaration else None
        encoding = declared[1].decode() if declared else "utf-8"
        if not _OTHER_ENCODINGS.fullmatch(encoding):
            return data
    try:
        return data.decode(encoding).encode()
    except (UnicodeError, LookupError):
        raise FileDamaged(remedy=_REMEDY) from None
