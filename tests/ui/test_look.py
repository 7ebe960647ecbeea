"""The style sheets: the styles of one part of a page never change another part."""

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


def test_metric_blocks_restyle_no_class_of_the_page() -> None:
    of_the_page = set(CLASS.findall(PAGE.read_text(encoding="utf-8")))
    selectors = REST.sub("\n", READING.read_text(encoding="utf-8")).splitlines()
    classes = [names for selector in selectors if (names := set(CLASS.findall(selector)))]
    assert len(classes) > 30
    assert [names for names in classes if names <= of_the_page] == []


def test_pale_shades_have_an_outline() -> None:
    rules = dict(re.findall(r"^(\.nh[^{]*) \{(.*)\}$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert "box-shadow: inset 0 0 0 1px var(--nh-faint)" in rules[".nh-bar span"]
    assert "-webkit-text-stroke: 1px var(--nh-faint)" in rules[".nh-legend i"]


def test_no_rule_is_repeated() -> None:
    for sheet in (PAGE, READING, MAP):
        # Media queries repeat selectors on purpose.
        plain = re.sub(
            r"^@media[^\n]*\{\n.*?^\}$|^@media[^\n]*$", "", sheet.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL
        )
        rules = re.findall(r"^([^@/\s][^{]*)\{", plain, re.MULTILINE)
        assert len(rules) > 20
        assert [rule for rule, count in Counter(rules).items() if count > 1] == []
