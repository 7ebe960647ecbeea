"""Write the tables of docs/for-staff.md from the tabs' own models: `make docs`. A test holds the two together."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from nethealth.workbook.schema.tabs import SETTING_VALUES, TABS, Column, Tab  # noqa: E402
from nethealth.workbook.template import REQUIRED, header_note  # noqa: E402

WRITTEN = ROOT / "docs" / "for-staff.md"
REGION = re.compile(r"(<!-- made: (.+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def what_goes_in(column: Column, *, with_example: bool = True) -> str:
    """A column's note as a table's cell."""
    return " ".join(
        header_note(column, with_example=with_example).removeprefix(f"{REQUIRED}\n").replace("|", "/").split()
    )


def settings_table() -> Iterator[str]:
    """The settings, with what holds while each is not set."""
    yield "| setting | what it is | unless set |"
    yield "| --- | --- | --- |"
    for column in SETTING_VALUES.values():
        yield f"| {column.name} | {what_goes_in(column, with_example=False)} | {column.default or ''} |"


def columns_table(tab: Tab) -> Iterator[str]:
    """A tab's columns, its other names, and what further columns mean."""
    if tab.aliases:
        yield f"Also found as: {', '.join(tab.aliases)}."
        yield ""
    yield "| column | what goes in | also headed |"
    yield "| --- | --- | --- |"
    for column in tab.columns.values():
        name = f"**{column.name}**" if column.required else column.name
        yield f"| {name} | {what_goes_in(column)} | {', '.join(column.aliases)} |"
    if tab.extra:
        yield ""
        yield tab.extra


def page(written: str) -> str:
    """The page with its tables made anew."""
    tables = {tab.name: tuple(columns_table(tab)) for tab in TABS}
    tables["settings"] = tuple(settings_table())
    return REGION.sub(lambda found: "\n".join([found[1], *tables[found[2]], "", found[3]]), written)


if __name__ == "__main__":
    WRITTEN.write_text(page(WRITTEN.read_text(encoding="utf-8")), encoding="utf-8")
