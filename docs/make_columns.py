"""Write the tables of docs/workbook-reference.md from the tabs' models: `make docs`. A test keeps them in sync."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from nethealth.workbook.schema.column_looks import REQUIRED, header_note  # noqa: E402
from nethealth.workbook.schema.tabs import SETTING_VALUES, TABS, Column, Tab  # noqa: E402

WRITTEN = ROOT / "docs" / "workbook-reference.md"
REGION = re.compile(r"(<!-- made: (.+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def column_note(column: Column, *, with_example: bool = True) -> str:
    """Return a column's note as a table cell."""
    return " ".join(
        header_note(column, with_example=with_example).removeprefix(f"{REQUIRED}\n").replace("|", "/").split()
    )


def settings_table() -> Iterator[str]:
    """Yield the table of settings with their defaults."""
    yield "| setting | what it does | default |"
    yield "| --- | --- | --- |"
    for column in SETTING_VALUES.values():
        yield f"| {column.name} | {column_note(column, with_example=False)} | {column.default or ''} |"


def columns_table(tab: Tab) -> Iterator[str]:
    """Yield a tab's other names, its columns, and what extra columns mean."""
    if tab.aliases:
        yield f"Other names for this tab: {', '.join(tab.aliases)}."
        yield ""
    yield "| column | what goes in | other headers |"
    yield "| --- | --- | --- |"
    for column in tab.columns.values():
        name = f"**{column.name}**" if column.required else column.name
        yield f"| {name} | {column_note(column)} | {', '.join(column.aliases)} |"
    if tab.extra:
        yield ""
        yield tab.extra


def page(written: str) -> str:
    """Return the page with fresh tables."""
    tables = {tab.name: tuple(columns_table(tab)) for tab in TABS}
    tables["settings"] = tuple(settings_table())
    return REGION.sub(lambda match: "\n".join([match[1], *tables[match[2]], "", match[3]]).replace("’", "'"), written)


if __name__ == "__main__":
    WRITTEN.write_text(page(WRITTEN.read_text(encoding="utf-8")), encoding="utf-8")
