"""The style sheets: what one part of a page adds never changes the look of another."""

from __future__ import annotations

import re
from pathlib import Path

from nethealth.ui import connectivity, frame

CLASS = re.compile(r"\.(nh-[a-z-]+)")
PAGE = Path(frame.__file__).parent / "look.css"
READING = Path(connectivity.__file__).parent / "reading.css"
REST = re.compile(r"/\*.*?\*/|\{[^{}]*\}", re.DOTALL)


def test_the_reading_gives_no_class_of_the_whole_page_another_look() -> None:
    of_the_page = set(CLASS.findall(PAGE.read_text(encoding="utf-8")))
    selectors = REST.sub("\n", READING.read_text(encoding="utf-8")).splitlines()
    told = [names for selector in selectors if (names := set(CLASS.findall(selector)))]
    assert len(told) > 30
    assert [names for names in told if names <= of_the_page] == []
