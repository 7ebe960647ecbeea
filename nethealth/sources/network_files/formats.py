"""Recognize the files of network programs by their content."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from nethealth.sources import csv_files
from nethealth.sources.network_files.gexf import read_gexf
from nethealth.sources.network_files.graphml import read_graphml
from nethealth.sources.network_files.json_files import read_json
from nethealth.sources.network_files.pajek import looks_like_pajek, read_pajek
from nethealth.workbook.raw import RawWorkbook

_HEAD_BYTES: Final = 1 << 16
_ROOT: Final = re.compile(r"<(?:[\w.-]+:)?(graphml|gexf)[\s>/]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NetworkFormat:
    """A kind of network file."""

    label: str
    """What it is, as in “is a GraphML file”."""
    endings: tuple[str, ...]
    """Endings of such files. The first is the one to rename a file to."""
    read: Callable[[bytes, str], RawWorkbook]
    """Reads a file's bytes as a workbook with this title. Raises a FileError."""


GRAPHML: Final = NetworkFormat(
    "a GraphML file", (".graphml", ".xml"), lambda data, title: read_graphml(data, title=title)
)
GEXF: Final = NetworkFormat("a GEXF file", (".gexf", ".xml"), lambda data, title: read_gexf(data, title=title))
JSON: Final = NetworkFormat(
    "a JSON file", (".json",), lambda data, title: read_json(csv_files.read_text(data), title=title)
)
PAJEK: Final = NetworkFormat(
    "a Pajek network", (".net", ".paj", ".txt"), lambda data, title: read_pajek(csv_files.read_text(data), title=title)
)
NETWORK_ENDINGS: Final = (".graphml", ".gexf", ".json", ".net")
"""Endings of network files that mean nothing else."""


def network_format(data: bytes, *, ending: str) -> NetworkFormat | None:
    """Return the kind of network file that bytes are, None if they are none. Any JSON that ends in .json is one."""
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    head = data[:_HEAD_BYTES].decode("utf-16" if is_wide else "utf-8", "replace").lstrip("\ufeff \t\r\n")
    if head.startswith("<"):
        root = _ROOT.search(head)
        return None if root is None else GRAPHML if root[1].lower() == "graphml" else GEXF
    if ending in JSON.endings and head.startswith(("{", "[")):
        return JSON
    return PAJEK if looks_like_pajek(head) else None
