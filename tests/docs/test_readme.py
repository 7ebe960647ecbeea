"""The README lists every page with the question that the page itself asks."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_pages_have_the_questions_they_ask() -> None:
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "pages").rglob("*.py")]
    asked = {found[1]: found[2] for page in pages if (found := re.search(r'page_title\("([^"]+)", "([^"]+)"', page))}
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Pages")[2]
    listed = dict(re.findall(r"^\| ([\w ]+) \| ([^|?]+\?)", table, re.MULTILINE))
    assert len(asked) > 9
    assert listed.items() <= asked.items()
    assert asked.keys() - listed.keys() == {"Open another workbook"}
