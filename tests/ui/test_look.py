"""The style sheets: what one part of a page adds never changes the look of another."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from nethealth.network.map import scripts
from nethealth.ui import connectivity, page_shell

CLASS = re.compile(r"\.(nh-[a-z-]+)")
PAGE = Path(page_shell.__file__).parent / "look.css"
MAP = scripts.STATIC / "network_map.css"
READING = Path(connectivity.__file__).parent / "metric_blocks.css"
REST = re.compile(r"/\*.*?\*/|\{[^{}]*\}", re.DOTALL)


def test_the_reading_gives_no_class_of_the_whole_page_another_look() -> None:
    of_the_page = set(CLASS.findall(PAGE.read_text(encoding="utf-8")))
    selectors = REST.sub("\n", READING.read_text(encoding="utf-8")).splitlines()
    told = [names for selector in selectors if (names := set(CLASS.findall(selector)))]
    assert len(told) > 30
    assert [names for names in told if names <= of_the_page] == []


def test_shades_too_pale_for_the_page_have_a_rim_on_bars_and_in_legends() -> None:
    rules = dict(re.findall(r"^(\.nh[^{]*) \{(.*)\}$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert "box-shadow: inset 0 0 0 1px var(--nh-faint)" in rules[".nh-bar span"]
    assert "-webkit-text-stroke: 1px var(--nh-faint)" in rules[".nh-legend i"]


def test_no_rule_is_said_twice() -> None:
    for sheet in (PAGE, READING, MAP):
        # What a narrow window, paper or calm eyes ask for repeats selectors on purpose.
        plain = re.sub(
            r"^@media[^\n]*\{\n.*?^\}$|^@media[^\n]*$", "", sheet.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL
        )
        rules = re.findall(r"^([^@/\s][^{]*)\{", plain, re.MULTILINE)
        assert len(rules) > 20
        assert [rule for rule, count in Counter(rules).items() if count > 1] == []
