"""The map's drawing code, for the page and for the file alike: one script that a browser runs, and its look."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent / "static"
_DRAWING = (
    "elements.js",
    "unpacking.js",
    "address.js",
    "painting.js",
    "labels.js",
    "camera.js",
    "tips.js",
    "panels.js",
    "controls.js",
    "presenter.js",
    "saving.js",
    "living_map.js",
)


@cache
def page_script() -> str:
    """The script of the map as an element of the app's page: a module whose default export shows it there."""
    return _joined("mounting.js")


@cache
def drawing_script() -> str:
    """The script that hands the map the network as a whole, and with it the code that draws it."""
    return "\n".join((f"const LOOK = {json.dumps(look())};", _joined(*_DRAWING, "lending.js", "telling.js")))


@cache
def telling_script() -> str:
    """The script that hands the map what is known and said of the network."""
    return _joined("telling.js")


@cache
def waiting_script() -> str:
    """The script that tells the app when the map stands."""
    return _joined("waiting.js")


@cache
def file_script() -> str:
    """The script of the map as a file of its own: it draws what stands in the page."""
    return _joined(*_DRAWING, "standing_alone.js")


@cache
def look() -> str:
    """The map's style sheet, for the shadow tree that it is drawn in."""
    return _joined("look.css")


def _joined(*names: str) -> str:
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)
