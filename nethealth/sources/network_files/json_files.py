"""Read networks in JSON: Kumu's, or nodes and links."""

from __future__ import annotations

import json
from typing import Final

from nethealth.errors import FileDamaged, UnsupportedFile
from nethealth.sources import size_limits
from nethealth.sources.network_files.kumu_json import has_elements, read_kumu
from nethealth.sources.network_files.node_link import has_links, read_node_link
from nethealth.workbook.raw import RawWorkbook

_DIGITS_READ: Final = 15


def read_json(text: str, *, title: str) -> RawWorkbook:
    """Return the network in a .json file as a workbook. Raises a FileError."""
    if text.count("{") + text.count("[") + text.count(",") > size_limits.MAX_ELEMENTS:
        size_limits.raise_too_many_cells()
    try:
        content = json.loads(text, parse_int=_whole, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        raise FileDamaged(
            "This .json file is damaged or incomplete.", "Export it again from the program that made it."
        ) from None
    if has_links(content):
        return read_node_link(content, title=title)
    if has_elements(content):
        return read_kumu(content, title=title)
    raise UnsupportedFile(
        "This .json file has no elements, as Kumu’s files do, and no nodes and links.",
        "In Kumu, choose Export, then JSON. Or choose an .xlsx, .ods, .csv, .graphml, or .gexf file.",
    )


def _whole(digits: str) -> int | str:
    """Return a whole number; one that is too long for a number stays text."""
    return int(digits) if len(digits) <= _DIGITS_READ else digits
