"""The workbook reference matches the tabs' models, and the quick start is short."""

import importlib.util
from pathlib import Path

from nethealth.workbook.schema.tabs import SETTING_VALUES, SETTINGS, TABS

DOCS = Path(__file__).parents[2] / "docs"
WRITTEN = (DOCS / "workbook-reference.md").read_text(encoding="utf-8")


def test_tables_match_models():
    spec = importlib.util.spec_from_file_location("make_columns", DOCS / "make_columns.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.page(WRITTEN) == WRITTEN, "run docs/make_columns.py"


def test_every_tab_column_and_setting_appears():
    for tab in TABS:
        assert f"\n### {tab.name}\n" in WRITTEN
        section = WRITTEN.split(f"\n### {tab.name}\n")[1].split("\n### ")[0]
        for column in tab.columns.values() if tab is not SETTINGS else SETTING_VALUES.values():
            name = f"**{column.name}**" if column.required else column.name
            assert f"\n| {name} |" in section


def test_quick_start_fits_a_page():
    assert len((DOCS / "quick-start.md").read_text(encoding="utf-8").split()) < 600
