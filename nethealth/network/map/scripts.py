"""The map's JavaScript and style sheet, for the page and for the offline file.

The scripts in `static/` are ordinary modules, checked by TypeScript (`make types`). A browser gets each entry module
and all it imports as one script: modules are joined in the order of their imports, without comments and without import
and export statements. So two modules may not define the same top-level name.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([a-z_]+\.js)";\n', re.MULTILINE)
_EXPORT_DEFAULT = re.compile(r"^export default \w+;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:class|const|function))", re.MULTILINE)
_COMMENT = re.compile(r"[ \t]*/\*\*.*?\*/\n?|^[ \t]*//[^\n]*\n", re.MULTILINE | re.DOTALL)


@cache
def page_script() -> str:
    """Return the module that shows the map as an element of the app's page."""
    return bundle("mount.js")


@cache
def network_script() -> str:
    """Return the module that publishes the network, and with it the code and styles that draw the map."""
    return f"const STYLES = {json.dumps(styles())};\n{bundle('publish_network.js')}"


@cache
def data_script() -> str:
    """Return the module that publishes details of people and ties, or the map's description."""
    return bundle("publish_data.js")


@cache
def ready_script() -> str:
    """Return the module that tells the app when the map is on the screen."""
    return bundle("map_ready.js")


@cache
def live_script() -> str:
    """Return the module that shows the network of a live session as it grows. Its code comes with `network_script`."""
    return bundle("live_map.js")


@cache
def offline_script() -> str:
    """Return the script of the offline file. It draws the data that is in the file."""
    return bundle("offline.js")


@cache
def styles() -> str:
    """Return the map's style sheets, for the shadow tree that the map is drawn in."""
    return "".join((STATIC / name).read_text(encoding="utf-8") for name in ("network_map.css", "presenter.css"))


def bundle(entry: str, *, folder: Path = STATIC) -> str:
    """Return a module of a folder and all that it imports as one script, which keeps the entry's default export."""
    parts: dict[str, str] = {}
    _collect(entry, parts, folder)
    return "\n".join(source if name == entry else _EXPORT_DEFAULT.sub("", source) for name, source in parts.items())


def _collect(name: str, parts: dict[str, str], folder: Path) -> None:
    """Add a module to `parts` after the modules that it imports."""
    source = (folder / name).read_text(encoding="utf-8")
    for imported in _IMPORT.findall(source):
        if imported not in parts:
            _collect(imported, parts, folder)
    parts[name] = _COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", source)))
