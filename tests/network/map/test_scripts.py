"""The map's modules as the scripts that a browser gets."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from nethealth.network.map import scripts

BUNDLES = {
    "mount.js": scripts.page_script,
    "publish_network.js": scripts.network_script,
    "publish_data.js": scripts.data_script,
    "map_ready.js": scripts.ready_script,
    "live_map.js": scripts.live_script,
    "offline.js": scripts.offline_script,
}
TOP_LEVEL = re.compile(r"^(?:async )?(?:function\*?|class|const|let) (\w+)|^const \[([^\]]*)\]", re.MULTILINE)


@pytest.mark.parametrize("entry", BUNDLES)
def test_bundle_has_no_imports_and_only_the_entry_exports(entry: str) -> None:
    script = BUNDLES[entry]()
    assert not re.search(r"^import\b", script, re.MULTILINE)
    exports = re.findall(r"^export .*", script, re.MULTILINE)
    assert len(exports) == (entry != "offline.js")
    assert all(export.startswith("export default ") for export in exports)


@pytest.mark.parametrize("entry", BUNDLES)
def test_bundle_defines_each_name_once(entry: str) -> None:
    names = [
        name for found in TOP_LEVEL.findall(BUNDLES[entry]()) for part in found for name in part.split(", ") if name
    ]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_bundle_has_modules_after_their_imports() -> None:
    script = scripts.offline_script()
    assert script.index("class Graph") < script.index("class NetworkMap") < script.index("new NetworkMap")


@pytest.mark.parametrize("entry", BUNDLES)
def test_bundle_has_no_comments_and_requests_nothing(entry: str) -> None:
    script = BUNDLES[entry]()
    assert "/**" not in script
    assert not re.search(r"^\s*//", script, re.MULTILINE)
    assert set(re.findall(r"https?://[^\"'` ]+", script)) <= {"http://www.w3.org/2000/svg"}


def test_every_module_is_an_entry_or_imported() -> None:
    sources = {path.name: path.read_text(encoding="utf-8") for path in scripts.STATIC.glob("*.js")}
    imported = {
        name for source in sources.values() for name in re.findall(r'^.*from "\./(\w+\.js)";', source, re.MULTILINE)
    }
    assert imported | BUNDLES.keys() == sources.keys()
